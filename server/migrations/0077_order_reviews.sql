-- From which score on the team looks at an order before its tickets may be used: { fromScore, accountsPerNetwork }. Null: never.
alter table events add column order_review jsonb;

-- A ticket that waits for its order's score or review has no code. A ticket is held only from its issue on, so a null stays null.
alter table tickets add column held_until timestamptz;

-- Orders that the team looks at (docs/fairness.md).
create table order_reviews (
  event_id text collate "C" not null references events (id) on delete cascade,
  order_id text collate "C" not null,
  organisation_id text collate "C" not null,
  score int not null,
  reasons jsonb not null,
  -- If nobody has decided by then, the order is confirmed.
  held_until timestamptz not null,
  opened_at timestamptz not null,
  -- What the buyer says about it, once.
  appeal text,
  appealed_at timestamptz,
  -- ended: the order was cancelled otherwise.
  decision text check (decision in ('confirmed', 'refunded', 'ended')),
  decided_at timestamptz,
  -- Null if the time decided.
  decided_by text,
  reason text,
  primary key (event_id, order_id),
  check ((decision is null) = (decided_at is null)),
  check ((appeal is null) = (appealed_at is null))
);
create index order_reviews_due on order_reviews (held_until) where decision is null;
create index order_reviews_of_organisation on order_reviews (organisation_id, order_id);
create index order_reviews_open on order_reviews (order_id) where decision is null;
