-- What the door refused, so that a manager can read everything that was scanned with a ticket. Admissions do not write here. No
-- foreign key: its check would lock the ticket's row, for which other gates wait. The rows go together with the check-ins of the ticket.
create table refused_scans (
  event_id text collate "C" not null,
  ticket_id text collate "C" not null,
  nonce text not null,
  -- Null: a gate without a network refused the guest, and handed that in.
  code text,
  gate text,
  checkpoint_id text collate "C",
  -- The member of the team who scanned, and the device.
  scanned_by text collate "C",
  device_id text collate "C",
  scanned_at timestamptz not null,
  -- What the device's own clock said.
  said_at timestamptz,
  is_offline boolean not null,
  primary key (ticket_id, event_id, nonce)
);
