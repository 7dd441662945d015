import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { forgetPayoutEntries } from '../payments/book-payout.ts';
import { carrySums, deleteCarried } from './store.ts';
import { dropSums } from './sums-store.ts';

/** Keeps what orders brought as one sum of their event, before their entries are deleted in the same transaction. */
export async function carryForgotten(trx: Transaction, eventId: EventId, orderIds: OrderId[]): Promise<void> {
  await carrySums(trx, eventId, orderIds);
  dropSums(trx, eventId);
}

/** Deletes the entries of payouts for an event whose records are deleted. The payouts and their lines stay. */
export async function forgetPayoutsOf(trx: Transaction, eventId: EventId): Promise<void> {
  forgetPayoutEntries(trx, eventId, await deleteCarried(trx, eventId));
  dropSums(trx, eventId);
}
