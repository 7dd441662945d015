-- Tickets and admissions.

create table tickets (
  id text collate "C" not null,
  event_id text collate "C" not null references events (id),
  order_id text collate "C" not null,
  ticket_type_id text collate "C" not null,
  seat_index integer,
  -- The door refuses a code with another issue. No command raises the issue yet; it is for reissuing tickets.
  issue integer not null default 1,
  status text not null default 'valid' check (status in ('valid', 'used', 'cancelled')),
  attendee_name text,
  -- The place within the order, from 0. Order and position are unique, so each place is issued once.
  position integer not null,
  issued_at timestamptz not null,
  used_at timestamptz,
  cancelled_at timestamptz,
  primary key (id, event_id),
  foreign key (order_id, event_id) references orders (id, event_id),
  constraint tickets_cancelled_when check ((status = 'cancelled') = (cancelled_at is not null))
) with (fillfactor = 80);
-- No index contains `status` or `used_at`, so an admission updates the row within its page and no index (HOT). Indexes that
-- leave out cancelled tickets use cancelled_at; the constraint ties it to the status.
create unique index tickets_of_order on tickets (order_id, event_id, position);
create unique index tickets_one_per_seat on tickets (event_id, seat_index)
  where seat_index is not null and cancelled_at is null;
-- For the door's counters. Partial, so that no look-up by id can use it; see holds.
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
  -- The device makes one per scan, so that a scan that is sent again admits nobody twice.
  nonce text not null,
  gate text,
  admitted_by text collate "C" not null references users (id),
  scanned_at timestamptz not null,
  created_at timestamptz not null,
  primary key (id, event_id),
  foreign key (ticket_id, event_id) references tickets (id, event_id)
);
-- The event comes second, so that each index serves only its own look-up.
create unique index check_ins_by_nonce on check_ins (nonce, event_id);
create unique index check_ins_one_per_ticket on check_ins (ticket_id, event_id);
