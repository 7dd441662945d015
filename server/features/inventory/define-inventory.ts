import { Refused } from '../../../contract/errors.ts';
import type { EventId, PoolId, SeatMapId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import { enqueueEffects } from '../../data/outbox.ts';
import type { SaleTicketType } from '../sale/event-sale.ts';
import { isCounter, type WantedPool } from '../sale/pools.ts';
import type { SeatMapChange } from '../seating/change-seat-map.ts';
import { seatText } from '../seating/seat-plan.ts';
import { availabilityEffect } from './availability-effect.ts';
import type { Pool } from './inventory.ts';
import { lockLedgers, selectPools } from './store.ts';

interface WantedInventory {
  /** Includes the pools of promo codes and price steps. */
  pools: WantedPool[];
  /** What becomes of the numbered seats; null where they stay as they are. */
  seats: SeatMapChange | null;
}

const createLedgerSql = `insert into ledgers (event_id) values ($1) on conflict (event_id) do nothing`;
const moveVersionSql = `update ledgers set version = version + 1 where event_id = $1 returning version`;
// While people wait, new places are kept until the ledger has offered them.
const upsertPoolsSql = `
  insert into pools (event_id, id, key, name, capacity)
  select $1, id, key, name, capacity from unnest($2::text[], $3::text[], $4::text[], $5::int[]) as pool (id, key, name, capacity)
  on conflict (event_id, id) do update set name = excluded.name, capacity = excluded.capacity,
    kept = case when (select line from ledgers where event_id = $1) > 0
      then greatest(0, excluded.capacity - pools.held - pools.sold - pools.blocked) else 0 end`;
const removePoolsSql = `delete from pools where event_id = $1 and id = any($2::text[])`;
const takenSeatsSql = `
  select index from seats
  where event_id = $1 and index = any($2::int[]) and status <> 'free' order by index`;
const removeSeatsSql = `delete from seats where event_id = $1 and index = any($2::int[])`;
const insertSeatsSql = `insert into seats (event_id, index) select $1, unnest($2::int[])`;

/**
 * Changes an event's pools and seats to what its organiser wants, in the transaction that edits the event. It takes
 * the ledger's lock, so no batch runs meanwhile. It returns the pools' ids by key. The caller expires overdue holds
 * first (expireHolds), because otherwise their places count as taken. Throws Refused('capacity_below_taken') if more
 * places are taken, and Refused('event_has_sales') if the edit would remove a pool or seats in use. The latter names
 * the seats.
 */
export async function defineInventory(
  app: App,
  trx: Transaction,
  eventId: EventId,
  wanted: WantedInventory,
): Promise<Map<string, PoolId>> {
  await trx.run(createLedgerSql, [eventId]);
  await lockLedgers(trx, [eventId]);
  if (wanted.seats) await keepTakenSeats(trx, wanted.seats);
  const present = await selectPools(trx, [eventId]);
  const byKey = new Map(present.map((pool) => [pool.key, pool]));
  const ids = new Map<string, PoolId>();
  const capacities: number[] = [];
  for (const { key, capacity } of wanted.pools) {
    const pool = byKey.get(key);
    const taken = pool ? takenOf(pool) : 0;
    if (capacity < taken && !isCounter(key)) throw new Refused('capacity_below_taken', { pool: key, taken });
    ids.set(key, pool?.id ?? app.newId('pool'));
    // The limit of a promo code or a price step can't be lower than its uses. Set lower, it becomes the number of uses.
    capacities.push(Math.max(capacity, taken));
  }
  const left = present.filter((pool) => !ids.has(pool.key));
  const isUsed = (pool: Pool) => takenOf(pool) > 0;
  // The pool of a deleted code or step stays if a hold or an order used it, because those uses are still counted.
  const removed = left.filter((pool) => !isCounter(pool.key) || !isUsed(pool));
  const used = removed.find(isUsed);
  if (used)
    throw new Refused('event_has_sales', {
      detail: `Places of "${used.name}" are held, sold or blocked, so it cannot be removed.`,
    });
  await trx.run(removePoolsSql, [eventId, removed.map((pool) => pool.id)]);
  await trx.run(upsertPoolsSql, [
    eventId,
    wanted.pools.map((pool) => ids.get(pool.key)),
    wanted.pools.map((pool) => pool.key),
    wanted.pools.map((pool) => pool.name),
    capacities,
  ]);
  if (wanted.seats) await changeSeats(trx, wanted.seats);
  return ids;
}

/**
 * Raises the version of the availability and tells all viewers. This is the last step of an edit, when the ticket
 * types and their pools are final.
 */
export async function announceInventory(
  app: App,
  trx: Transaction,
  eventId: EventId,
  sale: {
    ticketTypes: (Pick<SaleTicketType, 'id' | 'poolIds' | 'steps'> & { hidden: boolean })[];
    seats: { mapId: SeatMapId } | null;
  },
): Promise<void> {
  const [ledger] = await trx.query<{ version: number }>(moveVersionSql, [eventId]);
  const pools = new Map((await selectPools(trx, [eventId])).map((pool) => [pool.id, pool]));
  const from = (ledger?.version ?? 1) - 1;
  const effect = availabilityEffect(
    { eventId, ...sale },
    { pools },
    { seats: new Map(), moved: new Map(), placed: new Set() },
    from,
  );
  enqueueEffects(trx, [effect], app.clock.now());
}

const takenOf = ({ held, sold, blocked }: Pool): number => held + sold + blocked;

const mostNamed = 5;

/** Throws Refused('event_has_sales') with the seats that are held, sold or blocked and that the new seat map does not have. */
async function keepTakenSeats(trx: Transaction, { eventId, gone, nameOf }: SeatMapChange): Promise<void> {
  if (gone.length === 0) return;
  const rows = await trx.query<{ index: number }>(takenSeatsSql, [eventId, gone]);
  if (rows.length === 0) return;
  const seats = rows.map(({ index }) => nameOf(index));
  const named = seats.slice(0, mostNamed).map(seatText).join('; ');
  const more = seats.length > mostNamed ? ` and ${seats.length - mostNamed} more` : '';
  throw new Refused('event_has_sales', {
    detail: `These seats are held, sold or blocked, so the seat map must keep them in their price zone: ${named}${more}.`,
    seats: seats.slice(0, 100),
  });
}

async function changeSeats(trx: Transaction, { eventId, gone, added }: SeatMapChange): Promise<void> {
  if (gone.length > 0) await trx.run(removeSeatsSql, [eventId, gone]);
  if (added.length > 0) await trx.run(insertSeatsSql, [eventId, added]);
}
