-- Budgets that outlive a process and hold over all of them: mails to one person. A row says when all that was spent has
-- come back (see server/http/budgets.ts); a job deletes those that are past it. The key is hashed: it may be an address.
create table budgets (
  name text not null,
  key bytea not null,
  full_at timestamptz not null,
  primary key (name, key)
);
