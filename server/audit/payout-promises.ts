import { type Check, ofEvents } from './check.ts';

/** What a transfer adds to these accounts of the organisation of its event. */
const into = (types: string) =>
  `amount_minor * ((split_part(credit, ':', 1) in (${types}) and split_part(credit, ':', 2) = organisation_id)::int
    - (split_part(debit, ':', 1) in (${types}) and split_part(debit, ':', 2) = organisation_id)::int)`;
const intoProvider = `amount_minor * ((debit like 'provider:%')::int - (credit like 'provider:%')::int)`;
const payoutEntry = `transfers.kind in ('payout', 'payout_sent', 'payout_reversal')`;

export const payouts: Check[] = [
  {
    name: 'each payout is the sum of its events',
    sql: `
      select payouts.id || ' is ' || payouts.amount_minor || ', its events ' || coalesce(sum(line.amount_minor), 0)
      from payouts left join payout_lines as line on line.payout_id = payouts.id
      where $1::text[] is null
      group by payouts.id
      having payouts.amount_minor <> coalesce(sum(line.amount_minor), 0)`,
  },
  {
    name: 'each event of a payout has its entry, on the accounts of its organisation',
    sql: `
      select coalesce(line.id, entered.id) || ' of ' || coalesce(line.event_id, entered.event_id) || ': ' || coalesce(due, 0)
        || ' paid and ' || coalesce(sent, 0) || ' sent, ' || coalesce(taken, 0) || ' and ' || coalesce(left_provider, 0) || ' entered'
      from (
        select 'trf_' || substr(payout_id, 5) as id, event_id, payouts.currency,
          case when state = 'failed' then 0 else payout_lines.amount_minor end as due,
          case when state = 'paid' and account_ref is not null then payout_lines.amount_minor else 0 end as sent
        from payout_lines join payouts on payouts.id = payout_id
        join events on events.id = event_id and events.organisation_id = payouts.organisation_id
        where ${ofEvents('payout_lines')}
      ) as line
      full join (
        select transfers.id, event_id, transfers.currency,
          sum(${into(`'payout'`)}) as minor, -sum(${into(`'organiser'`)}) as taken, -sum(${intoProvider}) as left_provider
        from transfers join events on events.id = event_id
        where ${payoutEntry} and ${ofEvents('transfers')} group by transfers.id, event_id, transfers.currency
      ) as entered using (id, event_id, currency)
      where due is distinct from taken or sent is distinct from left_provider or taken <> minor + left_provider`,
  },
  {
    name: 'the lines of a payout count unless it failed',
    sql: `
      select payout_id || ' is ' || state || ', its line of ' || event_id || ' is ' || case when is_returned then '' else 'not ' end || 'returned'
      from payout_lines join payouts on payouts.id = payout_id
      where is_returned <> (state = 'failed') and ${ofEvents('payout_lines')}`,
  },
  {
    // What deleted orders brought is not in the sums, which are dropped with the first of them.
    name: 'the sums that are kept of an event are those of its entries until then',
    sql: `
      select event_id || ': ' || kept.earned_minor || ' earned and ' || kept.till_minor || ' in the till are kept; entered '
        || coalesce(earned, 0) || ' and ' || coalesce(till, 0)
      from payout_sums as kept
      join events on events.id = event_id
      cross join lateral (
        select sum(${into(`'organiser', 'tax'`)}) as earned, -sum(${into(`'till'`)}) as till
        from transfers
        where transfers.event_id = kept.event_id and created_at <= until and order_id <> ''
      ) as entered
      where ${ofEvents('kept')} and (kept.earned_minor <> coalesce(earned, 0) or kept.till_minor <> coalesce(till, 0)
        or kept.earned_minor + kept.fees_minor <> kept.sold_minor - kept.refunded_minor - kept.disputed_minor)`,
  },
  {
    // What the accounts still have is owed; together with what was paid it is everything that the event has ever brought.
    name: 'what is owed for an event and what was paid for it add up to what its orders brought',
    sql: `
      select events.id || ': owed ' || coalesce(owed, 0) || ' and paid ' || coalesce(paid, 0) || ' of ' || coalesce(brought, 0)
      from events
      join (
        select event_id, sum(${into(`'organiser', 'tax', 'till'`)}) as owed,
          sum(${into(`'organiser', 'tax', 'till'`)}) filter (where order_id <> '') as brought
        from transfers join events on events.id = event_id where ${ofEvents('transfers')} group by event_id
      ) as moved on moved.event_id = events.id
      left join (
        select event_id, sum(amount_minor) as paid from payout_lines
        where not is_returned and ${ofEvents('payout_lines')} group by event_id
      ) as payout on payout.event_id = events.id
      where coalesce(owed, 0) + coalesce(paid, 0) <> coalesce(brought, 0)`,
  },
];
