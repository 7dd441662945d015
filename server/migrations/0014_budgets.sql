-- Budgets that all processes share and that survive restarts: mails to one person. A row says when everything that was
-- spent has come back (see server/http/budgets.ts); a job deletes rows after that. The key is a hash, because it may be an
-- address.
create table budgets (
  name text not null,
  key bytea not null,
  full_at timestamptz not null,
  primary key (name, key)
);
