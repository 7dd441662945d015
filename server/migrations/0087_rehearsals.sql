-- Rehearsals of a sale with simulated people (docs/on-sale.md). A rehearsal changes nothing of its event.
create table rehearsals (
  id text collate "C" primary key,
  event_id text collate "C" not null references events (id) on delete cascade,
  status text not null check (status in ('waiting', 'done', 'failed')),
  -- What was asked: contract/rehearsals.ts.
  wishes jsonb not null,
  -- What came out; null before.
  figures jsonb,
  created_at timestamptz not null,
  finished_at timestamptz,
  check ((status = 'done') = (figures is not null))
);
create index rehearsals_of_event on rehearsals (event_id, id);
-- An event rehearses one sale at a time.
create unique index rehearsals_under_way on rehearsals (event_id) where status = 'waiting';
