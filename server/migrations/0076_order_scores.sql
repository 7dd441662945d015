-- How much each bought order looks like one of many orders of the same person or program, and why (docs/fairness.md).
create table order_scores (
  order_id text collate "C" not null,
  event_id text collate "C" not null references events (id) on delete cascade,
  score int not null check (score between 0 and 100),
  -- [{ signal, points, count }]
  reasons jsonb not null,
  scored_at timestamptz not null,
  primary key (event_id, order_id)
);

-- What several orders of one event may share: a card, a network, a browser in a network, a pattern of addresses. A mark is 48 bits
-- of a keyed hash with the event in it, so a mark says nothing by itself and matches nothing of another event.
create table order_marks (
  event_id text collate "C" not null references events (id) on delete cascade,
  mark bigint not null,
  order_id text collate "C" not null,
  primary key (event_id, mark, order_id)
);
