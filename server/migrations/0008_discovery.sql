-- The heat of an event: how much people buy and view it now. `heat` is the base-2 logarithm of a sum. Each order or view
-- adds its weight times 2^(half-lives since 1970), so newer ones count more. No row is ever updated to age it; the order
-- of the events changes only with new orders and views. There is one row for each event, and it names no buyer or visitor.
create table event_heat (
  event_id text collate "C" primary key references events (id) on delete cascade,
  heat double precision not null
);
create index event_heat_hottest on event_heat (heat desc);

-- The local days on which an event begins and ends. The server writes them, because it knows time zones that PostgreSQL may
-- not know, and one event's zone must not make a search fail.
alter table events add column starts_on date, add column ends_on date;
update events set
  starts_on = (starts_at at time zone coalesce((select name from pg_timezone_names where name = time_zone), 'UTC'))::date,
  ends_on = (ends_at at time zone coalesce((select name from pg_timezone_names where name = time_zone), 'UTC'))::date;
alter table events alter column starts_on set not null, alter column ends_on set not null;

-- Events of a category or an organisation, the soonest first.
create index events_by_category on events (category, starts_at, id) where status = 'published';
create index events_by_organisation on events (organisation_id, starts_at, id) where status = 'published';
