-- A ticket can be exchanged for a place on another date of its run.

-- Events of one organisation and currency with the same name of a run are dates of one run. Null: the event is no such date.
alter table events add column run text;
create index events_of_run on events (organisation_id, run) where run is not null;

-- The ticket of an exchange may be of another event than its order.
alter table ticket_exchanges add column from_event_id text collate "C";
update ticket_exchanges set from_event_id = event_id;
alter table ticket_exchanges
  alter column from_event_id set not null,
  drop constraint ticket_exchanges_ticket_id_event_id_fkey,
  add foreign key (ticket_id, from_event_id) references tickets (id, event_id) on delete cascade;
-- A dispute looks for the tickets that its order has paid for, which may be of other events.
create index ticket_exchanges_credits on ticket_exchanges using gin (credit_order_ids);

-- The ledger of the new place ends the old ticket. The old place stays sold until the ledger of its own event frees it.
alter table tickets
  add column moved_event_id text collate "C",
  add column owes_place boolean not null default false;
