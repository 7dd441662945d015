import { Refused } from '../../../contract/errors.ts';
import type { TransferId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Caller } from '../accounts/accounts.ts';
import { lockForHandOver } from '../tickets/hand-over.ts';
import { readRelation } from '../tickets/own-tickets.ts';
import { endTransfer, findTransfer, lockTransfer } from './store.ts';
import { isSender, statusOf } from './transfer.ts';
import { writeTransferMails } from './transfer-mails.ts';

/** Takes an offer back. Its link accepts nothing after the answer. Idempotent: an offer that ended by itself stays so. */
export async function withdrawTransfer(
  app: App,
  call: { caller: Caller; params: { transferId: TransferId } },
): Promise<undefined> {
  const { caller, params } = call;
  const found = await findTransfer(app.db, params.transferId);
  if (!found) throw new Refused('not_found');
  const relation = await readRelation(app, caller, found.ticketId);
  if (!isSender(found, caller.userId, relation)) throw new Refused('not_found');
  await app.db.transaction(async (trx) => {
    const now = app.clock.now();
    await lockForHandOver(trx, found.ticketId);
    const row = await lockTransfer(trx, found.id);
    if (!row) throw new Refused('not_found');
    const status = statusOf(row, now);
    if (status === 'accepted') throw new Refused('transfer_accepted');
    if (status !== 'pending') return;
    await endTransfer(trx, row.id, 'withdrawn', now);
    writeTransferMails(trx, [{ kind: 'ticket-offer-ended', transferId: row.id, as: 'withdrawn' }]);
  });
}
