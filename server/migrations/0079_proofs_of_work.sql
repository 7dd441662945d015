-- Guests prove some work before they join a queue (server/features/waiting-room/prove-guest.ts). Each proof counts once, in all
-- processes. The rows are deleted after the proofs have expired.
create table queue_proofs (
  event_id text collate "C" not null references waiting_rooms (event_id) on delete cascade,
  nonce bytea not null,
  expires_at timestamptz not null,
  primary key (event_id, nonce)
);
create index queue_proofs_by_end on queue_proofs (expires_at);

-- Joins those whose proof nobody has used, in one transaction with the proofs, so that a crash spends none. Returns the open
-- places of all who asked: a retry whose first answer was lost finds its place.
create function join_queue_with_proofs(
  event text, users text[], ids text[], salts text[], nonces bytea[], ends timestamptz[], at timestamptz
) returns setof queue_entries language plpgsql as $$
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
  return query select * from queue_entries as entry
    where entry.event_id = event and entry.user_id = any (users) and entry.status <> 'ended';
end $$;
