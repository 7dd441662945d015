-- What was imported from files of other programs (docs/imports.md), so that the same file twice imports once. The ledger writes the
-- row of an order in the transaction that issues its tickets. A buyer may confirm their address later, and then owns the order, so
-- the order itself does not say from which one it was made.
create table imported_orders (
  event_id text collate "C" not null references events (id) on delete cascade,
  source text not null check (source in ('csv', 'pretix', 'eventbrite')),
  -- A hash of the order's number and its buyer's address there. It has no personal data that could be read.
  external_id text collate "C" not null,
  order_id text collate "C" not null,
  imported_at timestamptz not null,
  primary key (event_id, source, external_id)
);

-- Drafts that were made from files. A draft that is deleted may be imported again.
create table imported_events (
  organisation_id text collate "C" not null references organisations (id) on delete cascade,
  source text not null check (source in ('csv', 'pretix', 'eventbrite')),
  external_id text collate "C" not null,
  event_id text collate "C" not null references events (id) on delete cascade,
  imported_at timestamptz not null,
  primary key (organisation_id, source, external_id)
);
create index imported_events_of_event on imported_events (event_id);
