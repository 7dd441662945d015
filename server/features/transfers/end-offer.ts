import { Refused } from '../../../contract/errors.ts';
import type { TransferId } from '../../../contract/ids.ts';
import type { Transaction, Writes } from '../../data/db.ts';
import { lockForHandOver } from '../tickets/hand-over.ts';
import { endTransfer, lockTransfer } from './store.ts';
import type { TransferRow } from './transfer.ts';
import { type OfferEnd, writeTransferMails } from './transfer-mails.ts';

/** Locks the ticket of an offer, then the offer. Nobody can use the ticket, or answer or withdraw the offer meanwhile. */
export async function lockOffer(
  trx: Transaction,
  { id, ticketId }: Pick<TransferRow, 'id' | 'ticketId'>,
): Promise<TransferRow> {
  await lockForHandOver(trx, ticketId);
  const row = await lockTransfer(trx, id);
  if (!row) throw new Refused('not_found');
  return row;
}

/** Ends an offer that nobody has accepted, and enqueues the mail about its end. The caller has locked the ticket. */
export function endOffer(trx: Writes, id: TransferId, as: OfferEnd, now: Date): void {
  endTransfer(trx, id, as, now);
  writeTransferMails(trx, [{ kind: 'ticket-offer-ended', transferId: id, as }]);
}
