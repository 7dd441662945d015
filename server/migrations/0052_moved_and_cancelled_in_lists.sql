-- Lists and search results mark events that were moved or cancelled.

-- When and where a moved event would have been before its last move: { startsAt, timeZone, venueName, city }; null if it was
-- never moved. It is a copy from event_moves, so that a list reads no other table.
alter table events add column moved_from jsonb;
update events set moved_from = jsonb_build_object('startsAt', was -> 'startsAt', 'timeZone', was -> 'timeZone',
  'venueName', was -> 'venueName', 'city', was -> 'city')
from (select distinct on (event_id) event_id, was from event_moves order by event_id, version desc) as move
where move.event_id = events.id;

-- A cancelled event stays in the search until its end, so that whoever looks for it reads that it is cancelled.
drop index events_upcoming;
create index events_upcoming on events (starts_at, id) where status in ('published', 'cancelled');
drop index events_running;
create index events_running on events using gist (tstzrange(starts_at, ends_at)) where status in ('published', 'cancelled');
drop index events_search;
create index events_search on events using gin (search_words) where status in ('published', 'cancelled');
drop index events_by_place;
create index events_by_place on events (latitude, longitude) where status in ('published', 'cancelled');
drop index events_by_organisation;
create index events_by_organisation on events (organisation_id, starts_at, id) where status in ('published', 'cancelled');

-- Messages that an event was cancelled or moved.
alter table outbox drop constraint outbox_topic_check;
alter table outbox add constraint outbox_topic_check check (topic in (
  'ticket_availability', 'payment_notifications', 'order_events', 'door_events', 'event_changes'));
