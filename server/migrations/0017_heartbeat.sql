-- A row that each process writes to check whether the database takes writes. Only a real write shows a full disk, a
-- read-only server or a standby that does not acknowledge, so /health/ready makes one (server/data/database-watch.ts).
create table heartbeat (
  one boolean primary key default true check (one),
  at timestamptz not null
);
insert into heartbeat (at) values (now());
