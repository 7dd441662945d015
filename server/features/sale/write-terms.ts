import type { EventId, PoolId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import type { SaleDraft } from './pools.ts';
import { productRows } from './products.ts';
import { promoRows } from './promo-codes.ts';
import { replacePromoCodes } from './promo-store.ts';
import { openExtrasDesk, replaceTicketTypes } from './store.ts';
import { type TicketTypeRow, ticketTypeRows } from './ticket-types.ts';

/**
 * Replaces the event's ticket types, products and promo codes with those of a draft, in the transaction that changes the event.
 * `poolIds` has the id of each of the event's pools by its key. Returns the ticket types.
 */
export async function writeTerms(
  app: App,
  trx: Transaction,
  eventId: EventId,
  draft: SaleDraft,
  poolIds: Map<string, PoolId>,
): Promise<Pick<TicketTypeRow, 'id' | 'pool_ids' | 'hidden' | 'price_steps'>[]> {
  const ticketTypes = ticketTypeRows(app, eventId, draft, poolIds);
  await replaceTicketTypes(trx, eventId, ticketTypes, productRows(eventId, draft));
  if (draft.products.length > 0) await openExtrasDesk(trx, eventId, app.clock.now());
  await replacePromoCodes(trx, eventId, promoRows(eventId, draft, poolIds));
  return ticketTypes;
}
