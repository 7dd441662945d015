-- What an organiser's new seat map changed for those who hold tickets (docs/seat-plans.md): the seat has another name, or it stands
-- elsewhere. The ticket has the new name since the same transaction. A job then tells the holders.
create table seat_changes (
  event_id text collate "C" not null references events (id) on delete cascade,
  -- The seat map that made the change.
  map_id text collate "C" not null,
  ticket_id text collate "C" not null,
  order_id text collate "C" not null,
  before_section text not null,
  before_row text not null,
  before_seat text not null,
  after_section text not null,
  after_row text not null,
  after_seat text not null,
  changed_at timestamptz not null,
  primary key (event_id, map_id, ticket_id)
);
create index seat_changes_of_order on seat_changes (order_id, event_id);
