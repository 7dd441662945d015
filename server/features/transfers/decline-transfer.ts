import { Refused } from '../../../contract/errors.ts';
import type { TransferId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { endOffers, lockOffer, readGroup } from './end-offer.ts';
import { findBySecret } from './find-by-secret.ts';
import { shownOf, statusOf } from './transfer.ts';

/** Declines an offer. Anybody with the mail may, without an account. Idempotent. */
export async function declineTransfer(
  app: App,
  call: { params: { transferId: TransferId }; body: { secret: string } },
): Promise<undefined> {
  const offered = await readGroup(app.db, await findBySecret(app, call));
  await app.db.transaction(async (trx) => {
    const now = app.clock.now();
    const rows = await lockOffer(trx, offered);
    const open = rows.filter((row) => statusOf(row, now) === 'pending');
    if (open.length > 0) return endOffers(trx, open, 'declined', now);
    const status = statusOf(shownOf(rows), now);
    if (status === 'accepted' || status === 'withdrawn' || status === 'expired')
      throw new Refused(`transfer_${status}`);
  });
}
