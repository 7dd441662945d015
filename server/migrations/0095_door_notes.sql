-- What a gate shows with each ticket of a type, for example "18+, look at the ID". Buyers do not see it.
alter table ticket_types add column door_note text not null default '' check (length(door_note) <= 120);
