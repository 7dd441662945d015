import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { App } from '../../app.ts';
import type { Queryable } from '../../data/db.ts';
import { balancesOf, type EventBalance } from './payouts.ts';
import { readEventBalances } from './sum-payouts.ts';

type Due = ReturnType<typeof balancesOf>;

/** Counts the books of an organisation: the events for which something is owed, and what is due now. */
export async function readBalances(
  app: Pick<App, 'clock' | 'config'>,
  db: Queryable,
  organisationId: OrganisationId,
): Promise<{ events: EventBalance[]; balances: Due }> {
  const events = await readEventBalances(app, db, [organisationId]);
  return { events, balances: balancesOf(events, termsOf(app)) };
}

/** The balance that a payout of this amount settles. Throws Refused('payout_changed') if another amount is due. */
export async function readDue(
  app: Pick<App, 'clock' | 'config'>,
  db: Queryable,
  organisationId: OrganisationId,
  { amount, currency }: { amount: number; currency: Currency },
): Promise<Due[number]> {
  const { balances } = await readBalances(app, db, organisationId);
  const balance = balances.find((each) => each.currency === currency);
  const dueMinor = balance?.dueMinor ?? 0;
  if (!balance || dueMinor !== amount)
    throw new Refused('payout_changed', { due: { amount: dueMinor, currency } });
  return balance;
}

/** When money is due, and what the time is. */
export const termsOf = ({ clock, config }: Pick<App, 'clock' | 'config'>) => ({
  now: clock.now(),
  delayDays: config.payoutDelayDays,
});
