-- The team of an event takes free seats and places off sale, for the house, a camera or a sponsor (docs/blocks.md). A block is
-- a hold that does not expire and that nobody pays: the status `blocked`. So a seat still has one owner, and the pools'
-- counts are still sums of holds.

alter table holds drop constraint holds_status_check;
alter table holds add constraint holds_status_check
  check (status in ('active', 'confirmed', 'released', 'expired', 'forfeited', 'blocked'));

create or replace function holds_only_move_forward() returns trigger language plpgsql as $$
begin
  if not (
    old.status = 'active'
    or (old.status = 'expired' and new.status in ('confirmed', 'forfeited'))
    or (old.status = 'released' and new.status = 'forfeited')
    or (old.status = 'blocked' and new.status = 'released')
  ) then
    raise exception 'hold % can not go from % to %', old.id, old.status, new.status using errcode = 'check_violation';
  end if;
  return new;
end $$;

alter table seats drop constraint seat_has_one_owner;
alter table seats add constraint seat_has_one_owner check ((status = 'free') = (hold_id is null));

-- Places that are blocked. They are not on sale.
alter table pools add column blocked integer not null default 0;
alter table pools drop constraint pool_never_oversold;
alter table pools add constraint pool_never_oversold
  check (held >= 0 and sold >= 0 and kept >= 0 and blocked >= 0 and held + sold + kept + blocked <= capacity);

-- What a block is for, in the words of the team.
create table blocks (
  hold_id text collate "C" not null,
  event_id text collate "C" not null,
  label text not null,
  created_at timestamptz not null,
  primary key (event_id, hold_id),
  foreign key (hold_id, event_id) references holds (id, event_id) on delete cascade
);

-- As before, with the blocked places.
create or replace function inventory_changes(event text, since bigint, same_sale boolean, at timestamptz)
returns json language plpgsql stable set plan_cache_mode = force_generic_plan as $$
begin
  return json_build_object(
    'pools', (
      select coalesce(json_agg(json_build_object('id', id, 'key', key, 'name', name, 'capacity', capacity, 'held', held, 'sold', sold,
        'kept', kept, 'blocked', blocked)), '[]')
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
