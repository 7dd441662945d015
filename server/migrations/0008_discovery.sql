-- What is being bought and looked at now. `heat` is the base-2 logarithm of a sum in which everything that
-- happened counts its weight times 2^(the half-lives that had passed since 1970): what is newer counts more,
-- and nothing has to be made older as time goes by, so that the order of the events changes only with what
-- happens to them. One row for each event, however many orders; nothing in it says who bought or looked.
create table event_heat (
  event_id text collate "C" primary key references events (id) on delete cascade,
  heat double precision not null
);
create index event_heat_hottest on event_heat (heat desc);

-- The days on which an event begins and ends where it takes place. Written with the event: the server knows
-- time zones that PostgreSQL may not, and a search must not fail for one event's zone.
alter table events add column starts_on date, add column ends_on date;
update events set
  starts_on = (starts_at at time zone coalesce((select name from pg_timezone_names where name = time_zone), 'UTC'))::date,
  ends_on = (ends_at at time zone coalesce((select name from pg_timezone_names where name = time_zone), 'UTC'))::date;
alter table events alter column starts_on set not null, alter column ends_on set not null;

-- What is on in a category, or from an organisation, the soonest first.
create index events_by_category on events (category, starts_at, id) where status = 'published';
create index events_by_organisation on events (organisation_id, starts_at, id) where status = 'published';
