import type { EventId, OrganisationId, PayoutId, UserId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { Owed, Payout } from '../../../contract/payouts.ts';
import type { PayoutTransfer, RefusedTransfer } from '../payments/provider.ts';

/** What the books have of one event for which something is owed. All amounts are whole minor units. */
export interface EventBalance {
  organisationId: OrganisationId;
  eventId: EventId;
  title: string;
  endsAt: Date;
  currency: Currency;
  soldMinor: number;
  refundedMinor: number;
  disputedMinor: number;
  /** Booking fees with their tax, after refunds and disputes. */
  feesMinor: number;
  /** What the organiser has earned, with the tax on tickets. */
  earnedMinor: number;
  /** What the team has itself. */
  tillMinor: number;
  paidMinor: number;
  /** Earned, less what is in the till and what was paid. Below 0 if the organiser owes. */
  owedMinor: number;
}

interface CurrencyBalance {
  currency: Currency;
  owedMinor: number;
  dueMinor: number;
  laterMinor: number;
  /** The events that a payout settles now; none if nothing is due. */
  lines: EventBalance[];
}

const dayMs = 86_400_000;

export const dueAt = (endsAt: Date, delayDays: number): Date =>
  new Date(endsAt.getTime() + delayDays * dayMs);

/** Decision: which events the next payout settles, and what is left for later, per currency. */
export function balancesOf(
  rows: EventBalance[],
  { now, delayDays }: { now: Date; delayDays: number },
): CurrencyBalance[] {
  return [...Map.groupBy(rows, ({ currency }) => currency)].map(([currency, events]) => {
    // What the organiser owes is set off at once, also before its event is due.
    const settled = events.filter(
      ({ endsAt, owedMinor }) => owedMinor < 0 || dueAt(endsAt, delayDays) <= now,
    );
    const owedMinor = sumOf(events);
    const dueMinor = Math.max(0, sumOf(settled));
    return {
      currency,
      owedMinor,
      dueMinor,
      laterMinor: Math.max(0, owedMinor) - dueMinor,
      lines: dueMinor > 0 ? settled : [],
    };
  });
}

const sumOf = (events: EventBalance[]) => events.reduce((sum, { owedMinor }) => sum + owedMinor, 0);

export const showOwed = ({ currency, owedMinor, dueMinor, laterMinor }: CurrencyBalance): Owed => ({
  owed: { amount: owedMinor, currency },
  due: { amount: dueMinor, currency },
  later: { amount: laterMinor, currency },
});

export interface PayoutRow {
  id: PayoutId;
  organisationId: OrganisationId;
  currency: Currency;
  amountMinor: number;
  reference: string;
  paidAt: Date;
  state: 'sending' | 'paid' | 'failed';
}

export interface NewPayout extends PayoutRow {
  /** Null if the nightly job began it. */
  paidBy: UserId | null;
  /** Null if an admin pays by hand. */
  accountRef: string | null;
  lines: EventBalance[];
}

export interface LineRow {
  payoutId: PayoutId;
  eventId: EventId;
  title: string;
  soldMinor: number;
  refundedMinor: number;
  disputedMinor: number;
  feesMinor: number;
  earnedMinor: number;
  tillMinor: number;
  paidBeforeMinor: number;
  amountMinor: number;
}

export const showPayout = (
  { id, currency, amountMinor, reference, paidAt, state }: PayoutRow,
  lines: Pick<LineRow, 'eventId' | 'title' | 'amountMinor'>[],
): Payout => ({
  id,
  amount: { amount: amountMinor, currency },
  reference,
  state,
  paidAt: paidAt.toISOString(),
  lines: lines.map(({ eventId, title, amountMinor }) => ({ eventId, title, amount: amountMinor })),
});

/** A payout that was just written. */
export const showNewPayout = (payout: NewPayout): Payout =>
  showPayout(
    payout,
    payout.lines.map(({ eventId, title, owedMinor }) => ({ eventId, title, amountMinor: owedMinor })),
  );

/** Decision: what an answer of the provider means for a payout by transfer. Any answer may come twice, late and in any order. */
export function stepOf(
  { state, amountMinor }: Pick<PayoutRow, 'state' | 'amountMinor'>,
  answer: PayoutTransfer | RefusedTransfer,
): { isSent: boolean; problem: string | null } {
  if ('refused' in answer) return { isSent: false, problem: state === 'sending' ? answer.refused : null };
  const isReturned = answer.returnedMinor >= amountMinor;
  return {
    isSent: state === 'sending',
    problem: state !== 'failed' && isReturned ? 'The transfer was reversed at the provider.' : null,
  };
}
