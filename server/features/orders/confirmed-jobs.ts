import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Writes } from '../../data/db.ts';
import { writeUnhurriedJobs } from '../../work/jobs.ts';
import { orderIdOf } from '../inventory/inventory.ts';
import type { Mark } from '../inventory/marks.ts';
import type { Facts } from '../inventory/state.ts';
import { confirmedMail, mailJobsOf, portionsOf } from './order-mails.ts';

/** The payload of the job that scores orders of one event (docs/fairness.md). */
export interface ConfirmedOrders {
  eventId: EventId;
  orders: { orderId: OrderId; network: Mark | null; card: Mark | null }[];
}

/**
 * Enqueues what follows the sale of each order: its mail, or if its tickets wait its score, which the mail follows
 * (order-reviews/score-orders.ts). One statement, because buyers wait for it.
 */
export function writeConfirmedJobs(
  trx: Writes,
  eventId: EventId,
  confirmed: (Facts['confirmed'][number] & { heldUntil: Date | null })[],
): void {
  const mails = confirmed
    .filter(({ heldUntil }) => heldUntil === null)
    .map(({ hold }) => confirmedMail(orderIdOf(hold.id)));
  const orders = confirmed
    .filter(({ heldUntil }) => heldUntil !== null)
    .map(({ hold, network }) => ({ orderId: orderIdOf(hold.id), network, card: hold.card }));
  writeUnhurriedJobs(trx, eventId, [
    ...mailJobsOf(mails),
    ...portionsOf(orders).map((some) => ({
      task: 'score-orders' as const,
      payload: { eventId, orders: some },
    })),
  ]);
}
