import { mostYearsOfRule } from '../../../../contract/event-dates.ts';

export interface RuleParts {
  freq: string;
  interval: number;
  byDay: string[];
  /** Before each day of `byDay`; 0: none. */
  ordinal: number;
  byMonth: number[];
  byMonthDay: number[];
  bySetPos: number[];
  count: number | null;
}

export function textOf(rule: RuleParts): string {
  const list = (name: string, values: readonly (string | number)[]) =>
    values.length > 0 ? [`${name}=${values.join(',')}`] : [];
  return [
    `FREQ=${rule.freq}`,
    `INTERVAL=${rule.interval}`,
    ...list(
      'BYDAY',
      rule.byDay.map((day) => `${rule.ordinal || ''}${day}`),
    ),
    ...list('BYMONTH', rule.byMonth),
    ...list('BYMONTHDAY', rule.byMonthDay),
    ...list('BYSETPOS', rule.bySetPos),
    ...(rule.count === null ? [] : [`COUNT=${rule.count}`]),
  ].join(';');
}

const dayMs = 86_400_000;
const names = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const monthOf = (ms: number) => new Date(ms).getUTCMonth();
const yearOf = (ms: number) => new Date(ms).getUTCFullYear();
/** The Monday of a day's week. */
const weekOf = (ms: number) => Math.floor((ms / dayMs + 3) / 7);

/**
 * The days of a rule, by asking each day of ten years whether it matches (RFC 5545, 3.3.10). It is slow, and so short that it can be
 * compared with the RFC's table by eye.
 */
export function daysByDefinition(rule: RuleParts, from: string): string[] {
  const first = Date.parse(from);
  const last = Date.parse(`${Number(from.slice(0, 4)) + mostYearsOfRule}${from.slice(4)}`);
  const periods = new Map<number, number[]>();
  // From the first day of the first period, because a position counts from there.
  for (let ms = Date.UTC(yearOf(first), 0, 1) - 7 * dayMs; ms <= last + 366 * dayMs; ms += dayMs) {
    const period = periodOf(rule.freq, ms);
    if ((period - periodOf(rule.freq, first)) % rule.interval !== 0 || !matches(rule, ms, first)) continue;
    periods.set(period, [...(periods.get(period) ?? []), ms]);
  }
  const found = [...periods.values()]
    .flatMap((set) => atPositions(set, rule.bySetPos))
    .filter((ms) => ms >= first);
  const counted = rule.count === null ? found : found.slice(0, rule.count);
  return counted.filter((ms) => !(ms > last)).map(day);
}

const atPositions = (set: number[], positions: number[]): number[] =>
  positions.length === 0
    ? set
    : set.filter((_, i) => positions.includes(i + 1) || positions.includes(i - set.length));

function periodOf(freq: string, ms: number): number {
  if (freq === 'DAILY') return Math.floor(ms / dayMs);
  if (freq === 'WEEKLY') return weekOf(ms);
  return freq === 'MONTHLY' ? yearOf(ms) * 12 + monthOf(ms) : yearOf(ms);
}

function matches(rule: RuleParts, ms: number, first: number): boolean {
  const { freq, byDay, byMonth, byMonthDay } = rule;
  const date = new Date(ms).getUTCDate();
  const monthDays = new Date(Date.UTC(yearOf(ms), monthOf(ms) + 1, 0)).getUTCDate();
  if (byMonth.length > 0 && !byMonth.includes(monthOf(ms) + 1)) return false;
  if (byMonthDay.length > 0 && !byMonthDay.includes(date) && !byMonthDay.includes(date - monthDays - 1))
    return false;
  if (byDay.length > 0) return byDay.includes(names[new Date(ms).getUTCDay()] ?? '') && isNth(rule, ms);
  if (byMonthDay.length > 0 || freq === 'DAILY') return true;
  if (freq === 'WEEKLY') return new Date(ms).getUTCDay() === new Date(first).getUTCDay();
  if (date !== new Date(first).getUTCDate()) return false;
  return freq === 'MONTHLY' || byMonth.length > 0 || monthOf(ms) === monthOf(first);
}

/** Whether a day is the nth of its weekday in the month, or in the year if a yearly rule names no month. */
function isNth({ freq, ordinal, byMonth }: RuleParts, ms: number): boolean {
  if (ordinal === 0) return true;
  const ofYear = freq === 'YEARLY' && byMonth.length === 0;
  const span = ofYear ? (at: number) => yearOf(at) : (at: number) => yearOf(at) * 12 + monthOf(at);
  const step = ordinal > 0 ? -7 * dayMs : 7 * dayMs;
  let nth = 1;
  while (span(ms + nth * step) === span(ms)) nth++;
  return nth === Math.abs(ordinal);
}
