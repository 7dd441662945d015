-- Tickets of one order can be offered together: one mail, and one answer for all of them.

-- The first transfer of those that were offered together; null for a ticket that was offered alone.
alter table ticket_transfers add column group_id text collate "C";
create index ticket_transfers_of_group on ticket_transfers (group_id) where group_id is not null;
