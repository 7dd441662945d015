-- Reports of events, the decisions about them, and appeals (docs/moderation.md).

-- All reports of one event that nobody has decided yet are one case. No foreign key leads to the event: a draft may be deleted, and
-- what was reported about it stays until the retention deletes it.
create table report_cases (
  id text collate "C" primary key,
  event_id text collate "C" not null,
  organisation_id text collate "C" not null,
  title text not null,
  opened_at timestamptz not null,
  -- How many reports it has, so that a list counts none.
  reports integer not null check (reports > 0),
  decision_id text collate "C",
  decided_at timestamptz,
  check ((decision_id is null) = (decided_at is null))
);
create unique index report_cases_open on report_cases (event_id) where decided_at is null;
create index report_cases_by_time on report_cases (id) where decided_at is null;
create index report_cases_decided on report_cases (id) where decided_at is not null;
create index report_cases_of_decision on report_cases (decision_id) where decision_id is not null;

create table reports (
  id text collate "C" primary key,
  case_id text collate "C" not null references report_cases (id) on delete cascade,
  category text not null,
  text text not null check (length(text) between 1 and 4000),
  place text not null check (length(place) <= 500),
  -- Who reported; null if they gave no name or address, or were erased.
  name text,
  email text,
  user_id text collate "C",
  language text not null,
  reported_at timestamptz not null
);
create index reports_of_case on reports (case_id, id);
create index reports_of_user on reports (user_id) where user_id is not null;
create index reports_of_address on reports (lower(email)) where email is not null;

-- A decision with its statement of reasons. It never changes: a successful appeal is a row beside it.
create table moderation_decisions (
  id text collate "C" primary key,
  kind text not null check (kind in ('dismissed', 'event_removed', 'organisation_suspended')),
  event_id text collate "C",
  organisation_id text collate "C" not null,
  -- The event or the organisation by name.
  title text not null,
  -- The law, or the terms of the platform.
  ground text not null check (ground in ('law', 'terms')),
  statement text not null check (length(statement) between 1 and 4000),
  refund text check (refund in ('full', 'none')),
  decided_by text collate "C" not null,
  decided_at timestamptz not null,
  check ((kind = 'organisation_suspended') = (event_id is null)),
  check ((kind = 'event_removed') = (refund is not null))
);
create index moderation_decisions_of_organisation on moderation_decisions (organisation_id, id);

-- Whoever reported appeals against a dismissal, each for themselves; the team against anything else, once (`report_id` is empty).
create table moderation_appeals (
  id text collate "C" primary key,
  decision_id text collate "C" not null references moderation_decisions (id) on delete cascade,
  report_id text collate "C" not null,
  text text not null check (length(text) between 1 and 4000),
  language text not null,
  made_at timestamptz not null,
  outcome text check (outcome in ('upheld', 'reversed')),
  answer text,
  answered_by text collate "C",
  answered_at timestamptz,
  check ((outcome is null) = (answered_at is null) and (outcome is null) = (answer is null)),
  unique (decision_id, report_id)
);
create index moderation_appeals_open on moderation_appeals (id) where answered_at is null;
create index moderation_appeals_answered on moderation_appeals (id) where answered_at is not null;

-- A removed event has the status of a draft, or is cancelled if its tickets were refunded. The public sees neither.
alter table events
  add column removed_at timestamptz,
  add column removed_by_decision text collate "C",
  -- The status that a restored event gets back.
  add column removed_from text check (removed_from in ('draft', 'published', 'cancelled')),
  add constraint removed_events_are_not_published check (removed_at is null or status <> 'published'),
  add constraint removals_are_whole check ((removed_at is null) = (removed_from is null) and (removed_at is null) = (removed_by_decision is null));

-- What the platform has decided about an organisation. One without a row is in good standing.
create table organisation_standings (
  organisation_id text collate "C" primary key references organisations (id) on delete cascade,
  suspended_at timestamptz,
  suspended_by_decision text collate "C",
  verified_at timestamptz,
  payouts_held_at timestamptz,
  payouts_held_for text,
  check ((suspended_at is null) = (suspended_by_decision is null)),
  check ((payouts_held_at is null) = (payouts_held_for is null))
);

-- The sales that a suspension has stopped. They go on when it is lifted; those that the team had stopped itself do not.
create table suspended_sales (
  event_id text collate "C" primary key references events (id) on delete cascade
);
