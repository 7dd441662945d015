import type { EventId, TicketId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { resaleEndOf } from './resale.ts';
import { selectEventsWithResales, selectUsedOnResale } from './resale-store.ts';

/**
 * Ends the offers for resale whose time is over, and those of tickets that the door has admitted. A ticket that was used cannot be
 * sold even before this job has run, because the payment looks at the ticket again.
 */
export async function endResales(app: App): Promise<void> {
  const [events, used] = await Promise.all([selectEventsWithResales(app.db), selectUsedOnResale(app.db)]);
  const ofEvents = Map.groupBy(used, ({ eventId }) => eventId);
  for (const eventId of events) {
    const tickets = ofEvents.get(eventId)?.map(({ ticketId }) => ticketId) ?? [];
    if (tickets.length > 0) await endUsedResales(app, eventId, tickets);
    if (await isDue(app, eventId)) await app.ledger.submit(eventId, { kind: 'expire-resales' });
  }
}

/** Ends the offers of tickets that the door has admitted. */
export async function endUsedResales(
  app: Pick<App, 'ledger'>,
  eventId: EventId,
  tickets: TicketId[],
): Promise<void> {
  await app.ledger.submit(eventId, { kind: 'end-resales', tickets });
}

async function isDue(app: App, eventId: EventId): Promise<boolean> {
  const sale = await readEventSale(app, eventId);
  if (!sale || sale.status === 'cancelled' || !sale.resale.allowed) return true;
  const now = app.clock.now();
  // A type that was removed has no end of its own, so the event's own end counts for it.
  return sale.ticketTypes.some(({ id }) => resaleEndOf(sale, id) <= now) || resaleEndOf(sale, 'tty_') <= now;
}
