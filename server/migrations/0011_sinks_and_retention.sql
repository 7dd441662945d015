-- Any number of sinks read the outbox in the order of `id`, each with its own cursor.
--
-- Before, the relay read rows in the order (tx, id), and only those older than every running transaction in the whole
-- cluster. An open transaction in any database stopped it. A restore from a dump stopped it too, because transaction
-- numbers belong to the cluster. A dump contains `id`. `tx` stays, because the audit compares it with the transaction that
-- wrote a hold.
alter table outbox drop constraint outbox_pkey;
alter table outbox add primary key (id);

-- How far sinks may read the outbox. A transaction that writes to the outbox holds ROW EXCLUSIVE on the table from before
-- its first `id` is assigned until after its rows are visible. So every `id` up to `last_id` belongs to a transaction that
-- has ended, or to one of `writers`. When all of `writers` have ended, the rows up to `last_id` are final. So only
-- transactions that write to this table delay the readers. The two statements must run in this order, each with its own
-- snapshot; a volatile plpgsql function does that.
create function outbox_progress(out last_id bigint, out writers text[]) language plpgsql volatile as $$
begin
  select coalesce(max(id), 0) into last_id from outbox;
  select coalesce(array_agg(virtualtransaction), '{}') into writers
  from pg_locks
  where locktype = 'relation' and relation = 'outbox'::regclass and mode = 'RowExclusiveLock'
    and database = (select oid from pg_database where datname = current_database());
end $$;

-- One row for each sink that all processes share. `id` is the last message that the sink has accepted. The process in
-- `leased_by` delivers until `leased_until`, by the database's clock; then another one may.
drop table outbox_cursors;
create table outbox_cursors (
  sink text primary key,
  id bigint not null,
  leased_by text,
  leased_until timestamptz,
  -- How many times the message after `id` has failed, and when the next attempt may start.
  attempts integer not null default 0,
  retry_at timestamptz not null default '-infinity'
);

-- Messages that a sink has refused too often. They wait here for a person, and later messages go on.
create table outbox_parked (
  sink text not null,
  id bigint not null,
  topic text not null,
  type text not null,
  event_id text collate "C" not null,
  payload jsonb not null,
  created_at timestamptz not null,
  error text not null,
  parked_at timestamptz not null,
  -- A person sets it, and the relay delivers the message once more.
  again boolean not null default false,
  primary key (sink, id)
);

-- What the outbox still contains. `since`: older messages may be deleted. `tx`: the newest transaction with a deleted
-- message. No row means that nothing was ever deleted.
create table outbox_kept (
  one boolean primary key default true check (one),
  since timestamptz not null,
  tx xid8 not null
);

-- A job erases old bodies of webhooks (server/work/retention.ts). The indexes are BRIN, because the rows are stored in the
-- order of time, and inserts pay almost nothing for them.
alter table webhook_events alter column payload drop not null;
create index webhook_events_by_age on webhook_events using brin (received_at);
create index sent_messages_by_age on sent_messages using brin (sent_at);
create index sandbox_payments_by_age on sandbox.payments using brin (created_at);

-- The country of an organisation's books decides how many years records must be kept; see contract/record-years.ts. Null:
-- unknown. Names of buyers and attendees are erased so many days after the end of an event. A year leaves time for
-- complaints and for card disputes, which are possible for 120 days in most cases and for up to 540 in rare ones.
alter table organisations
  add column country text check (country ~ '^[A-Z]{2}$'),
  add column names_kept_days integer not null default 365 check (names_kept_days between 30 and 3650);

-- The steps that were done after the end of an event. If the event moves to a later time, they are done again.
create table event_retention (
  event_id text collate "C" primary key references events (id) on delete cascade,
  holds_forgotten_at timestamptz,
  buyers_erased_at timestamptz
);
