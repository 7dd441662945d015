-- Webhooks to programs of an organisation (docs/webhooks.md).
create table webhook_endpoints (
  id text collate "C" primary key,
  organisation_id text collate "C" not null references organisations (id) on delete cascade,
  url text not null,
  description text not null,
  types text[] not null check (cardinality(types) > 0),
  -- Whether webhooks about orders have the buyer's name and address.
  with_buyer boolean not null,
  -- Encrypted, because Admit signs with them (server/seal.ts). For some hours after a rotation the old secret signs too.
  sealed_secret text not null,
  sealed_old_secret text,
  old_until timestamptz,
  version int not null default 1,
  created_by text collate "C" not null,
  created_at timestamptz not null,
  -- Null while it gets webhooks.
  disabled_at timestamptz,
  disabled_for text check (disabled_for in ('person', 'gone', 'failures')),
  last_success_at timestamptz,
  -- Since when no attempt has succeeded. Null after a success.
  failing_since timestamptz,
  check ((disabled_at is null) = (disabled_for is null)),
  check ((sealed_old_secret is null) = (old_until is null))
) with (fillfactor = 70);
create index webhook_endpoints_of_organisation on webhook_endpoints (organisation_id, id);

-- What happened, once for all endpoints of an organisation. Never has personal data: a sender adds the buyer when it sends.
create table webhook_messages (
  id text collate "C" primary key,
  organisation_id text collate "C" not null references organisations (id) on delete cascade,
  -- The message in the outbox, so that a second delivery to the sink changes nothing. Null for a test.
  outbox_id bigint unique,
  event_id text collate "C",
  type text not null,
  payload jsonb not null,
  created_at timestamptz not null
);
create index webhook_messages_by_age on webhook_messages (created_at);

-- One webhook to one endpoint. pending: it is tried at next_at. A process that sends it has it until claimed_until; if the process
-- dies, another one sends it after that.
create table webhook_deliveries (
  id text collate "C" primary key,
  endpoint_id text collate "C" not null references webhook_endpoints (id) on delete cascade,
  message_id text collate "C" not null references webhook_messages (id) on delete cascade,
  status text not null check (status in ('pending', 'delivered', 'failed')),
  -- How often it was tried since `since`: since it was made or sent again.
  attempts int not null default 0,
  since timestamptz not null,
  next_at timestamptz,
  claimed_until timestamptz,
  finished_at timestamptz,
  check ((status = 'pending') = (next_at is not null)),
  unique (endpoint_id, message_id)
) with (fillfactor = 70);
create index webhook_deliveries_pending on webhook_deliveries (endpoint_id, next_at) where status = 'pending';
create index webhook_deliveries_log on webhook_deliveries (endpoint_id, id desc);
create index webhook_deliveries_of_message on webhook_deliveries (message_id);

create table webhook_attempts (
  delivery_id text collate "C" not null references webhook_deliveries (id) on delete cascade,
  at timestamptz not null,
  -- Null without an answer; then `error` says why.
  status int,
  error text,
  duration_ms int not null,
  excerpt text not null
);
create index webhook_attempts_of_delivery on webhook_attempts (delivery_id, at);
