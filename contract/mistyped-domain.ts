/**
 * Asks about an address that was probably mistyped, such as `ada@gmial.com`. Mail to a wrong domain reaches a stranger or
 * nobody, and the buyer has no tickets. It is a question and never a refusal: any domain may be real.
 */
const popular = [
  'gmail.com googlemail.com yahoo.com hotmail.com outlook.com icloud.com live.com aol.com protonmail.com proton.me',
  'yahoo.de yahoo.fr yahoo.es yahoo.it yahoo.co.uk hotmail.de hotmail.fr hotmail.es hotmail.it hotmail.co.uk',
  'outlook.de outlook.fr outlook.es t-online.de freenet.de posteo.de mailbox.org orange.fr wanadoo.fr laposte.net libero.it',
]
  .join(' ')
  .split(' ');
/** Real ones that look like a mistyped popular one, and short ones that look like many. */
const others = new Set(
  'mail.com email.com ymail.com gmx.com gmx.de gmx.net gmx.at gmx.ch web.de me.com mac.com msn.com pm.me mail.ru free.fr sfr.fr hey.com'.split(
    ' ',
  ),
);
/** Countries whose ending is mostly a mistyped `.com`. */
const nearlyCom = ['co', 'cm', 'om'];

/** The address that was probably meant; null if the domain looks right. */
export function likelyAddress(email: string): string | null {
  const at = email.lastIndexOf('@');
  const domain = email.slice(at + 1).toLowerCase();
  if (at < 1 || popular.includes(domain) || others.has(domain)) return null;
  const meant = popular
    .filter((each) => !isNational(domain, each))
    .map((each) => ({ each, steps: stepsBetween(domain, each) }))
    .filter(({ each, steps }) => steps <= (each.length >= 11 ? 2 : 1))
    .sort((a, b) => a.steps - b.steps)[0];
  return meant ? `${email.slice(0, at + 1)}${meant.each}` : null;
}

/** The same name in another country, as `outlook.be`. */
function isNational(domain: string, of: string): boolean {
  const [name, ...ending] = domain.split('.');
  const country = ending.at(-1) ?? '';
  return name === of.split('.')[0] && country.length === 2 && !nearlyCom.includes(ending.join('.'));
}

/** How many letters differ, are missing, are too many or have changed places with their neighbour. */
function stepsBetween(a: string, b: string): number {
  let [before, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, i) => i)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let steps = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        steps = Math.min(steps, (before[j - 2] ?? 0) + 1);
      row.push(steps);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
