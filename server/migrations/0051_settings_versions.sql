-- Two owners of one organisation may save its settings at the same time. A save names the version that its form started
-- from, and a save of an older version is refused. Each form has its own version, so that saving one form does not make
-- the other form old.
alter table organisations
  add column records_version integer not null default 1,
  add column seller_version integer not null default 1;
