import type { PayoutId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { noteAct } from '../../data/audit-trail.ts';
import { lockOrganisation } from '../organisations/lock-organisation.ts';
import { bookPayoutReturned, bookPayoutSent } from '../payments/book-payout.ts';
import type { PayoutTransfer, RefusedTransfer } from '../payments/provider.ts';
import { stepOf } from './payouts.ts';
import { findTransfer, settleTransfer, type TransferRow, writeProblem } from './transfer-store.ts';

/**
 * Has the provider transfer a payout, and records what became of it. It may run any number of times: the provider is first
 * asked whether the transfer exists, because its idempotency keys last for a day only.
 */
export async function settlePayout(app: App, { payoutId }: { payoutId: PayoutId }): Promise<void> {
  const payout = await findTransfer(app.db, payoutId);
  if (!payout || payout.state === 'failed') return;
  const { payoutAccounts } = app.payments;
  if (!payoutAccounts) throw new Error(`${payoutId} goes by transfer, and the provider has no accounts`);
  const { accountRef, amountMinor, currency, state } = payout;
  const found = await payoutAccounts.findTransfer(payoutId);
  if (!found && state === 'paid') return;
  const answer = found ?? (await payoutAccounts.transfer({ payoutId, accountRef, amountMinor, currency }));
  await recordTransfer(app, payout, answer);
}

async function recordTransfer(
  app: App,
  { id, organisationId, currency, amountMinor }: TransferRow,
  answer: PayoutTransfer | RefusedTransfer,
): Promise<void> {
  const at = app.clock.now();
  const provider = app.payments.name;
  const failed = await app.db.transaction(async (trx) => {
    await lockOrganisation(trx, organisationId);
    const payout = await findTransfer(trx, id);
    if (!payout) return null;
    const { isSent, problem } = stepOf(payout, answer);
    if (!isSent && problem === null) return null;
    const eventIds = await settleTransfer(trx, {
      id,
      state: problem === null ? 'paid' : 'failed',
      transferRef: 'ref' in answer ? answer.ref : null,
      problem,
    });
    if (isSent) bookPayoutSent(trx, { id, provider, eventIds, at });
    writeProblem(trx, organisationId, problem);
    if (problem === null) return null;
    bookPayoutReturned(trx, { id, from: 'ref' in answer ? provider : null, eventIds, at });
    noteAct(
      app,
      trx,
      { provider },
      {
        act: 'payout.failed',
        organisationId: null,
        subject: { type: 'organisation', id: organisationId },
        before: null,
        after: { amount: { amount: amountMinor, currency }, reference: id, reason: problem },
      },
    );
    return problem;
  });
  if (failed !== null)
    app.log.error({ payoutId: id, organisationId, problem: failed, alert: 'payout' }, 'a payout failed');
}
