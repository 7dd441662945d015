-- Exports that a team gets by itself: every day, week or month at an hour of the event's zone.
create table export_schedules (
  id text collate "C" primary key,
  event_id text collate "C" not null references events (id) on delete cascade,
  organisation_id text collate "C" not null,
  export_table text not null,
  format text not null,
  -- { every, hour, weekday?, day? }
  rhythm jsonb not null,
  is_paused boolean not null,
  -- When the next file is due; null if the schedule is paused or has ended.
  next_due_at timestamptz,
  -- The latest due time that is done. A job for this time or an earlier one does nothing.
  done_until timestamptz,
  ran_at timestamptz,
  -- Why the latest run made no file; null if it made one.
  last_error text,
  created_at timestamptz not null,
  check (not (is_paused and next_due_at is not null))
);
create index export_schedules_of_event on export_schedules (event_id);
create index export_schedules_due on export_schedules (next_due_at) where next_due_at is not null;

-- Who gets a mail for each file. Whoever leaves the team gets none, also if they come back.
create table export_recipients (
  schedule_id text collate "C" not null references export_schedules (id) on delete cascade,
  organisation_id text collate "C" not null,
  user_id text collate "C" not null,
  primary key (schedule_id, user_id),
  foreign key (organisation_id, user_id) references members (organisation_id, user_id) on delete cascade
);
create index export_recipients_of_member on export_recipients (organisation_id, user_id);

-- The files, each as it was at its due time. The unique key makes one file for one due time.
create table export_files (
  id text collate "C" primary key,
  schedule_id text collate "C" not null references export_schedules (id) on delete cascade,
  due_at timestamptz not null,
  export_table text not null,
  format text not null,
  -- Compressed with gzip.
  content bytea not null,
  ends_at timestamptz not null,
  unique (schedule_id, due_at)
);
-- The content is compressed already.
alter table export_files alter column content set storage external;
create index export_files_ending on export_files (ends_at);

-- Whether a person wants mails about files that a team has scheduled for them.
alter table users add column mail_exports boolean not null default true;
