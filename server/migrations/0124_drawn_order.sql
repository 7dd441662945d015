-- The order of a draw, in a table of its own (docs/waiting-room.md). A position that is written into a place changes every index of
-- the place and leaves a dead row. A row here is one insert with two indexes, and locks no place, so nobody waits for a draw. A draw inserts in the
-- order of the ids. Whoever joined after the list was closed has the position in the place itself.

-- Without a foreign key: its check would lock the row of the waiting room a million times. The trigger below deletes instead.
create table queue_draws (
  event_id text collate "C" not null,
  entry_id text collate "C" not null,
  position bigint not null check (position > 0),
  primary key (event_id, entry_id)
);
create unique index queue_draw_order on queue_draws (event_id, position);

create function forget_draw() returns trigger language plpgsql as $$
begin
  delete from queue_draws where event_id = old.event_id;
  return null;
end $$;
create trigger forget_draw after delete on waiting_rooms for each row execute function forget_draw();

-- Places with their positions, however they got them. The sub-select is planned as a look-up by the primary key, also where the plan was made
-- before anybody was drawn.
create view queue_places as
select event_id, id, user_id, salt, in_draw, lane,
  coalesce(position, (
    select drawn.position from queue_draws as drawn
    where drawn.event_id = entry.event_id and drawn.entry_id = entry.id)) as position,
  status, joined_at, admitted_at, active_until, ended_at, end_reason, seen_at
from queue_entries as entry;

-- As before (0072, 0079), and now they return places with the positions of the draw.
drop function join_queue_with_proofs(text, text[], text[], text[], bytea[], timestamptz[], timestamptz);
drop function join_queue(text, text[], text[], text[], timestamptz);
create function join_queue(event text, users text[], ids text[], salts text[], at timestamptz)
returns setof queue_places language plpgsql as $$
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
  return query select * from queue_places as place
    where place.event_id = event and place.user_id = any (users) and place.status <> 'ended';
end $$;
create function join_queue_with_proofs(
  event text, users text[], ids text[], salts text[], nonces bytea[], ends timestamptz[], at timestamptz
) returns setof queue_places language plpgsql as $$
declare
  fresh bytea[];
  chosen integer[];
begin
  with spent as (
    insert into queue_proofs (event_id, nonce, expires_at)
    select event, given.nonce, min(given.ending) from unnest(nonces, ends) as given (nonce, ending)
    group by given.nonce order by given.nonce
    on conflict do nothing returning nonce)
  select coalesce(array_agg(nonce), '{}') into fresh from spent;
  select coalesce(array_agg(first.n order by first.n), '{}') into chosen from (
    select min(n)::integer as n from unnest(nonces) with ordinality as given (nonce, n)
    where given.nonce = any (fresh) group by given.nonce) as first;
  perform join_queue(event, (select array_agg(users[n] order by n) from unnest(chosen) as n),
    (select array_agg(ids[n] order by n) from unnest(chosen) as n),
    (select array_agg(salts[n] order by n) from unnest(chosen) as n), at);
  return query select * from queue_places as place
    where place.event_id = event and place.user_id = any (users) and place.status <> 'ended';
end $$;
