-- A ticket can change hands. Its order and its money stay with the buyer who paid.

-- Per event: whether holders may pass tickets on and change names, and the last moment for it (null: the event's end).
alter table events
  add column transfers_allowed boolean not null default true,
  add column transfers_until timestamptz,
  add column renames_allowed boolean not null default true,
  add column renames_until timestamptz;

-- Null while the buyer of the order holds the ticket. Otherwise the transfer that brought it to its present holder, that
-- person (an account or a guest), and the address of the mail.
alter table tickets
  add column transfer_id text collate "C",
  add column holder_id text collate "C" references users (id),
  add column holder_email text,
  add constraint tickets_held_by_transfer check ((transfer_id is null) = (holder_id is null));
create index tickets_of_holder on tickets (holder_id) where holder_id is not null;
-- An account with a confirmed address holds the tickets that a guest accepted with this address.
create index tickets_of_holder_address on tickets (lower(holder_email)) where holder_email is not null;

-- Who has opened a ticket by the link of its mail. An opening counts while its issue is the ticket's, so it ends when the
-- ticket is passed on.
create table ticket_openings (
  ticket_id text collate "C" not null,
  event_id text collate "C" not null,
  user_id text collate "C" not null references users (id) on delete cascade,
  issue integer not null,
  opened_at timestamptz not null,
  primary key (ticket_id, user_id),
  foreign key (ticket_id, event_id) references tickets (id, event_id)
);
create index ticket_openings_of_user on ticket_openings (user_id);

-- Each offer of a ticket to an address, and what became of it. The secret of its link follows from the server's own secret
-- and the id, so no row opens anything. Names and addresses are null after they were erased.
create table ticket_transfers (
  id text collate "C" not null,
  event_id text collate "C" not null,
  ticket_id text collate "C" not null,
  order_id text collate "C" not null,
  -- The transfer by which the sender held the ticket; null for the buyer of the order.
  from_transfer_id text collate "C",
  from_user_id text collate "C" not null references users (id),
  from_name text,
  from_email text,
  from_language text not null,
  to_email text,
  to_language text not null,
  -- Who accepted, and the name that they gave.
  to_user_id text collate "C" references users (id),
  to_name text,
  message text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  ended_as text check (ended_as in ('accepted', 'declined', 'withdrawn', 'expired', 'void')),
  primary key (id, event_id),
  foreign key (ticket_id, event_id) references tickets (id, event_id),
  constraint ticket_transfers_ended check ((ended_at is null) = (ended_as is null)),
  constraint ticket_transfers_accepted check ((ended_as is not distinct from 'accepted') = (to_user_id is not null))
);
-- A ticket is offered to one person at a time.
create unique index ticket_transfers_one_open on ticket_transfers (ticket_id, event_id) where ended_at is null;
create index ticket_transfers_of_ticket on ticket_transfers (ticket_id);
create index ticket_transfers_of_order on ticket_transfers (order_id);
create index ticket_transfers_from on ticket_transfers (from_user_id);
create index ticket_transfers_to on ticket_transfers (to_user_id) where to_user_id is not null;
create index ticket_transfers_due on ticket_transfers (expires_at) where ended_at is null;
