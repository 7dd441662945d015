-- Where a process sees whether the database takes writes. A full disk, a read-only server or a standby that does
-- not acknowledge shows only in a real write, so /health/ready makes one (server/data/database-watch.ts).
create table heartbeat (
  one boolean primary key default true check (one),
  at timestamptz not null
);
insert into heartbeat (at) values (now());
