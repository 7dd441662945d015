import type { EventId, Id, OrderId, OrganisationId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';
import { type Charge, giftAccountOf, giftIssuedOf, giftPaymentIdOf, tillOf } from './payment.ts';

// Open for as long as it takes: the charge of the same transaction marks them as succeeded.
const insertSql = `
  insert into payments (id, event_id, order_id, provider, intent_ref, client_secret, status, amount_minor, currency, expires_at,
    created_at, updated_at)
  select id, event_id, order_id, 'gift_card', id, '', 'open', amount_minor, currency, $6::timestamptz, $6, $6
  from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[])
    as paid (id, event_id, order_id, amount_minor, currency)`;

// The table of gift-cards says which cards paid, and one statement reads it, because this runs in the ledger's batch.
// The organisation has the money of a card that it issued itself, as it has what is in its till. So what such a card pays is taken
// off its payouts.
const fundSql = `
  insert into transfers (id, part, event_id, order_id, kind, debit, credit, amount_minor, currency, created_at)
  select 'trf_' || substr(paid.id, 5), 5, event_id, order_id, 'gift_funded', 'till:' || organisation_id,
    'gift_issued:' || organisation_id, sum(uses.amount_minor), card.currency, $3::timestamptz
  from unnest($1::text[], $2::text[]) as paid (id, order_id)
  join gift_card_uses as uses using (order_id)
  join gift_cards as card on card.id = uses.gift_card_id
  where uses.state = 'captured' and source = 'issued'
  group by paid.id, event_id, order_id, organisation_id, card.currency
  on conflict (id, event_id, part) do nothing`;

/** Writes the payments that gift cards have made. */
export function insertGiftPayments(trx: Writes, paid: Charge[], now: Date): void {
  trx.write(insertSql, [
    paid.map(({ paymentId }) => paymentId),
    paid.map(({ eventId }) => eventId),
    paid.map(({ orderId }) => orderId),
    paid.map(({ amountMinor }) => amountMinor),
    paid.map(({ currency }) => currency),
    now,
  ]);
  trx.write(fundSql, [paid.map(({ paymentId }) => paymentId), paid.map(({ orderId }) => orderId), now]);
}

const unfundSql = `
  insert into transfers (id, part, event_id, order_id, kind, debit, credit, amount_minor, currency, created_at)
  select 'trf_' || substr(id, 5), 10, event_id, order_id, 'gift_funded', $3, $4, $5, currency, $6
  from refunds where id = $1 and event_id = $2`;

/** A refund went back to cards that the organisation issued itself, so the organisation has to pay it again. */
export const enterUnfunded = (
  trx: Writes,
  refund: { id: Id<'refund'>; eventId: EventId },
  { organisationId, issuedMinor }: { organisationId: OrganisationId; issuedMinor: number },
  now: Date,
): void =>
  trx.write(unfundSql, [
    refund.id,
    refund.eventId,
    giftIssuedOf(organisationId),
    tillOf(organisationId),
    issuedMinor,
    now,
  ]);

const returnsSql = `
  select order_id as "orderId", sum(amount_minor)::bigint as minor from refunds
  where payment_id = any($1::text[]) and status <> 'failed' group by order_id`;

export const selectGiftReturns = (
  db: Queryable,
  orderIds: OrderId[],
): Promise<{ orderId: OrderId; minor: number }[]> => db.query(returnsSql, [orderIds.map(giftPaymentIdOf)]);

const entrySql = `
  insert into transfers (id, event_id, order_id, kind, debit, credit, amount_minor, currency, created_at)
  values ($1, '', '', $2, $3, $4, $5, $6, $7)`;

/** Money of gift cards that belongs to no event. */
export interface GiftMovement {
  id: Id<'transfer'>;
  kind: 'gift_issued' | 'gift_expired';
  organisationId: OrganisationId;
  source: 'issued' | 'bought';
  amountMinor: number;
  currency: Currency;
}

/** Books cards that the organisation issues, and what is left of cards that have expired. */
export function enterGiftMovement(
  trx: Transaction,
  { id, kind, organisationId, source, amountMinor, currency }: GiftMovement,
  now: Date,
): void {
  const gift = giftAccountOf(organisationId);
  // What nobody claims of a card that the organisation issued was never the platform's money.
  const other = source === 'issued' ? giftIssuedOf(organisationId) : `organiser:${organisationId}`;
  const [debit, credit] = kind === 'gift_issued' ? [other, gift] : [gift, other];
  trx.write(entrySql, [id, kind, debit, credit, amountMinor, currency, now]);
}
