-- What keeps one person from holding many places under many names, and the same places again and again.

-- How many places guests from one network may hold at once; ten times as many for accounts whose e-mail address is
-- confirmed; 0 is no limit (docs/holds.md says why 30).
alter table events add column places_per_network integer not null default 30 check (places_per_network >= 0);

-- Marks: keyed hashes of what several buyers may have in common (server/features/inventory/marks.ts). `network` is
-- there only while the hold is active; `mailbox` from the order on; `card` from the payment on, where it is known.
alter table holds add column network bigint, add column mailbox bigint, add column card bigint;
-- Small and partial: each finds the live places under one mark, in whatever event.
create index holds_of_network on holds (network) where network is not null;
create index holds_of_mailbox on holds (mailbox) where mailbox is not null;
create index holds_of_card on holds (card) where card is not null;

-- Places that were let go or ran out without being bought. Whoever holds the same ones again goes on with the old
-- clock until `rests_until`. `owner` is a buyer's id, or net_<mark> for the guests of a network; `what` is a ticket
-- type or `seat <index>`. A row is kept only that long.
create table hold_clocks (
  event_id text collate "C" not null references ledgers (event_id) on delete cascade,
  owner text collate "C" not null,
  what text collate "C" not null,
  -- Until when the places could have been bought.
  ends_at timestamptz not null,
  rests_until timestamptz not null,
  primary key (owner, event_id, what)
) with (fillfactor = 80);
create index hold_clocks_over on hold_clocks (event_id, rests_until);
