-- The outbox is read in the order of `id` by any number of sinks, each with a cursor of its own.
--
-- Before, rows were read in the order (tx, id), and only those older than every transaction still running in the
-- whole cluster. A transaction that somebody had left open in any database stopped the relay. A database that was
-- restored from a dump stopped it too, because numbers of transactions are the cluster's own. `id` goes into a dump.
-- `tx` stays: the audit compares it with the transaction that wrote a hold.
alter table outbox drop constraint outbox_pkey;
alter table outbox add primary key (id);

-- How far the outbox may be read. A transaction that writes to the outbox holds ROW EXCLUSIVE on the table from before
-- its first `id` is given out until after its rows are visible. So every `id` up to `last_id` belongs to a transaction
-- that has ended, or to one of `writers`. Once all of `writers` have ended, the rows up to `last_id` are final.
-- Only transactions that write to this very table are waited for. The two statements must run in this order, each
-- with a snapshot of its own: a volatile function in plpgsql does that.
create function outbox_progress(out last_id bigint, out writers text[]) language plpgsql volatile as $$
begin
  select coalesce(max(id), 0) into last_id from outbox;
  select coalesce(array_agg(virtualtransaction), '{}') into writers
  from pg_locks
  where locktype = 'relation' and relation = 'outbox'::regclass and mode = 'RowExclusiveLock'
    and database = (select oid from pg_database where datname = current_database());
end $$;

-- One row for each sink that is one for all processes. `id` is the last message that the sink has had. The process
-- named by `leased_by` delivers until `leased_until`, by the clock of the database; then another one may.
drop table outbox_cursors;
create table outbox_cursors (
  sink text primary key,
  id bigint not null,
  leased_by text,
  leased_until timestamptz,
  -- How often the message after `id` has failed, and when it may be tried again.
  attempts integer not null default 0,
  retry_at timestamptz not null default '-infinity'
);

-- Messages that a sink has refused too often. They wait here for a person, and those behind them go on.
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
  -- Set by a person: the relay delivers it once more.
  again boolean not null default false,
  primary key (sink, id)
);

-- What the outbox still has. `since`: messages from before may be gone; `tx`: the newest transaction that is missing.
-- Without a row nothing was ever deleted.
create table outbox_kept (
  one boolean primary key default true check (one),
  since timestamptz not null,
  tx xid8 not null
);

-- Bodies of webhooks are erased after a while (server/work/retention.ts). BRIN indexes: the rows lie in the order of time, and
-- an insert pays next to nothing for them.
alter table webhook_events alter column payload drop not null;
create index webhook_events_by_age on webhook_events using brin (received_at);
create index sent_messages_by_age on sent_messages using brin (sent_at);
create index sandbox_payments_by_age on sandbox.payments using brin (created_at);

-- Where an organisation keeps its books decides for how many years; see contract/record-years.ts. Null: not said yet.
-- Names of buyers and of those who came are erased so many days after the end of an event. A year leaves time for
-- complaints and for disputes of card payments, which are possible for up to 540 days in rare cases and 120 in most.
alter table organisations
  add column country text check (country ~ '^[A-Z]{2}$'),
  add column names_kept_days integer not null default 365 check (names_kept_days between 30 and 3650);

-- What has been done for an event after its end. An event that is moved to a later time is done again.
create table event_retention (
  event_id text collate "C" primary key references events (id) on delete cascade,
  holds_forgotten_at timestamptz,
  buyers_erased_at timestamptz
);
