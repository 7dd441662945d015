import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Writes } from '../../data/db.ts';
import { deleteAnswers, deleteOrderForms } from './store.ts';

/**
 * Deletes the answers of these orders, in the caller's transaction. They go with the names of the buyers. Which form and terms
 * the buyer accepted stays with the order.
 */
export const eraseAnswers = (trx: Writes, eventId: EventId, orderIds: OrderId[]): void =>
  deleteAnswers(trx, eventId, orderIds);

/** Deletes everything about the answers of orders that are deleted in the same transaction. */
export function forgetAnswers(trx: Writes, eventId: EventId, orderIds: OrderId[]): void {
  deleteAnswers(trx, eventId, orderIds);
  deleteOrderForms(trx, eventId, orderIds);
}
