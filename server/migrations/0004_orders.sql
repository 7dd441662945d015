-- Orders, their money, and the messages of payment providers.

create table orders (
  -- The hold's id with the order's prefix: a hold has one order, so a second attempt to place it finds the first order.
  id text collate "C" not null,
  event_id text collate "C" not null references events (id),
  hold_id text collate "C" not null,
  buyer_id text collate "C" not null references users (id),
  status text not null check (status in ('pending', 'confirmed', 'failed', 'expired', 'cancelled')),
  buyer_name text not null,
  buyer_email text not null,
  -- One name per place in the order of the lines, or null.
  attendees jsonb,
  lines jsonb not null,
  total_minor integer not null check (total_minor >= 0),
  refunded_minor integer not null default 0 check (refunded_minor between 0 and total_minor),
  currency text not null,
  -- declined | places_gone_refunded: why a payment did not become an order.
  problem text,
  return_url text,
  -- The language of mails about the order: the language in which the buyer ordered.
  language text not null default 'en',
  expires_at timestamptz not null,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  closed_at timestamptz,
  primary key (id, event_id),
  foreign key (hold_id, event_id) references holds (id, event_id)
) with (fillfactor = 80);
create index orders_of_buyer on orders (buyer_id, id desc);

-- A pending order may change to any state. Late money may still confirm an expired or failed order. A confirmed order can
-- only be cancelled, and a cancelled one stays cancelled.
create function orders_only_move_forward() returns trigger language plpgsql as $$
begin
  if not (
    old.status = 'pending'
    or (old.status in ('expired', 'failed') and new.status = 'confirmed')
    or (old.status = 'confirmed' and new.status = 'cancelled')
  ) then
    raise exception 'order % can not go from % to %', old.id, old.status, new.status using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger orders_forward before update of status on orders
  for each row when (old.status is distinct from new.status) execute function orders_only_move_forward();

create table payments (
  -- The order's id with the payment's prefix: an order has one payment, so a second attempt to open it finds the first.
  id text collate "C" not null,
  event_id text collate "C" not null,
  order_id text collate "C" not null,
  provider text not null check (provider in ('sandbox', 'stripe')),
  -- The provider's ids: pi_… and, for a hosted page, cs_… (both columns have cs_… until somebody pays there).
  intent_ref text not null,
  checkout_ref text,
  client_secret text not null,
  checkout_url text,
  status text not null check (status in ('open', 'succeeded', 'failed', 'cancelled', 'refunded')),
  amount_minor integer not null check (amount_minor > 0),
  currency text not null,
  -- When the order's places are released. A job then asks the provider about an open payment and closes it.
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (id, event_id),
  foreign key (order_id, event_id) references orders (id, event_id)
) with (fillfactor = 80);
create index payments_by_intent on payments (intent_ref);
create index payments_to_reconcile on payments (expires_at) where status = 'open';

create table refunds (
  id text collate "C" not null,
  event_id text collate "C" not null,
  order_id text collate "C" not null,
  payment_id text collate "C" not null,
  amount_minor integer not null check (amount_minor > 0),
  currency text not null,
  -- cancelled_by_buyer | places_gone | paid_twice
  reason text not null,
  status text not null check (status in ('pending', 'succeeded', 'failed')),
  provider_ref text,
  created_at timestamptz not null,
  settled_at timestamptz,
  primary key (id, event_id),
  foreign key (order_id, event_id) references orders (id, event_id)
);
create index refunds_of_order on refunds (order_id);
create index refunds_by_ref on refunds (provider_ref);
create index refunds_pending on refunds (created_at) where status = 'pending';

-- The money ledger. A row moves one amount from one account to another, so every entry balances. Accounts:
-- provider:<name> (what the provider owes us), organiser:<org id> (what we owe them), buyer:<order id> (money that bought
-- nothing and must be returned).
create table transfers (
  id text collate "C" not null,
  event_id text collate "C" not null,
  order_id text collate "C" not null,
  kind text not null check (kind in ('charge', 'late_charge', 'refund', 'refund_reversal')),
  debit text not null,
  credit text not null,
  amount_minor integer not null check (amount_minor > 0),
  currency text not null,
  created_at timestamptz not null,
  primary key (id, event_id),
  check (debit <> credit)
);
create index transfers_of_order on transfers (order_id);

-- Every verified webhook, by the provider's id. processed_at is null until its effect is committed.
create table webhook_events (
  provider text not null,
  id text not null,
  type text not null,
  intent_ref text,
  payload jsonb not null,
  received_at timestamptz not null,
  processed_at timestamptz,
  outcome text,
  primary key (provider, id)
);

-- The books of the sandbox provider. It stands for an outside company, so no other code reads them.
create schema sandbox;
create table sandbox.payments (
  intent_ref text primary key,
  payment_id text collate "C" not null,
  order_id text collate "C" not null,
  event_id text collate "C" not null,
  amount_minor integer not null check (amount_minor > 0),
  currency text not null,
  description text not null,
  return_url text,
  status text not null check (status in ('open', 'requires_action', 'succeeded', 'cancelled')),
  card_last4 text,
  refunded_minor integer not null default 0,
  hold_ends_at timestamptz not null,
  -- When the money arrives. The money of one test card arrives only after the hold has expired.
  settles_at timestamptz,
  created_at timestamptz not null,
  constraint refunded_no_more_than_paid check (refunded_minor between 0 and amount_minor)
) with (fillfactor = 80);
create table sandbox.refunds (
  refund_id text primary key,
  ref text not null unique,
  intent_ref text not null references sandbox.payments (intent_ref),
  amount_minor integer not null check (amount_minor > 0),
  created_at timestamptz not null
);
