-- Orders, the money for them, and what providers told us.

create table orders (
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
  expires_at timestamptz not null,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  closed_at timestamptz,
  primary key (id, event_id),
  foreign key (hold_id, event_id) references holds (id, event_id)
) with (fillfactor = 80);
-- A hold has one order: this is what makes placing an order safe to retry.
create unique index orders_of_hold on orders (hold_id, event_id);
create index orders_of_buyer on orders (buyer_id, id desc);
create index orders_of_event on orders (event_id, id);

-- pending may become anything; late money may still confirm what had expired or failed; a confirmed order
-- can only be cancelled; a cancelled one stays cancelled.
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
  id text collate "C" not null,
  event_id text collate "C" not null,
  order_id text collate "C" not null,
  provider text not null check (provider in ('sandbox', 'stripe')),
  -- The provider's own ids: pi_… and, for a hosted page, cs_….
  intent_ref text not null,
  checkout_ref text,
  client_secret text not null,
  checkout_url text,
  status text not null check (status in ('open', 'succeeded', 'failed', 'cancelled', 'refunded')),
  amount_minor integer not null check (amount_minor > 0),
  currency text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (id, event_id),
  foreign key (order_id, event_id) references orders (id, event_id)
) with (fillfactor = 80);
create unique index payments_of_order on payments (order_id, event_id);
create index payments_by_intent on payments (intent_ref);

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
create index refunds_pending on refunds (created_at) where status = 'pending';

-- The money ledger. One row moves one amount from one account to another, so every entry balances by its
-- shape. Accounts: provider:<name> (what the provider owes us), organiser:<org id> (what we owe them),
-- buyer:<order id> (money taken for which nothing is owed but its return).
create table transfers (
  id text collate "C" not null,
  event_id text collate "C" not null,
  order_id text collate "C" not null,
  kind text not null check (kind in ('charge', 'late_charge', 'refund')),
  debit text not null,
  credit text not null,
  amount_minor integer not null check (amount_minor > 0),
  currency text not null,
  created_at timestamptz not null,
  primary key (id, event_id),
  check (debit <> credit)
);
create index transfers_of_order on transfers (order_id);

-- Every webhook that verified, by the provider's id for it. processed_at is null until its effect is committed.
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

-- The sandbox provider's own books: it stands for a company outside, so nothing else reads them.
create schema sandbox;
create table sandbox.payments (
  intent_ref text primary key,
  payment_id text collate "C" not null,
  order_id text collate "C" not null,
  client_secret text not null,
  amount_minor integer not null,
  currency text not null,
  description text not null,
  return_url text,
  status text not null check (status in ('open', 'requires_action', 'succeeded', 'cancelled')),
  card text,
  refunded_minor integer not null default 0 check (refunded_minor <= amount_minor),
  created_at timestamptz not null
);
create unique index sandbox_payments_by_payment on sandbox.payments (payment_id);
create table sandbox.refunds (
  idempotency_key text primary key,
  ref text not null,
  intent_ref text not null references sandbox.payments (intent_ref),
  amount_minor integer not null
);
