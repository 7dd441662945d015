import type { UserId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { withdrawAllOf } from './store.ts';
import { writeTransferMails } from './transfer-mails.ts';

/** Withdraws the open offers of a person whose account is deleted, because nobody could take them back any more. */
export async function withdrawOffers(trx: Transaction, userId: UserId, now: Date): Promise<void> {
  const withdrawn = await withdrawAllOf(trx, userId, now);
  writeTransferMails(
    trx,
    withdrawn.map((transferId) => ({ kind: 'ticket-offer-ended', transferId, as: 'withdrawn' })),
  );
}
