-- Waiting rooms: who may hold places of an event, and in which order (docs/waiting-room.md).

-- { mode, opensAt }: contract/event-fields.ts.
alter table events add column waiting_room jsonb not null default '{"mode": "off", "opensAt": null}';

-- One row per event that has or had a waiting room. Every process has these rows in memory. Joining locks the row, so
-- positions have no gaps and follow the order of the commits.
create table waiting_rooms (
  event_id text collate "C" primary key references events (id) on delete cascade,
  mode text not null check (mode in ('off', 'always', 'scheduled', 'under-load')),
  -- joining → closed → open: before the opening, while the draw is under way, and after it. standby → open when many people come.
  -- Any → ended.
  phase text not null check (phase in ('joining', 'closed', 'open', 'standby', 'ended')),
  opens_at timestamptz,
  -- When the sale is over.
  closes_at timestamptz not null,
  -- The draw: contract/draw.ts. The seed is secret until drawn_at; its hash is public from the beginning.
  seed text not null,
  commitment text not null,
  beacon text,
  drawn_at timestamptz,
  -- How many people were drawn. Their positions are 1 to drawn.
  drawn integer not null default 0,
  next_position bigint not null default 1,
  now_serving bigint not null default 0,
  waiting integer not null default 0 check (waiting >= 0),
  -- The organiser's wishes. Null people_per_minute: as fast as the ledger keeps up (pace).
  paused boolean not null default false,
  message text not null default '',
  people_per_minute integer,
  window_seconds integer not null default 600,
  -- The keeper's notes: when it looked last, how many people it may let in (fractions add up), its own speed, and what it saw.
  kept_at timestamptz,
  allowance double precision not null default 0,
  pace double precision not null default 1200,
  let_in_per_minute double precision,
  places_left integer not null default 0,
  paying integer not null default 0,
  -- How many more people it could let in until as many choose as places are free, and since when that is the limit.
  vacancies integer not null default 0,
  full_since timestamptz,
  -- Grows when something changes that everybody may see.
  version bigint not null default 1,
  check (now_serving < next_position)
);

create table queue_entries (
  event_id text collate "C" not null references waiting_rooms (event_id) on delete cascade,
  id text collate "C" not null,
  -- No foreign key, as in holds. Null after the account was deleted: the draw can still be checked.
  user_id text collate "C",
  salt text not null,
  -- True if the entry takes part in the draw. It stays true for whoever leaves after the list was closed.
  in_draw boolean not null,
  -- Of whoever joined after the list was closed. The positions of a draw are in queue_draws.
  position bigint,
  status text not null check (status in ('waiting', 'active', 'ended')),
  joined_at timestamptz not null,
  admitted_at timestamptz,
  active_until timestamptz,
  ended_at timestamptz,
  end_reason text check (end_reason in ('left', 'bought', 'window_over', 'queue_over', 'merged')),
  primary key (event_id, id),
  check ((status = 'ended') = (ended_at is not null and end_reason is not null)),
  check (status <> 'active' or ((position is not null or in_draw) and active_until is not null))
);
-- A position belongs to one entry, and an account has one open place in an event. The keeper reads the people who wait from the first
-- position on that was not let in, so the index needs no status.
create unique index queue_positions on queue_entries (event_id, position) where position is not null;
create unique index queue_of_user on queue_entries (event_id, user_id) where status <> 'ended';
create index queue_places_of_user on queue_entries (user_id, event_id, id);
create index queue_active on queue_entries (event_id, active_until) where status = 'active';
create index queue_admitted on queue_entries (event_id, admitted_at) where admitted_at is not null;

-- The row follows its event: it comes when an event with a waiting room is published, and ends with the sale.
-- An event that was drawn is never drawn again, and whoever has a position keeps it.
create function events_keep_their_waiting_room() returns trigger language plpgsql as $$
declare
  wanted text := new.waiting_room ->> 'mode';
  opening timestamptz := (new.waiting_room ->> 'opensAt')::timestamptz;
  closing timestamptz := least(new.sale_ends_at, new.ends_at);
  secret text := replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
  start text := case wanted when 'scheduled' then 'joining' when 'under-load' then 'standby' else 'open' end;
begin
  if wanted = 'off' or new.status <> 'published' then
    update waiting_rooms set mode = case when new.status = 'published' then 'off' else mode end,
      phase = case when new.status = 'cancelled' then 'ended' else phase end, version = version + 1
    where event_id = new.id;
    return null;
  end if;
  insert into waiting_rooms as room (event_id, mode, phase, opens_at, closes_at, seed, commitment)
  values (new.id, wanted, start, opening, closing, secret,
    encode(sha256(convert_to(E'admit-draw-1\ncommitment\n' || new.id || E'\n' || secret, 'UTF8')), 'hex'))
  on conflict (event_id) do update set
    mode = wanted,
    closes_at = closing,
    version = room.version + 1,
    -- Who joined before the draw gets a position from the draw, also if the room no longer waits for an hour.
    opens_at = case when wanted = 'scheduled' then opening when room.phase = 'joining' and room.waiting > 0
      then to_timestamp(0) else room.opens_at end,
    phase = case
      when room.phase = 'ended' and closing > coalesce(room.closes_at, closing) then 'open'
      when room.phase in ('closed', 'ended') then room.phase
      when room.phase = 'joining' then case when wanted = 'scheduled' or room.waiting > 0 then 'joining' else start end
      when room.next_position > 1 then 'open'
      else start end;
  return null;
end $$;
create trigger waiting_room_of_new_event after insert on events
  for each row when (new.waiting_room ->> 'mode' <> 'off') execute function events_keep_their_waiting_room();
create trigger waiting_room_of_changed_event after update on events
  for each row when (
    (old.waiting_room ->> 'mode' <> 'off' or new.waiting_room ->> 'mode' <> 'off')
    and (old.status, old.waiting_room, old.sale_ends_at, old.ends_at)
      is distinct from (new.status, new.waiting_room, new.sale_ends_at, new.ends_at))
  execute function events_keep_their_waiting_room();

-- Every process hears of a room that changed, with everything but the secret seed.
create function announce_waiting_room() returns trigger language plpgsql as $$
begin
  perform pg_notify('waiting_rooms', (to_jsonb(new) - 'seed')::text);
  return null;
end $$;
create trigger announce_new_waiting_room after insert on waiting_rooms
  for each row execute function announce_waiting_room();
create trigger announce_changed_waiting_room after update on waiting_rooms
  for each row when (old.version <> new.version) execute function announce_waiting_room();

-- Every process hears of an admission that ends before its time, because its token says otherwise.
create function announce_ended_admission() returns trigger language plpgsql as $$
begin
  perform pg_notify('ended_admissions', json_build_object('id', new.id, 'activeUntil', new.active_until)::text);
  return null;
end $$;
create trigger announce_ended_admission after update of status on queue_entries
  for each row when (old.status = 'active' and new.status = 'ended' and new.end_reason <> 'window_over')
  execute function announce_ended_admission();

-- Joins everybody who asked at once, in their order, in one round trip. Whoever has an open place keeps it. Returns the open
-- places of all. Nothing is returned if the event has no open waiting room.
create function join_queue(event text, users text[], ids text[], salts text[], at timestamptz)
returns setof queue_entries language plpgsql as $$
declare
  room waiting_rooms;
  added integer;
begin
  select * into room from waiting_rooms where event_id = event for no key update;
  if not found or room.mode = 'off' or room.phase = 'ended' or room.closes_at <= at then return; end if;
  -- A statement of its own: it sees everything that committed before the lock was taken.
  insert into queue_entries (event_id, id, user_id, salt, in_draw, position, status, joined_at)
  select event, ids[n], users[n], salts[n], room.phase = 'joining',
    case when room.phase <> 'joining' then room.next_position - 1 + row_number() over (order by n) end, 'waiting', at
  from (select min(n) as n from unnest(users) with ordinality as asked (who, n) group by who) as fresh
  where not exists (
    select from queue_entries as entry
    where entry.event_id = event and entry.user_id = users[n] and entry.status <> 'ended');
  get diagnostics added = row_count;
  if added > 0 then
    update waiting_rooms set waiting = waiting + added,
      next_position = next_position + case when room.phase = 'joining' then 0 else added end
    where event_id = event;
  end if;
  return query select * from queue_entries as entry
    where entry.event_id = event and entry.user_id = any (users) and entry.status <> 'ended';
end $$;

-- Ends the open place of a person. Before the list is closed, the person leaves the draw too.
create function leave_queue(event text, who text, at timestamptz) returns void language plpgsql as $$
declare
  room waiting_rooms;
  was text;
begin
  select * into room from waiting_rooms where event_id = event for no key update;
  select status into was from queue_entries
  where event_id = event and user_id = who and status <> 'ended' for update;
  if was is null then return; end if;
  update queue_entries set status = 'ended', ended_at = at, end_reason = 'left', in_draw = in_draw and room.phase <> 'joining'
  where event_id = event and user_id = who and status <> 'ended';
  if was = 'waiting' then update waiting_rooms set waiting = waiting - 1 where event_id = event; end if;
end $$;
