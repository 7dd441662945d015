-- The figures of a sale that organisers watch. Reading them from a million orders would take seconds, so a sink keeps
-- counters (server/features/dashboard). The tables of orders, tickets and refunds stay the truth: each counter can be
-- counted again from them.

-- One row for each event that was counted. The sink and a recount lock it, so that only one of them counts.
create table figure_states (
  event_id text collate "C" primary key references events (id) on delete cascade,
  -- How many holds were placed, up to this version of the ledger. Messages up to this version are counted.
  holds bigint not null default 0,
  version bigint not null default 0,
  counted_at timestamptz not null,
  changed_at timestamptz not null
);

-- What each order adds to the counters of its event: [{ "by", "key", "counts": { … } }]. When the order changes, the sink
-- takes this off and adds what the order is now. So a message that is delivered twice changes nothing.
create table order_figures (
  order_id text collate "C" not null,
  event_id text collate "C" not null,
  entries jsonb not null,
  primary key (order_id, event_id),
  foreign key (order_id, event_id) references orders (id, event_id) on delete cascade
);

-- The counters. `by`: all (key ''), hour (of the purchase, in UTC: 2026-11-29T03), type, code, link, country, device.
-- An order without a code, or of unknown origin, has the key ''.
create table event_figures (
  event_id text collate "C" not null references events (id) on delete cascade,
  by text collate "C" not null,
  key text collate "C" not null,
  -- Orders that were placed and no longer wait for their payment, and orders that were paid.
  placed bigint not null default 0,
  paid bigint not null default 0,
  -- Tickets that were sold, those of them that were cancelled, and those that were admitted.
  tickets bigint not null default 0,
  cancelled bigint not null default 0,
  admitted bigint not null default 0,
  -- What buyers paid, and its parts. `net` is the organiser's.
  gross bigint not null default 0,
  net bigint not null default 0,
  tax bigint not null default 0,
  fees bigint not null default 0,
  -- What was given back, and the organiser's part of it. `pending`: the provider has not sent it yet.
  refunded bigint not null default 0,
  net_refunded bigint not null default 0,
  pending bigint not null default 0,
  -- What banks have taken back in disputes.
  disputed bigint not null default 0,
  primary key (event_id, by, key)
) with (fillfactor = 70);

-- Where a visitor or an order came from. Nobody is identified: there is no account, address or cookie.
create table order_sources (
  order_id text collate "C" not null,
  event_id text collate "C" not null,
  link text not null,
  country text not null,
  device text not null,
  primary key (order_id, event_id)
);

-- Single views, clicks and check-ins, without the person. Processes collect them in memory and write them every second.
create table visits (
  event_id text collate "C" not null references events (id) on delete cascade,
  at timestamptz not null,
  kind text not null check (kind in ('view', 'click', 'check-in')),
  link text not null,
  country text not null,
  device text not null
);
create index visits_by_age on visits using brin (at);

-- The same by day. A visit is counted here when it is written. After 90 days the single rows are deleted.
create table visit_days (
  event_id text collate "C" not null references events (id) on delete cascade,
  day date not null,
  kind text not null,
  link text not null,
  country text not null,
  device text not null,
  count bigint not null,
  primary key (event_id, day, kind, link, country, device)
) with (fillfactor = 70);
