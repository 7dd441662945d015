-- An order is cancelled as a whole or by ticket. Each cancellation is a row with its refund and its Idempotency-Key, so
-- that a second request with the same key finds it in the ledger's batch.
create table cancellations (
  id text collate "C" not null,
  event_id text collate "C" not null,
  order_id text collate "C" not null,
  refund_minor amount_minor not null,
  idempotency_key text,
  -- A hash of the request, to tell a retry from another request with the same key.
  fingerprint text,
  created_at timestamptz not null,
  primary key (id, event_id),
  foreign key (order_id, event_id) references orders (id, event_id)
);
create unique index cancellations_by_key on cancellations (order_id, event_id, idempotency_key);

-- A ticket's `position` is its place among the lines of its hold, and so determines its seat, pools and price.
alter table tickets add column cancellation_id text collate "C";
alter table tickets add foreign key (cancellation_id, event_id) references cancellations (id, event_id);
