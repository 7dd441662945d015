import type { OrganisationId, PayoutId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { Payouts } from '../../../contract/payouts.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { accountState, readAccount } from './payout-account.ts';
import { type balancesOf, dueAt, showOwed, showPayout } from './payouts.ts';
import { readBalances } from './read-balances.ts';
import { selectLatestPayouts, selectLinesOf, selectPaid } from './store.ts';

const mostEvents = 200;

/** Reads what is owed to an organisation and what it was paid. */
export async function getPayouts(
  app: App,
  call: Call<
    { organisationId: OrganisationId },
    { cursor?: PayoutId | undefined; limit: number },
    undefined,
    'team'
  >,
): Promise<Payouts> {
  const { organisationId } = call.params;
  const { cursor = null, limit } = call.query;
  const delayDays = app.config.payoutDelayDays;
  const [{ events, balances }, paid, found, account] = await Promise.all([
    readBalances(app, app.db, organisationId),
    selectPaid(app.db, organisationId),
    selectLatestPayouts(app.db, organisationId, { cursor, limit: limit + 1 }),
    readAccount(app, app.db, organisationId),
  ]);
  const payouts = found.slice(0, limit);
  const lines = await selectLinesOf(app.db, payouts);
  return {
    delayDays,
    account: accountState(app, account),
    balances: withPaid(balances, new Map(paid.map(({ currency, paidMinor }) => [currency, paidMinor]))),
    events: events.slice(0, mostEvents).map(({ eventId, title, endsAt, currency, owedMinor }) => ({
      eventId,
      title,
      dueAt: dueAt(endsAt, delayDays).toISOString(),
      owed: { amount: owedMinor, currency },
    })),
    items: payouts.map((payout) => showPayout(payout, lines.get(payout.id) ?? [])),
    nextCursor: found.length > limit ? (payouts.at(-1)?.id ?? null) : null,
  };
}

/** A currency in which everything is paid has no balance, and one in which nothing was paid has no payout. */
function withPaid(
  balances: ReturnType<typeof balancesOf>,
  paid: ReadonlyMap<Currency, number>,
): Payouts['balances'] {
  const known = new Map(balances.map((balance) => [balance.currency, balance]));
  const currencies = [...new Set([...known.keys(), ...paid.keys()])].sort();
  return currencies.map((currency) => ({
    ...showOwed(known.get(currency) ?? { currency, owedMinor: 0, dueMinor: 0, laterMinor: 0, lines: [] }),
    paid: { amount: paid.get(currency) ?? 0, currency },
  }));
}
