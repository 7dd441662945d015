import { instantOnClocks, offsetsIn } from '../../zone-times.ts';

/* Numbers, dates and answers as people and other programs write them. */

/** With ASCII digits and signs: Arabic and Persian digits, their separators, and spaces that do not break. */
const western = (text: string): string =>
  text
    .replaceAll(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replaceAll(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replaceAll('٫', '.')
    .replaceAll('٬', "'")
    .replaceAll(/[\u00a0\u202f\u2009]/g, ' ')
    .trim();

/**
 * Decision: a number in minor units of so many decimals, or null. `12,50`, `1.234,50`, `1,234.50`, `€ 12` and `1'234` are numbers.
 * The last separator has the decimals if no more than `decimals` digits, or one or two, follow it. Three digits after a single
 * separator are thousands, unless the currency has three decimals: then nobody can tell, and the number is refused.
 */
export function minorOf(text: string, decimals: number): number | null {
  const bare = western(text)
    .replaceAll(/\p{Sc}|%|^[A-Z]{3}|[A-Z]{3}$/gu, '')
    .replaceAll(/[ '’]/g, '');
  const match = /^(\d[\d.,]*?)(?:([.,])(\d+))?$/.exec(bare);
  if (!match) return null;
  const [, front = '', mark, end = ''] = match;
  const isThousands = mark !== undefined && end.length === 3 && !hasOther(front, mark);
  if (isThousands && (decimals === 3 || front.startsWith('0'))) return null;
  const whole = isThousands ? front + mark + end : front;
  const fraction = isThousands ? '' : end;
  // Thousands are three digits each, with one kind of mark, and not the mark of the decimals.
  if (!/^\d+$/.test(whole) && !/^\d{1,3}(?:\.\d{3})+$/.test(whole) && !/^\d{1,3}(?:,\d{3})+$/.test(whole))
    return null;
  if (!isThousands && mark !== undefined && front.includes(mark)) return null;
  if (fraction.slice(decimals).replaceAll('0', '') !== '') return null;
  const minor = Number(whole.replaceAll(/[.,]/g, '') + fraction.slice(0, decimals).padEnd(decimals, '0'));
  return Number.isSafeInteger(minor) ? minor : null;
}

const hasOther = (front: string, mark: string): boolean => front.includes(mark === '.' ? ',' : '.');

export const wholeOf = (text: string): number | null => minorOf(text, 0);

const yesses = new Set(['yes', 'ja', 'oui', 'si', 'sí', 'true', '1', 'x', 'نعم']);
const nos = new Set(['no', 'nein', 'non', 'false', '0', '', 'لا']);

/** Decision: true, false, or null if it is neither. */
export function yesOf(text: string): boolean | null {
  const said = text.trim().toLowerCase();
  return yesses.has(said) ? true : nos.has(said) ? false : null;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

type Day = [year: number, month: number, day: number];
interface Shape {
  day: Day | 'ambiguous' | null;
  /** What stands behind the date. */
  rest: string;
}

/** Decision: whether a column writes the day before the month with slashes; null if no date of it tells. */
export function dayFirstIn(texts: Iterable<string>): boolean | null {
  for (const text of texts) {
    const match = /^(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}/.exec(western(text));
    if (Number(match?.[1]) > 12) return true;
    if (Number(match?.[2]) > 12) return false;
  }
  return null;
}

function shapeOf(text: string, dayFirst: boolean | null): Shape {
  const none = { day: null, rest: '' };
  const of = (match: RegExpExecArray, day: Shape['day']): Shape => ({
    day,
    rest: text.slice(match[0].length).replace(/^[\s,T]+/, ''),
  });
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/.exec(text);
  if (iso) return of(iso, [Number(iso[1]), Number(iso[2]), Number(iso[3])]);
  const dots = /^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})(?!\d)/.exec(text);
  if (dots) return of(dots, [Number(dots[3]), Number(dots[2]), Number(dots[1])]);
  const slashes = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?!\d)/.exec(text);
  if (slashes) {
    const [a, b] = [Number(slashes[1]), Number(slashes[2])];
    const first = a > 12 ? true : b > 12 ? false : dayFirst;
    if (first === null && a !== b) return of(slashes, 'ambiguous');
    return of(slashes, first ? [Number(slashes[3]), b, a] : [Number(slashes[3]), a, b]);
  }
  const named = /^(?:[a-z]{3,9}\.?,? )?([a-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)/i.exec(
    text,
  );
  if (named) return of(named, [Number(named[3]), monthOf(named[1]), Number(named[2])]);
  const dayNamed = /^(\d{1,2})\.? ([a-z]{3})[a-z]*\.?,? (\d{4})(?!\d)/i.exec(text);
  if (dayNamed) return of(dayNamed, [Number(dayNamed[3]), monthOf(dayNamed[2]), Number(dayNamed[1])]);
  return none;
}

/** 0 if it is no month, which is no day either. */
const monthOf = (name = ''): number => months.indexOf(name.toLowerCase()) + 1;

/**
 * Decision: an instant, or why it is none. `time` is that of another column. A date without a time is its first minute, or its
 * last one if it is an end. A text with an offset says its instant itself; any other is on the clocks of `timeZone`.
 */
export function instantOf(
  date: string,
  time: string,
  { timeZone, dayFirst, isEnd = false }: { timeZone: string; dayFirst: boolean | null; isEnd?: boolean },
): Date | 'bad_date' | 'ambiguous_date' {
  const { day, rest } = shapeOf(western(date), dayFirst);
  if (day === 'ambiguous') return 'ambiguous_date';
  if (day === null) return 'bad_date';
  const clock = clockOf(rest || western(time));
  if (clock === null) return 'bad_date';
  const midnight = Date.UTC(day[0], day[1] - 1, day[2]);
  const parts = new Date(midnight);
  if (parts.getUTCMonth() !== day[1] - 1 || parts.getUTCDate() !== day[2]) return 'bad_date';
  if (day[0] < 1970 || day[0] > 9998) return 'bad_date';
  const wall = midnight + (clock.ms ?? (isEnd ? 86_340_000 : 0));
  return clock.offsetMs === null
    ? instantOnClocks(wall, offsetsIn(timeZone))
    : new Date(wall - clock.offsetMs);
}

/** A time of the day, and its offset if it has one. `ms` is null if there is no time. */
function clockOf(text: string): { ms: number | null; offsetMs: number | null } | null {
  if (text === '') return { ms: null, offsetMs: null };
  const match =
    /^(\d{1,2})(?:[:.h](\d{2})(?::(\d{2})(?:\.\d+)?)?)? ?([ap]\.?m\.?)? ?(?:uhr)? ?(Z|UTC|[+-]\d{2}:?\d{2})?$/i.exec(
      text,
    );
  if (!match) return null;
  const [, h = '', m = '0', s = '0', half, offset] = match;
  if (half === undefined && !/[:.h]/i.test(text)) return null;
  let hours = Number(h);
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return null;
    hours = (hours % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0);
  }
  if (hours > 23 || Number(m) > 59 || Number(s) > 59) return null;
  const ms = ((hours * 60 + Number(m)) * 60 + Number(s)) * 1000;
  if (offset === undefined) return { ms, offsetMs: null };
  const parts = /^([+-])(\d{2}):?(\d{2})$/.exec(offset);
  if (!parts) return { ms, offsetMs: 0 };
  const minutes = Number(parts[2]) * 60 + Number(parts[3]);
  return { ms, offsetMs: (parts[1] === '-' ? -1 : 1) * minutes * 60_000 };
}
