import type Stripe from 'stripe';
import type { Currency } from '../../../contract/money.ts';
import type { Db, Queryable } from '../../data/db.ts';
import type { ProviderDispute, ProviderMovement } from '../../features/payments/provider.ts';
import { writeJobs } from '../../work/jobs.ts';
import type { SandboxDispute, SandboxEventType } from './sandbox-cards.ts';
import type { SandboxEvent, SandboxPayment } from './sandbox-store.ts';
import { toStripe } from './stripe-amounts.ts';
import { readDispute, readFraudWarning } from './stripe-dispute.ts';

/** When the bank acts after a payment, and how long it takes to decide. Long enough to look at the open dispute. */
const opensAfterMs = 5_000;
const decidesAfterMs = 60_000;
const evidenceDays = 7;
/** The sandbox keeps its accounts in euros, so a fee for a payment in another currency is in euros too. */
const feeMinor = 1500;

interface DisputeRow extends SandboxDispute {
  ref: string;
  intentRef: string;
  amountMinor: number;
  currency: Currency;
  opensAt: Date;
  closesAt: Date;
}

const insertSql = `
  insert into sandbox.disputes (ref, intent_ref, kind, outcome, amount_minor, opens_at, closes_at)
  values ($1, $2, $3, $4, $5, $6, $7)`;

/** Makes the bank of a test card act: its dispute opens soon, and is decided a minute later. Each step has its webhooks. */
export async function openSandboxDispute(
  db: Db,
  payment: SandboxPayment,
  { kind, outcome }: SandboxDispute,
  { now, ref, newEventRef }: { now: Date; ref: string; newEventRef: () => string },
): Promise<void> {
  const { intentRef, amountMinor, currency } = payment;
  const opensAt = new Date((payment.settlesAt ?? now).getTime() + opensAfterMs);
  const closesAt = new Date(opensAt.getTime() + decidesAfterMs);
  const row: DisputeRow = { ref, intentRef, kind, outcome, amountMinor, currency, opensAt, closesAt };
  await db.transaction(async (trx) => {
    trx.write(insertSql, [ref, intentRef, kind, outcome, amountMinor, opensAt, closesAt]);
    for (const runAt of [opensAt, closesAt]) {
      const payload = typesAt(row, runAt).map(
        (type): SandboxEvent => ({
          ...payment,
          id: newEventRef(),
          type,
          created: secondsOf(runAt),
          declineCode: null,
          refund: null,
          dispute: stripeDispute(row, runAt),
        }),
      );
      if (payload.length > 0) writeJobs(trx, [{ task: 'deliver-sandbox-webhooks', payload, runAt }]);
    }
  });
}

/** The webhooks of a step. They may arrive in any order. */
function typesAt({ kind, outcome, closesAt }: DisputeRow, at: Date): SandboxEventType[] {
  const isOver = at >= closesAt;
  if (kind === 'fraud_warning') return isOver ? [] : ['radar.early_fraud_warning.created'];
  if (kind === 'inquiry') return isOver ? ['charge.dispute.closed'] : ['charge.dispute.created'];
  if (!isOver) return ['charge.dispute.created', 'charge.dispute.funds_withdrawn'];
  return outcome === 'won'
    ? ['charge.dispute.closed', 'charge.dispute.funds_reinstated']
    : ['charge.dispute.closed'];
}

type StripeDispute = Pick<
  Stripe.Dispute,
  'id' | 'object' | 'amount' | 'currency' | 'created' | 'payment_intent' | 'reason' | 'status'
> & {
  balance_transactions: Pick<Stripe.BalanceTransaction, 'amount' | 'fee' | 'currency'>[];
  evidence_details: { due_by: number | null };
};
type StripeWarning = Omit<Stripe.Radar.EarlyFraudWarning, 'charge' | 'livemode'>;

/** The dispute or the fraud warning as Stripe would show it at an instant. */
function stripeDispute(row: DisputeRow, at: Date): StripeDispute | StripeWarning {
  const { ref, intentRef, kind, outcome, currency, opensAt, closesAt } = row;
  const common = { id: ref, created: secondsOf(opensAt), payment_intent: intentRef };
  if (kind === 'fraud_warning') {
    const fraud_type = 'made_with_stolen_card';
    return { ...common, object: 'radar.early_fraud_warning', actionable: true, fraud_type };
  }
  const isOver = at >= closesAt;
  const amount = toStripe(row.amountMinor, currency);
  const moved = kind === 'inquiry' ? [] : isOver && outcome === 'won' ? [-amount, amount] : [-amount];
  return {
    ...common,
    object: 'dispute',
    amount,
    currency: currency.toLowerCase(),
    reason: kind === 'inquiry' ? 'general' : 'product_not_received',
    status:
      kind === 'inquiry'
        ? isOver
          ? 'warning_closed'
          : 'warning_needs_response'
        : isOver
          ? outcome
          : 'needs_response',
    // The fee comes back with the money.
    balance_transactions: moved.map((each) => ({
      amount: each,
      fee: each < 0 ? feeMinor : -feeMinor,
      currency: 'eur',
    })),
    evidence_details: { due_by: isOver ? null : secondsOf(opensAt) + evidenceDays * 86_400 },
  };
}

const secondsOf = (instant: Date): number => Math.floor(instant.getTime() / 1000);

const columns = `
  disputes.ref, intent_ref as "intentRef", kind, outcome, disputes.amount_minor as "amountMinor", payments.currency,
  opens_at as "opensAt", closes_at as "closesAt"`;
const openedSql = `
  select ${columns} from sandbox.disputes join sandbox.payments using (intent_ref)
  where opens_at >= $1 and opens_at < $2 and opens_at <= $3`;
const oneSql = `
  select ${columns} from sandbox.disputes join sandbox.payments using (intent_ref) where disputes.ref = $1 and opens_at <= $2`;

export async function* listSandboxDisputes(
  db: Queryable,
  from: Date,
  to: Date,
  now: Date,
): AsyncGenerator<ProviderDispute> {
  for (const row of await db.query<DisputeRow>(openedSql, [from, to, now])) yield read(row, now);
}

export async function findSandboxDispute(db: Queryable, ref: string, now: Date): Promise<ProviderDispute> {
  const [row] = await db.query<DisputeRow>(oneSql, [ref, now]);
  if (!row) throw new Error(`the sandbox knows no dispute ${ref}`);
  return read(row, now);
}

/** The same way as through a webhook. */
const read = (row: DisputeRow, now: Date): ProviderDispute => {
  const shown = stripeDispute(row, now);
  return shown.object === 'dispute'
    ? readDispute(shown as unknown as Stripe.Dispute, now.getTime() / 1000)
    : readFraudWarning(shown as Stripe.Radar.EarlyFraudWarning, now.getTime() / 1000);
};

const movementsSql = `
  select 'dispute' as kind, ref, disputes.amount_minor as "amountMinor", payments.currency, true as "isOurs"
  from sandbox.disputes join sandbox.payments using (intent_ref)
  where kind = 'chargeback' and opens_at >= $1 and opens_at < $2 and opens_at <= $3
  union all
  select 'dispute_reversal', ref, disputes.amount_minor, payments.currency, true
  from sandbox.disputes join sandbox.payments using (intent_ref)
  where kind = 'chargeback' and outcome = 'won' and closes_at >= $1 and closes_at < $2 and closes_at <= $3`;

export const listDisputeMovements = (
  db: Queryable,
  from: Date,
  to: Date,
  now: Date,
): Promise<ProviderMovement[]> => db.query<ProviderMovement>(movementsSql, [from, to, now]);
