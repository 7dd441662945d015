-- What is free, held and sold. Only the inventory ledger (server/features/inventory) writes these tables,
-- one batch per event at a time, under the lock of the event's row in `ledgers`. The constraints repeat the
-- promises, so that a bug in the code becomes an error and not a double sale.

create table ledgers (
  event_id text collate "C" primary key references events (id) on delete cascade,
  -- Grows by one with every batch that changed something; the version of the availability.
  version bigint not null default 0,
  -- The version of the event, kept by a trigger: tells the ledger, in the row it locks anyway, whether what
  -- it remembers of prices, limits and sale times is still true.
  sale_version integer not null default 1,
  -- Grows when holds of the event change their buyer: a guest has opened an account.
  moves integer not null default 0
) with (fillfactor = 20);

create function events_tell_their_ledger() returns trigger language plpgsql as $$
begin
  update ledgers set sale_version = new.version where event_id = new.id;
  return null;
end $$;
create trigger events_changed after update of version on events
  for each row when (old.version <> new.version) execute function events_tell_their_ledger();

-- Moves ledgers from the version where the caller believes them to be to the next, in the order given, and fails
-- where one is elsewhere. With it as the first statement a process may send a batch that it decided from memory,
-- without reading anything: if another process has moved a ledger, nothing of the batch happens. Whoever calls
-- this gives the ids in their order, so that two batches never wait for each other in a circle.
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
  -- No foreign key: a guest's account goes when it is merged into a real one, and the hold may stay.
  buyer_id text collate "C" not null,
  -- active → confirmed | released | expired. Late money may still confirm an expired hold while its places
  -- are free; otherwise the hold is forfeited and the money goes back.
  status text not null check (status in ('active', 'confirmed', 'released', 'expired', 'forfeited')),
  -- An order was placed for it; the order has the hold's id with its own prefix.
  ordered boolean not null default false,
  expires_at timestamptz not null,
  -- Places that count against the buyer's limit: those taken, and of those the ones given back by a refund.
  places integer not null check (places > 0),
  returned integer not null default 0 check (returned between 0 and places),
  -- [{ ticketTypeId, name, quantity, unitMinor, pools: [id], seats?: [index] }], frozen when placed.
  lines jsonb not null,
  total_minor integer not null check (total_minor >= 0),
  currency text not null,
  idempotency_key text,
  -- A hash of what was asked for, to tell a retry from another request with the same key.
  fingerprint text,
  created_at timestamptz not null,
  -- The id first, for look-ups that know only the id; the event in it, so that the table can be distributed.
  primary key (id, event_id)
) with (fillfactor = 80);
-- No index may serve "id and event" but the primary key. One that begins with the event seems as cheap while
-- there are no statistics, and a plan made then reads all holds of the event to check one foreign key (seen:
-- 0.9 ms a check). So what finds the holds of an event is partial, which such a look-up can't use.
-- Serves retries (the same key) and the per-buyer limit (all holds of a buyer in an event).
create unique index holds_of_buyer on holds (buyer_id, event_id, idempotency_key);
create index holds_to_expire on holds (event_id, expires_at) where status = 'active';
create index holds_settled on holds (event_id) where status <> 'active';

create table seats (
  event_id text collate "C" not null references ledgers (event_id) on delete cascade,
  index integer not null check (index >= 0),
  status text not null default 'free' check (status in ('free', 'held', 'sold', 'blocked')),
  hold_id text collate "C",
  -- The ledger version that last changed this seat: another process reads only what it has missed.
  version bigint not null default 0,
  primary key (event_id, index),
  foreign key (hold_id, event_id) references holds (id, event_id),
  constraint seat_has_one_owner check ((status in ('held', 'sold')) = (hold_id is not null))
) with (fillfactor = 60);
-- Seats that have changed at all; partial, so that no look-up of one seat can choose it.
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
