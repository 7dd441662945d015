-- The waitlist: people who wait for places of a sold-out ticket type. The ledger of the event decides their order and
-- offers them each freed place, in the batch that frees it (docs/waitlist.md).

-- { enabled, offerMinutes, partiesUntilHours }: contract/event-fields.ts.
alter table events add column waitlist jsonb not null
  default '{"enabled": true, "offerMinutes": 30, "partiesUntilHours": 24}';

-- Free places that are kept for a party at the head of the line. They are neither held nor on sale.
alter table pools add column kept integer not null default 0;
alter table pools drop constraint pool_never_oversold;
alter table pools add constraint pool_never_oversold
  check (held >= 0 and sold >= 0 and kept >= 0 and held + sold + kept <= capacity);

-- `line` counts the entries that wait or have an offer. The ledger reads it in the row that it locks anyway, so an event
-- without a line costs nothing.
alter table ledgers add column line integer not null default 0 check (line >= 0);
-- The highest number in the line that the ledger has given. Numbers are never given twice.
alter table ledgers add column last_place bigint not null default 0;
-- When the ledger must look at the line next, even if nobody sends a command: at the end of the sale, for example.
alter table ledgers add column line_due_at timestamptz;
create index ledgers_line_due on ledgers (line_due_at) where line_due_at is not null;

create table waitlist_entries (
  id text collate "C" not null,
  event_id text collate "C" not null references ledgers (event_id) on delete cascade,
  -- No foreign key, as in holds: a guest's row is deleted when the guest becomes an account.
  user_id text collate "C" not null,
  ticket_type_id text collate "C" not null,
  quantity integer not null check (quantity > 0),
  -- Smaller numbers are served first.
  place bigint not null,
  -- waiting → offered → accepted | declined | expired; waiting → left | ended. One batch may make an offer and end it. The offer is the hold with the entry's id
  -- and its own prefix.
  status text not null
    check (status in ('waiting', 'offered', 'accepted', 'declined', 'expired', 'left', 'ended')),
  -- How long the offer will last by day. It is frozen when the person joins.
  offer_minutes integer not null check (offer_minutes > 0),
  -- The network that it was joined from, while it is open (server/features/inventory/marks.ts).
  network bigint,
  -- Where the offer is mailed; null for an account, whose own address is used.
  email text,
  language text not null,
  idempotency_key text,
  fingerprint text,
  joined_at timestamptz not null,
  offered_at timestamptz,
  offer_ends_at timestamptz,
  closed_at timestamptz,
  -- The ledger version that last changed this entry. A process reads only the entries that changed since its version.
  version bigint not null,
  primary key (id, event_id),
  unique (event_id, place)
);
create index waitlist_open on waitlist_entries (event_id, ticket_type_id, place) where status in ('waiting', 'offered');
create index waitlist_changed on waitlist_entries (event_id, version);
create index waitlist_of_user on waitlist_entries (user_id, event_id);

create function waitlist_only_moves_forward() returns trigger language plpgsql as $$
begin
  if not (
    (old.status = 'waiting' and new.status in ('offered', 'left', 'ended', 'accepted', 'declined'))
    or (old.status = 'offered' and new.status in ('accepted', 'declined', 'expired'))
    or (old.status = 'expired' and new.status = 'accepted')
  ) then
    raise exception 'entry % can not go from % to %', old.id, old.status, new.status using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger waitlist_forward before update of status on waitlist_entries
  for each row when (old.status is distinct from new.status) execute function waitlist_only_moves_forward();

-- Every edit of an event may free places for its line: more capacity, a new plan, a later end of the sale. The sweep looks at
-- such an event within a second.
create or replace function events_tell_their_ledger() returns trigger language plpgsql as $$
begin
  update ledgers set sale_version = new.version,
    line_due_at = case when line > 0 then to_timestamp(0) else line_due_at end
  where event_id = new.id;
  return null;
end $$;

-- As before, with the kept places. While people wait, an expired hold frees its places for them, and not for everybody: so
-- they count as held until the ledger has offered them.
create or replace function inventory_changes(event text, since bigint, same_sale boolean, at timestamptz)
returns json language plpgsql stable set plan_cache_mode = force_generic_plan as $$
begin
  return json_build_object(
    'pools', (
      select coalesce(json_agg(json_build_object('id', id, 'key', key, 'name', name, 'capacity', capacity, 'held', held, 'sold', sold,
        'kept', kept)), '[]')
      from pools where pools.event_id = event),
    'seats', (
      select coalesce(json_agg(json_build_array(index, array_position(array['free', 'held', 'sold', 'blocked'], status) - 1)), '[]')
      from seats where seats.event_id = event and seats.version > 0 and (seats.version > since or not same_sale)),
    'due', (
      select coalesce(json_agg(lines), '[]')
      from holds where holds.event_id = event and status = 'active' and expires_at <= at
        and not exists (select from ledgers where ledgers.event_id = event and line > 0)),
    'nextExpiry', (
      select min(expires_at) from holds where holds.event_id = event and status = 'active' and expires_at > at));
end $$;
