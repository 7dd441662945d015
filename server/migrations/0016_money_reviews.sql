-- Money that the provider took or sent and that matches nothing of ours. A person must look at it.

create table money_reviews (
  id text collate "C" primary key,
  provider text not null,
  -- The provider's id of the movement: an intent, a refund, a dispute. A movement is listed once, however many webhooks
  -- report it and in whatever form.
  reference text not null,
  reason text not null check (reason in ('unknown_order', 'amount_mismatch', 'currency_mismatch', 'foreign_intent',
    'paid_twice', 'refund_failed', 'refund_by_hand', 'disputed', 'dispute_reinstated')),
  -- in: the provider has money that belongs to nothing. out: the provider sent money that we did not send. none: no money is
  -- in the wrong place, but a person must decide what happens next.
  direction text not null check (direction in ('in', 'out', 'none')),
  intent_ref text,
  order_id text collate "C",
  event_id text collate "C",
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  created_at timestamptz not null,
  -- The provider's id of the refund that a person ordered.
  refund_ref text,
  settlement text check (settlement in ('refund', 'write_off')),
  settled_at timestamptz,
  settled_by text collate "C",
  note text,
  unique (provider, reference),
  check ((settlement is null) = (settled_at is null) and (settlement is null) = (settled_by is null))
);
create index money_reviews_open on money_reviews (id) where settled_at is null;

-- The ledger books such money on the account review:<id>, and on platform:written_off after a person has written it off.
-- It belongs to no known order, so event_id and order_id of its entries are null.
alter table transfers drop constraint transfers_kind_check;
alter table transfers add constraint transfers_kind_check check (kind in ('charge', 'late_charge', 'refund',
  'refund_reversal', 'unmatched_in', 'unmatched_out', 'review_refund', 'review_refund_reversal', 'review_write_off'));
