-- Tickets as passes in Apple Wallet and Google Wallet (docs/wallet-passes.md). A row exists from the moment when the holder first
-- asks for the pass. A ticket that changes hands gets another issue, and with it other passes, so a pass has one holder for good.
create table wallet_passes (
  -- The serial number of the pass.
  id text collate "C" primary key,
  event_id text collate "C" not null references events (id) on delete cascade,
  order_id text collate "C" not null,
  ticket_id text collate "C" not null,
  issue int not null,
  wallet text not null check (wallet in ('apple', 'google')),
  language text not null,
  -- A digest of what the pass says, and since when it says so. Apple's devices compare times in whole seconds, so two changes never
  -- have the same second.
  digest text not null,
  changed_at timestamptz not null check (date_trunc('second', changed_at) = changed_at),
  -- The digest that the devices, or Google, were told about.
  told_digest text,
  created_at timestamptz not null
);
create unique index wallet_passes_of_ticket on wallet_passes (ticket_id, issue, wallet);
create index wallet_passes_of_order on wallet_passes (order_id);
-- An event that was moved changes its passes in the order of their ids. The end of an event deletes them.
create index wallet_passes_of_event on wallet_passes (event_id, id);

-- Devices that have a pass of Apple Wallet, and where to push.
create table wallet_devices (
  pass_id text collate "C" not null references wallet_passes (id) on delete cascade,
  device_id text collate "C" not null,
  push_token text collate "C" not null,
  registered_at timestamptz not null,
  primary key (pass_id, device_id)
);
create index wallet_devices_of_device on wallet_devices (device_id);
-- Apple tells of a push token that has ended.
create index wallet_devices_by_token on wallet_devices (push_token);
