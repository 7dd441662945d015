-- Free, held and sold places. Only the inventory ledger (server/features/inventory) writes these tables, one batch per
-- event at a time, under the lock of the event's row in `ledgers`. Constraints repeat the promises, so that a bug in the
-- code becomes an error and not a double sale.

create table ledgers (
  event_id text collate "C" primary key references events (id) on delete cascade,
  -- The version of the availability. Every batch that changes something adds one.
  version bigint not null default 0,
  -- The version of the event; a trigger updates it. The ledger reads it in the row that it locks anyway, and so knows
  -- whether its cached prices, limits and sale times are current.
  sale_version integer not null default 1,
  -- Grows when holds of the event get another buyer, because a guest has opened an account.
  moves integer not null default 0
) with (fillfactor = 20);

create function events_tell_their_ledger() returns trigger language plpgsql as $$
begin
  update ledgers set sale_version = new.version where event_id = new.id;
  return null;
end $$;
create trigger events_changed after update of version on events
  for each row when (old.version <> new.version) execute function events_tell_their_ledger();

-- Moves ledgers from the versions that the caller knows to the next, in the given order, and fails if one has another
-- version. As the first statement it lets a process send a batch that it decided from memory without reading: if another
-- process has moved a ledger, no part of the batch happens. The caller must sort the ids, so that two batches cannot
-- deadlock.
create function move_ledgers(ids text[], versions bigint[], sale_versions integer[], moved integer[], next bigint[])
returns void language plpgsql as $$
begin
  for i in 1 .. cardinality(ids) loop
    update ledgers set version = next[i]
    where event_id = ids[i] and version = versions[i] and sale_version = sale_versions[i] and moves = moved[i];
    if not found then
      raise exception 'a ledger has moved' using errcode = 'AD001';
    end if;
  end loop;
end $$;

create table pools (
  event_id text collate "C" not null references ledgers (event_id) on delete cascade,
  id text collate "C" not null,
  key text not null,
  name text not null,
  capacity integer not null,
  held integer not null default 0,
  sold integer not null default 0,
  primary key (event_id, id),
  unique (event_id, key),
  constraint pool_never_oversold check (held >= 0 and sold >= 0 and held + sold <= capacity)
) with (fillfactor = 20);

create table holds (
  id text collate "C" not null,
  event_id text collate "C" not null references ledgers (event_id),
  -- No foreign key: when a guest becomes an account the guest's row is deleted, and the hold may stay.
  buyer_id text collate "C" not null,
  -- active → confirmed | released | expired. Late money may still confirm an expired hold while its places are free.
  -- Otherwise the hold is forfeited and the money is refunded.
  status text not null check (status in ('active', 'confirmed', 'released', 'expired', 'forfeited')),
  -- True if the hold has an order. The order has the hold's id with its own prefix.
  ordered boolean not null default false,
  expires_at timestamptz not null,
  -- Places that count against the buyer's limit: those taken, and those of them that a refund gave back.
  places integer not null check (places > 0),
  returned integer not null default 0 check (returned between 0 and places),
  -- [{ ticketTypeId, name, quantity, unitMinor, pools: [id], seats?: [index] }], frozen when placed.
  lines jsonb not null,
  total_minor integer not null check (total_minor >= 0),
  currency text not null,
  idempotency_key text,
  -- A hash of the request, to tell a retry from another request with the same key.
  fingerprint text,
  created_at timestamptz not null,
  -- The id comes first for look-ups that know only the id. The event is in the key so that the table can be distributed.
  primary key (id, event_id)
) with (fillfactor = 80);
-- Only the primary key may serve look-ups by id and event. Without statistics, an index that begins with the event seems
-- as cheap. A plan made then reads all holds of the event to check one foreign key (measured: 0.9 ms a check). So the
-- indexes for the holds of an event are partial, and such a look-up cannot use them.
-- For retries (the same key) and the limit per buyer (all holds of a buyer in an event).
create unique index holds_of_buyer on holds (buyer_id, event_id, idempotency_key);
create index holds_to_expire on holds (event_id, expires_at) where status = 'active';
create index holds_settled on holds (event_id) where status <> 'active';

create table seats (
  event_id text collate "C" not null references ledgers (event_id) on delete cascade,
  index integer not null check (index >= 0),
  status text not null default 'free' check (status in ('free', 'held', 'sold', 'blocked')),
  hold_id text collate "C",
  -- The ledger version that last changed this seat. Other processes read only the seats that changed since their version.
  version bigint not null default 0,
  primary key (event_id, index),
  foreign key (hold_id, event_id) references holds (id, event_id),
  constraint seat_has_one_owner check ((status in ('held', 'sold')) = (hold_id is not null))
) with (fillfactor = 60);
-- Seats that ever changed. The index is partial, so a look-up of one seat cannot use it.
create index seats_changed on seats (event_id, version) where version > 0;

create function holds_only_move_forward() returns trigger language plpgsql as $$
begin
  if not (
    old.status = 'active'
    or (old.status = 'expired' and new.status in ('confirmed', 'forfeited'))
    or (old.status = 'released' and new.status = 'forfeited')
  ) then
    raise exception 'hold % can not go from % to %', old.id, old.status, new.status using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger holds_forward before update of status on holds
  for each row when (old.status is distinct from new.status) execute function holds_only_move_forward();

-- What changed in an event's inventory since a version, as JSON: pools, [index, status] of seats (all changed seats if the
-- sale is another), the lines of holds that have expired and are not swept yet, and when the next hold expires. As a part of
-- the statement that asks for versions, this was planned anew for most calls (0.4 ms each, measured): its cost grows with the
-- holds, so the planner's average of earlier plans always looked cheaper than the plan that it had. A function costs the
-- planner the same at any size.
create function inventory_changes(event text, since bigint, same_sale boolean, at timestamptz)
returns json language plpgsql stable set plan_cache_mode = force_generic_plan as $$
begin
  return json_build_object(
    'pools', (
      select coalesce(json_agg(json_build_object('id', id, 'key', key, 'name', name, 'capacity', capacity, 'held', held, 'sold', sold)), '[]')
      from pools where pools.event_id = event),
    'seats', (
      select coalesce(json_agg(json_build_array(index, array_position(array['free', 'held', 'sold', 'blocked'], status) - 1)), '[]')
      from seats where seats.event_id = event and seats.version > 0 and (seats.version > since or not same_sale)),
    'due', (
      select coalesce(json_agg(lines), '[]')
      from holds where holds.event_id = event and status = 'active' and expires_at <= at),
    'nextExpiry', (
      select min(expires_at) from holds where holds.event_id = event and status = 'active' and expires_at > at));
end $$;
