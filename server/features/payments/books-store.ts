import type { AccountType } from '../../../contract/account-types.ts';
import type { OrderId, OrganisationId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { Queryable } from '../../data/db.ts';

/** The type of an account as an organiser sees it. */
const typeOf = (account: string) => `
  case when ${account} = 'tax:platform' then 'platform_tax'
    when split_part(${account}, ':', 1) in ('provider', 'till', 'payout', 'organiser', 'tax', 'fee', 'buyer', 'refunds', 'dispute',
      'dispute_fee')
      then split_part(${account}, ':', 1)
    else 'other' end`;

export interface BookEntryRow {
  orderId: OrderId;
  kind: string;
  from: AccountType;
  to: AccountType;
  amountMinor: number;
  currency: Currency;
  at: Date;
}

const entriesSql = `
  select order_id as "orderId", kind, ${typeOf('debit')} as "from", ${typeOf('credit')} as "to",
    amount_minor as "amountMinor", currency, created_at as at
  from transfers where order_id = any($1::text[]) order by created_at, id, part`;

export const selectEntries = (db: Queryable, orderIds: OrderId[]): Promise<BookEntryRow[]> =>
  db.query<BookEntryRow>(entriesSql, [orderIds]);

// Finds the entries of an organisation by its events (table of catalog) and their orders (table of orders), and those of payouts by their lines (tables of payouts). An index of the
// ledger by organisation would make every purchase slower. What the provider or the till has grows with debits, all others with credits.
const balancesSql = `
  select type, transfers.currency, sum(minor)::bigint as "balanceMinor"
  from (
    select transfers.* from events
    join orders on orders.event_id = events.id and orders.total_minor >= 0
    join transfers on transfers.order_id = orders.id and transfers.event_id = orders.event_id
    where events.organisation_id = $1
    union all
    select transfers.* from payouts
    join payout_lines on payout_lines.payout_id = payouts.id
    join transfers on transfers.id = 'trf_' || substr(payouts.id, 5) and transfers.event_id = payout_lines.event_id
    where payouts.organisation_id = $1
  ) as transfers
  cross join lateral (values
    (${typeOf('debit')}, case when split_part(debit, ':', 1) in ('provider', 'till') then transfers.amount_minor else -transfers.amount_minor end),
    (${typeOf('credit')}, case when split_part(credit, ':', 1) in ('provider', 'till') then -transfers.amount_minor else transfers.amount_minor end)
  ) as side (type, minor)
  group by type, transfers.currency
  order by transfers.currency, type`;

export interface BalanceRow {
  type: AccountType;
  currency: Currency;
  balanceMinor: number;
}

export const selectBalances = (db: Queryable, organisationId: OrganisationId): Promise<BalanceRow[]> =>
  db.query<BalanceRow>(balancesSql, [organisationId]);
