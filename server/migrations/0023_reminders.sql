-- The orders of an event, read in portions: reminders now, the organiser's desk and exports later. Without the index each
-- of them reads the whole table. Every order meets the condition. It is there so that a look-up of one order, which does
-- not repeat it, cannot take this index instead of the primary key (server/data/plans.test.ts). A condition on the status
-- would do the same, but then confirming an order could no longer update the row in place.
create index orders_of_event on orders (event_id, id) where total_minor >= 0;

-- How far the reminders of an event have been enqueued. The job that does it commits after every portion, and one that is
-- interrupted goes on from here.
alter table event_reminders
  add column reminded_to text collate "C",
  add column finished_at timestamptz;
comment on column event_reminders.reminded_to is 'The last order whose reminder was enqueued.';
