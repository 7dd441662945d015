import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId } from '../../../contract/ids.ts';
import type { PayoutAccountState } from '../../../contract/payouts.ts';
import type { App } from '../../app.ts';
import { type ActingCall, noteAct } from '../../data/audit-trail.ts';
import type { Queryable } from '../../data/db.ts';
import type { Call } from '../../http/bind.ts';
import { getRecordKeeping } from '../organisations/record-keeping.ts';
import type { PayoutAccounts } from '../payments/provider.ts';
import {
  findAccountByRef,
  insertAccount,
  type PayoutAccount,
  selectAccounts,
  updateAccount,
} from './transfer-store.ts';

/** What an organisation must still do to be paid by transfer; null if the platform's provider has no accounts. */
export function accountState(
  app: Pick<App, 'payments'>,
  account: PayoutAccount | undefined,
): PayoutAccountState | null {
  if (!app.payments.payoutAccounts) return null;
  if (!account) return 'not_connected';
  return account.isReady ? 'ready' : 'information_missing';
}

export const readAccount = async (
  app: Pick<App, 'payments'>,
  db: Queryable,
  organisationId: OrganisationId,
): Promise<PayoutAccount | undefined> => (await selectAccounts(db, [organisationId], app.payments.name))[0];

/**
 * Returns the address of the provider's page where the organisation says who it is and where its money goes. The first time
 * it opens the account: the provider is asked before the transaction, and opens no second account meanwhile.
 */
export async function connectPayouts(
  app: App,
  call: ActingCall & Call<{ organisationId: OrganisationId }, undefined, undefined, 'team'>,
): Promise<{ url: string }> {
  const { payoutAccounts: accounts } = app.payments;
  if (!accounts) throw new Refused('payouts_by_hand_only');
  const { organisationId } = call.params;
  const known = await readAccount(app, app.db, organisationId);
  const accountRef = known?.accountRef ?? (await open(app, accounts, call));
  const returnUrl = `${app.config.publicUrl}/organise/payouts?${new URLSearchParams({ org: organisationId })}`;
  const url = await asked(app, accounts.link(accountRef, returnUrl));
  await followAccount(app, { accountRef });
  return { url };
}

async function open(
  app: App,
  accounts: PayoutAccounts,
  call: ActingCall & { params: { organisationId: OrganisationId } },
): Promise<string> {
  const { organisationId } = call.params;
  const { country } = await getRecordKeeping(app, call);
  const accountRef = await asked(app, accounts.open(organisationId, country));
  const provider = app.payments.name;
  return app.db.transaction(async (trx) => {
    const isNew = await insertAccount(trx, { organisationId, accountRef, provider, at: app.clock.now() });
    // Somebody else of the team was faster.
    if (!isNew) return (await readAccount(app, trx, organisationId))?.accountRef ?? accountRef;
    noteAct(app, trx, call, {
      act: 'payout_account.opened',
      organisationId,
      subject: { type: 'organisation', id: organisationId },
      before: null,
      after: { reference: accountRef },
    });
    return accountRef;
  });
}

/** What a provider can't do now is said to the member, and to the log. */
async function asked<T>(app: Pick<App, 'log'>, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (err) {
    app.log.error({ err }, 'the payment provider did not open an account');
    throw new Refused('payment_provider_unavailable');
  }
}

/** Asks the provider for the state of an account. The order of its webhooks does not matter: each only says when to ask. */
export async function followAccount(
  app: Pick<App, 'clock' | 'db' | 'payments'>,
  { accountRef }: { accountRef: string },
): Promise<void> {
  const { payoutAccounts, name } = app.payments;
  if (!payoutAccounts || !(await findAccountByRef(app.db, accountRef, name))) return;
  const askedAt = app.clock.now();
  const isReady = await payoutAccounts.isReady(accountRef);
  await updateAccount(app.db, { accountRef, isReady, askedAt });
}
