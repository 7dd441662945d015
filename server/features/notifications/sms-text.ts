/** The characters of an SMS in the GSM 03.38 alphabet. Those of the second list take two places. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const extended = new Set('\f^{}\\[~]|€');

/** Decision: in how many parts a phone network carries a text. Each part is paid for. */
export function segmentsOf(text: string): number {
  let places = 0;
  for (const character of text) {
    if (basic.has(character)) places += 1;
    else if (extended.has(character)) places += 2;
    else return text.length <= 70 ? 1 : Math.ceil(text.length / 67);
  }
  return places <= 160 ? 1 : Math.ceil(places / 153);
}

/** A name on one line, at most so long. Characters that steer the direction of text are left out, because phones show them badly. */
export function short(name: string, most: number): string {
  const line = name
    .replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const characters = [...line];
  return characters.length <= most ? line : `${characters.slice(0, most - 1).join('')}…`;
}

/** What the team of an event sees of a number: it may know that a person was told, but not their number. */
export const maskedNumber = (number: string): string => `${number.slice(0, 3)} ••• ${number.slice(-3)}`;

const plain: Record<string, string> = {
  '–': '-',
  '—': '-',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '…': '...',
};

/** Replaces dashes, quotes and spaces that only look better. Each of them would more than double the price of an SMS. */
export const plainPunctuation = (text: string): string =>
  text.replaceAll(/[–—’‘“”…]/g, (mark) => plain[mark] ?? mark).replaceAll(/[\u00a0\u2009\u202f]/g, ' ');
