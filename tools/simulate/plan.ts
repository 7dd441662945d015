import type { PoolId } from '../../contract/ids.ts';
import { allFree } from '../../server/features/inventory/inventory.ts';
import type { EventSale } from '../../server/features/sale/event-sale.ts';
import type { Random } from '../../server/seeded-random.ts';
import type { MemoryStore } from './memory-store.ts';
import type { Model } from './model.ts';
import { resize } from './slots.ts';

/*
 * The organiser changes the seat map while places are held and sold. A seat keeps its index from version to version. A new
 * seat gets an index that no seat ever had, and an index whose seat is gone is never sold again.
 */
export type PlanChange =
  /** Takes seats out of the map. */
  | { kind: 'remove'; seats: number[] }
  /** Adds a row with so many new seats to the price zone of an existing row. */
  | { kind: 'add'; besideRow: number; count: number }
  /** Reverses the order of the rows from the stage, and turns each row around. */
  | { kind: 'turn' };

type Plan = NonNullable<EventSale['seats']>;

export function randomPlanChange(random: Random, seatCount: number): PlanChange {
  const roll = random.below(100);
  if (roll < 50) {
    const first = random.below(seatCount + 4);
    return { kind: 'remove', seats: Array.from({ length: random.between(1, 4) }, (_, i) => first + i) };
  }
  if (roll < 85) return { kind: 'add', besideRow: random.below(4), count: random.between(1, 4) };
  return { kind: 'turn' };
}

/**
 * Makes a new version of the seat map current if no seat that it lacks is taken and no pool gets fewer places than are
 * taken. The ledger's rows and the model must agree on that. Expired holds have been released before.
 */
export function changePlan(
  { store, model }: { store: MemoryStore; model: Model },
  change: PlanChange,
): string | null {
  const before = model.sale.seats;
  if (!before) return null;
  const next = nextPlan(before, change);
  const gone = before.zoneOf.flatMap((zone, index) =>
    zone !== undefined && next.zoneOf[index] === undefined ? [index] : [],
  );
  const isFree = gone.every((index) => store.statuses?.[index] === 0);
  if (isFree !== gone.every((index) => model.seats[index] === ''))
    return `the seats ${gone} are ${isFree ? '' : 'not '}free to go`;
  const capacities = capacitiesIn(next, model.sale);
  const fits = [...capacities].every(([id, capacity]) => {
    const pool = store.pools.get(id);
    return !pool || pool.held + pool.sold + pool.blocked <= capacity;
  });
  if (!isFree || !fits) return null;
  model.sale = { ...model.sale, seats: next };
  // Like refreshSales: seats that are gone are blocked.
  const statuses = allFree(next);
  for (const [index, status] of store.statuses?.entries() ?? [])
    if (statuses[index] !== blocked) statuses[index] = status;
  store.statuses = statuses;
  for (let index = model.seats.length; index < next.indexCount; index++) {
    model.seats.push('');
    store.owners.push(null);
  }
  for (const [id, capacity] of capacities) {
    if (!resize(model, id, capacity)) return `${id} has more places taken than ${capacity} seats`;
    Object.assign(store.pools.get(id) ?? {}, { capacity });
  }
  return null;
}

export const blocked = 3;

/** The pool of a zone has as many places as the zone has seats. */
const capacitiesIn = (plan: Plan, { ticketTypes }: EventSale): Map<PoolId, number> =>
  new Map(
    ticketTypes.flatMap(({ zone, poolIds: [pool] }): [PoolId, number][] =>
      zone !== null && pool ? [[pool, plan.zoneOf.filter((each) => each === zone).length]] : [],
    ),
  );

function nextPlan(before: Plan, change: PlanChange): Plan {
  let { rows, indexCount } = before;
  if (change.kind === 'remove')
    rows = rows.flatMap((row) => {
      const seats = row.seats.filter((seat) => !change.seats.includes(seat));
      // A row with fewer seats has no aisles.
      return seats.length === row.seats.length
        ? [row]
        : seats.length > 0
          ? [{ ...row, seats, gapsAfter: [] }]
          : [];
    });
  if (change.kind === 'turn')
    rows = rows.map((row) => ({
      ...row,
      seats: row.seats.toReversed(),
      gapsAfter: [],
      order: rows.length - 1 - row.order,
    }));
  const beside = change.kind === 'add' ? rows[change.besideRow % Math.max(1, rows.length)] : undefined;
  if (change.kind === 'add' && beside) {
    const seats = Array.from({ length: change.count }, (_, i) => indexCount + i);
    rows = [...rows, { ...beside, seats, gapsAfter: [], row: `new ${indexCount}`, order: rows.length }];
    indexCount += change.count;
  }
  // No two rows share a rank.
  const ranks = rows.map((row) => row.order).sort((a, b) => a - b);
  rows = rows.map((row) => ({ ...row, order: ranks.indexOf(row.order) }));
  const zoneOf = new Array<string | undefined>(indexCount).fill(undefined);
  for (const row of rows) for (const seat of row.seats) zoneOf[seat] = row.zone;
  const names = zoneOf.map((zone, index) => (zone === undefined ? undefined : String(index)));
  return {
    mapId: `map_${Number(before.mapId.slice(4)) + 1}`,
    seatCount: rows.reduce((sum, row) => sum + row.seats.length, 0),
    indexCount,
    zoneOf,
    section: names,
    row: names,
    label: names,
    rows,
  };
}
