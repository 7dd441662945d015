import type { BankEntryId, EventId, Id, OrderId, OrganisationId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { Queryable, Transaction, Writes } from '../../data/db.ts';

const insertSql = `
  insert into bank_returns (id, entry_id, organisation_id, amount_minor, currency, created_by, created_at)
  values ($1, $2, $3, $4, $5, $6, $7)`;

export const insertReturn = (
  trx: Writes,
  id: Id<'bankReturn'>,
  of: {
    entryId: BankEntryId;
    organisationId: OrganisationId;
    minor: number;
    currency: Currency;
    by: string;
    now: Date;
  },
): void => trx.write(insertSql, [id, of.entryId, of.organisationId, of.minor, of.currency, of.by, of.now]);

export interface ReturnRow {
  id: Id<'bankReturn'> | Id<'refund'>;
  amountMinor: number;
  currency: Currency;
  name: string;
  iban: string | null;
  reference: string | null;
  orderId: OrderId | null;
  eventId: EventId | null;
  createdAt: Date;
  sentAt: Date | null;
}

// The refunds of orders that were paid by transfer, and money that has paid nothing. A refund goes to the account that most of the
// money came from. Names the table of orders, which has the names of buyers, and the table of payments, which has the refunds.
const listSql = `
  with listed as (
    select refunds.id, refunds.amount_minor, refunds.currency, orders.buyer_name as name,
      (select payer_iban from bank_matches join bank_entries on bank_entries.id = entry_id
        where bank_matches.order_id = refunds.order_id and payer_iban is not null
        order by bank_matches.amount_minor desc, bank_matches.id limit 1) as iban,
      reference, refunds.order_id, refunds.event_id, refunds.created_at, refunds.settled_at as sent_at
    from awaited_transfers
    join orders on orders.id = awaited_transfers.order_id and orders.event_id = awaited_transfers.event_id
    join refunds on refunds.order_id = orders.id and refunds.event_id = orders.event_id
    where awaited_transfers.organisation_id = $1 and refunds.status <> 'failed'
    union all
    select bank_returns.id, bank_returns.amount_minor, bank_returns.currency, coalesce(payer_name, ''), payer_iban, null, null, null,
      bank_returns.created_at, sent_at
    from bank_returns join bank_entries on bank_entries.id = entry_id
    where bank_returns.organisation_id = $1
  )
  select id, amount_minor as "amountMinor", currency, name, iban, reference, order_id as "orderId", event_id as "eventId",
    created_at as "createdAt", sent_at as "sentAt"
  from listed
  where (sent_at is null) = $2 and ($3::text[] is null or id = any($3))
  order by case when $2 then created_at end, sent_at desc, id limit $4`;

export const selectReturns = (
  db: Queryable,
  organisationId: OrganisationId,
  of: { open: boolean; limit: number; ids?: string[] },
): Promise<ReturnRow[]> => db.query<ReturnRow>(listSql, [organisationId, of.open, of.ids ?? null, of.limit]);

const sentSql = `
  update bank_returns set sent_by = $3, sent_at = $4
  where organisation_id = $1 and id = any($2::text[]) and sent_at is null
  returning id, entry_id as "entryId", amount_minor as "amountMinor", currency`;

/** Marks money of entries as sent back, and returns what was open. */
export const markSent = (
  trx: Transaction,
  organisationId: OrganisationId,
  ids: string[],
  by: string,
  now: Date,
): Promise<{ id: Id<'bankReturn'>; entryId: BankEntryId; amountMinor: number; currency: Currency }[]> =>
  trx.query(sentSql, [organisationId, ids, by, now]);
