import type { EventId, PayoutId } from '../../../contract/ids.ts';
import type { Writes } from '../../data/db.ts';
import {
  type BookedPayout,
  deletePayoutEntries,
  insertPayoutEntries,
  insertReturnedEntries,
  insertSentEntries,
  type PayoutStep,
} from './payout-store.ts';

/** Books a payout in the caller's transaction: for each of its events, from the organiser to what was paid out. */
export const bookPayout = (trx: Writes, payout: BookedPayout): void => insertPayoutEntries(trx, payout);

/** Books that the provider has sent a payout, in the caller's transaction. */
export const bookPayoutSent = (trx: Writes, step: PayoutStep & { provider: string }): void =>
  insertSentEntries(trx, step);

/** Books in the caller's transaction that a payout is owed again. `from` is the provider that had sent it, or null. */
export const bookPayoutReturned = (trx: Writes, step: PayoutStep & { from: string | null }): void =>
  insertReturnedEntries(trx, step);

/** Deletes the entries that payouts have for an event, in the caller's transaction. */
export const forgetPayoutEntries = (trx: Writes, eventId: EventId, payoutIds: PayoutId[]): void =>
  deletePayoutEntries(trx, eventId, payoutIds);
