import type { EventId, TicketId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { resaleEndOf } from './resale.ts';
import { selectEventsWithResales, selectLostResales } from './resale-store.ts';

/**
 * Ends the offers for resale whose time is over, and those of tickets that the door has admitted or whose payment a bank disputes.
 * Such a ticket cannot be sold even before this job has run, because the payment looks at the ticket and its money again.
 */
export async function endResales(app: App): Promise<void> {
  await endLostResales(app, null);
  for (const eventId of await selectEventsWithResales(app.db)) {
    if (await isDue(app, eventId)) await app.ledger.submit(eventId, { kind: 'expire-resales' });
  }
}

/** Ends the offers of tickets that the door has admitted. */
export async function endUsedResales(
  app: Pick<App, 'ledger'>,
  eventId: EventId,
  tickets: TicketId[],
): Promise<void> {
  await app.ledger.submit(eventId, { kind: 'end-resales', tickets, because: 'used' });
}

/** Ends the offers, of one event or of all, of tickets that were used or whose payment a bank disputes. */
export async function endLostResales(
  app: Pick<App, 'ledger' | 'db'>,
  eventId: EventId | null,
): Promise<void> {
  for (const { because, ...lost } of await selectLostResales(app.db, eventId))
    await app.ledger.submit(lost.eventId, { kind: 'end-resales', tickets: [lost.ticketId], because });
}

async function isDue(app: App, eventId: EventId): Promise<boolean> {
  const sale = await readEventSale(app, eventId);
  if (!sale || sale.status === 'cancelled' || !sale.resale.allowed) return true;
  const now = app.clock.now();
  // A type that was removed has no end of its own, so the event's own end counts for it.
  return sale.ticketTypes.some(({ id }) => resaleEndOf(sale, id) <= now) || resaleEndOf(sale, 'tty_') <= now;
}
