-- Seats that a new seat map renamed or moved while their order was not paid (docs/seat-plans.md). The order has the new names since
-- the same transaction. The buyer chose the old ones, so the mail that confirms the order says both.
create table unpaid_seat_changes (
  event_id text collate "C" not null references events (id) on delete cascade,
  order_id text collate "C" not null,
  seat_index integer not null,
  -- The name that the buyer chose: a second change keeps it.
  before_section text not null,
  before_row text not null,
  before_seat text not null,
  after_section text not null,
  after_row text not null,
  after_seat text not null,
  changed_at timestamptz not null,
  primary key (event_id, order_id, seat_index)
);
