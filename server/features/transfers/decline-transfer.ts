import { Refused } from '../../../contract/errors.ts';
import type { TransferId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { lockForHandOver } from '../tickets/hand-over.ts';
import { findBySecret } from './find-by-secret.ts';
import { endTransfer, lockTransfer } from './store.ts';
import { statusOf } from './transfer.ts';
import { writeTransferMails } from './transfer-mails.ts';

/** Declines an offer. Anybody with the mail may, without an account. Idempotent. */
export async function declineTransfer(
  app: App,
  call: { params: { transferId: TransferId }; body: { secret: string } },
): Promise<undefined> {
  const { id, ticketId } = await findBySecret(app, call);
  await app.db.transaction(async (trx) => {
    const now = app.clock.now();
    await lockForHandOver(trx, ticketId);
    const row = await lockTransfer(trx, id);
    if (!row) throw new Refused('not_found');
    const status = statusOf(row, now);
    if (status === 'declined' || status === 'void') return;
    if (status !== 'pending') throw new Refused(`transfer_${status}`);
    await endTransfer(trx, id, 'declined', now);
    writeTransferMails(trx, [{ kind: 'ticket-offer-ended', transferId: id, as: 'declined' }]);
  });
}
