-- Payouts that the payment provider transfers to an organisation's own account with it (docs/money.md). Admit writes the payout
-- before it asks the provider: the payout's id is the idempotency key, and nobody else can pay the same money meanwhile.
alter table payouts alter column paid_by drop not null;
alter table payouts
  -- Null if an admin paid by hand.
  add column account_ref text,
  -- The provider's id of the transfer, when there is one.
  add column transfer_ref text,
  -- sending: the provider has not answered yet. failed: it refused, or the money came back. Then everything is owed again.
  add column state text not null default 'paid' check (state in ('sending', 'paid', 'failed')),
  -- Why it failed, in the provider's words.
  add column problem text,
  add constraint payouts_by_hand_are_paid check (account_ref is not null or (state = 'paid' and paid_by is not null)),
  add constraint payouts_say_why_they_failed check ((state = 'failed') = (problem is not null));
create index payouts_by_transfer on payouts (transfer_ref) where transfer_ref is not null;

-- True if its payout failed. Such a line counts for nothing. It repeats the payout's state, because the sums are by event.
alter table payout_lines add column is_returned boolean not null default false;

-- The account of an organisation with the payment provider.
create table payout_accounts (
  organisation_id text collate "C" primary key references organisations (id),
  provider text not null,
  account_ref text not null unique,
  is_ready boolean not null,
  -- When Admit asked for the state that is kept here. An answer to an earlier question changes nothing.
  asked_at timestamptz not null,
  -- Why the latest transfer failed. While it is set, only an admin begins another.
  problem text
);

-- The books of the sandbox, which stands for an outside company.
create table sandbox.accounts (
  ref text primary key,
  is_ready boolean not null
);
create table sandbox.transfers (
  payout_id text primary key,
  ref text not null unique,
  account_ref text not null references sandbox.accounts (ref),
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  reversed_minor bigint not null default 0,
  created_at timestamptz not null
);
