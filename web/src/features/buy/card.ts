export interface Card {
  number: string;
  expiry: string;
  cvc: string;
}

type CardFault =
  | 'cardMissing'
  | 'cardIncomplete'
  | 'expiryMissing'
  | 'expiryWrong'
  | 'expiryPast'
  | 'cvcMissing'
  | 'cvcWrong';

/** The fields of the form in their order on the page. */
export const cardFields = ['number', 'expiry', 'cvc'] as const;

/** Decision: what is wrong with each field of a card. A card expires at the end of its month. */
export function faultsOf(card: Card, nowMs: number): Partial<Record<keyof Card, CardFault>> {
  const number = card.number.replace(/\D/g, '');
  const faults: Partial<Record<keyof Card, CardFault>> = {};
  if (number === '') faults.number = 'cardMissing';
  else if (number.length < 12 || number.length > 19 || !hasCheckDigit(number))
    faults.number = 'cardIncomplete';
  const expiry = expiryFault(card.expiry.trim(), nowMs);
  if (expiry) faults.expiry = expiry;
  // American Express prints four digits, all others three.
  const digits = /^3[47]/.test(number) ? 4 : 3;
  const cvc = card.cvc.trim();
  if (cvc === '') faults.cvc = 'cvcMissing';
  else if (!/^\d+$/.test(cvc) || cvc.length !== digits) faults.cvc = 'cvcWrong';
  return faults;
}

function expiryFault(expiry: string, nowMs: number): CardFault | null {
  if (expiry === '') return 'expiryMissing';
  const [, month = '', year = ''] = /^(0?[1-9]|1[0-2])\s*[/.-]?\s*((?:20)?\d\d)$/.exec(expiry) ?? [];
  if (month === '') return 'expiryWrong';
  const endsAtMs = Date.UTC(2000 + Number(year.slice(-2)), Number(month), 1);
  // In the last zone the month ends twelve hours after UTC.
  return endsAtMs + 12 * 3_600_000 <= nowMs ? 'expiryPast' : null;
}

/** Luhn's check digit, which finds every single wrong digit. */
function hasCheckDigit(number: string): boolean {
  let sum = 0;
  for (let i = 0; i < number.length; i++) {
    const digit = Number(number[number.length - 1 - i]);
    const weighted = i % 2 === 0 ? digit : digit * 2;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}

/** Digits of other scripts as 0 to 9: an Arabic keyboard types ٤٢٤٢. */
export const plainDigits = (typed: string): string =>
  typed.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    // A script's ten digits are in one row of Unicode and begin with zero.
    let zero = code;
    while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
    return String(code - zero);
  });

/** Groups digits in fours, as on a card. */
export const grouped = (typed: string): string =>
  plainDigits(typed)
    .replace(/\D/g, '')
    .slice(0, 19)
    .replace(/(\d{4})(?=\d)/g, '$1 ');

/** Writes the slash of MM/YY while the person types digits. */
export function expiryAsTyped(typed: string, before: string): string {
  const plain = plainDigits(typed).replace(/[^\d/]/g, '');
  const isDeleting = typed.length < before.length;
  if (/^\d{2}$/.test(plain) && !isDeleting) return `${plain}/`;
  if (/^\d{3,4}$/.test(plain)) return `${plain.slice(0, 2)}/${plain.slice(2)}`;
  return plain.slice(0, 7);
}
