import type { Queryable } from '../../data/db.ts';
import type { ProviderMovement } from './provider.ts';

// A payout by transfer (table of payouts) is money that the provider sent too.
const unknownSql = `
  select 'the provider has ' || kind || ' ' || ref || ' of ' || theirs.amount_minor || ' ' || theirs.currency || ', we have '
    || coalesce(ours.amount_minor || ' ' || ours.currency, 'nothing') as finding
  from unnest($2::text[], $3::text[], $4::bigint[], $5::text[]) as theirs (kind, ref, amount_minor, currency)
  left join lateral (
    select amount_minor, currency from payments
    where theirs.kind = 'charge' and intent_ref = theirs.ref and provider = $1 and status in ('succeeded', 'refunded')
    union all
    select amount_minor, currency from refunds
    where theirs.kind = 'refund' and provider_ref = theirs.ref and status <> 'failed'
    union all
    select amount_minor, currency from disputes
    where provider = $1 and ref = theirs.ref
      and case theirs.kind when 'dispute' then withdrawn_at when 'dispute_reversal' then reinstated_at end is not null
    union all
    select amount_minor, currency from payouts
    where transfer_ref = theirs.ref and case theirs.kind when 'transfer' then true when 'transfer_reversal' then state = 'failed' end
    union all
    select amount_minor, currency from money_reviews
    where provider = $1 and reference = theirs.ref
      || case theirs.kind when 'dispute' then ':disputed' when 'dispute_reversal' then ':dispute_reinstated' else '' end
    limit 1
  ) as ours on true
  where (ours.amount_minor, ours.currency) is distinct from (theirs.amount_minor, theirs.currency)
    -- A refund that a person ordered for an item of the list has the item's own reference.
    and not exists (select from money_reviews where provider = $1 and refund_ref = theirs.ref)
  order by 1`;

/** What the provider has booked and we have not, or with another amount. */
export const selectUnknownMovements = async (
  db: Queryable,
  provider: string,
  movements: ProviderMovement[],
): Promise<string[]> => {
  if (movements.length === 0) return [];
  const rows = await db.query<{ finding: string }>(unknownSql, [
    provider,
    movements.map(({ kind }) => kind),
    movements.map(({ ref }) => ref),
    movements.map(({ amountMinor }) => amountMinor),
    movements.map(({ currency }) => currency),
  ]);
  return rows.map(({ finding }) => finding);
};

// A payout by transfer (table of payouts) is money that the provider must have sent.
const missingSql = `
  select 'we have ' || kind || ' ' || ref || ' of ' || amount_minor || ' ' || currency || ', the provider has nothing' as finding
  from (
    select 'charge' as kind, intent_ref as ref, amount_minor, currency from payments
    where provider = $1 and status in ('succeeded', 'refunded') and updated_at >= $3 and updated_at < $4
    union all
    select 'refund', provider_ref, refunds.amount_minor, refunds.currency
    from refunds join payments on payments.id = refunds.payment_id and payments.event_id = refunds.event_id
    where provider = $1 and refunds.status = 'succeeded' and settled_at >= $3 and settled_at < $4
    union all
    select 'dispute', ref, amount_minor, currency from disputes
    where provider = $1 and withdrawn_at >= $3 and withdrawn_at < $4
    union all
    select 'dispute_reversal', ref, amount_minor, currency from disputes
    where provider = $1 and reinstated_at >= $3 and reinstated_at < $4
    union all
    select 'transfer', transfer_ref, amount_minor, currency from payouts
    where transfer_ref is not null and paid_at >= $3 and paid_at < $4
  ) as ours
  where ref <> all($2::text[])
    and not (kind = 'charge' and exists (
      select from refunds join payments on payments.id = refunds.payment_id and payments.event_id = refunds.event_id
      where payments.intent_ref = ref and refunds.created_at > payments.created_at + interval '1 day'))
  order by 1`;

/**
 * What we have booked in this time and the provider has not. A refund touches its payment again, so a payment that was
 * refunded days later is left out.
 */
export const selectMissingMovements = async (
  db: Queryable,
  provider: string,
  refs: string[],
  from: Date,
  to: Date,
): Promise<string[]> =>
  (await db.query<{ finding: string }>(missingSql, [provider, refs, from, to])).map(({ finding }) => finding);
