-- The mails of an order carry a link with a secret, by which its reader may do what the buyer may. The secret follows
-- from the server's own secret, the order and this version, so the database keeps no secret. A higher version makes all
-- earlier links useless.
alter table orders add column link_version integer not null default 1;

-- Who has opened an order by its link. An opening counts while its version is the order's.
create table order_openings (
  order_id text collate "C" not null,
  event_id text collate "C" not null,
  user_id text collate "C" not null references users (id) on delete cascade,
  link_version integer not null,
  opened_at timestamptz not null,
  primary key (order_id, user_id),
  foreign key (order_id, event_id) references orders (id, event_id)
);
create index order_openings_of_user on order_openings (user_id);

-- An account with a confirmed address sees the orders that guests placed with it, and somebody who lost the mail asks for
-- another by number and address.
create index orders_of_address on orders (lower(buyer_email), id desc);
