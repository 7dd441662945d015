import type { EventDashboard, FiguresRow } from '../../../contract/dashboard.ts';
import type { Currency } from '../../../contract/money.ts';
import type { Live } from '../inventory/read-live.ts';
import { type Counts, mostRows } from './order-entries.ts';
import type { CounterRow } from './read-store.ts';
import type { VisitSum } from './visits-store.ts';

type Revenue = EventDashboard['revenue'];

const none: Counts = {
  placed: 0,
  paid: 0,
  tickets: 0,
  cancelled: 0,
  admitted: 0,
  gross: 0,
  net: 0,
  tax: 0,
  fees: 0,
  refunded: 0,
  net_refunded: 0,
  pending: 0,
  disputed: 0,
};

/** The counters of the whole event. */
export const totalOf = (rows: CounterRow[]): Counts => rows.find(({ by }) => by === 'all') ?? none;

export const revenueOf = (counts: Counts, currency: Currency): Revenue => {
  const money = (amount: number) => ({ amount, currency });
  return {
    gross: money(counts.gross),
    tax: money(counts.tax),
    fees: money(counts.fees),
    refunds: money(counts.refunded),
    disputed: money(counts.disputed),
    net: money(counts.net - counts.net_refunded),
  };
};

/** Places of the event. A ticket takes one place from the first pool of its type, so those pools have each place once. Extras are no places. */
export function placesOf({ sale, pools, seats }: Pick<Live, 'sale' | 'pools' | 'seats'>) {
  const first = new Set(sale.ticketTypes.filter(({ product }) => !product).map(({ poolIds }) => poolIds[0]));
  const counted = pools.filter(({ id }) => first.has(id));
  const sum = (of: (pool: (typeof counted)[number]) => number) =>
    counted.reduce((total, pool) => total + of(pool), 0);
  return {
    capacity: sum(({ capacity }) => capacity),
    sold: sum(({ sold }) => sold),
    held: sum(({ held }) => held),
    blocked: sum(({ blocked }) => blocked),
    free: sum(({ capacity, sold, held, kept, blocked }) =>
      Math.max(0, capacity - sold - held - kept - blocked),
    ),
    hasSeats: seats !== null,
  };
}

/** The counters of one kind as rows, those with the most money first. `nameOf` names a key. */
export function rowsBy(
  rows: CounterRow[],
  by: string,
  { currency, nameOf = (key) => key }: { currency: Currency; nameOf?: (key: string) => string },
  visits: Map<string, number> = new Map(),
): FiguresRow[] {
  const counted = rows.filter((row) => row.by === by && row.paid > 0);
  const known = new Set(counted.map(({ key }) => key));
  const onlySeen = [...visits.keys()].filter((key) => !known.has(key)).map((key) => ({ ...none, by, key }));
  return [...counted, ...onlySeen]
    .map((row) => ({
      key: row.key,
      name: nameOf(row.key),
      orders: row.paid,
      tickets: row.tickets - row.cancelled,
      gross: { amount: row.gross, currency },
      refunds: { amount: row.refunded, currency },
      admitted: row.admitted,
      visits: visits.get(row.key) ?? 0,
    }))
    .toSorted((a, b) => b.gross.amount - a.gross.amount || b.tickets - a.tickets || b.visits - a.visits)
    .slice(0, mostRows);
}

/** Sums the rows of ticket types by the zone of their type. Types without a zone are left out. */
export function rowsByZone(
  types: FiguresRow[],
  zoneOf: (type: string) => string | null,
  currency: Currency,
): FiguresRow[] {
  const zones = new Map<string, FiguresRow>();
  for (const row of types) {
    const zone = zoneOf(row.key);
    if (zone === null) continue;
    const before = zones.get(zone);
    zones.set(zone, {
      key: zone,
      name: zone,
      orders: (before?.orders ?? 0) + row.orders,
      tickets: (before?.tickets ?? 0) + row.tickets,
      gross: { amount: (before?.gross.amount ?? 0) + row.gross.amount, currency },
      refunds: { amount: (before?.refunds.amount ?? 0) + row.refunds.amount, currency },
      admitted: (before?.admitted ?? 0) + row.admitted,
      visits: 0,
    });
  }
  return [...zones.values()];
}

/** How often the visitors did this, from wherever they came. */
export const countOf = (visits: VisitSum[], kind: VisitSum['kind']): number =>
  visits.reduce((sum, visit) => (visit.kind === kind ? sum + visit.count : sum), 0);

/** Views by one part of their origin. */
export function viewsBy(visits: VisitSum[], part: 'link' | 'country' | 'device'): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { kind, count, ...origin } of visits)
    if (kind === 'view') sums.set(origin[part], (sums.get(origin[part]) ?? 0) + count);
  return sums;
}
