-- A buyer's bank takes money back (a dispute), asks about a payment (an inquiry) or warns of fraud. A row has what the
-- provider last said of it, whatever the order in which its webhooks came (payments/dispute.ts).
create table disputes (
  id text collate "C" primary key,
  provider text not null,
  ref text not null,
  kind text not null check (kind in ('inquiry', 'chargeback', 'fraud_warning')),
  status text not null check (status in ('needs_response', 'under_review', 'won', 'lost', 'closed')),
  event_id text collate "C" not null,
  order_id text collate "C" not null,
  organisation_id text collate "C" not null,
  amount_minor amount_minor not null,
  currency text not null,
  -- The provider's word for it, for example `fraudulent`.
  reason text not null,
  evidence_due_at timestamptz,
  opened_at timestamptz not null,
  -- When Admit learned that the provider took the money, and that it returned the money.
  withdrawn_at timestamptz,
  reinstated_at timestamptz,
  -- The time of what the provider last said. Older news changes nothing.
  seen_at timestamptz not null,
  unique (provider, ref),
  foreign key (order_id, event_id) references orders (id, event_id)
);
create index disputes_of_organisation on disputes (organisation_id, id);
create index disputes_of_order on disputes (order_id);
create index disputes_open on disputes (id) where status in ('needs_response', 'under_review');

-- What the disputes of an order have taken, by account. The row is written while the order is locked.
create table disputed_money (
  order_id text collate "C" not null,
  event_id text collate "C" not null,
  organiser_minor bigint not null,
  tax_minor bigint not null,
  fee_minor bigint not null,
  fee_tax_minor bigint not null,
  -- More than is left of the order: the platform bears it.
  platform_minor bigint not null,
  -- What the provider took, less what it returned.
  withdrawn_minor bigint not null,
  primary key (order_id, event_id),
  foreign key (order_id, event_id) references orders (id, event_id)
);

-- The sum of what disputes have taken from the parts of an order. The ledger reads it with the order's lock, so that no
-- disputed money is refunded.
alter table orders add column disputed_minor amount_minor not null default 0;
-- True if a row of `disputes` names the order, so that other orders are shown without a look at that table.
alter table orders add column has_disputes boolean not null default false;

alter table transfers drop constraint transfers_kind_check;
alter table transfers add constraint transfers_kind_check check (kind in (
  'charge', 'late_charge',
  'refund', 'refund_sent', 'refund_reversal',
  'dispute', 'dispute_released', 'dispute_withdrawn', 'dispute_reinstated',
  'payout', 'payout_sent', 'payout_reversal',
  'provider_fee', 'adjustment',
  'unmatched_in', 'unmatched_out', 'review_refund', 'review_refund_reversal', 'review_write_off'));

-- The sandbox's own disputes. Its test cards open them, and its states follow from the clock.
create table sandbox.disputes (
  ref text primary key,
  intent_ref text not null references sandbox.payments (intent_ref),
  kind text not null check (kind in ('inquiry', 'chargeback', 'fraud_warning')),
  outcome text not null check (outcome in ('won', 'lost', 'closed')),
  amount_minor amount_minor not null,
  opens_at timestamptz not null,
  closes_at timestamptz not null
);
create index sandbox_disputes_of_payment on sandbox.disputes (intent_ref);
