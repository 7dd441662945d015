-- What the platform has paid out to organisations. A payout takes what is owed for some events, each as a line, and books one
-- entry of the ledger for each line (docs/money.md). Rows are never changed.
create table payouts (
  id text collate "C" primary key,
  organisation_id text collate "C" not null references organisations (id),
  currency text not null,
  amount_minor bigint not null check (amount_minor > 0),
  -- What the bank statement says. One reference stands for one payout of an organisation, so a second request pays nothing.
  reference text not null check (length(reference) between 1 and 140),
  paid_by text collate "C" not null,
  paid_at timestamptz not null,
  unique (organisation_id, reference)
);
create index payouts_of_organisation on payouts (organisation_id, id);

-- The sums of one event up to the payout. A line below 0 sets off what the organisation owed for its event. It keeps the title,
-- because it stays when the records of the event are deleted.
create table payout_lines (
  payout_id text collate "C" not null references payouts (id),
  event_id text collate "C" not null,
  title text not null,
  sold_minor bigint not null,
  refunded_minor bigint not null,
  disputed_minor bigint not null,
  fees_minor bigint not null,
  earned_minor bigint not null,
  till_minor bigint not null,
  -- By the payouts before.
  paid_before_minor bigint not null,
  amount_minor bigint not null check (amount_minor <> 0),
  primary key (payout_id, event_id),
  check (amount_minor = earned_minor - till_minor - paid_before_minor)
);
create index payout_lines_of_event on payout_lines (event_id);

-- What deleted orders of an event had earned, less what was in the till. The records of an event are deleted in portions, and
-- what was paid for it must not look as if it had never been earned. It does not reference the event, because a foreign key would
-- wait for everybody who has locked the event.
create table payout_carried (
  event_id text collate "C" primary key,
  amount_minor bigint not null
);
