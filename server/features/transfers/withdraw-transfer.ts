import { Refused } from '../../../contract/errors.ts';
import type { TransferId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Caller } from '../accounts/accounts.ts';
import { readRelation } from '../tickets/own-tickets.ts';
import { endOffer, lockOffer } from './end-offer.ts';
import { findTransfer } from './store.ts';
import { isSender, statusOf } from './transfer.ts';

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
    const status = statusOf(await lockOffer(trx, found), now);
    if (status === 'accepted') throw new Refused('transfer_accepted');
    if (status !== 'pending') return;
    endOffer(trx, found.id, 'withdrawn', now);
  });
}
