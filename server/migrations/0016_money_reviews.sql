-- Money that the provider took or sent and that matches nothing of ours: a person must look at it.

create table money_reviews (
  id text collate "C" primary key,
  provider text not null,
  -- What the provider calls the movement: an intent, a refund, a dispute. One movement is listed once, however often
  -- and in whatever words the provider tells of it.
  reference text not null,
  reason text not null check (reason in ('unknown_order', 'amount_mismatch', 'currency_mismatch', 'foreign_intent',
    'paid_twice', 'refund_failed', 'refund_by_hand', 'disputed', 'dispute_reinstated')),
  -- in: the provider has money that belongs to nothing. out: it sent money that we did not. none: the money is in its
  -- place in the ledger, and only a person can bring it further.
  direction text not null check (direction in ('in', 'out', 'none')),
  intent_ref text,
  order_id text collate "C",
  event_id text collate "C",
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  created_at timestamptz not null,
  -- The provider's id of the refund that a person has ordered.
  refund_ref text,
  settlement text check (settlement in ('refund', 'write_off')),
  settled_at timestamptz,
  settled_by text collate "C",
  note text,
  unique (provider, reference),
  check ((settlement is null) = (settled_at is null) and (settlement is null) = (settled_by is null))
);
create index money_reviews_open on money_reviews (id) where settled_at is null;

-- In the ledger such money stands on the account review:<id>, and after a person has written it off on
-- platform:written_off. It belongs to no order for certain, so event_id and order_id of its entries are empty.
alter table transfers drop constraint transfers_kind_check;
alter table transfers add constraint transfers_kind_check check (kind in ('charge', 'late_charge', 'refund',
  'refund_reversal', 'unmatched_in', 'unmatched_out', 'review_refund', 'review_refund_reversal', 'review_write_off'));
