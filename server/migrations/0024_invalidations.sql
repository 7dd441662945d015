-- Processes cache the public lists (server/caches.ts). When an event appears in them, changes in them or leaves them, the
-- transaction of the change notifies every process. A change that no list shows sends no notice.
create function announce_listed_event() returns trigger language plpgsql as $$
begin
  perform pg_notify('invalidations', json_build_object('kind', 'event_listed', 'eventId', coalesce(new.id, old.id))::text);
  return null;
end $$;
create trigger announce_new_event after insert on events
  for each row when (new.status <> 'draft') execute function announce_listed_event();
create trigger announce_changed_event after update on events
  for each row when (
    (old.status <> 'draft' or new.status <> 'draft')
    and (old.status, old.title, old.category, old.city, old.currency, old.cover_url, old.starts_at, old.ends_at)
      is distinct from
      (new.status, new.title, new.category, new.city, new.currency, new.cover_url, new.starts_at, new.ends_at))
  execute function announce_listed_event();
create trigger announce_deleted_event after delete on events
  for each row when (old.status <> 'draft') execute function announce_listed_event();
