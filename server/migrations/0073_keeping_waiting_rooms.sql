-- What the keeper of waiting rooms needs (server/features/waiting-room/keep-rooms.ts).

-- How many people waited when the processes were told last.
alter table waiting_rooms add column told_waiting integer not null default 0;

-- Since when the keepers have looked without a break. Nobody seems idle, and no turn ends, because of a time when Admit was away.
alter table waiting_rooms add column kept_since timestamptz;

-- When the ledger of a process last did not keep up. The mode under-load waits for quiet in all processes.
alter table waiting_rooms add column busy_at timestamptz;

-- As before, but nobody leaves while the draw is under way, because it has locked the places: false asks to try again.
drop function leave_queue(text, text, timestamptz);
create function leave_queue(event text, who text, at timestamptz) returns boolean language plpgsql as $$
declare
  room waiting_rooms;
  was text;
begin
  select * into room from waiting_rooms where event_id = event for no key update;
  if room.phase = 'closed' then return false; end if;
  select status into was from queue_entries
  where event_id = event and user_id = who and status <> 'ended' for update;
  if was is null then return true; end if;
  update queue_entries set status = 'ended', ended_at = at, end_reason = 'left', in_draw = in_draw and room.phase <> 'joining'
  where event_id = event and user_id = who and status <> 'ended';
  if was = 'waiting' then update waiting_rooms set waiting = waiting - 1 where event_id = event; end if;
  return true;
end $$;
