-- An event that its team prepares (docs/events.md): it may be incomplete until it is published, be published by itself at a time,
-- be taken off sale, and be archived.

-- A draft exists as soon as it has a title. Until its team decides start and end, their columns have stand-ins, so that no reader
-- of an event needs a case for an event without a time. The public never sees a draft.
alter table events add column undecided text[] not null default '{}' check (undecided <@ array['startsAt', 'endsAt']);
alter table events add constraint published_events_say_when check (status <> 'published' or undecided = '{}');
-- The list of the team leaves an archived event out. Nothing else depends on it.
alter table events add column archived_at timestamptz;

-- The sale was stopped by hand: events.sale_ends_at is that time, and here is what it was before. So the ledger, the queue and
-- every page stop a sale in the way in which they end one.
create table sale_stops (
  event_id text collate "C" primary key references events (id) on delete cascade,
  stopped_at timestamptz not null,
  sale_ends_at timestamptz
);

-- When a draft is to be published by itself. A row that failed stays until somebody chooses another time or publishes the event.
create table scheduled_publications (
  event_id text collate "C" primary key references events (id) on delete cascade,
  at timestamptz not null,
  -- The codes of what the event lacked at that time.
  failed_at timestamptz,
  gaps text[] not null default '{}'
);
