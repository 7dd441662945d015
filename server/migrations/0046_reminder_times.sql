-- When the people who hold tickets are reminded of an event: so many hours before its start, the farthest first. An empty
-- list sends no reminder (contract/event-fields.ts).
alter table events add column reminder_hours smallint[] not null default '{24}'
  check (0 < all (reminder_hours) and 720 >= all (reminder_hours) and array_position(reminder_hours, null) is null);

-- One row for each reminder that was enqueued, and no longer one for the event.
alter table event_reminders add column hours_ahead smallint not null default 24;
alter table event_reminders alter column hours_ahead drop default;
alter table event_reminders drop constraint event_reminders_pkey;
alter table event_reminders add primary key (event_id, hours_ahead);
