-- Who changed what of a team, an event, an account or money. A row is written in the transaction of its act
-- (data/audit-trail.ts), so an act without its row does not exist.
--
-- People are named by id only. Their names are looked up when somebody reads the log, so that a deleted account leaves no
-- name here. No foreign keys: an entry outlives what it is about.
create table audit_log (
  id text collate "C" primary key,
  at timestamptz not null,
  act text not null,
  organisation_id text collate "C",
  actor_kind text not null check (actor_kind in ('user', 'secret', 'system', 'provider')),
  actor_id text collate "C",
  actor_role text,
  network text,
  user_agent text,
  subject_type text not null,
  subject_id text collate "C" not null,
  subject_title text,
  before jsonb,
  after jsonb,
  request_id text
);
-- Ids sort by time, so each index answers a page of the log from its newest entry.
create index audit_log_of_organisation on audit_log (organisation_id, id);
create index audit_log_of_actor on audit_log (actor_id, id);
create index audit_log_of_subject on audit_log (subject_id, id);
create index audit_log_by_time on audit_log using brin (at);

-- The log is append-only. Only the nightly retention (data/audit-retention.ts) may delete entries, and erase where a
-- request came from. It says so with a setting that holds for its own transaction.
create function keep_audit_log() returns trigger language plpgsql as $$
begin
  if current_setting('admit.forgets_audit_log', true) = 'on' then
    if tg_op = 'DELETE' then return old; end if;
    if tg_op = 'UPDATE' and new.network is null and new.user_agent is null
      and to_jsonb(new) - 'network' - 'user_agent' = to_jsonb(old) - 'network' - 'user_agent' then return new; end if;
  end if;
  raise exception 'the audit log is append-only';
end $$;
create trigger keep_audit_log before update or delete on audit_log for each row execute function keep_audit_log();
create trigger keep_whole_audit_log before truncate on audit_log for each statement execute function keep_audit_log();
