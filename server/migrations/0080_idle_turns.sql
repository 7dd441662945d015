-- Whoever was let in and is not there any more gives the turn up (server/features/waiting-room/signs.ts).

-- The last sign of life since the person was let in; null if there was none.
alter table queue_entries add column seen_at timestamptz;
alter table queue_entries drop constraint queue_entries_end_reason_check;
alter table queue_entries add constraint queue_entries_end_reason_check
  check (end_reason in ('left', 'bought', 'window_over', 'idle', 'queue_over', 'merged'));
