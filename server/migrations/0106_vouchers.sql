-- Codes that the team makes in bulk (docs/codes.md). Thousands of them may belong to one event, so they have their own table and
-- are in no event's body. The event's ledger changes `held`, `sold`, `off_minor` and the kept places, in the batch that changes
-- the holds.
create table vouchers (
  id text collate "C" not null,
  event_id text collate "C" not null references ledgers (event_id) on delete cascade,
  -- Whoever makes codes makes a batch of them. A retry with the same key finds the first batch.
  batch_id text collate "C" not null,
  code text collate "C" not null,
  tag text not null,
  -- What the code takes off the price of each ticket: at most one of the three.
  percent_off integer check (percent_off between 1 and 100),
  amount_off_minor bigint check (amount_off_minor > 0),
  price_minor bigint check (price_minor >= 0),
  check (num_nonnulls(percent_off, amount_off_minor, price_minor) <= 1),
  -- The ticket types that the code is for, hidden ones among them; null: every type that is not hidden.
  ticket_type_ids jsonb,
  -- The only seat that the code is for.
  seat_index integer,
  -- How many tickets may be bought with the code, and how many are held and sold with it. It counts as a pool with this id, which
  -- the lines of holds name.
  pool_id text collate "C" not null,
  uses integer not null check (uses > 0),
  held integer not null default 0,
  sold integer not null default 0,
  constraint voucher_never_overused check (held >= 0 and sold >= 0 and held + sold <= uses),
  -- The most money that the code takes off in all, and what it has taken off the tickets that are held and sold.
  budget_minor bigint check (budget_minor > 0),
  off_minor bigint not null default 0,
  constraint voucher_never_overspent check (off_minor >= 0 and (budget_minor is null or off_minor <= budget_minor)),
  -- One of the places that are kept for the code, as a line of a hold; null if it keeps none. While the code may be used, places
  -- for its unused uses are blocked by the hold `hold_id`. Each time that they are blocked anew, the hold is another.
  keeps jsonb,
  hold_id text collate "C",
  hold_number integer not null default 0,
  valid_until timestamptz,
  revoked_at timestamptz,
  made_by text collate "C" not null,
  made_at timestamptz not null,
  primary key (event_id, id)
);
create unique index vouchers_by_code on vouchers (event_id, code);
create unique index vouchers_by_pool on vouchers (event_id, pool_id);
create index vouchers_of_batch on vouchers (event_id, batch_id);
-- The codes whose kept places must be given back at some instant.
create index vouchers_to_end on vouchers (event_id, valid_until) where hold_id is not null and valid_until is not null;

create table voucher_batches (
  id text collate "C" not null,
  event_id text collate "C" not null references ledgers (event_id) on delete cascade,
  made_by text collate "C" not null,
  idempotency_key text,
  fingerprint text,
  made integer not null,
  primary key (event_id, id)
);
create unique index voucher_batches_by_key on voucher_batches (event_id, made_by, idempotency_key);

-- When the first code ends that keeps places. Each batch reads it with the lock, so those places are free from that instant on.
alter table ledgers add column codes_end_at timestamptz;
create index ledgers_with_codes_ending on ledgers (codes_end_at) where codes_end_at is not null;
