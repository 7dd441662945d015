import type { EventId, SeatMapId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { writeOrderMails } from '../orders/order-mails.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { listChangedOrders } from '../tickets/seat-changes.ts';
import { listHeld } from '../transfers/list-held.ts';
import { writeTransferMails } from '../transfers/transfer-mails.ts';

/** Mails per transaction: some milliseconds of work, so that nothing waits for it. */
const mailsPerTransaction = 500;

/**
 * Enqueues a mail for each order whose seats a new seat map renames or moves, and for those who received its tickets. A job that
 * was interrupted begins again: the mailer knows each mail by its key and sends it once.
 */
export async function tellSeatsChanged(
  app: Pick<App, 'db' | 'caches'>,
  { eventId, mapId }: { eventId: EventId; mapId: SeatMapId },
  portion = mailsPerTransaction,
): Promise<void> {
  const event = await readEventSale(app, eventId);
  if (!event || event.status === 'cancelled') return;
  let after = '';
  for (;;) {
    const orderIds = await listChangedOrders(app.db, eventId, mapId, { after, limit: portion });
    if (orderIds.length === 0) return;
    await app.db.transaction(async (trx) => {
      writeOrderMails(
        trx,
        eventId,
        orderIds.map((orderId) => ({ kind: 'seats-changed', orderId, mapId })),
      );
      const held = await listHeld(trx, eventId, orderIds);
      writeTransferMails(
        trx,
        held.map((transferId) => ({ kind: 'held-seats-changed', transferId, mapId })),
      );
    });
    after = orderIds.at(-1) as string;
  }
}
