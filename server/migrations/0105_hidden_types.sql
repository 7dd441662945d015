-- A hidden ticket type is not on the event's public page. Only a code that names it opens it (docs/codes.md). The ledger
-- refuses a hold of it without such a code.
alter table ticket_types add column hidden boolean not null default false;
