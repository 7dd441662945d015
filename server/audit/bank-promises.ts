import { type Check, ofEvents } from './check.ts';

export const bank: Check[] = [
  {
    name: 'each bank transfer is assigned, sent back or on the list, as a whole',
    sql: `
      select id || ' of ' || amount_minor || ': ' || rest_minor || ' left, ' || assigned || ' assigned, ' || returned || ' sent back'
      from bank_entries
      cross join lateral (
        select coalesce(sum(amount_minor), 0) as assigned from bank_matches where entry_id = bank_entries.id) as matched
      cross join lateral (
        select coalesce(sum(amount_minor), 0) as returned from bank_returns where entry_id = bank_entries.id) as given
      where $1::text[] is null
        and case kind when 'credit' then rest_minor + assigned + returned <> amount_minor else assigned + returned > 0 end`,
  },
  {
    // What has not paid an order and has not gone back is on the account of its entry.
    name: 'money that came by bank transfer is in the books until it has paid an order or has gone back',
    sql: `
      select coalesce(entries.account, entered.account) || ': ' || coalesce(due, 0) || ' due, ' || coalesce(minor, 0) || ' entered'
      from (
        select 'received:' || id as account, currency, amount_minor
          - (select coalesce(sum(amount_minor), 0) from bank_matches where entry_id = bank_entries.id and final_at is not null)
          - (select coalesce(sum(amount_minor), 0) from bank_returns where entry_id = bank_entries.id and sent_at is not null) as due
        from bank_entries where kind = 'credit'
      ) as entries
      full join (
        select account, currency, sum(minor) as minor from (
          select credit as account, currency, amount_minor as minor from transfers where credit like 'received:%'
          union all select debit, currency, -amount_minor from transfers where debit like 'received:%'
        ) as entry group by account, currency
      ) as entered using (account, currency)
      where $1::text[] is null and coalesce(due, 0) <> coalesce(minor, 0)`,
  },
  {
    name: 'an order by bank transfer is paid exactly with the transfers that were assigned to it',
    sql: `
      select awaited.order_id || ' is ' || status || ': ' || used || ' used, ' || assigned || ' assigned of ' || awaited.amount_minor
      from awaited_transfers as awaited
      join payments on payments.order_id = awaited.order_id and payments.event_id = awaited.event_id
      cross join lateral (
        select coalesce(sum(amount_minor), 0) as assigned, coalesce(sum(amount_minor) filter (where final_at is not null), 0) as used
        from bank_matches where bank_matches.order_id = awaited.order_id) as matched
      where ${ofEvents('awaited')} and (assigned > awaited.amount_minor
        or used <> case when status in ('succeeded', 'refunded') then awaited.amount_minor else 0 end
        or (paid_at is not null) <> (assigned = awaited.amount_minor))`,
  },
];
