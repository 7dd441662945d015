import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Reads, Transaction } from '../../data/db.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { announceInventory } from './define-inventory.ts';
import type { Pool } from './inventory.ts';
import { lockLedgers, selectPools } from './store.ts';

// While people wait, new places are kept until the ledger has offered them.
const setSql = `
  update pools set capacity = $3,
    kept = case when (select line from ledgers where event_id = $1) > 0 then greatest(0, $3 - held - sold - blocked) else 0 end
  where event_id = $1 and key = $2`;

/**
 * Gives a pool of an event another capacity under the lock of its ledger. The caller has expired overdue holds (expireHolds). Throws
 * Refused('capacity_below_taken').
 */
export async function setCapacity(
  app: App,
  trx: Transaction,
  sale: EventSale,
  { key, capacity }: { key: string; capacity: number },
): Promise<void> {
  const { eventId } = sale;
  await lockLedgers(trx, [eventId]);
  const pool = (await selectPools(trx, [eventId])).find((each) => each.key === key);
  const taken = pool ? pool.held + pool.sold + pool.blocked : 0;
  if (capacity < taken) throw new Refused('capacity_below_taken', { pool: key, taken });
  await trx.run(setSql, [eventId, key, capacity]);
  await announceInventory(app, trx, eventId, { ticketTypes: sale.ticketTypes, seats: sale.seats });
}

/** Reads how many places of a pool there are, and how many are held and sold. */
export async function readPool(db: Reads, eventId: EventId, key: string): Promise<Pool | null> {
  return (await selectPools(db, [eventId])).find((pool) => pool.key === key) ?? null;
}
