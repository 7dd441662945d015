-- The last order that a recount of the event has counted, '' before the first; null if the counters are complete. A recount takes
-- a transaction for each portion of orders, because a transaction may take 30 seconds at most and a million orders take longer.
alter table figure_states add column counting_after text collate "C";

-- What the entries of an event's orders sum up to, for the page of payouts: those that were made until an instant. Entries are
-- never changed, so only the later ones must be read. The ledger tells what is so; the audit compares. It does not reference the
-- event, because a foreign key would wait for everybody who has locked the event.
create table payout_sums (
  event_id text collate "C" primary key,
  until timestamptz not null,
  sold_minor bigint not null,
  refunded_minor bigint not null,
  disputed_minor bigint not null,
  fees_minor bigint not null,
  earned_minor bigint not null,
  till_minor bigint not null
);
-- Finds the latest entries. Entries are written in the order of time, so this index has a few bytes for each 128 pages, and a
-- purchase writes nothing to it.
create index transfers_by_time on transfers using brin (created_at);
