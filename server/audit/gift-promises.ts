import { type Check, ofEvents } from './check.ts';

/** The cards of the organisations of these events; all cards if no events are named. */
const cards = `
  select gift_cards.* from gift_cards
  where $1::text[] is null or organisation_id in (select organisation_id from events where id = any($1))`;

/** What gift cards promise (docs/gift-cards.md). */
export const gifts: Check[] = [
  {
    name: 'the balance of each gift card is what its entries add up to',
    sql: `
      select card.id || ' has ' || balance_minor || ', its entries ' || coalesce(sum(entry.amount_minor), 0)
      from (${cards}) as card left join gift_card_entries as entry on entry.gift_card_id = card.id
      group by card.id, card.balance_minor
      having balance_minor <> coalesce(sum(entry.amount_minor), 0)`,
  },
  {
    // The entries of a deleted order stay, and its uses go, so only orders that are there count.
    name: 'what an order uses of a gift card has its entries',
    sql: `
      select uses.order_id || ' uses ' || uses.amount_minor || ' of ' || uses.gift_card_id || ' (' || state || '), ' || returned_minor
        || ' came back; entered ' || coalesce(sum(entry.amount_minor), 0)
      from gift_card_uses as uses
      left join gift_card_entries as entry on entry.gift_card_id = uses.gift_card_id and entry.order_id = uses.order_id
      where ${ofEvents('uses')}
      group by uses.order_id, uses.gift_card_id, uses.amount_minor, state, returned_minor
      having coalesce(sum(entry.amount_minor), 0) <> case state when 'released' then 0 else returned_minor - uses.amount_minor end`,
  },
  {
    name: 'gift cards pay of each order what its first line says, for as long as the order needs it',
    sql: `
      select orders.id || ' is ' || status || ', gift cards pay ' || said || '; used ' || coalesce(used, 0) || ' as '
        || coalesce(states, 'nothing') || ', paid ' || coalesce(paid, 0) || ', other payments ' || coalesce(other, 0)
      from (
        select id, event_id, status, total_minor, confirmed_at, coalesce((lines -> 0 ->> 'giftMinor')::bigint, 0) as said
        from orders where ${ofEvents('orders')}
      ) as orders
      left join (
        select order_id as id, event_id, sum(amount_minor) as used, string_agg(distinct state, ',') as states
        from gift_card_uses where ${ofEvents('gift_card_uses')} group by order_id, event_id
      ) as uses using (id, event_id)
      left join (
        select order_id as id, event_id,
          sum(amount_minor) filter (where provider = 'gift_card') as paid,
          sum(amount_minor) filter (where provider <> 'gift_card' and status in ('succeeded', 'refunded')) as other
        from payments where ${ofEvents('payments')} group by order_id, event_id
      ) as payment using (id, event_id)
      where said <> coalesce(used, 0) or coalesce(paid, 0) <> case when confirmed_at is null then 0 else said end
        or (confirmed_at is not null and said > 0 and coalesce(other, 0) <> total_minor - said)
        or states is distinct from case when said = 0 then null when confirmed_at is not null then 'captured'
          when status = 'pending' then 'reserved' else 'released' end`,
  },
  {
    // gift_issued has what the organisation must pay itself. The entries of a deleted order are gone with its uses.
    name: 'the books owe the holders of gift cards what their cards have and what orders have reserved',
    sql: `
      select coalesce(account, owed_by) || ' ' || coalesce(entered.currency, owed.currency) || ': entered ' || coalesce(minor, 0)
        || ', owed ' || coalesce(owed_minor, 0)
      from (
        select account, currency, sum(minor) as minor from (
          select credit as account, currency, amount_minor as minor from transfers where split_part(credit, ':', 1) in ('gift', 'gift_issued')
          union all select debit, currency, -amount_minor from transfers where split_part(debit, ':', 1) in ('gift', 'gift_issued')
        ) as side
        where $1::text[] is null or split_part(account, ':', 2) in (select organisation_id from events where id = any($1))
        group by account, currency
      ) as entered
      full join (
        select owed_by, currency, sum(owed_minor) as owed_minor
        from (
          select card.organisation_id, source, currency,
            coalesce((select sum(amount_minor) from gift_card_entries where gift_card_id = card.id and order_id is null), 0)
              - coalesce((select sum(amount_minor - returned_minor) from gift_card_uses where gift_card_id = card.id and state = 'captured'), 0)
              as minor
          from (${cards}) as card
        ) as card
        cross join lateral (values ('gift:' || organisation_id, minor),
          ('gift_issued:' || organisation_id, case source when 'issued' then -minor else 0 end)) as owed (owed_by, owed_minor)
        group by owed_by, currency
      ) as owed on owed_by = account and owed.currency = entered.currency
      where coalesce(minor, 0) <> coalesce(owed_minor, 0)`,
  },
];
