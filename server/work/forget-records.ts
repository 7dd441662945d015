import type { EventId, OrderId } from '../../contract/ids.ts';
import type { App } from '../app.ts';
import type { Transaction } from '../data/db.ts';
import { forgetEvent } from '../features/catalog/forget-event.ts';
import { lockFigures } from '../features/dashboard/lock-figures.ts';
import { forgetDocuments } from '../features/documents/forget-documents.ts';
import { forgetCheckIns } from '../features/door/forget-check-ins.ts';
import { forgetDoorLinks } from '../features/door-links/forget-devices.ts';
import { forgetPlaces, forgetSold, lockOldLedger } from '../features/inventory/forget-sold.ts';
import { forgetDeliveries } from '../features/notifications/forget-mails.ts';
import { forgetOrders, lockOldOrders } from '../features/orders/forget-orders.ts';
import { forgetMoneyReviews, forgetPayments, lockOldPayments } from '../features/payments/forget-payments.ts';
import { carryForgotten, forgetPayoutsOf } from '../features/payouts/forget-payouts.ts';
import { forgetAnswers } from '../features/questions/erase-answers.ts';
import { forPastRecords } from '../features/sale/for-ended-events.ts';
import { recordTermsAt } from '../features/sale/record-terms.ts';
import { forgetTickets, lockOldTickets } from '../features/tickets/forget-tickets.ts';
import { forgetTransfers } from '../features/transfers/forget-transfers.ts';

/**
 * Orders in one transaction. For each deleted hold PostgreSQL looks through the seats of its event: 200 holds of a hall
 * of 50,000 seats are 10 million rows.
 */
const portion = 200;

/**
 * Deletes the records of sales when their time is over: each finished order with its tickets, admissions, payments,
 * refunds, documents and ledger entries, and the event after its last order. It keeps an order that is not finished or of which
 * money is under way or disputed, and skips rows that somebody else has locked. Every transaction deletes orders as a
 * whole, so that the counts and the books add up after each, and the next night goes on after an interruption.
 */
export async function forgetRecords(
  app: Pick<App, 'db' | 'config'>,
  now: Date,
  limit = portion,
): Promise<number> {
  const terms = recordTermsAt(app, now);
  const events = await forPastRecords(app, terms, (event) => forgetRecordsOfEvent(app, event, limit));
  if (events > 0) await forgetDoorLinks(app.db);
  // Unmatched money may belong to any organisation, so the longest term counts.
  const longest = new Date(Math.min(...[...terms.before, terms.otherwise].map((each) => each.getTime())));
  return events + (await forgetMoneyReviews(app, longest));
}

async function forgetRecordsOfEvent(
  app: Pick<App, 'db'>,
  event: { id: EventId; before: Date },
  limit: number,
): Promise<number> {
  let after: OrderId | '' = '';
  let total = 0;
  for (;;) {
    const done: { last: OrderId; count: number } | 'finished' | 'busy' = await app.db.transaction((trx) =>
      forgetSomeOrders(trx, event, { after, limit }),
    );
    if (done === 'busy') return total;
    if (done === 'finished') break;
    after = done.last;
    total += done.count;
  }
  if (!(await forgetPlaces(app, event.id))) return total;
  return app.db.transaction(async (trx) => {
    await lockFigures(trx, event.id);
    const forgotten = await forgetEvent(trx, event.id);
    if (forgotten > 0) await forgetPayoutsOf(trx, event.id);
    return total + forgotten;
  });
}

/** Locks in the order of docs/locks.md: figures, ledger, orders, tickets, refunds and payments. */
async function forgetSomeOrders(
  trx: Transaction,
  { id: eventId, before }: { id: EventId; before: Date },
  from: { after: OrderId | ''; limit: number },
): Promise<{ last: OrderId; count: number } | 'finished' | 'busy'> {
  await lockFigures(trx, eventId);
  if (!(await lockOldLedger(trx, eventId))) return 'busy';
  const finished = await lockOldOrders(trx, eventId, { ...from, before });
  const last = finished.at(-1);
  if (!last) return 'finished';
  const tickets = await lockOldTickets(trx, eventId, finished);
  const settled = await lockOldPayments(
    trx,
    eventId,
    tickets.map(({ orderId }) => orderId),
    before,
  );
  const going = tickets.filter(({ orderId }) => settled.includes(orderId));
  forgetCheckIns(
    trx,
    eventId,
    going.flatMap(({ ticketIds }) => ticketIds),
  );
  forgetTransfers(trx, eventId, settled);
  forgetTickets(trx, eventId, settled);
  await carryForgotten(trx, eventId, settled);
  forgetPayments(trx, eventId, settled);
  forgetDocuments(trx, eventId, settled);
  forgetDeliveries(trx, settled);
  forgetAnswers(trx, eventId, settled);
  forgetOrders(trx, eventId, settled);
  forgetSold(
    trx,
    eventId,
    settled,
    going.flatMap(({ orderId, cancelled }) => cancelled.map((position) => ({ orderId, position }))),
  );
  return { last, count: settled.length };
}
