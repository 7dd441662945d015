-- Priority lanes of a queue (docs/waiting-room.md): people with a code of a lane get a share of the first positions of the draw.

-- [{ key, name, percent }]: public, in the order of the lanes. They change only while people join, and the draw publishes them.
alter table waiting_rooms add column lanes jsonb not null default '[]';

-- The lane of a place; null without one. It is a part of the list that the draw depends on, so it is never changed after the list was
-- closed.
alter table queue_entries add column lane text;
create index queue_lanes on queue_entries (event_id, lane) where lane is not null;

-- The code that opens a lane, and for how many people. Only the team may know it, and processes keep the row of a room in memory.
create table queue_lane_codes (
  event_id text collate "C" not null references waiting_rooms (event_id) on delete cascade,
  lane text not null,
  code text not null,
  most_people integer not null check (most_people > 0),
  primary key (event_id, lane)
);
create unique index queue_lane_of_code on queue_lane_codes (event_id, lower(code));
