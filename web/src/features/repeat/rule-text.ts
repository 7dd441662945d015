/** A rule as the simple choices make it. */
export interface Choice {
  every: number;
  unit: 'day' | 'week' | 'month' | 'year';
  /** Days of the week, for weeks. */
  days: Weekday[];
  /** For months: the day of the month of the first date, or its weekday: the first Sunday. */
  by: 'date' | 'weekday';
  ends: 'until' | 'count';
  /** `2027-06-30` */
  until: string;
  count: string;
}

export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof weekdays)[number];

const frequencies = { day: 'DAILY', week: 'WEEKLY', month: 'MONTHLY', year: 'YEARLY' } as const;

/** The rule of RFC 5545, or which field is missing. `from` is the first date, `2027-03-09T20:00`. */
export function ruleOf(choice: Choice, from: string): { rule: string } | { missing: 'until' | 'count' } {
  const parts = [`FREQ=${frequencies[choice.unit]}`];
  if (choice.every > 1) parts.push(`INTERVAL=${choice.every}`);
  if (choice.unit === 'week' && choice.days.length > 0)
    parts.push(`BYDAY=${weekdays.filter((day) => choice.days.includes(day)).join(',')}`);
  if (choice.unit === 'month' && choice.by === 'weekday') parts.push(`BYDAY=${nthOf(from).join('')}`);
  if (choice.ends === 'until') {
    if (!/^\d{4}-\d\d-\d\d$/.test(choice.until)) return { missing: 'until' };
    parts.push(`UNTIL=${choice.until.replaceAll('-', '')}`);
  } else {
    const count = Number(choice.count);
    if (!Number.isInteger(count) || count < 1 || count > 100) return { missing: 'count' };
    parts.push(`COUNT=${count}`);
  }
  return { rule: parts.join(';') };
}

/** The weekday of a local time. */
export const weekdayOf = (local: string): Weekday =>
  weekdays[(new Date(`${local.slice(0, 10)}T00:00Z`).getUTCDay() + 6) % 7] ?? 'MO';

/** Which of its weekdays a date is in its month. A fifth one is the last one, because most months have four. */
export function nthOf(local: string): [nth: number, day: Weekday] {
  const nth = Math.ceil(Number(local.slice(8, 10)) / 7);
  return [nth === 5 ? -1 : nth, weekdayOf(local)];
}

/** What the person changed in the list of dates. */
export interface Edits {
  /** Dates that stay in the list and are not made. */
  struck: string[];
  /** Dates of the rule that have another time: from, to. */
  moved: [from: string, to: string][];
  added: string[];
}
export const noEdits: Edits = { struck: [], moved: [], added: [] };

/** Gives a date of the list another time. */
export function move(edits: Edits, from: string, to: string): Edits {
  const struck = edits.struck.filter((local) => local !== from && local !== to);
  if (edits.added.includes(from))
    return { ...edits, struck, added: edits.added.map((local) => (local === from ? to : local)) };
  const earlier = edits.moved.find(([, now]) => now === from);
  const moved = edits.moved.filter(([, now]) => now !== from);
  const first = earlier?.[0] ?? from;
  return { ...edits, struck, moved: first === to ? moved : [...moved, [first, to]] };
}

/** What a preview asks for: struck dates stay in its list. */
export const previewOf = ({ moved, added }: Edits) => ({
  exceptDates: moved.map(([from]) => from),
  extraDates: [...new Set([...moved.map(([, to]) => to), ...added])],
});

/** What makes the dates: struck ones of the list are left out, whether a rule or the person gave them. */
export function datesOf(edits: Edits, listed: string[]) {
  const { exceptDates, extraDates } = previewOf(edits);
  return {
    exceptDates: [...new Set([...exceptDates, ...edits.struck.filter((local) => listed.includes(local))])],
    extraDates: extraDates.filter((local) => !edits.struck.includes(local)),
  };
}
