import type { BankEntryId, EventId, Id, OrderId, OrganisationId, PaymentId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { LaterWay } from '../../../contract/pay-way-fields.ts';
import type { Writes } from '../../data/db.ts';

/* Payments and entries of the ledger for money that comes to the organiser's bank account (docs/bank-transfers.md). */

const openSql = `
  insert into payments (id, event_id, order_id, provider, intent_ref, client_secret, status, amount_minor, currency, expires_at,
    created_at, updated_at)
  select id, event_id, order_id, way, reference, '', 'open', amount_minor, currency, expires_at, $9, $9
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::timestamptz[])
    as opened (id, event_id, order_id, way, reference, amount_minor, currency, expires_at)`;

interface LaterPayment {
  id: PaymentId;
  eventId: EventId;
  orderId: OrderId;
  way: LaterWay;
  reference: string;
  amountMinor: number;
  currency: Currency;
  expiresAt: Date;
}

/** Opens the payments of orders that are paid later. No provider is asked. */
export const openLaterPayments = (trx: Writes, payments: LaterPayment[], now: Date): void =>
  trx.write(openSql, [
    payments.map(({ id }) => id),
    payments.map(({ eventId }) => eventId),
    payments.map(({ orderId }) => orderId),
    payments.map(({ way }) => way),
    payments.map(({ reference }) => reference),
    payments.map(({ amountMinor }) => amountMinor),
    payments.map(({ currency }) => currency),
    payments.map(({ expiresAt }) => expiresAt),
    now,
  ]);

const moveSql = `
  insert into transfers (id, event_id, order_id, kind, debit, credit, amount_minor, currency, created_at)
  select 'trf_' || substr(moved.id, 5), '', '', $5,
    case $5 when 'bank_in' then bank else received end, case $5 when 'bank_in' then received else bank end,
    amount_minor, currency, $7
  from unnest($1::text[], $2::text[], $3::bigint[], $4::text[]) as moved (id, entry_id, amount_minor, currency)
  cross join lateral (select 'bank:' || $6::text as bank, 'received:' || entry_id as received) as account`;

interface BankMovement {
  id: BankEntryId | Id<'bankReturn'>;
  entryId: BankEntryId;
  amountMinor: number;
  currency: Currency;
}

/**
 * Enters money that came to the bank account of an organisation (`bank_in`), or went back from it (`bank_returned`). While it has paid
 * nothing, `received:<entry>` says that it is owed to somebody.
 */
export function enterBankMoney(
  trx: Writes,
  kind: 'bank_in' | 'bank_returned',
  organisationId: OrganisationId,
  moved: BankMovement[],
  now: Date,
): void {
  if (moved.length === 0) return;
  trx.write(moveSql, [
    moved.map(({ id }) => id),
    moved.map(({ entryId }) => entryId),
    moved.map(({ amountMinor }) => amountMinor),
    moved.map(({ currency }) => currency),
    kind,
    organisationId,
    now,
  ]);
}

// Names the table of bank-transfers for the assignments, because a ledger batch reads nothing that it writes.
const usedSql = `
  insert into transfers (id, event_id, order_id, kind, debit, credit, amount_minor, currency, created_at)
  select 'trf_' || substr(bank_matches.id, 5), '', '', 'bank_used', 'received:' || entry_id, 'bank:' || organisation_id,
    bank_matches.amount_minor, currency, $2
  from bank_matches join bank_entries on bank_entries.id = entry_id
  where order_id = any($1::text[]) and final_at = $2
  on conflict (id, event_id, part) do nothing`;

/** Enters that the assignments of these orders, final since `now`, have paid them. */
export const enterBankUsed = (trx: Writes, orderIds: OrderId[], now: Date): void =>
  trx.write(usedSql, [orderIds, now]);
