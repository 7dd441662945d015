-- Every message that Admit sends, one row for each recipient and channel. The key follows from what has caused the message,
-- so a cause has one message, however often its job runs. The table replaces `sent_messages`, which knew only the key. A job
-- claims a row before it sends the message, so two jobs never send one message at the same time.
drop table sent_messages;
create table deliveries (
  key text primary key,
  id text collate "C" not null,
  -- One of contract/message-kinds.ts.
  kind text not null,
  channel text not null check (channel in ('email', 'push', 'sms')),
  -- An address, in small letters, or the name of a push service. Null: erased.
  recipient text,
  language text not null,
  event_id text collate "C",
  order_id text collate "C",
  -- The job's payload, so that the organiser can have a message about an order sent again. Null for other messages.
  job jsonb,
  state text not null check (state in ('waiting', 'sent', 'failed', 'bounced')),
  error text,
  attempts integer not null,
  created_at timestamptz not null,
  -- Until then one job has the message to itself. If its process dies, another job may send the message after this time.
  claimed_until timestamptz,
  sent_at timestamptz,
  check ((state = 'sent') <= (sent_at is not null)),
  check ((event_id is null) = (order_id is null))
-- The row is updated in place when the message is sent: no index has a column that changes.
) with (fillfactor = 85);
create unique index deliveries_of_event on deliveries (event_id, id) where event_id is not null;
create index deliveries_of_order on deliveries (order_id) where order_id is not null;
create index deliveries_of_recipient on deliveries (recipient);
create index deliveries_by_age on deliveries using brin (created_at);
create index deliveries_of_accounts on deliveries (created_at) where event_id is null;
