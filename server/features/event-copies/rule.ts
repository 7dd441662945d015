import { RRuleTemporal } from 'rrule-temporal';
import { Refused } from '../../../contract/errors.ts';
import { mostYearsOfRule, type RuleFault } from '../../../contract/event-dates.ts';

/** What a part of a rule may be: a pattern for each value, and whether there may be several. */
const number = (most: number, min: 1 | -1) => (text: string) => {
  if (!/^[+-]?\d{1,4}$/.test(text)) return false;
  const value = Number(text);
  return value !== 0 && value <= most && value >= (min < 0 ? -most : 1);
};
const matches = (pattern: RegExp) => (text: string) => pattern.test(text);
const parts = new Map<string, { ok: (text: string) => boolean; list: boolean }>([
  ['FREQ', { ok: matches(/^(DAILY|WEEKLY|MONTHLY|YEARLY)$/), list: false }],
  ['INTERVAL', { ok: number(1000, 1), list: false }],
  ['COUNT', { ok: number(9999, 1), list: false }],
  ['UNTIL', { ok: (text) => untilOf(text, () => 0) !== null, list: false }],
  ['WKST', { ok: matches(/^(MO|TU|WE|TH|FR|SA|SU)$/), list: false }],
  ['BYDAY', { ok: matches(/^([+-]?([1-9]|[1-4]\d|5[0-3]))?(MO|TU|WE|TH|FR|SA|SU)$/), list: true }],
  ['BYMONTHDAY', { ok: number(31, -1), list: true }],
  ['BYYEARDAY', { ok: number(366, -1), list: true }],
  ['BYWEEKNO', { ok: number(53, -1), list: true }],
  ['BYMONTH', { ok: number(12, 1), list: true }],
  ['BYSETPOS', { ok: number(366, -1), list: true }],
]);
const tooFine = new Set(['BYHOUR', 'BYMINUTE', 'BYSECOND']);

/**
 * The library stops after so many periods and so many days that it looked at. Ten years have 3,653 days, so no rule that is accepted
 * ends early. The rule that costs most looks for 30 February each day: 50 ms.
 */
const mostPeriods = 3_700;
const mostCandidates = 20_000;

interface Asked {
  rule: string;
  /** The first day and the time of day on the clocks of the zone, `2027-03-09T20:00`. */
  from: string;
  /** By how many milliseconds the clocks of the zone are ahead of UTC. */
  offsetAt: (at: Date) => number;
  most: number;
}

/**
 * Decision: the first dates of a rule of RFC 5545 as local times, and whether there are more than `most`, or later ones than a rule may
 * reach. The rule is evaluated on a calendar without changes of clocks, so each date has the same time of day. Throws
 * Refused('date_rule_refused').
 */
export function datesOfRule({ rule, from, offsetAt, most }: Asked): { dates: string[]; more: boolean } {
  const given = readRule(rule);
  const horizon = `${Number(from.slice(0, 4)) + mostYearsOfRule}${from.slice(4, 10)}T23:59`.replace(
    '-02-29',
    '-02-28',
  );
  const until = given.has('UNTIL') ? untilOf(given.get('UNTIL') ?? '', offsetAt) : null;
  const last = until !== null && until < horizon ? until : horizon;
  const count = given.has('COUNT') ? Number(given.get('COUNT')) : null;
  const dates = evaluate(bounded(given, last), from, Math.min(most + 1, count ?? most + 1));
  if (dates.length === 0) throw refused('no_dates', null);
  // A rule that has not come to its own end was cut off.
  const isCut = count !== null ? dates.length < count : last === horizon && until !== horizon;
  return { dates: dates.slice(0, most), more: dates.length > most || isCut };
}

/** The parts of a rule by name. Throws 'date_rule_refused' with the first part that cannot be used. */
function readRule(text: string): Map<string, string> {
  const given = new Map<string, string>();
  const line = text
    .toUpperCase()
    .replace(/^RRULE:/, '')
    .replace(/;$/, '');
  for (const piece of line.split(';')) {
    const [, name = '', value = ''] = /^([A-Z-]+)=([A-Z0-9,+-]+)$/.exec(piece) ?? [];
    if (name === '') throw refused('unreadable', piece.slice(0, 20) || null);
    if (tooFine.has(name)) throw refused('too_fine', name);
    if (name === 'FREQ' && /^(HOUR|MINUTE|SECOND)LY$/.test(value)) throw refused('too_fine', name);
    const part = parts.get(name);
    if (!part) throw refused('unknown_part', name.slice(0, 20));
    if (given.has(name)) throw refused('part_twice', name);
    const values = part.list ? value.split(',') : [value];
    if (!values.every(part.ok)) throw refused('value', name);
    given.set(name, [...new Set(values)].join(','));
  }
  if (!given.has('FREQ')) throw refused('unreadable', 'FREQ');
  if (given.has('COUNT') && given.has('UNTIL')) throw refused('ends_twice', 'UNTIL');
  return given;
}

const refused = (fault: RuleFault, part: string | null): Refused =>
  new Refused('date_rule_refused', { fault, part, detail: `${part ?? 'The rule'}: ${words[fault]}.` });

const words: Record<RuleFault, string> = {
  unreadable: 'a rule consists of parts such as FREQ=WEEKLY;BYDAY=TU',
  unknown_part: 'RFC 5545 has no such part',
  part_twice: 'is there twice',
  value: 'this value is not possible',
  too_fine: 'a rule has days; add further times of a day one by one',
  ends_twice: 'give COUNT or UNTIL',
  combination: 'RFC 5545 does not allow these parts together',
  no_dates: 'no day matches',
};

/** The last moment of a rule on the clocks of the zone: a day, a local time or an instant. Null if the text is none. */
function untilOf(text: string, offsetAt: Asked['offsetAt']): string | null {
  const found = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?$/.exec(text);
  if (!found) return null;
  const [, year, month, day, hour = '23', minute = '59', z] = found;
  const written = `${year}-${month}-${day}T${hour}:${minute}`;
  const at = new Date(`${written}Z`);
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 16) !== written) return null;
  return z === 'Z' ? new Date(at.getTime() + offsetAt(at)).toISOString().slice(0, 16) : written;
}

/** The rule with its last moment in the place of COUNT, because the library looks for a COUNT until the year 9999. */
function bounded(given: Map<string, string>, last: string): string {
  const rest = [...given].filter(([name]) => name !== 'UNTIL' && name !== 'COUNT');
  const end = ['UNTIL', `${last.replaceAll(/[-:]/g, '')}00Z`];
  return [...rest, end].map(([name, value]) => `${name}=${value}`).join(';');
}

/** The library asks for times of Temporal. Admit needs their texts alone, so Node's missing Temporal needs no polyfill. */
const asText = (text: string) => ({ timeZoneId: 'UTC', toString: () => text });
const temporal = { ZonedDateTime: { from: asText } };

function evaluate(rule: string, from: string, most: number): string[] {
  const dates: string[] = [];
  try {
    const dated = new RRuleTemporal({
      rruleString: rule,
      dtstart: asText(`${from}:00+00:00[UTC]`),
      tzid: 'UTC',
      temporal,
      strict: true,
      cache: false,
      maxIterations: mostPeriods,
      maxCandidateEvaluations: mostCandidates,
    });
    dated.all((at) => {
      dates.push(String(at).slice(0, 16));
      return dates.length < most;
    });
  } catch (error) {
    // Nothing more was found within the limits.
    if (error instanceof Error && /^Maximum /.test(error.message)) return dates;
    if (dates.length === 0) throw refused('combination', null);
    throw error;
  }
  return dates;
}
