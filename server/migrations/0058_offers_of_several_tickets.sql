-- Tickets of one order can be offered together: one mail, and one answer for all of them.

-- The first transfer of those that were offered together; null for a ticket that was offered alone.
alter table ticket_transfers add column group_id text collate "C";
create index ticket_transfers_of_group on ticket_transfers (group_id) where group_id is not null;

-- Who changed the name on a ticket, for the history of the ticket. The names are null after their erasure. The person has no
-- foreign key, because a guest may be deleted before the history.
create table ticket_renames (
  id bigint generated always as identity,
  event_id text collate "C" not null,
  ticket_id text collate "C" not null,
  order_id text collate "C" not null,
  by_role text not null check (by_role in ('holder', 'organiser')),
  by_user_id text collate "C" not null,
  from_name text,
  to_name text,
  created_at timestamptz not null,
  primary key (id, event_id),
  foreign key (ticket_id, event_id) references tickets (id, event_id)
);
create index ticket_renames_of_order on ticket_renames (order_id);
create index ticket_renames_of_ticket on ticket_renames (ticket_id);

-- The member of the team who exchanged a ticket; null for its holder.
alter table ticket_exchanges add column asked_by_id text collate "C";
