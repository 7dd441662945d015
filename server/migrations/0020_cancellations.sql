-- An order is cancelled whole or by ticket. Each cancellation is a row: what it gave back, and under which
-- Idempotency-Key it was asked for, so that asking again with the same key finds it in the ledger's own batch.
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

-- A ticket's `position` says which place of its hold's lines it is for, and so its seat, its pools and its price.
alter table tickets add column cancellation_id text collate "C";
alter table tickets add foreign key (cancellation_id, event_id) references cancellations (id, event_id);
