-- Seat plans as they are drawn (docs/seat-plans.md). seat_maps has what is sold: the layout that a drawing was compiled to.

-- The drawing of an event. It is saved while it is unfinished, so it may differ from the seat map in force.
create table event_plans (
  event_id text collate "C" primary key references events (id) on delete cascade,
  version integer not null check (version > 0),
  document jsonb not null,
  -- The seat map that the drawing was begun from, or that it was last compiled to. If another one is in force, somebody has changed
  -- the layout in another way. No foreign key, because an event that was never public does not keep its old versions.
  map_id text collate "C",
  -- The version of the drawing that was last compiled; null if none was.
  applied_version integer check (applied_version <= version),
  saved_at timestamptz not null,
  -- No foreign key: the account may be deleted.
  saved_by text collate "C" not null
);

-- The library of an organisation. An event takes a copy.
create table library_plans (
  id text collate "C" primary key,
  organisation_id text collate "C" not null references organisations (id) on delete cascade,
  name text not null check (length(name) between 1 and 80),
  version integer not null check (version > 0),
  created_at timestamptz not null
);
create unique index library_plans_by_name on library_plans (organisation_id, lower(name));

-- The last versions of a plan in the library. Rows never change.
create table library_plan_versions (
  plan_id text collate "C" not null references library_plans (id) on delete cascade,
  version integer not null check (version > 0),
  document jsonb not null,
  seat_count integer not null check (seat_count >= 0),
  saved_at timestamptz not null,
  saved_by text collate "C" not null,
  primary key (plan_id, version)
);

-- Pictures that a plan shows: under the drawing, and photos of the view. The nightly job deletes pictures that nothing shows.
create table plan_pictures (
  picture_id text collate "C" not null references pictures (id) on delete cascade,
  event_id text collate "C" references events (id) on delete cascade,
  plan_id text collate "C" references library_plans (id) on delete cascade,
  constraint plan_pictures_of_one check (num_nonnulls(event_id, plan_id) = 1),
  constraint plan_pictures_once unique nulls not distinct (picture_id, event_id, plan_id)
);
create index plan_pictures_of_event on plan_pictures (event_id);
create index plan_pictures_of_plan on plan_pictures (plan_id);
