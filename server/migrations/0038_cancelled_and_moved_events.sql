-- The organiser cancelled an event. The row says why, and whether buyers get their money back. It is written in the
-- transaction that sets the event's status, and never changes: a cancellation cannot be taken back.
create table event_cancellations (
  event_id text collate "C" primary key references events (id) on delete cascade,
  reason text not null,
  refund text not null check (refund in ('full', 'none')),
  cancelled_at timestamptz not null
);

-- A cancelled event stays cancelled, whatever writes the row.
create function cancelled_events_stay_cancelled() returns trigger language plpgsql as $$
begin
  raise exception 'event % is cancelled and can not become %', old.id, new.status using errcode = 'check_violation';
end $$;
create trigger events_stay_cancelled before update of status on events
  for each row when (old.status = 'cancelled' and new.status <> 'cancelled') execute function cancelled_events_stay_cancelled();

-- The work after a cancellation: a job cancels the orders in portions, in the order of their ids. After an interruption it
-- continues behind `handled_to`. `orders_total` is the number of orders that had valid tickets at the cancellation.
-- Afterwards no order of the event can be bought, so it does not change.
create table cancellation_runs (
  event_id text collate "C" primary key references events (id) on delete cascade,
  orders_total integer not null,
  handled_to text collate "C",
  finished_at timestamptz
);

-- Orders that the job could not cancel. A retry removes the rows and starts again with these orders.
create table cancellation_failures (
  event_id text collate "C" not null references events (id) on delete cascade,
  order_id text collate "C" not null,
  code text not null,
  detail text not null,
  failed_at timestamptz not null,
  primary key (event_id, order_id)
);

-- The provider refused this refund, and the organiser has asked again with another refund for the same money.
-- `repeats` of the new refund names the failed one.
alter table refunds add column repeated_by text collate "C", add column repeats text collate "C";

-- For the progress of a cancelled event: its refunds by state.
create index refunds_of_cancelled_events on refunds (event_id, order_id, id) where reason = 'event_cancelled';

-- The organiser moved a published event to another time or place. `version` is the version of the event that the move made:
-- orders that were sold from an earlier version are concerned. `was` is the time and place before.
create table event_moves (
  event_id text collate "C" not null references events (id) on delete cascade,
  version integer not null,
  was jsonb not null,
  -- Until then the concerned buyers may cancel and get everything back, whatever policy they bought; null for no offer.
  refund_until timestamptz,
  moved_at timestamptz not null,
  primary key (event_id, version)
);

-- The mails about an event's moves: a job enqueues them in portions, in the order of the orders' ids.
create table move_tellings (
  event_id text collate "C" primary key references events (id) on delete cascade,
  -- The newest move that a job tells, and the last order that its mails are enqueued for.
  version integer not null,
  told_to text collate "C",
  finished_at timestamptz
);

-- The newest move that the buyer of an order knows of. So several moves before a mail is sent become one mail.
create table told_moves (
  order_id text collate "C" not null,
  event_id text collate "C" not null references events (id) on delete cascade,
  version integer not null,
  primary key (order_id, event_id)
);
