import type { EventId, OrganisationId, PayoutId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { Writes } from '../../data/db.ts';

// A line below 0 goes the other way: what the organisation owed for that event is paid by the others.
const insertSql = `
  insert into transfers (id, part, event_id, order_id, kind, debit, credit, amount_minor, currency, created_at)
  select 'trf_' || substr($1, 5), 0, event_id, '', 'payout',
    case when minor > 0 then 'organiser:' || $2 else 'payout:' || $2 end,
    case when minor > 0 then 'payout:' || $2 else 'organiser:' || $2 end, abs(minor), $3, $4
  from unnest($5::text[], $6::bigint[]) as line (event_id, minor)`;

export interface BookedPayout {
  id: PayoutId;
  organisationId: OrganisationId;
  currency: Currency;
  paidAt: Date;
  lines: { eventId: EventId; owedMinor: number }[];
}

export const insertPayoutEntries = (
  trx: Writes,
  { id, organisationId, currency, paidAt, lines }: BookedPayout,
): void =>
  trx.write(insertSql, [
    id,
    organisationId,
    currency,
    paidAt,
    lines.map(({ eventId }) => eventId),
    lines.map(({ owedMinor }) => owedMinor),
  ]);

const sentSql = `
  insert into transfers (id, part, event_id, order_id, kind, debit, credit, amount_minor, currency, created_at)
  select id, 9, event_id, '', 'payout_sent',
    case when credit like 'payout:%' then credit else $2 end, case when credit like 'payout:%' then $2 else debit end,
    amount_minor, currency, $3
  from transfers where id = 'trf_' || substr($1, 5) and event_id = any($4::text[]) and kind = 'payout'`;

/** Enters that the provider has sent a payout. */
export const insertSentEntries = (
  trx: Writes,
  { id, provider, eventIds, at }: PayoutStep & { provider: string },
): void => trx.write(sentSql, [id, `provider:${provider}`, at, eventIds]);

// What the provider sent comes back from there, and what it never sent from what was set aside.
const returnedSql = `
  insert into transfers (id, part, event_id, order_id, kind, debit, credit, amount_minor, currency, created_at)
  select id, 8, event_id, '', 'payout_reversal',
    case when credit like 'payout:%' then coalesce($2, credit) else credit end,
    case when credit like 'payout:%' then debit else coalesce($2, debit) end, amount_minor, currency, $3
  from transfers where id = 'trf_' || substr($1, 5) and event_id = any($4::text[]) and kind = 'payout'`;

/** Enters that a payout failed, or came back from where the provider had sent it. */
export const insertReturnedEntries = (
  trx: Writes,
  { id, from, eventIds, at }: PayoutStep & { from: string | null },
): void => trx.write(returnedSql, [id, from === null ? null : `provider:${from}`, at, eventIds]);

export interface PayoutStep {
  id: PayoutId;
  eventIds: EventId[];
  at: Date;
}

const allowSql = `select set_config('admit.retention', 'on', true)`;
const deleteSql = `
  delete from transfers where event_id = $1 and id in (select 'trf_' || substr(id, 5) from unnest($2::text[]) as id)`;

export function deletePayoutEntries(trx: Writes, eventId: EventId, payoutIds: PayoutId[]): void {
  trx.write(allowSql);
  trx.write(deleteSql, [eventId, payoutIds]);
}
