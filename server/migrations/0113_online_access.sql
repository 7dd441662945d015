-- How people attend an event that is not only at its place (docs/online-events.md). The link is told to holders of valid tickets alone, so
-- it is in a table of its own and not among the columns of `events`, which lists and public pages read. An event without a row is attended
-- at its place.
create table online_access (
  event_id text collate "C" primary key references events (id) on delete cascade,
  version integer not null check (version > 0),
  attendance text not null check (attendance in ('in-person', 'online', 'mixed')),
  url text check (url like 'https://%' and length(url) <= 2000),
  note text not null check (length(note) <= 500),
  changed_at timestamptz not null,
  check (attendance <> 'in-person' or url is null)
);
