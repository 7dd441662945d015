-- Lists of orders that a team has saved under a name: filters, sorting and columns, and no text that somebody typed, so no buyer's
-- name. 0032 made this table without an owner, and no program has used it.
drop table order_views;
create table order_views (
  id text collate "C" primary key,
  organisation_id text collate "C" not null references organisations (id) on delete cascade,
  -- Who sees the list: one member, or the whole team if it is null. A member's own lists end with the membership.
  owner_id text collate "C",
  name text not null check (length(name) between 1 and 60),
  search jsonb not null,
  created_at timestamptz not null,
  foreign key (organisation_id, owner_id) references members (organisation_id, user_id) on delete cascade
);
create unique index order_views_by_name on order_views (organisation_id, owner_id, lower(name)) nulls not distinct;
