import type { OrganisationId } from '../../../contract/ids.ts';
import type { DuePayout } from '../../../contract/payouts.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { accountState } from './payout-account.ts';
import { balancesOf, dueAt, showOwed } from './payouts.ts';
import { termsOf } from './read-balances.ts';
import { selectOrganisations } from './store.ts';
import { readEventBalances } from './sum-payouts.ts';
import { selectAccounts } from './transfer-store.ts';

/** Lists what must be paid out, counted from the books of a page of organisations. The cursor is the last one counted. */
export async function listDuePayouts(
  app: App,
  call: Call<undefined, { cursor?: OrganisationId | undefined; limit: number }, undefined, 'admin'>,
): Promise<{ items: DuePayout[]; nextCursor: OrganisationId | null }> {
  const { cursor = null, limit } = call.query;
  const terms = termsOf(app);
  const found = await selectOrganisations(app.db, {
    after: cursor,
    endedBefore: dueAt(terms.now, -terms.delayDays),
    limit: limit + 1,
  });
  const organisations = found.slice(0, limit);
  const ids = organisations.map(({ id }) => id);
  const [balances, accounts] = await Promise.all([
    readEventBalances(app, app.db, ids),
    selectAccounts(app.db, ids, app.payments.name),
  ]);
  const rows = Map.groupBy(balances, ({ organisationId }) => organisationId);
  const accountOf = new Map(accounts.map((account) => [account.organisationId, account]));
  return {
    items: organisations.flatMap(({ id, name, legalName }) =>
      balancesOf(rows.get(id) ?? [], terms)
        .filter(({ dueMinor, owedMinor }) => dueMinor > 0 || owedMinor < 0)
        .map((balance) => ({
          ...showOwed(balance),
          organisationId: id,
          name,
          legalName,
          account: accountState(app, accountOf.get(id)),
          problem: accountOf.get(id)?.problem ?? null,
        })),
    ),
    nextCursor: found.length > limit ? (organisations.at(-1)?.id ?? null) : null,
  };
}
