-- A public beacon in the draw of a queue (docs/waiting-room.md).
alter table waiting_rooms
  -- { hash, publicKey, genesisSeconds, periodSeconds }: the chain that was announced. It stays, whatever is configured later.
  add column beacon_chain jsonb,
  -- The announced round. Null until a keeper announces it, and again after the opening was moved.
  add column beacon_round bigint,
  -- The hash of the closed list, published before the round comes.
  add column list_hash text,
  -- When the organiser decided to draw without a beacon that did not answer.
  add column beacon_dropped_at timestamptz;

create function waiting_room_announces_anew() returns trigger language plpgsql as $$
begin
  new.beacon_round := null;
  return new;
end $$;
create trigger waiting_room_announces_anew before update of opens_at on waiting_rooms
  for each row when (old.phase = 'joining' and new.opens_at is distinct from old.opens_at)
  execute function waiting_room_announces_anew();

-- As before (0073), and whoever wants to leave need not wait for a draw: the draw writes no place, and the list stays as it was closed.
drop function leave_queue(text, text, timestamptz);
create function leave_queue(event text, who text, at timestamptz) returns void language plpgsql as $$
declare
  room waiting_rooms;
  was text;
begin
  select * into room from waiting_rooms where event_id = event for no key update;
  select status into was from queue_entries
  where event_id = event and user_id = who and status <> 'ended' for update;
  if was is null then return; end if;
  update queue_entries set status = 'ended', ended_at = at, end_reason = 'left', in_draw = in_draw and room.phase <> 'joining'
  where event_id = event and user_id = who and status <> 'ended';
  if was = 'waiting' then update waiting_rooms set waiting = waiting - 1 where event_id = event; end if;
end $$;
