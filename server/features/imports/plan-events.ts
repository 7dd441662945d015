import { createHash } from 'node:crypto';
import { currencies, minorDigits, stepMinor } from '../../../contract/currencies.ts';
import { type NewEvent, newEventSchema } from '../../../contract/events.ts';
import type { OrganisationId } from '../../../contract/ids.ts';
import type { ImportFault, ImportField } from '../../../contract/import-fields.ts';
import { maxPriceMinor } from '../../../contract/money.ts';
import { isTimeZone } from '../../../contract/zones.ts';
import { type BadRows, type Columns, cellOf, type Table, type TableRow } from './table.ts';
import { dayFirstIn, instantOf, minorOf, wholeOf } from './values.ts';

/** An event of another program. */
export interface ForeignEvent {
  /** Its id there, or a hash of its title and start. */
  externalId: string;
  body: NewEvent;
  rows: TableRow[];
}

interface Defaults {
  organisationId: OrganisationId;
  timeZone: string;
  currency: string;
  dayFirst: boolean | undefined;
}

/** Decision: the events of a file. Rows with the same id, or the same title and start, are one event with several ticket types. */
export function planEvents(table: Table, columns: Columns, defaults: Defaults, bad: BadRows): ForeignEvent[] {
  const groups = Map.groupBy(table.rows, (row) => {
    const id = cellOf(columns, row, 'eventId');
    const named = (['title', 'startsOn', 'startTime'] as const).map((field) => cellOf(columns, row, field));
    return id === '' ? JSON.stringify(named) : `id ${id}`;
  });
  const dates = (['startsOn', 'endsOn'] as const).flatMap((field) =>
    table.rows.map((row) => cellOf(columns, row, field)),
  );
  const dayFirst = defaults.dayFirst ?? dayFirstIn(dates);
  return [...groups].flatMap(([key, rows]) => {
    const body = eventOf(rows, columns, { ...defaults, dayFirst }, bad);
    if (body === null) return [];
    const externalId = createHash('sha256').update(key).digest('base64url').slice(0, 32);
    return [{ externalId, body, rows }];
  });
}

/** The fields of a draft, and the field of the file that each comes from. */
const fieldsOf: Record<string, ImportField> = {
  title: 'title',
  startsAt: 'startsOn',
  endsAt: 'endsOn',
  timeZone: 'timeZone',
  currency: 'currency',
  summary: 'summary',
  description: 'description',
  'venue.name': 'venue',
  'venue.address': 'address',
  'venue.city': 'city',
  'venue.country': 'country',
  ticketTypes: 'ticketType',
  pools: 'ticketType',
};

function eventOf(
  rows: TableRow[],
  columns: Columns,
  { organisationId, timeZone, currency, dayFirst }: Omit<Defaults, 'dayFirst'> & { dayFirst: boolean | null },
  bad: BadRows,
): NewEvent | null {
  const [first] = rows;
  if (!first) return null;
  const cell = (field: ImportField) => cellOf(columns, first, field);
  const faults = (fault: ImportFault, field: ImportField) => bad.add(first, fault, field);
  const zone = cell('timeZone') || timeZone;
  if (!isTimeZone(zone)) faults('bad_time_zone', 'timeZone');
  const money = (cell('currency') || currency).toUpperCase();
  if (!currencies.some((each) => each === money)) faults('bad_currency', 'currency');
  const country = cell('country').toUpperCase();
  if (!/^([A-Z]{2})?$/.test(country)) faults('bad_country', 'country');
  if (cell('title') === '') faults('missing', 'title');
  if (bad.has(first)) return null;
  const clocks = { timeZone: zone, dayFirst };
  const startsAt = timeOf(cell('startsOn'), cell('startTime'), clocks);
  const endsAt = timeOf(cell('endsOn'), cell('endTime'), { ...clocks, isEnd: true });
  if (typeof startsAt === 'string') faults(startsAt, 'startsOn');
  if (typeof endsAt === 'string') faults(endsAt, 'endsOn');
  if (startsAt instanceof Date && endsAt instanceof Date && endsAt <= startsAt) faults('bad_date', 'endsOn');
  const sold = ticketsOf(rows, columns, money, bad);
  if (typeof startsAt === 'string' || typeof endsAt === 'string' || rows.some((row) => bad.has(row)))
    return null;
  const read = newEventSchema.safeParse({
    organisationId,
    title: cell('title'),
    ...(startsAt && { startsAt: startsAt.toISOString() }),
    ...(endsAt && { endsAt: endsAt.toISOString() }),
    timeZone: zone,
    venue: { name: cell('venue'), address: cell('address'), city: cell('city'), country },
    currency: money,
    summary: cell('summary'),
    description: cell('description'),
    ...sold,
  });
  if (read.success) return read.data;
  for (const { path, code } of read.error.issues) {
    const field = fieldsOf[path.join('.')] ?? fieldsOf[String(path[0])];
    bad.add(first, code === 'too_big' ? 'too_long' : 'bad_value', field);
  }
  return null;
}

/** Null if the file does not say. */
const timeOf = (date: string, time: string, clocks: Parameters<typeof instantOf>[2]) =>
  date === '' ? null : instantOf(date, time, clocks);

/** The ticket types of an event, each with a pool of its own. A row without name, price and capacity has none. */
function ticketsOf(
  rows: TableRow[],
  columns: Columns,
  currency: string,
  bad: BadRows,
): Pick<NewEvent, 'pools'> & { ticketTypes: { name: string; priceMinor: number; pools: string[] }[] } {
  const made: { name: string; priceMinor: number; capacity: number }[] = [];
  const names = new Set<string>();
  for (const row of rows) {
    const cell = (field: ImportField) => cellOf(columns, row, field);
    const name = cell('ticketType');
    if (name === '' && cell('price') === '' && cell('capacity') === '') continue;
    const priceMinor = cell('price') === '' ? 0 : minorOf(cell('price'), minorDigits(currency));
    if (priceMinor === null || priceMinor > maxPriceMinor || priceMinor % stepMinor(currency) !== 0)
      bad.add(row, 'bad_amount', 'price');
    const capacity = wholeOf(cell('capacity'));
    if (cell('capacity') === '') bad.add(row, 'missing', 'capacity');
    else if (capacity === null || capacity > 1_000_000) bad.add(row, 'bad_number', 'capacity');
    if (name === '') bad.add(row, 'missing', 'ticketType');
    else if (name.length > 60) bad.add(row, 'too_long', 'ticketType');
    else if (names.has(name.toLowerCase())) bad.add(row, 'twice', 'ticketType');
    names.add(name.toLowerCase());
    made.push({ name, priceMinor: priceMinor ?? 0, capacity: capacity ?? 0 });
  }
  return {
    pools: made.map(({ name, capacity }, n) => ({ key: `places-${n + 1}`, name, capacity })),
    ticketTypes: made.map(({ name, priceMinor }, n) => ({ name, priceMinor, pools: [`places-${n + 1}`] })),
  };
}
