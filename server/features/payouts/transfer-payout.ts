import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { Payout } from '../../../contract/payouts.ts';
import type { App } from '../../app.ts';
import type { ActingCall } from '../../data/audit-trail.ts';
import type { Call } from '../../http/bind.ts';
import { once } from '../../http/idempotency.ts';
import { lockOrganisation } from '../organisations/lock-organisation.ts';
import { refuseHeldPayouts } from '../organisations/standing.ts';
import { beginPayout } from './begin-payouts.ts';
import { readAccount } from './payout-account.ts';
import { showNewPayout } from './payouts.ts';
import { readDue } from './read-balances.ts';

/** Begins a payout by transfer because an admin says so, also after one that failed. */
export async function transferPayout(
  app: App,
  call: ActingCall &
    Call<
      { organisationId: OrganisationId },
      undefined,
      { amount: { amount: number; currency: Currency } },
      'admin'
    >,
): Promise<Payout> {
  const { organisationId } = call.params;
  return once(app, call, async (trx) => {
    if (!(await lockOrganisation(trx, organisationId))) throw new Refused('not_found');
    await refuseHeldPayouts(trx, organisationId);
    const account = await readAccount(app, trx, organisationId);
    if (!app.payments.payoutAccounts || !account?.isReady) throw new Refused('payout_account_not_ready');
    const balance = await readDue(app, trx, organisationId, call.body.amount);
    const { accountRef } = account;
    return showNewPayout(beginPayout(app, trx, { organisationId, balance, accountRef, by: call }));
  });
}
