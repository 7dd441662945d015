-- Scans that a device handed in after its door link had ended, and that count, because its last heartbeat had announced them. They
-- are kept by their nonces, so that a batch which is sent again gets the same answers and spends nothing a second time.
create table door_late_scans (
  device_id text collate "C" not null references door_devices (id) on delete cascade,
  nonce text collate "C" not null,
  primary key (device_id, nonce)
);

-- A link names only checkpoints of its own events.
update door_link_events set checkpoint_id = null where checkpoint_id is not null and not exists (
  select from checkpoints where checkpoints.event_id = door_link_events.event_id and checkpoints.id = checkpoint_id);
alter table door_link_events add constraint door_link_events_at_checkpoint
  foreign key (event_id, checkpoint_id) references checkpoints (event_id, id);

-- No statement finds check-ins by their device, and each scan of a device wrote to this index.
drop index check_ins_by_device;
