-- Events, what is sold, and where the seats are. Counts and owners live in the inventory tables.
create extension if not exists pg_trgm;
create extension if not exists unaccent;

-- unaccent() is only "stable" because its dictionary could change; this one names its dictionary, so that
-- it may stand in an index.
create function search_text(input text) returns text
  language sql immutable parallel safe
  return lower(public.unaccent('public.unaccent'::regdictionary, input));

create table events (
  id text collate "C" primary key,
  organisation_id text collate "C" not null references organisations (id),
  slug text not null unique,
  status text not null check (status in ('draft', 'published', 'cancelled')),
  version integer not null default 1,
  title text not null,
  summary text not null,
  description text not null,
  category text not null,
  cover_url text,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  doors_at timestamptz,
  time_zone text not null,
  venue_name text not null,
  venue_address text not null,
  city text not null,
  country text not null,
  latitude double precision,
  longitude double precision,
  currency text not null,
  max_per_buyer integer not null check (max_per_buyer > 0),
  hold_seconds integer not null check (hold_seconds between 60 and 3600),
  sale_starts_at timestamptz,
  sale_ends_at timestamptz,
  refund_kind text not null check (refund_kind in ('none', 'until')),
  refund_hours_before integer not null,
  refund_fee_percent integer not null check (refund_fee_percent between 0 and 100),
  -- The cheapest and dearest ticket type, kept by the same statements that write ticket_types.
  price_from_minor integer,
  price_to_minor integer,
  published_at timestamptz,
  created_at timestamptz not null,
  check (ends_at > starts_at)
);
create index events_of_organisation on events (organisation_id, id);
create index events_upcoming on events (starts_at, id) where status = 'published';
create index events_search on events
  using gin (search_text(title || ' ' || summary || ' ' || venue_name || ' ' || city) gin_trgm_ops)
  where status = 'published';

create table ticket_types (
  event_id text collate "C" not null references events (id) on delete cascade,
  id text collate "C" not null,
  position integer not null,
  name text not null,
  description text not null,
  price_minor integer not null check (price_minor >= 0),
  -- The seat-map zone whose seats this type sells; null for general admission.
  zone text,
  pool_ids text[] collate "C" not null check (cardinality(pool_ids) > 0),
  max_per_order integer not null check (max_per_order > 0),
  sale_starts_at timestamptz,
  sale_ends_at timestamptz,
  primary key (event_id, id)
);

-- The layout as the organiser gave it. Seat i of the event is the i-th seat of the layout, counted through
-- sections, rows and labels in order; the seats table carries only what changes.
create table seat_maps (
  event_id text collate "C" primary key references events (id) on delete cascade,
  layout jsonb not null,
  seat_count integer not null,
  etag text not null
);
