import { Refused } from '../../../contract/errors.ts';
import type { TransferId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Caller } from '../accounts/accounts.ts';
import { readRelation } from '../tickets/own-tickets.ts';
import { endOffers, lockOffer, readGroup } from './end-offer.ts';
import { findTransfer } from './store.ts';
import { isSender, shownOf, statusOf } from './transfer.ts';

/** Takes an offer back, with all tickets that were offered together. Its link accepts nothing after the answer. Idempotent: an offer that ended by itself stays so. */
export async function withdrawTransfer(
  app: App,
  call: { caller: Caller; params: { transferId: TransferId } },
): Promise<undefined> {
  const { caller, params } = call;
  const found = await findTransfer(app.db, params.transferId);
  if (!found) throw new Refused('not_found');
  const relation = await readRelation(app, caller, found.ticketId);
  if (!isSender(found, caller.userId, relation)) throw new Refused('not_found');
  const offered = await readGroup(app.db, found);
  await app.db.transaction(async (trx) => {
    const now = app.clock.now();
    const rows = await lockOffer(trx, offered);
    const open = rows.filter((row) => statusOf(row, now) === 'pending');
    if (open.length > 0) return endOffers(trx, open, 'withdrawn', now);
    if (statusOf(shownOf(rows), now) === 'accepted') throw new Refused('transfer_accepted');
  });
}
