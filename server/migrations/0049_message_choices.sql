-- Which notifications a person does not want, and when none may be shown. Nobody has a row until they choose something. The
-- choices of mails are columns of users (0020 and later).
create table message_choices (
  user_id text collate "C" primary key references users (id) on delete cascade,
  -- Kinds of contract/message-kinds.ts.
  push_off text[] not null default '{}',
  -- Wall-clock times like 22:00 in the person's time zone; all three or none.
  quiet_from time,
  quiet_until time,
  time_zone text,
  check (num_nulls(quiet_from, quiet_until, time_zone) in (0, 3)),
  check (quiet_from <> quiet_until)
);
