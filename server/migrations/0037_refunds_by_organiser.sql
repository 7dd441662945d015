-- An organiser refunds any amount of an order, for some of its tickets or all, and the tickets may stay valid. So each ticket
-- counts how much of its price went back: no ticket is refunded twice, whoever refunds it. What an order has given back
-- beyond its tickets is of its own booking fee.
alter table tickets add column refunded_minor integer not null default 0;

-- Earlier refunds are spread over the tickets that were cancelled with them, in equal shares of their prices.
with dead as (
  select tickets.id, tickets.event_id, net_minor::bigint + tax_minor + fee_minor as price_minor,
    sum(net_minor::bigint + tax_minor + fee_minor) over upto as upto_minor,
    sum(net_minor::bigint + tax_minor + fee_minor) over (partition by cancellation_id) as all_minor, refund_minor
  from tickets
  join cancellations on cancellations.id = tickets.cancellation_id and cancellations.event_id = tickets.event_id
  window upto as (partition by cancellation_id order by position)
)
update tickets set refunded_minor =
  div(least(refund_minor, all_minor)::numeric * upto_minor, all_minor)
  - div(least(refund_minor, all_minor)::numeric * (upto_minor - price_minor), all_minor)
from dead
where tickets.id = dead.id and tickets.event_id = dead.event_id and all_minor > 0;

alter table tickets add constraint tickets_refunded_no_more_than_paid
  check (refunded_minor >= 0 and refunded_minor <= net_minor::bigint + tax_minor + fee_minor);

-- A row of `cancellations` is one decision about a bought order: which tickets end, which money goes back, or both.
alter table cancellations
  -- cancelled_by_buyer | refunded_by_organiser | event_cancelled
  add column cause text not null default 'cancelled_by_buyer',
  -- The organiser's words for the buyer.
  add column reason text,
  -- For which tickets the money goes back: [{ "position", "minor" }]. What is missing to refund_minor is of the order's fee.
  add column shares jsonb not null default '[]',
  -- No ticket ended.
  add column keeps_tickets boolean not null default false;
alter table cancellations alter column cause drop default, alter column shares drop default;

-- The decision that the refund follows from. Null if the payment bought nothing (places_gone, card_limit, paid_twice).
alter table refunds add column cancellation_id text collate "C";
alter table refunds add foreign key (cancellation_id, event_id) references cancellations (id, event_id);
-- For the foreign key, when old cancellations are deleted.
create index refunds_of_cancellation on refunds (cancellation_id, event_id) where cancellation_id is not null;
