-- Messages for after the commit. Rows are only inserted. A relay reads them in the order (tx, id) and stores its position.
-- It reads only rows whose transaction is older than every running one (pg_snapshot_xmin), so it never skips a row that
-- commits late. (0011 replaces this order.)
create table outbox (
  tx xid8 not null default pg_current_xact_id(),
  id bigint generated always as identity,
  topic text not null check (topic in ('ticket_availability', 'payment_notifications', 'order_events', 'door_events')),
  type text not null,
  event_id text collate "C" not null,
  payload jsonb not null,
  created_at timestamptz not null,
  primary key (tx, id)
);

create table outbox_cursors (
  relay text primary key,
  tx xid8 not null,
  id bigint not null
);

-- The local mailbox: the mails that would have been sent, if no SMTP server is configured.
create table messages (
  id text collate "C" primary key,
  -- The same for every attempt to send a mail, so that a retried job adds it once.
  key text not null unique,
  recipient text not null,
  sender text not null,
  subject text not null,
  html text not null,
  body_text text not null,
  sent_at timestamptz not null
);
create index messages_by_recipient on messages (recipient, id desc);
create table message_attachments (
  message_id text collate "C" not null references messages (id) on delete cascade,
  index integer not null,
  name text not null,
  type text not null,
  content bytea not null,
  primary key (message_id, index)
);

-- Keys of mails that were sent through SMTP: a retried job does not send a mail twice if its key is here.
create table sent_messages (
  key text primary key,
  sent_at timestamptz not null
);

-- Events whose buyers were reminded, so that they are reminded once.
create table event_reminders (
  event_id text collate "C" primary key references events (id),
  sent_at timestamptz not null
);
