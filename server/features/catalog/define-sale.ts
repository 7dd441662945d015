import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import { announceInventory, defineInventory } from '../inventory/define-inventory.ts';
import { lockNamedSeats } from '../inventory/lock-named-seats.ts';
import { poolsOf, withStepIds } from '../sale/pools.ts';
import { withProductIds } from '../sale/products.ts';
import { writeTerms } from '../sale/write-terms.ts';
import { planSeatMapChange, writeSeatMap } from '../seating/change-seat-map.ts';
import { findSeatMapId } from '../seating/find-seat-map-id.ts';
import type { EventDraft } from './draft.ts';

/**
 * Writes what an event sells: pools and seats with the inventory, under the ledger's lock, then the seat map (a new
 * version if the layout differs), the names of seats on tickets, the ticket types, the extras and the promo codes. `unseen`: the event was never
 * published. `tellMoved`: whoever has a seat that stands elsewhere is told, as everybody is whose seat has another name. Throws
 * what defineInventory and planSeatMapChange throw.
 */
export async function defineSale(
  app: App,
  trx: Transaction,
  eventId: EventId,
  written: EventDraft,
  { unseen, tellMoved = false }: { unseen: boolean; tellMoved?: boolean },
): Promise<void> {
  const draft = withStepIds(app, withProductIds(app, written));
  const seats = await planSeatMapChange(app, trx, eventId, draft.seatLayout, {
    // The team may block seats of a draft and make codes for them. Then an index must go on meaning its seat.
    isUnseen: async () => unseen && !(await lockNamedSeats(trx, eventId)),
  });
  const poolIds = await defineInventory(app, trx, eventId, { pools: poolsOf(draft), seats });
  if (seats) await writeSeatMap(app, trx, seats);
  const { renamed, moved } = seats?.kept ?? { renamed: [], moved: [] };
  const changed = tellMoved ? [...renamed, ...moved] : renamed;
  if (seats?.next && changed.length > 0)
    await app.renameSeats(app, trx, { eventId, mapId: seats.next.id, changed });
  const ticketTypes = await writeTerms(app, trx, eventId, draft, poolIds);
  const mapId = draft.seatLayout && (await findSeatMapId(trx, eventId));
  await announceInventory(app, trx, eventId, {
    ticketTypes: ticketTypes.map((type) => ({
      id: type.id,
      poolIds: type.pool_ids,
      hidden: type.hidden,
      ...(type.price_steps && { steps: type.price_steps }),
    })),
    seats: mapId && { mapId },
  });
}
