-- Who is who. The first five tables are the ones better-auth reads and writes (snake_case through a Kysely
-- plugin); the rest are ours. Ids are text in the C collation everywhere: compared byte by byte, so that
-- they sort by the time they were made on every machine.

create table users (
  id text collate "C" primary key,
  name text not null,
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  is_anonymous boolean not null default false,
  role text not null default 'user' check (role in ('user', 'organizer', 'admin')),
  suspended_at timestamptz,
  suspended_reason text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table sessions (
  id text collate "C" primary key,
  user_id text collate "C" not null references users (id) on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index sessions_of_user on sessions (user_id);

create table accounts (
  id text collate "C" primary key,
  user_id text collate "C" not null references users (id) on delete cascade,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index accounts_of_user on accounts (user_id);

create table verifications (
  id text collate "C" primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index verifications_by_identifier on verifications (identifier);

create table jwks (
  id text collate "C" primary key,
  public_key text not null,
  private_key text not null,
  created_at timestamptz not null,
  expires_at timestamptz
);

create table organisations (
  id text collate "C" primary key,
  name text not null,
  slug text not null unique,
  created_at timestamptz not null
);

create table members (
  organisation_id text collate "C" not null references organisations (id) on delete cascade,
  user_id text collate "C" not null references users (id) on delete cascade,
  role text not null check (role in ('owner', 'manager', 'door')),
  created_at timestamptz not null,
  primary key (organisation_id, user_id)
);
create index members_by_user on members (user_id);

-- The answers of operations that were sent with an Idempotency-Key and are not idempotent by themselves.
-- The row is written in the operation's own transaction, so a key and its effect exist together or not at all.
create table idempotency_keys (
  user_id text collate "C" not null,
  key text not null,
  operation text not null,
  fingerprint text not null,
  reply jsonb,
  created_at timestamptz not null,
  primary key (user_id, key)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);
