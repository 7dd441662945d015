-- Queues of a million people (docs/waiting-room.md): the draw and the end of a queue write in portions.

-- Until when a process has undertaken to draw. If it dies, another one draws after this.
alter table waiting_rooms add column draw_until timestamptz;

-- True from the end of a queue until all its places have ended.
alter table waiting_rooms add column is_ending boolean not null default false;
create function waiting_room_begins_to_end() returns trigger language plpgsql as $$
begin
  new.is_ending := true;
  return new;
end $$;
create trigger waiting_room_begins_to_end before update of phase on waiting_rooms
  for each row when (new.phase = 'ended' and old.phase <> 'ended') execute function waiting_room_begins_to_end();

-- A process that starts reads the admissions that ended before the time in their tokens. Without this index it reads all places ever.
create index queue_ended_early on queue_entries (active_until)
  where status = 'ended' and end_reason <> 'window_over' and active_until is not null;
