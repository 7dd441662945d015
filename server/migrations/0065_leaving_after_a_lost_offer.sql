-- One batch may take an offer back, because its ticket cannot be sold any more, and take its person out of the line. The entry
-- then goes from offered to left, with the number of its next offer. Before, the trigger refused that batch, and the ledger ran it
-- again command by command.

create or replace function waitlist_only_moves_forward() returns trigger language plpgsql as $$
begin
  if not (
    (old.status = 'waiting' and new.status in ('offered', 'left', 'ended', 'accepted', 'declined'))
    or (old.status = 'offered' and new.status in ('accepted', 'declined', 'expired', 'ended'))
    or (old.status = 'offered' and new.status in ('waiting', 'left') and old.hold_id is distinct from new.hold_id)
    or (old.status = 'expired' and new.status = 'accepted')
  ) then
    raise exception 'entry % can not go from % to %', old.id, old.status, new.status using errcode = 'check_violation';
  end if;
  return new;
end $$;
