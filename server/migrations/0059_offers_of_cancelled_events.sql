-- If an event is cancelled while a person has an offer of the waitlist, the entry is `ended`. Before, it was `declined`, although
-- the person had declined nothing.

create or replace function waitlist_only_moves_forward() returns trigger language plpgsql as $$
begin
  if not (
    (old.status = 'waiting' and new.status in ('offered', 'left', 'ended', 'accepted', 'declined'))
    or (old.status = 'offered' and new.status in ('accepted', 'declined', 'expired', 'ended'))
    or (old.status = 'offered' and new.status = 'waiting' and old.hold_id is distinct from new.hold_id)
    or (old.status = 'expired' and new.status = 'accepted')
  ) then
    raise exception 'entry % can not go from % to %', old.id, old.status, new.status using errcode = 'check_violation';
  end if;
  return new;
end $$;
