import { type Check, ofEvents } from './check.ts';

/** What must be true of tickets on resale (docs/transfers.md). */
export const resales: Check[] = [
  {
    name: 'a ledger counts its offers for resale, and each ticket knows its own',
    sql: `
      select coalesce(ledgers.event_id, open.event_id) || ': ' || coalesce(ledgers.resales, 0) || ' counted, '
        || coalesce(open.offers, 0) || ' open, ' || coalesce(open.known, 0) || ' of them known to their tickets, '
        || coalesce(marked.tickets, 0) || ' tickets marked'
      from (select event_id, resales from ledgers where ${ofEvents('ledgers')}) as ledgers
      full join (
        select resales.event_id, count(*) as offers, count(*) filter (where tickets.resale_id = resales.id) as known
        from resales left join tickets on tickets.id = resales.ticket_id and tickets.event_id = resales.event_id
        where resales.status = 'offered' and ${ofEvents('resales')} group by resales.event_id
      ) as open using (event_id)
      left join (
        select event_id, count(*) as tickets from tickets where resale_id is not null and ${ofEvents('tickets')} group by event_id
      ) as marked using (event_id)
      where coalesce(ledgers.resales, 0) <> coalesce(open.offers, 0) or coalesce(open.known, 0) <> coalesce(open.offers, 0)
        or coalesce(marked.tickets, 0) <> coalesce(open.offers, 0)`,
  },
  {
    name: 'a ticket on resale is offered to one person, and stays sold to its seller until that person has bought it',
    sql: `
      select resales.id || ' is ' || resales.status || ', its ticket ' || tickets.status || ', the hold of its buyer '
        || coalesce(holds.status, 'missing')
      from (select * from resales where ${ofEvents('resales')}) as resales
      join tickets on tickets.id = resales.ticket_id and tickets.event_id = resales.event_id
      left join cancellations on cancellations.id = tickets.cancellation_id and cancellations.event_id = tickets.event_id
      left join holds on holds.id = resales.buyer_hold_id and holds.event_id = resales.event_id
      cross join lateral (
        select exists (select from jsonb_array_elements(holds.lines) as line where line -> 'resale' ->> 'id' = resales.id)
      ) as names (it)
      where not case resales.status
        -- The door has admitted the ticket, and the job has not ended the offer yet.
        when 'offered' then tickets.status in ('valid', 'used')
          and (buyer_hold_id is null or coalesce(holds.status = 'active' and names.it, false))
        when 'sold' then tickets.status = 'cancelled' and coalesce(cancellations.cause = 'resold', false)
          and coalesce(holds.status = 'confirmed' and names.it, false)
        else coalesce(cancellations.cause, '') <> 'resold' or exists (
          select from resales as sold where sold.ticket_id = resales.ticket_id and sold.event_id = resales.event_id
            and sold.status = 'sold')
      end`,
  },
  {
    // Money that somebody else has refunded meanwhile cannot go back again.
    name: 'a resale brings the payer what was promised, and no ticket is resold without one',
    sql: `
      select coalesce(resold.order_id, '?') || ': ' || coalesce(given, 0) || ' went back of resold tickets, at most '
        || coalesce(promised, 0) || ' promised'
      from (
        select event_id, 'ord_' || substr(hold_id, 5) as order_id, sum(back_minor) as promised
        from resales where status = 'sold' and ${ofEvents('resales')} group by event_id, hold_id
      ) as sold
      full join (
        select cancellations.event_id, cancellations.order_id, sum(refund_minor) as given
        from cancellations where cause = 'resold' and not keeps_tickets and ${ofEvents('cancellations')}
        group by cancellations.event_id, cancellations.order_id
      ) as resold using (event_id, order_id)
      where promised is null or given is null or given > promised`,
  },
];
