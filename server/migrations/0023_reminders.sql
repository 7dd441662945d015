-- For reading the orders of an event in portions: reminders now, the organiser's desk and exports later. Without the index
-- each of them reads the whole table. Every order meets the condition. A look-up of one order does not repeat the
-- condition, so it cannot use this index instead of the primary key (server/data/plans.test.ts). A condition on the status
-- would do the same, but then confirming an order could no longer update the row in place.
create index orders_of_event on orders (event_id, id) where total_minor >= 0;

-- The position of an event's reminders. The job that enqueues them commits after every portion and continues here after an
-- interruption.
alter table event_reminders
  add column reminded_to text collate "C",
  add column finished_at timestamptz;
comment on column event_reminders.reminded_to is 'The last order whose reminder was enqueued.';
