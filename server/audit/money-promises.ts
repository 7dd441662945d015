import { type Check, ofEvents } from './check.ts';

/** The type of an account, for example `organiser` for `organiser:org_…`. */
const typeOf = (account: string) => `split_part(${account}, ':', 1)`;
/** What one transfer adds to the accounts of these types. */
const into = (...types: string[]) => {
  const list = `('${types.join("','")}')`;
  return `amount_minor * ((${typeOf('credit')} in ${list})::int - (${typeOf('debit')} in ${list})::int)`;
};
/** What one transfer takes from the accounts of these types. */
const outOf = (...types: string[]) => `-${into(...types)}`;

/** True for a refund of what tickets cost, and not of a payment that bought nothing. */
const ofTickets = `reason not in ('places_gone', 'card_limit', 'paid_twice', 'cancelled_before_payment', 'ticket_gone', 'gift_card_returned')`;

/** False for the fees of disputes, which are in the currency of our account with the provider. */
const inItsCurrency = `kind not like 'dispute_fee%'`;

/** The transfers of failed refunds for which another refund was made. */
const repeatedRefunds = `
  select 'trf_' || substr(id, 5) from refunds where repeated_by is not null and ${ofEvents('refunds')}`;

/** A member of the parts of a line, for all its places. */
const ofLine = (member: string) =>
  `(line ->> 'quantity')::bigint * coalesce((line -> 'parts' ->> '${member}')::bigint, 0)`;

/** The parts of each order's price by its lines; `absorbed_minor` is the order's own fee if the organiser pays it. */
const lineParts = `
  select id, event_id, sum(${ofLine('netMinor')}) as net_minor, sum(${ofLine('taxMinor')}) as tax_minor,
    sum(${ofLine('feeMinor')}) as fee_minor, sum(${ofLine('absorbedMinor')}) as absorbed_minor,
    max(case when line -> 'pricing' -> 'fee' ->> 'paidBy' = 'absorbed' and (line ->> 'unitMinor')::bigint > 0
      then (line -> 'pricing' -> 'fee' ->> 'perOrderMinor')::bigint else 0 end) as absorbed_of_order
  from orders cross join jsonb_array_elements(lines) as line
  where ${ofEvents('orders')} group by id, event_id`;

/** What gift cards paid and got back has checks of its own (gift-promises.ts). */
const notOfGiftCards = `debit not like 'gift:%' and credit not like 'gift:%'`;

export const money: Check[] = [
  {
    // By account: what an order brought its organiser, the tax office and the platform, and what is owed to its buyer.
    name: 'the money of each order balances',
    sql: `
      select id || ' is ' || coalesce(status, 'missing') || ': earned ' || coalesce(earned, 0) || ' of '
        || coalesce(due, 0) || ', the buyer is owed ' || coalesce(buyer, 0) || ' of ' || coalesce(unreturned, 0)
        || ', on its way back ' || coalesce(under_way, 0) || ' of ' || coalesce(pending, 0)
        || ', disputed ' || coalesce(disputed, 0)
      from (
        select event_id, id, status, currency, refunded_minor, case when confirmed_at is null then 0 else total_minor end as paid
        from orders where ${ofEvents('orders')}
      ) as orders
      full join (
        select event_id, order_id as id, min(currency) filter (where ${inItsCurrency}) as moved_in,
          max(currency) filter (where ${inItsCurrency}) as also_moved_in,
          sum(${into('organiser', 'tax', 'fee')}) as earned, sum(${into('buyer')}) as buyer, sum(${into('refunds')}) as under_way
        from transfers where order_id <> '' and ${ofEvents('transfers')} group by event_id, order_id
      ) as moved using (event_id, id)
      full join (
        select event_id, order_id as id,
          sum(amount_minor) filter (where ${ofTickets} and repeated_by is null) as promised,
          sum(amount_minor) filter (where ${ofTickets} and status <> 'failed') as given,
          sum(amount_minor) filter (where not ${ofTickets} and status = 'failed') as unreturned,
          sum(amount_minor) filter (where status = 'pending') as pending
        from refunds where ${ofEvents('refunds')} group by event_id, order_id
      ) as refunded using (event_id, id)
      left join (
        select event_id, order_id as id, organiser_minor + tax_minor + fee_minor + fee_tax_minor as disputed
        from disputed_money where ${ofEvents('disputed_money')}
      ) as taken using (event_id, id)
      cross join lateral (select paid - coalesce(given, 0) - coalesce(disputed, 0)) as owed (due)
      where coalesce(earned, 0) is distinct from due or coalesce(buyer, 0) <> coalesce(unreturned, 0)
        or coalesce(under_way, 0) <> coalesce(pending, 0) or coalesce(promised, 0) is distinct from refunded_minor
        or (moved_in is not null and (moved_in <> currency or also_moved_in <> currency))`,
  },
  {
    name: 'each part of the price of an order is on its own account',
    sql: `
      select id || ': tax ' || taxed || ' of ' || tax_minor || ', fees ' || fees || ' of ' || fee_minor || ', earned ' || earned
        || ' of ' || net_minor || '; given back: tax ' || tax_back || ' of ' || refunded_tax_minor || ', fees ' || fees_back
        || ' of ' || refunded_fee_minor || ' and their tax ' || fee_tax_back || ' of ' || refunded_fee_tax_minor
      from (
        select orders.id, orders.event_id, parts.tax_minor, refunded_tax_minor, refunded_fee_minor, refunded_fee_tax_minor,
          parts.fee_minor + parts.absorbed_minor + orders.fee_minor + own.absorbed as fee_minor,
          parts.net_minor - parts.absorbed_minor - own.absorbed as net_minor
        from orders
        join (${lineParts}) as parts on parts.id = orders.id and parts.event_id = orders.event_id
        cross join lateral (select least(absorbed_of_order, parts.net_minor - parts.absorbed_minor)) as own (absorbed)
        where confirmed_at is not null and total_minor > 0 and ${ofEvents('orders')}
      ) as orders
      left join (
        select event_id, order_id as id,
          coalesce(sum(${into('tax')}) filter (where kind = 'charge' and credit <> 'tax:platform'), 0) as taxed,
          coalesce(sum(${into('fee', 'tax')}) filter (where kind = 'charge' and (credit = 'tax:platform' or credit like 'fee:%')), 0) as fees,
          coalesce(sum(${into('organiser')}) filter (where kind = 'charge'), 0) as earned,
          coalesce(sum(${outOf('tax')}) filter (where kind = 'refund' and debit <> 'tax:platform'), 0) as tax_back,
          coalesce(sum(${outOf('fee')}) filter (where kind = 'refund'), 0) as fees_back,
          coalesce(sum(${outOf('tax')}) filter (where kind = 'refund' and debit = 'tax:platform'), 0) as fee_tax_back
        from transfers where order_id <> '' and ${ofEvents('transfers')} and id not in (${repeatedRefunds})
        group by event_id, order_id
      ) as moved using (event_id, id)
      where (taxed, fees, earned) is distinct from (tax_minor, fee_minor, net_minor)
        or (tax_back, fees_back, fee_tax_back) is distinct from (refunded_tax_minor, refunded_fee_minor, refunded_fee_tax_minor)`,
  },
  {
    // A refund by ticket uses the ticket rows, and the order's page shows the lines.
    name: 'the price parts of the lines and of the tickets of an order add up to its total',
    sql: `
      select id || ' costs ' || total_minor || ', its lines ' || lines_minor || ', its tickets ' || coalesce(tickets_minor::text, 'nothing')
        || ', its fee ' || fee_minor || '; tax by lines ' || tax_minor || ', by tickets ' || coalesce(tickets_tax::text, 'nothing')
      from (
        select orders.id, orders.event_id, total_minor, orders.fee_minor, parts.tax_minor,
          parts.net_minor + parts.tax_minor + parts.fee_minor as lines_minor
        from orders join (${lineParts}) as parts on parts.id = orders.id and parts.event_id = orders.event_id
        where ${ofEvents('orders')}
      ) as orders
      left join (
        select order_id as id, event_id, sum(net_minor::bigint + tax_minor + fee_minor) as tickets_minor, sum(tax_minor) as tickets_tax
        from tickets where ${ofEvents('tickets')} group by order_id, event_id
      ) as sold using (id, event_id)
      where total_minor is distinct from lines_minor + fee_minor
        or total_minor <> coalesce(tickets_minor + fee_minor, total_minor) or tax_minor <> coalesce(tickets_tax, tax_minor)`,
  },
  {
    // What an order gave back beyond its tickets is of its own fee.
    name: 'the refunds of the tickets of an order add up to the refunds of the order',
    sql: `
      select id || ' gave back ' || orders.refunded_minor || ', its tickets ' || tickets_back || ', its fee is ' || fee_minor
        || '; decided ' || coalesce(decided, 0) || ', for tickets ' || coalesce(shared, 0)
      from (select id, event_id, refunded_minor, fee_minor from orders where ${ofEvents('orders')}) as orders
      join (
        select order_id as id, event_id, sum(tickets.refunded_minor) as tickets_back from tickets
        where ${ofEvents('tickets')} group by order_id, event_id
      ) as sold using (id, event_id)
      left join (
        select order_id as id, event_id, sum(refund_minor) as decided,
          sum((select coalesce(sum((share ->> 'minor')::bigint), 0) from jsonb_array_elements(shares) as share)) as shared
        from cancellations where ${ofEvents('cancellations')} group by order_id, event_id
      ) as made using (id, event_id)
      where orders.refunded_minor - tickets_back not between 0 and fee_minor
        or coalesce(decided, 0) <> orders.refunded_minor or coalesce(shared, 0) <> tickets_back`,
  },
  {
    name: 'each payment and each refund has its entry',
    sql: `
      select id || ': ' || coalesce(due, 0) || ' due, ' || coalesce(entered.amount_minor, 0) || ' entered' from (
        select event_id, 'trf_' || substr(id, 5) as id, amount_minor as due from payments
        where status in ('succeeded', 'refunded') and ${ofEvents('payments')}
        union all
        select event_id, 'trf_' || substr(id, 5), amount_minor from refunds where ${ofEvents('refunds')}
      ) as due
      full join (
        select event_id, id, sum(amount_minor) as amount_minor from transfers
        where kind in ('charge', 'late_charge', 'refund') and ${ofEvents('transfers')} group by event_id, id
      ) as entered using (event_id, id)
      where due is distinct from entered.amount_minor`,
  },
  {
    name: 'money that the team took is in the till of its organisation, and all other money with the provider',
    sql: `
      select transfers.id || ': ' || kind || ' of ' || payments.provider || ' from ' || debit || ' to ' || credit
      from transfers
      join payments on payments.id = 'pay_' || substr(transfers.order_id, 5) and payments.event_id = transfers.event_id
      join events on events.id = transfers.event_id
      where kind in ('charge', 'late_charge', 'refund_sent') and ${ofEvents('transfers')} and ${notOfGiftCards}
        and case kind when 'refund_sent' then credit else debit end
          <> case when taken_by is null and payments.provider <> 'bank_transfer' then 'provider:' || payments.provider else 'till:' || events.organisation_id end`,
  },
  {
    name: 'a refund has left the provider in the books exactly if the provider sent it',
    sql: `
      select refunds.id || ' is ' || status || ': sent ' || coalesce(sent, 0) || ' of ' || amount_minor
      from refunds
      left join (
        select event_id, 'rfd_' || substr(id, 5) as id, sum(amount_minor) as sent from transfers
        where kind = 'refund_sent' and ${ofEvents('transfers')} group by event_id, id
      ) as entered using (event_id, id)
      where ${ofEvents('refunds')} and case status when 'succeeded' then coalesce(sent, 0) <> amount_minor
        when 'pending' then sent is not null else coalesce(sent, amount_minor) <> amount_minor end`,
  },
  {
    // The same rule as in payments/dispute.ts: an open dispute holds its money, a lost one keeps it, and any other only until
    // the provider has returned it.
    name: 'what disputes have taken is in the books of their order',
    sql: `
      select id || ': holds ' || coalesce(held, 0) || ' of ' || coalesce(booked, 0) || ' booked, of its own '
        || coalesce(own, 0) || ' of ' || disputed_minor || ', withdrawn ' || coalesce(withdrawn, 0) || ' of '
        || coalesce(withdrawn_minor, 0) || ', on its account ' || coalesce(account, 0) || ', fees ' || coalesce(fees, 0) || ' of '
        || coalesce(fee_account, 0)
      from (select event_id, id, disputed_minor, has_disputes from orders where ${ofEvents('orders')}) as orders
      left join (
        select event_id, order_id as id,
          sum(case
            when kind <> 'chargeback' or status in ('won', 'closed')
              then case when withdrawn_at is not null and reinstated_at is null then amount_minor else 0 end
            when status = 'lost' and reinstated_at is not null then 0 else amount_minor end) as held,
          sum(amount_minor * ((withdrawn_at is not null)::int - (reinstated_at is not null)::int)) as withdrawn,
          sum(fee_minor - fee_returned_minor) as fees
        from disputes where ${ofEvents('disputes')} group by event_id, order_id
      ) as told using (event_id, id)
      left join (
        select event_id, order_id as id, organiser_minor + tax_minor + fee_minor + fee_tax_minor as own, withdrawn_minor,
          organiser_minor + tax_minor + fee_minor + fee_tax_minor + platform_minor as booked
        from disputed_money where ${ofEvents('disputed_money')}
      ) as taken using (event_id, id)
      left join (
        select event_id, order_id as id, sum(${into('dispute')}) as account, sum(${outOf('dispute_fee')}) as fee_account
        from transfers where kind like 'dispute%' and ${ofEvents('transfers')} group by event_id, order_id
      ) as entered using (event_id, id)
      where coalesce(held, 0) <> coalesce(booked, 0) or coalesce(own, 0) <> disputed_minor
        or coalesce(withdrawn, 0) <> coalesce(withdrawn_minor, 0) or has_disputes <> (held is not null)
        or coalesce(account, 0) <> coalesce(booked, 0) - coalesce(withdrawn_minor, 0)
        or coalesce(fees, 0) <> coalesce(fee_account, 0)`,
  },
  {
    name: 'money that matches nothing is on the list and in the books',
    sql: `
      select coalesce(reviews.account, entered.account) || ': ' || coalesce(due, 0) || ' due, ' || coalesce(minor, 0) || ' entered'
      from (
        select 'review:' || id as account, currency,
          case when settled_at is not null then 0 when direction = 'in' then amount_minor
            when direction = 'out' then -amount_minor else 0 end as due
        from money_reviews
      ) as reviews
      full join (
        select account, currency, sum(minor) as minor from (
          select credit as account, currency, amount_minor as minor from transfers where credit like 'review:%'
          union all select debit, currency, -amount_minor from transfers where debit like 'review:%'
        ) as entry group by account, currency
      ) as entered using (account, currency)
      where $1::text[] is null and coalesce(due, 0) <> coalesce(minor, 0)`,
  },
  {
    name: 'money that the sandbox took or gave back is in the books',
    settled: true,
    sql: `
      select sandbox.intent_ref || ': took ' || amount_minor || ', gave back ' || refunded_minor || '; entered ' || coalesce(taken, 0)
        || ' and ' || coalesce(given, 0)
      from (
        select event_id, order_id, intent_ref, amount_minor, refunded_minor from sandbox.payments
        where status = 'succeeded' and settles_at <= $3 and ${ofEvents('payments')}
          -- Money on the list of what matches nothing is checked above.
          and not exists (
            select from money_reviews as review
            where review.provider = 'sandbox' and review.reference = payments.intent_ref and review.amount_minor = payments.amount_minor)
      ) as sandbox
      left join (
        select event_id, order_id, sum(amount_minor) as taken from transfers
        where kind in ('charge', 'late_charge') and ${notOfGiftCards} and ${ofEvents('transfers')} group by event_id, order_id
      ) as charges using (event_id, order_id)
      left join (
        select event_id, order_id, sum(amount_minor) as given from refunds
        where status <> 'failed' and payment_id not like 'pay_7%' and ${ofEvents('refunds')} group by event_id, order_id
      ) as refunds using (event_id, order_id)
      left join (
        -- What somebody sent at the provider while Admit refunded it too is on that list.
        select refunds.intent_ref, sum(case direction when 'out' then review.amount_minor else -review.amount_minor end) as listed
        from sandbox.refunds join money_reviews as review
          on review.provider = 'sandbox' and review.reference in (refunds.ref, refunds.ref || ':failed')
        where refund_id like 'dashboard:%' group by refunds.intent_ref
      ) as reviews using (intent_ref)
      where amount_minor <> coalesce(taken, 0) or refunded_minor <> coalesce(given, 0) + coalesce(listed, 0)`,
  },
];
