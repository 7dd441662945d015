-- Extras: what an event sells beside its tickets (docs/extras.md). A product has variants, and each variant is a ticket type with a
-- pool of its own, which counts its stock. So one ledger sells both, and prices, orders, refunds and books hold for both.
create table products (
  event_id text collate "C" not null references events (id) on delete cascade,
  id text collate "C" not null,
  position integer not null,
  name text not null check (length(name) between 1 and 60),
  description text not null check (length(description) <= 300),
  picture_url text check (length(picture_url) <= 300),
  picture_alt text not null check (length(picture_alt) <= 200),
  -- Of all variants together.
  max_per_order integer not null check (max_per_order > 0),
  -- How many a buyer may have for each of their tickets; null without such a limit.
  max_per_ticket integer check (max_per_ticket > 0),
  needs_ticket boolean not null,
  collect text not null check (collect in ('door', 'post', 'none')),
  primary key (event_id, id)
);
-- A picture goes when neither an event nor a product shows it.
create index products_with_pictures on products (picture_url) where picture_url is not null;

alter table ticket_types
  -- The product whose variant it is; null for tickets.
  add column product_id text collate "C",
  -- What differs from the other variants, for example a size.
  add column variant text not null default '' check (length(variant) <= 40),
  add constraint ticket_types_of_product foreign key (event_id, product_id) references products (event_id, id);

-- Places admit somebody. Extras follow them in the lines of a hold and are not counted, so an order of extras alone has none.
alter table holds drop constraint holds_places_check, add constraint holds_places_check check (places >= 0);

-- Where extras are handed out.
alter table checkpoints drop constraint checkpoints_kind_check,
  add constraint checkpoints_kind_check check (kind in ('entrance', 'zone', 'handout', 'extras'));
