import { Refused } from '../../../contract/errors.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';
import { lockForHandOver } from '../tickets/hand-over.ts';
import { endTransfer, lockTransfer, selectGroup } from './store.ts';
import type { TransferRow } from './transfer.ts';
import { type OfferEnd, writeTransferMails } from './transfer-mails.ts';

/** Reads the transfers that were offered together with this one, the first one first. */
export const readGroup = async (db: Queryable, row: TransferRow): Promise<TransferRow[]> =>
  row.groupId === null ? [row] : selectGroup(db, row.groupId);

/**
 * Locks the tickets that were offered together, then the transfers, both in the order of their ids. Nobody can use the
 * tickets, or answer or withdraw the offer meanwhile.
 */
export async function lockOffer(trx: Transaction, members: TransferRow[]): Promise<TransferRow[]> {
  for (const ticketId of members.map((row) => row.ticketId).sort()) await lockForHandOver(trx, ticketId);
  const rows: TransferRow[] = [];
  for (const { id } of members) {
    const row = await lockTransfer(trx, id);
    if (!row) throw new Refused('not_found');
    rows.push(row);
  }
  return rows;
}

/** Ends transfers that were offered together and that nobody has accepted. Enqueues one mail. The caller has locked the tickets. */
export function endOffers(trx: Writes, rows: Pick<TransferRow, 'id'>[], as: OfferEnd, now: Date): void {
  for (const { id } of rows) endTransfer(trx, id, as, now);
  const [first] = rows;
  if (first) writeTransferMails(trx, [{ kind: 'ticket-offer-ended', transferId: first.id, as }]);
}
