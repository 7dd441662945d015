-- A ticket can be exchanged for another place. The exchange is an order of its own, whose price is the difference.

-- Per event: whether holders may exchange tickets, and the last moment for it (null: the event's end).
alter table events
  add column exchanges_allowed boolean not null default false,
  add column exchanges_until timestamptz;

-- The order of an exchange, and the ticket that it replaces. The exchange is finished when the order is confirmed.
create table ticket_exchanges (
  order_id text collate "C" not null,
  event_id text collate "C" not null,
  ticket_id text collate "C" not null,
  from_order_id text collate "C" not null,
  -- All earlier orders that were paid for the ticket. A cancellation of the exchange locks them together with its order.
  credit_order_ids text[] collate "C" not null,
  asked_by text not null check (asked_by in ('holder', 'organiser')),
  created_at timestamptz not null,
  primary key (order_id, event_id),
  foreign key (order_id, event_id) references orders (id, event_id) on delete cascade,
  foreign key (ticket_id, event_id) references tickets (id, event_id) on delete cascade
);
create index ticket_exchanges_of_ticket on ticket_exchanges (ticket_id);
create index ticket_exchanges_from on ticket_exchanges (from_order_id);
