import { Refused } from '../../../contract/errors.ts';
import type { TransferId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { endOffer, lockOffer } from './end-offer.ts';
import { findBySecret } from './find-by-secret.ts';
import { statusOf } from './transfer.ts';

/** Declines an offer. Anybody with the mail may, without an account. Idempotent. */
export async function declineTransfer(
  app: App,
  call: { params: { transferId: TransferId }; body: { secret: string } },
): Promise<undefined> {
  const found = await findBySecret(app, call);
  await app.db.transaction(async (trx) => {
    const now = app.clock.now();
    const status = statusOf(await lockOffer(trx, found), now);
    if (status === 'declined' || status === 'void') return;
    if (status !== 'pending') throw new Refused(`transfer_${status}`);
    endOffer(trx, found.id, 'declined', now);
  });
}
