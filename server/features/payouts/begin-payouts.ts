import type { OrganisationId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type ActBy, noteAct } from '../../data/audit-trail.ts';
import type { Transaction } from '../../data/db.ts';
import { enqueueJobs, writeJobs } from '../../work/jobs.ts';
import { lockOrganisation } from '../organisations/lock-organisation.ts';
import { mayBePaid, readStanding } from '../organisations/standing.ts';
import { bookPayout } from '../payments/book-payout.ts';
import { readAccount } from './payout-account.ts';
import type { balancesOf, NewPayout } from './payouts.ts';
import { readBalances } from './read-balances.ts';
import { insertPayout } from './store.ts';
import { selectReady } from './transfer-store.ts';

const portion = 200;

/** Enqueues a job for each organisation that gets transfers, so that trouble with one delays no other. */
export async function payOutDue(app: App): Promise<void> {
  if (!app.payments.payoutAccounts) return;
  let after: OrganisationId | null = null;
  for (;;) {
    const found: OrganisationId[] = await selectReady(app.db, app.payments.name, { after, limit: portion });
    await enqueueJobs(
      app.db,
      found.map((organisationId) => ({
        task: 'begin-payouts' as const,
        payload: { organisationId },
        key: `begin-payouts:${organisationId}`,
      })),
    );
    after = found.at(-1) ?? null;
    if (found.length < portion) return;
  }
}

/** Begins a payout of all that is due to an organisation, one for each currency. Nothing while its payouts are held. */
export const beginPayouts = async (
  app: App,
  { organisationId }: { organisationId: OrganisationId },
): Promise<void> =>
  app.db.transaction(async (trx) => {
    if (!(await lockOrganisation(trx, organisationId))) return;
    const account = await readAccount(app, trx, organisationId);
    if (!account?.isReady || account.problem !== null) return;
    const standing = await readStanding(trx, organisationId);
    if (!standing || !mayBePaid(standing)) return;
    const { balances } = await readBalances(app, trx, organisationId);
    for (const balance of balances)
      if (balance.dueMinor > 0)
        beginPayout(app, trx, {
          organisationId,
          balance,
          accountRef: account.accountRef,
          by: { system: 'pay-out-due' },
        });
  });

/**
 * Writes a payout by transfer, in a transaction with the organisation's lock. Its money is no longer due, and a job has the
 * provider send it.
 */
export function beginPayout(
  app: App,
  trx: Transaction,
  order: {
    organisationId: OrganisationId;
    balance: ReturnType<typeof balancesOf>[number];
    accountRef: string;
    by: ActBy;
  },
): NewPayout {
  const { organisationId, balance, accountRef, by } = order;
  const { currency, dueMinor: amountMinor, lines } = balance;
  const id = app.newId('payout');
  const payout: NewPayout = {
    id,
    organisationId,
    currency,
    amountMinor,
    // The transfer names it, so the organisation finds it in its account too.
    reference: id,
    paidBy: 'caller' in by ? ((by.caller?.userId ?? null) as NewPayout['paidBy']) : null,
    accountRef,
    paidAt: app.clock.now(),
    state: 'sending',
    lines,
  };
  insertPayout(trx, payout);
  bookPayout(trx, payout);
  writeJobs(trx, [{ task: 'settle-payout', payload: { payoutId: id }, key: `settle-payout:${id}` }]);
  noteAct(app, trx, by, {
    act: 'payout.begun',
    organisationId: null,
    subject: { type: 'organisation', id: organisationId },
    before: null,
    after: { amount: { amount: amountMinor, currency }, reference: id },
  });
  return payout;
}
