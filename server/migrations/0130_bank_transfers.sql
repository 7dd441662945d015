-- Orders that are paid later by bank transfer, and the statements of the account that the money comes to (docs/bank-transfers.md).

-- What an organisation offers, and its bank account. An event may offer something else; the account is always the organisation's.
create table organisation_ways (
  organisation_id text collate "C" primary key references organisations (id) on delete cascade,
  version integer not null,
  ways jsonb not null,
  updated_at timestamptz not null
);
create table event_ways (
  event_id text collate "C" primary key references events (id) on delete cascade,
  version integer not null,
  -- Null: the event follows its organisation.
  ways jsonb,
  updated_at timestamptz not null
);

-- Null for orders that are paid at once. A statement of its own sets it, so that other orders cost nothing more.
alter table orders add column pay_by text check (pay_by in ('bank_transfer'));

-- The money is with the organiser, as that of door sales is. No provider is asked about it.
alter table payments drop constraint payments_provider_check;
alter table payments add constraint payments_provider_check
  check (provider in ('sandbox', 'stripe', 'cash', 'card_terminal', 'bank_transfer'));

-- The money that an order waits for. The account and the reference are what its buyer was told.
create table awaited_transfers (
  event_id text collate "C" not null,
  order_id text collate "C" not null,
  organisation_id text collate "C" not null,
  reference text collate "C" not null,
  account jsonb not null,
  amount_minor amount_minor not null check (amount_minor > 0),
  currency text not null,
  pay_until timestamptz not null,
  created_at timestamptz not null,
  -- When all of the money had come. From then on its assignments are final.
  paid_at timestamptz,
  primary key (order_id, event_id),
  foreign key (order_id, event_id) references orders (id, event_id) on delete cascade
) with (fillfactor = 80);
create index awaited_by_reference on awaited_transfers (organisation_id, reference);
create index awaited_of_event on awaited_transfers (event_id, pay_until);

create table bank_statements (
  id text collate "C" primary key,
  organisation_id text collate "C" not null references organisations (id),
  format text not null check (format in ('camt', 'mt940', 'csv')),
  file_name text not null,
  -- How many entries the file has, and how many of them were new.
  entries integer not null,
  fresh integer not null,
  imported_by text collate "C" not null,
  imported_at timestamptz not null
);
create index bank_statements_of_organisation on bank_statements (organisation_id, id desc);

create table bank_entries (
  id text collate "C" primary key,
  organisation_id text collate "C" not null references organisations (id),
  statement_id text collate "C" not null references bank_statements (id),
  -- The account of the statement, and what tells its entries apart: the bank's own reference, or else a hash of the entry with its
  -- occurrence on its day. So an entry counts once, also when files overlap.
  account text collate "C" not null,
  entry_key text collate "C" not null,
  booked_on date not null,
  kind text not null check (kind in ('credit', 'debit', 'returned')),
  amount_minor amount_minor not null check (amount_minor > 0),
  currency text not null,
  payer_name text,
  payer_iban text,
  remittance text not null,
  bank_reference text,
  -- done: all of it has paid orders or was sent back. partly: a part of it, or it names an order. unmatched: nothing is known.
  state text not null check (state in ('done', 'partly', 'unmatched', 'debit')),
  -- What is neither assigned nor to be sent back.
  rest_minor amount_minor not null check (rest_minor <= amount_minor),
  -- Why a person must look at it; null for nothing.
  problem text,
  created_at timestamptz not null,
  unique (organisation_id, account, entry_key),
  check ((kind = 'credit') or (state = 'debit' and rest_minor = 0))
) with (fillfactor = 80);
create index bank_entries_by_state on bank_entries (organisation_id, state, id desc);
create index bank_entries_of_statement on bank_entries (statement_id);

-- Which money is for which order. `final_at`: the money has paid its order.
create table bank_matches (
  id text collate "C" primary key,
  entry_id text collate "C" not null references bank_entries (id),
  event_id text collate "C" not null,
  order_id text collate "C" not null,
  amount_minor amount_minor not null check (amount_minor > 0),
  -- Null if the reference said so.
  matched_by text collate "C",
  created_at timestamptz not null,
  final_at timestamptz,
  unique (entry_id, order_id)
);
create index bank_matches_of_order on bank_matches (order_id);

-- Money of entries that goes back to whoever sent it. The refunds of orders are on the same list, and stay in their own table.
create table bank_returns (
  id text collate "C" primary key,
  entry_id text collate "C" not null references bank_entries (id),
  organisation_id text collate "C" not null references organisations (id),
  amount_minor amount_minor not null check (amount_minor > 0),
  currency text not null,
  created_by text collate "C" not null,
  created_at timestamptz not null,
  sent_by text collate "C",
  sent_at timestamptz,
  check ((sent_by is null) = (sent_at is null))
);
create index bank_returns_of_organisation on bank_returns (organisation_id, id desc);
create index bank_returns_of_entry on bank_returns (entry_id);

-- bank:<organisation> has what came to the organisation's account and has not paid an order; received:<entry> says whose it is.
alter table transfers drop constraint transfers_accounts_have_types;
alter table transfers add constraint transfers_accounts_have_types check (
  split_part(debit, ':', 1) in ('provider', 'till', 'bank', 'received', 'buyer', 'organiser', 'tax', 'fee', 'refunds', 'dispute',
    'dispute_fee', 'payout', 'cost', 'review', 'platform')
  and split_part(credit, ':', 1) in ('provider', 'till', 'bank', 'received', 'buyer', 'organiser', 'tax', 'fee', 'refunds', 'dispute',
    'dispute_fee', 'payout', 'cost', 'review', 'platform'));
alter table transfers drop constraint transfers_kind_check;
alter table transfers add constraint transfers_kind_check check (kind in (
  'charge', 'late_charge',
  'refund', 'refund_sent', 'refund_reversal',
  'dispute', 'dispute_released', 'dispute_withdrawn', 'dispute_reinstated', 'dispute_fee', 'dispute_fee_returned',
  'payout', 'payout_sent', 'payout_reversal',
  'provider_fee', 'adjustment',
  'unmatched_in', 'unmatched_out', 'review_refund', 'review_refund_reversal', 'review_write_off',
  'bank_in', 'bank_used', 'bank_returned'));
