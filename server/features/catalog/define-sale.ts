import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import { announceInventory, defineInventory } from '../inventory/define-inventory.ts';
import { poolsOf } from '../sale/pools.ts';
import { writeTerms } from '../sale/write-terms.ts';
import { countSeats } from '../seating/seat-plan.ts';
import { writeLayout } from '../seating/write-layout.ts';
import type { EventDraft } from './draft.ts';

/**
 * Writes what an event sells: pools and seats with the inventory, under the ledger's lock, then the layout,
 * the ticket types and the promo codes. Throws what defineInventory throws.
 */
export async function defineSale(
  app: App,
  trx: Transaction,
  eventId: EventId,
  draft: EventDraft,
): Promise<void> {
  const { seatLayout } = draft;
  const seatCount = seatLayout ? countSeats(seatLayout) : 0;
  const poolIds = await defineInventory(app, trx, eventId, { pools: poolsOf(draft), seatCount });
  await writeLayout(trx, eventId, seatLayout);
  const ticketTypes = await writeTerms(app, trx, eventId, draft, poolIds);
  await announceInventory(
    app,
    trx,
    eventId,
    ticketTypes.map((type) => ({ id: type.id, poolIds: type.pool_ids })),
  );
}
