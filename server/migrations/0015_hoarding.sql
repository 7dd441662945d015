-- Keeps one person from holding many places under many names, and the same places again and again.

-- How many places guests of one network may hold at once. Accounts with a verified address may hold ten times as many. 0
-- means no limit (docs/holds.md says why 30).
alter table events add column places_per_network integer not null default 30 check (places_per_network >= 0);

-- Marks: keyed hashes of what several buyers may share (server/features/inventory/marks.ts). `network` is set only while
-- the hold is active, `mailbox` from the order on, `card` from the payment on if the card is known.
alter table holds add column network bigint, add column mailbox bigint, add column card bigint;
-- Small, partial indexes: each finds the live places under one mark, in any event.
create index holds_of_network on holds (network) where network is not null;
create index holds_of_mailbox on holds (mailbox) where mailbox is not null;
create index holds_of_card on holds (card) where card is not null;

-- Places that were released or expired without being bought. If their owner holds the same places again, the old clock goes
-- on until `rests_until`. `owner` is a buyer's id, or net_<mark> for the guests of a network; `what` is a ticket type or
-- `seat <index>`. A row is kept only until then.
create table hold_clocks (
  event_id text collate "C" not null references ledgers (event_id) on delete cascade,
  owner text collate "C" not null,
  what text collate "C" not null,
  -- The time until which the places could have been bought.
  ends_at timestamptz not null,
  rests_until timestamptz not null,
  primary key (owner, event_id, what)
) with (fillfactor = 80);
create index hold_clocks_over on hold_clocks (event_id, rests_until);
