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
