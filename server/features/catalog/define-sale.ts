import type { EventId, PoolId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import { announceInventory, defineInventory } from '../inventory/define-inventory.ts';
import { etagOf } from '../seating/seat-map.ts';
import { countSeats } from '../seating/seat-plan.ts';
import { allPools, type EventDraft, poolKeysOf } from './draft.ts';
import { promoPools, promoRows } from './promo-codes.ts';
import { replacePromoCodes } from './promo-store.ts';
import { removeLayout, replaceTicketTypes, type TicketTypeRow, upsertLayout } from './store.ts';

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
  const pools = [...allPools(draft), ...promoPools(draft)];
  const poolIds = await defineInventory(app, trx, eventId, { pools, seatCount });
  if (seatLayout)
    await upsertLayout(trx, eventId, { layout: seatLayout, seatCount, etag: etagOf(seatLayout) });
  else await removeLayout(trx, eventId);
  const ticketTypes = draft.ticketTypes.map((type, i) => toRow(app, eventId, poolIds, type, i));
  await replaceTicketTypes(trx, eventId, ticketTypes);
  await replacePromoCodes(trx, eventId, promoRows(eventId, draft, poolIds));
  await announceInventory(
    app,
    trx,
    eventId,
    ticketTypes.map((type) => ({ id: type.id, poolIds: type.pool_ids })),
  );
}

function toRow(
  app: App,
  eventId: EventId,
  poolIds: Map<string, PoolId>,
  type: EventDraft['ticketTypes'][number],
  position: number,
): TicketTypeRow {
  return {
    event_id: eventId,
    id: type.id ?? app.newId('ticketType'),
    position,
    name: type.name,
    description: type.description,
    price_minor: type.priceMinor,
    zone: type.zone,
    pool_ids: poolKeysOf(type).map((key) => poolIds.get(key) as PoolId),
    max_per_order: type.maxPerOrder,
    sale_starts_at: type.saleStartsAt === null ? null : new Date(type.saleStartsAt),
    sale_ends_at: type.saleEndsAt === null ? null : new Date(type.saleEndsAt),
  };
}
