-- What the last nightly recount of the books found (server/audit). Every process reports it in its metrics.
create table audit_findings (
  finding text not null,
  found_at timestamptz not null
);
create table audit_runs (
  only_row boolean primary key check (only_row),
  finished_at timestamptz not null,
  findings integer not null
);
