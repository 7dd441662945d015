-- Tickets and admissions.

create table tickets (
  id text collate "C" not null,
  event_id text collate "C" not null references events (id),
  order_id text collate "C" not null,
  ticket_type_id text collate "C" not null,
  seat_index integer,
  -- Grows when the ticket is reissued; codes of earlier issues are refused at the door.
  issue integer not null default 1,
  status text not null default 'valid' check (status in ('valid', 'used', 'cancelled')),
  attendee_name text,
  -- The place within the order, from 0: with the order it says that a place is issued once.
  position integer not null,
  issued_at timestamptz not null,
  used_at timestamptz,
  cancelled_at timestamptz,
  primary key (id, event_id),
  foreign key (order_id, event_id) references orders (id, event_id),
  constraint tickets_cancelled_when check ((status = 'cancelled') = (cancelled_at is not null))
) with (fillfactor = 80);
-- No index knows `status` or `used_at`: an admission changes the row alone, within its page, and no index (HOT).
-- What must leave out cancelled tickets goes by cancelled_at, which the constraint ties to the status.
create unique index tickets_of_order on tickets (order_id, event_id, position);
create unique index tickets_one_per_seat on tickets (event_id, seat_index)
  where seat_index is not null and cancelled_at is null;
-- For the door's counters. Partial, so that no look-up by id can choose it; see holds.
create index tickets_of_event on tickets (event_id) where cancelled_at is null;

create function tickets_only_move_forward() returns trigger language plpgsql as $$
begin
  if old.status <> 'valid' then
    raise exception 'ticket % can not go from % to %', old.id, old.status, new.status using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger tickets_forward before update of status on tickets
  for each row when (old.status is distinct from new.status) execute function tickets_only_move_forward();

create table check_ins (
  id text collate "C" not null,
  event_id text collate "C" not null,
  ticket_id text collate "C" not null,
  -- Made by the device, once per scan: sending it again admits nobody twice.
  nonce text not null,
  gate text,
  admitted_by text collate "C" not null references users (id),
  scanned_at timestamptz not null,
  created_at timestamptz not null,
  primary key (id, event_id),
  foreign key (ticket_id, event_id) references tickets (id, event_id)
);
-- The event comes second, so that each serves the look-up it is for and no other.
create unique index check_ins_by_nonce on check_ins (nonce, event_id);
create unique index check_ins_one_per_ticket on check_ins (ticket_id, event_id);
