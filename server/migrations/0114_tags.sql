-- Tags of events: words that an organiser gives an event beside its category. They are in the form of contract/tags.ts, so that equal tags
-- are equal texts. The search asks for one tag, so a GIN index of the listed events answers it.
alter table events add column tags text[] not null default '{}' check (cardinality(tags) <= 10);
create index events_by_tag on events using gin (tags) where status in ('published', 'cancelled');
