-- Events, their ticket types and seat maps. Counts and owners of places are in the inventory tables.
create extension if not exists pg_trgm;
create extension if not exists unaccent;

-- unaccent() is only "stable", because its dictionary could change. This function names its dictionary, so an index may
-- use it.
create function search_text(input text) returns text
  language sql immutable parallel safe
  return lower(public.unaccent('public.unaccent'::regdictionary, input));

-- The query "every word, or one of its other spellings, begins a word of the text". Spelling i belongs to the word
-- numbers[i]. Words are quoted, because unaccent may turn one letter into several with punctuation between them.
create function search_query(numbers integer[], spellings text[]) returns tsquery
  language sql immutable parallel safe
  return (
    select to_tsquery('pg_catalog.simple', string_agg('(' || word.alternatives || ')', ' & '))
    from (
      select string_agg('''' || translate(search_text(spelling), '''\', '  ') || ''':*', ' | ') as alternatives
      from unnest(numbers, spellings) as given (number, spelling)
      group by number
    ) as word
  );

create table events (
  id text collate "C" primary key,
  organisation_id text collate "C" not null references organisations (id),
  slug text collate "C" not null unique,
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
  -- The lowest and highest price. The statements that write ticket_types update them.
  price_from_minor integer,
  price_to_minor integer,
  -- The first publication. Afterwards the slug never changes, because people have the link.
  published_at timestamptz,
  created_at timestamptz not null,
  -- The words of the event. A search matches the beginnings of words.
  search_words tsvector not null generated always as (
    to_tsvector('pg_catalog.simple',
      search_text(title || ' ' || summary || ' ' || venue_name || ' ' || city || ' ' || category || ' ' || description))
  ) stored,
  check (ends_at > starts_at),
  constraint published_events_sell_something check (status <> 'published' or price_from_minor is not null)
);
create index events_of_organisation on events (organisation_id, id);
-- The public list reads forward in time from the earliest event that is still running. The second index finds that event.
-- Without it the list would first read all past events, because they stay published, and their number grows every year.
create index events_upcoming on events (starts_at, id) where status = 'published';
create index events_running on events using gist (tstzrange(starts_at, ends_at)) where status = 'published';
create index events_search on events using gin (search_words) where status = 'published';
create index events_by_place on events (latitude, longitude) where status = 'published';
create index events_by_city on events (search_text(city), starts_at) where status = 'published';

-- Every word that a published event ever had. The search looks for the correct spelling of a misspelt word in these few
-- thousand short texts instead of in all events, and then searches for it like any other word.
create table search_vocabulary (
  word text collate "C" primary key
);
create index search_vocabulary_look_alikes on search_vocabulary using gin (word gin_trgm_ops);

create table ticket_types (
  event_id text collate "C" not null references events (id) on delete cascade,
  id text collate "C" not null,
  position integer not null,
  name text not null,
  description text not null,
  price_minor integer not null check (price_minor >= 0),
  -- This type sells the seats of this zone of the seat map; null for general admission.
  zone text,
  -- A ticket takes one place from each pool named here. The pool of its zone comes first.
  pool_ids text[] collate "C" not null check (cardinality(pool_ids) > 0),
  max_per_order integer not null check (max_per_order > 0),
  sale_starts_at timestamptz,
  sale_ends_at timestamptz,
  primary key (event_id, id)
);

-- The layout as the organiser sent it. Seat i of the event is the i-th seat of the layout in the order of sections, rows
-- and labels. The seats table has only what changes.
create table seat_maps (
  event_id text collate "C" primary key references events (id) on delete cascade,
  layout jsonb not null,
  seat_count integer not null,
  -- A hash of the layout. It identifies the layout among all that the event has had.
  etag text not null
);
