-- The door's log has every movement of a ticket: entries, exits, and things handed out (docs/check-in.md).
--
-- An entry names the visit that it begins and an exit the visit that it ends; a handout counts up. `checkpoint_id` is null for the
-- main entrance, and `day` for what does not count by day. A movement that does not count has a `void` other than 0: a manager
-- took it back (undone_at), or an offline gate made it and the server does not agree (a row of door_conflicts names it).
alter table check_ins
  add column kind text not null default 'entry' check (kind in ('entry', 'exit', 'handout')),
  add column checkpoint_id text collate "C",
  add column day date,
  add column visit integer not null default 1 check (visit >= 0),
  add column void integer not null default 0 check (void >= 0),
  -- What the device's own clock said; null if it sent no time. `scanned_at` has the corrected time.
  add column said_at timestamptz,
  -- True if the gate let the guest in without asking the server.
  add column is_offline boolean not null default false,
  -- False for a movement that did not count when it came in. Its message is written when it does.
  add column is_told boolean not null default true,
  add column undone_at timestamptz,
  add column undone_by text collate "C",
  add column undo_reason text,
  add constraint check_ins_undone check ((undone_at is null) = (undone_by is null) and (undone_at is null or void > 0));
-- At most one movement of each kind counts for a ticket, checkpoint, day and visit. It also finds the movements of a ticket.
create unique index check_ins_once on check_ins (ticket_id, event_id, checkpoint_id, day, kind, visit, void) nulls not distinct;
drop index check_ins_one_per_ticket;

-- What the door knows of a ticket, so that a scan reads one row, and so that whoever follows the rows of tickets sees each movement.
-- No index has these columns: an admission updates the row within its page.
alter table tickets
  -- The number of the latest visit through the main entrance; 0 before the first.
  add column visit integer not null default 0,
  -- The guest is in the house: came in by this checkpoint (null: the main entrance) for this day (null: every day).
  add column is_inside boolean not null default false,
  add column inside_checkpoint text collate "C",
  add column inside_day date,
  -- What was used at checkpoints, by the checkpoint's id: { day, visit, used, inside }. Null if nothing was.
  add column uses jsonb;
update tickets set visit = 1, is_inside = true where status = 'used';

-- A used ticket becomes valid again only when a manager has taken back everything that was scanned with it.
create or replace function tickets_only_move_forward() returns trigger language plpgsql as $$
begin
  if old.status = 'used' and new.status = 'valid' and not exists (
    select from check_ins where ticket_id = old.id and event_id = old.event_id and void = 0) then
    return new;
  end if;
  if old.status <> 'valid' then
    raise exception 'ticket % can not go from % to %', old.id, old.status, new.status using errcode = 'check_violation';
  end if;
  return new;
end $$;

-- The rules of a door that differ from the plain ones. No row: each ticket comes in once.
create table door_settings (
  event_id text collate "C" primary key references events (id) on delete cascade,
  re_entry text not null check (re_entry in ('no', 'after-exit')),
  inside_limit integer check (inside_limit >= 1),
  warn_inside_at integer check (warn_inside_at >= 1),
  disputed text not null check (disputed in ('refuse', 'admit')),
  day_starts_hour integer not null check (day_starts_hour between 0 and 12),
  version integer not null,
  changed_at timestamptz not null
);

-- Places of an event where tickets are scanned besides its main entrance. A removed checkpoint keeps its row, because the log names it.
create table checkpoints (
  event_id text collate "C" not null references events (id) on delete cascade,
  id text collate "C" not null,
  position integer not null,
  name text not null,
  kind text not null check (kind in ('entrance', 'zone', 'handout')),
  ticket_type_ids text[],
  per_day boolean not null,
  days date[],
  times integer not null check (times >= 1),
  counts_inside boolean not null,
  inside_limit integer check (inside_limit >= 1),
  removed_at timestamptz,
  primary key (event_id, id)
);

-- What offline gates did and the server does not agree with. A row of check_ins has the scan itself.
create table door_conflicts (
  event_id text collate "C" not null,
  id text collate "C" not null,
  ticket_id text collate "C" not null,
  check_in_id text collate "C" not null,
  -- Why: the code of a refusal, or `link_ended`.
  code text not null,
  -- The admission that counts instead; null if there is none.
  admission_id text collate "C",
  created_at timestamptz not null,
  -- A later sync showed that the scan was right.
  cleared_at timestamptz,
  resolved_at timestamptz,
  resolved_by text collate "C",
  note text,
  primary key (event_id, id),
  foreign key (check_in_id, event_id) references check_ins (id, event_id) on delete cascade,
  check ((resolved_at is null) = (resolved_by is null))
);
-- One row for each scan.
create unique index door_conflicts_by_scan on door_conflicts (check_in_id, event_id);
