-- Gates by link (docs/check-in.md): whoever opens the link may scan at the door until it ends, without an account.
create table door_links (
  id text collate "C" primary key,
  organisation_id text collate "C" not null references organisations (id),
  label text not null,
  gate text check (length(gate) <= 40),
  -- The ticket types that may be admitted; null for all.
  ticket_type_ids text[] check (cardinality(ticket_type_ids) > 0),
  sees_names boolean not null,
  -- SHA-256 of the secret in the link's fragment.
  secret_hash bytea not null unique,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  created_by text collate "C" not null references users (id),
  created_at timestamptz not null
);
create index door_links_of_organisation on door_links (organisation_id);

create table door_link_events (
  link_id text collate "C" not null references door_links (id) on delete cascade,
  event_id text collate "C" not null references events (id) on delete cascade,
  -- Where the devices of the link scan at this event; null is the entrance.
  checkpoint_id text collate "C",
  primary key (link_id, event_id)
);
create index door_links_of_event on door_link_events (event_id);

-- The devices at the door: of a link, which have a token, or of a member of the team, who has a session.
create table door_devices (
  id text collate "C" primary key,
  link_id text collate "C" references door_links (id) on delete cascade,
  user_id text collate "C" references users (id),
  -- The event that the member scans at. The events of a link are the link's.
  event_id text collate "C" references events (id) on delete cascade,
  name text not null,
  token_hash bytea unique,
  registered_at timestamptz not null,
  revoked_at timestamptz,
  -- What the device said last. Devices say it every half minute, so no index has these columns.
  last_seen_at timestamptz not null,
  battery_percent smallint,
  is_charging boolean,
  unsynced integer,
  -- How far the clock of the device is ahead of the server's.
  skew_ms bigint,
  manifest_version text,
  constraint door_devices_of_link_or_member check (
    (link_id is null) = (token_hash is null) and (link_id is null) = (user_id is not null) and (user_id is null) = (event_id is null))
) with (fillfactor = 70);
create index door_devices_of_link on door_devices (link_id) where link_id is not null;
create index door_devices_of_event on door_devices (event_id) where event_id is not null;
create index door_devices_of_member on door_devices (user_id) where user_id is not null;

-- Who has ended stays ended, and every process forgets what it has cached of the link (server/caches.ts).
create function door_access_ends() returns trigger language plpgsql as $$
begin
  if old.revoked_at is not null then
    raise exception '% of the door was revoked at % for good', old.id, old.revoked_at using errcode = 'check_violation';
  end if;
  perform pg_notify('invalidations', json_build_object('kind', 'door_access_ended', 'id', new.id)::text);
  return new;
end $$;
create trigger door_link_ends before update of revoked_at on door_links
  for each row when (old.revoked_at is distinct from new.revoked_at) execute function door_access_ends();
create trigger door_device_ends before update of revoked_at on door_devices
  for each row when (old.revoked_at is distinct from new.revoked_at) execute function door_access_ends();

-- Tells the pages of the team about their devices at once (server/live/live-door.ts).
create function announce_door_device() returns trigger language plpgsql as $$
begin
  perform pg_notify('door', json_build_object('about', 'devices', 'organisationId', of.organisation_id, 'eventIds', of.event_ids)::text)
  from (
    select link.organisation_id, (select json_agg(event_id) from door_link_events where link_id = link.id) as event_ids
    from door_links link where link.id = new.link_id
    union all
    select organisation_id, json_build_array(id) from events where id = new.event_id
  ) as of;
  return null;
end $$;
create trigger announce_door_device after insert or update on door_devices
  for each row execute function announce_door_device();

create function announce_door_link() returns trigger language plpgsql as $$
begin
  perform pg_notify('door', json_build_object('about', 'devices', 'organisationId', new.organisation_id,
    'eventIds', (select json_agg(event_id) from door_link_events where link_id = new.id))::text);
  return null;
end $$;
-- At the end of the transaction, when the events of a new link are there.
create constraint trigger announce_door_link after insert or update on door_links
  deferrable initially deferred for each row execute function announce_door_link();

-- A device of a link has no account. A member's device is noted beside the member.
alter table check_ins alter column admitted_by drop not null;
-- Without a foreign key, which would look through all check-ins for each deleted device. Devices are deleted after the events of
-- their link, and the check-ins before these events (server/work/forget-records.ts).
alter table check_ins add column device_id text collate "C";
alter table check_ins add constraint check_ins_by_somebody check (num_nonnulls(admitted_by, device_id) > 0);
