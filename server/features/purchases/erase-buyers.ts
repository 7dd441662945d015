import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { eraseMarks } from '../inventory/erase-marks.ts';
import { holdIdOf, orderIdOf } from '../inventory/inventory.ts';
import { listOrderedHolds } from '../inventory/list-ordered-holds.ts';
import { eraseRecipients } from '../notifications/forget-mails.ts';
import { eraseBuyerNames } from '../orders/erase-buyer-names.ts';
import { erasePaymentSecrets } from '../payments/erase-payment-secrets.ts';
import { eraseAnswers } from '../questions/erase-answers.ts';
import { forEndedEvents } from '../sale/for-ended-events.ts';
import { eraseAttendees } from '../tickets/erase-attendees.ts';
import { eraseTransfers } from '../transfers/forget-transfers.ts';

/** Orders in one transaction. */
const portion = 500;

/**
 * Erases the names of buyers and attendees when the organisation's time for keeping names after its events is over.
 * What was sold, for how much and when stays, with the same ids, so money and tickets still add up.
 */
export const eraseBuyers = (app: Pick<App, 'db'>, now: Date): Promise<number> =>
  forEndedEvents(app, 'buyers_erased_at', { now, days: null }, (eventId) =>
    eraseBuyersOfEvent(app, eventId, now),
  );

async function eraseBuyersOfEvent(app: Pick<App, 'db'>, eventId: EventId, now: Date): Promise<number> {
  const orderIds = (await listOrderedHolds(app, eventId)).map(orderIdOf);
  for (let i = 0; i < orderIds.length; i += portion) {
    const some = orderIds.slice(i, i + portion);
    await app.db.writeAll((trx) => {
      // Locks in the order of docs/locks.md: ledger and holds, orders, tickets, payments.
      eraseMarks(trx, eventId, some.map(holdIdOf), now);
      eraseBuyerNames(trx, eventId, some);
      eraseAttendees(trx, eventId, some);
      eraseAnswers(trx, eventId, some);
      eraseTransfers(trx, eventId, some);
      erasePaymentSecrets(trx, eventId, some);
      eraseRecipients(trx, some);
    });
  }
  return orderIds.length;
}
