-- Finds the scans of one device, for example after a phone was stolen. A member who scans without a named device pays nothing for it.
create index check_ins_by_device on check_ins (device_id) where device_id is not null;
-- The end of an event deletes the wallets of its tickets.
create index ticket_wallets_by_event on ticket_wallets (event_id);
