-- What a team writes to an order for itself: notes and tags. The buyer sees neither. Notes may name people, so they are erased
-- with the names of the buyer (orders/erase-buyer-names.ts).
create table order_notes (
  id text collate "C" primary key,
  order_id text collate "C" not null,
  event_id text collate "C" not null,
  text text not null check (length(text) between 1 and 2000),
  -- The author's name is looked up when somebody reads the note. No foreign key: the note outlives the account.
  author_id text collate "C" not null,
  created_at timestamptz not null,
  foreign key (order_id, event_id) references orders (id, event_id) on delete cascade
);
create index order_notes_of_order on order_notes (order_id, id);

create table order_tags (
  order_id text collate "C" not null,
  event_id text collate "C" not null,
  tag text not null check (length(tag) between 1 and 40),
  primary key (order_id, tag),
  foreign key (order_id, event_id) references orders (id, event_id) on delete cascade
);
create index order_tags_by_tag on order_tags (event_id, tag);

-- A search for orders that a team has saved: what was typed, the filters, and what each row shows.
create table order_views (
  id text collate "C" primary key,
  organisation_id text collate "C" not null references organisations (id) on delete cascade,
  name text not null,
  search jsonb not null,
  created_at timestamptz not null,
  unique (organisation_id, name)
);

-- The last four digits of the card, where the provider tells them: people who ask about an order have their statement at
-- hand. The search for orders finds them as a word of the order.
alter table payments add column card_last4 text check (card_last4 ~ '^\d{4}$');
