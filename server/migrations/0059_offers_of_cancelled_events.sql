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

-- The organiser sees the messages about offers of the waitlist. They have an event and no order.
do $$
declare found text;
begin
  select conname into strict found from pg_constraint
  where conrelid = 'deliveries'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%event_id IS NULL%order_id IS NULL%';
  execute format('alter table deliveries drop constraint %I', found);
end $$;
alter table deliveries add constraint deliveries_of_orders_have_an_event check (order_id is null or event_id is not null);
drop index deliveries_of_accounts;
create index deliveries_of_accounts on deliveries (created_at) where order_id is null;
