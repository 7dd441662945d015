-- Users, sessions and organisations. better-auth reads and writes the first seven tables (snake_case through a Kysely
-- plugin); the others are ours. Ids are text in the C collation everywhere: PostgreSQL compares them byte by byte, so
-- they sort by creation time on every machine.

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
  -- Grows with each change of the account's rights; see revocations below.
  access_version int not null default 1,
  -- True if signing in needs a code besides the password; see two_factors.
  two_factor_enabled boolean not null default false,
  -- When the person deleted their account. The row stays, without personal data, because orders and check-ins
  -- refer to it; see delete-account.ts.
  deleted_at timestamptz,
  -- The profile. Recommendations of events use it.
  home_city text,
  interests text[] not null default '{}',
  -- Mails that the person may switch off. Mails about their own orders are not among them.
  mail_reminders boolean not null default true,
  mail_sign_ins boolean not null default true,
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

-- The secret of the authenticator app, and the backup codes: both encrypted with SESSION_SECRET.
create table two_factors (
  id text collate "C" primary key,
  user_id text collate "C" not null unique references users (id) on delete cascade,
  secret text not null,
  backup_codes text not null,
  -- False until a first right code has shown that the app has the secret.
  verified boolean not null default false,
  failed_verification_count int not null default 0,
  locked_until timestamptz
);

create table passkeys (
  id text collate "C" primary key,
  user_id text collate "C" not null references users (id) on delete cascade,
  name text,
  credential_id text not null unique,
  public_key text not null,
  counter bigint not null,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  aaguid text,
  created_at timestamptz not null
);
create index passkeys_of_user on passkeys (user_id);

-- The kinds of browser that have signed in ("Firefox, Windows"), so that a mail can report a new one.
create table known_browsers (
  user_id text collate "C" not null references users (id) on delete cascade,
  browser text not null,
  first_seen_at timestamptz not null,
  primary key (user_id, browser)
);

create table jwks (
  id text collate "C" primary key,
  public_key text not null,
  private_key text not null,
  alg text,
  crv text,
  created_at timestamptz not null,
  expires_at timestamptz
);

-- Cookies and JWTs identify the caller without the database, for some minutes each. The triggers below write every
-- earlier end or change of their rights here, whoever made it, and notify every process. Each process keeps the recent
-- rows in memory and checks every cookie and JWT against them:
--   session_id: the session has ended. All its cookies are invalid.
--   user_id:    the account's role, suspension, verification or team membership changed. Cookies and JWTs with an older
--               access_version are stale. The version is a counter and not a time, because clocks differ between
--               machines, and a cookie may be made from a row that was read just before the change.
create table revocations (
  id bigint generated always as identity primary key,
  session_id text collate "C",
  user_id text collate "C",
  access_version int,
  suspended boolean not null default false,
  revoked_at timestamptz not null default clock_timestamp(),
  check ((session_id is null) <> (user_id is null)),
  check ((user_id is null) = (access_version is null))
);
create index revocations_by_age on revocations (revoked_at);

-- The rows that a process reads at its start and after a lost connection: those of twice the longest life of a cookie or
-- JWT (10 minutes). It uses the database's clock, like revoked_at, so that two clocks are never compared.
create view recent_revocations as
  select session_id, user_id, access_version, suspended
  from revocations
  where revoked_at > clock_timestamp() - interval '20 minutes';

create function announce_revocation() returns trigger language plpgsql as $$
begin
  perform pg_notify('revocations', json_build_object(
    'session_id', new.session_id,
    'user_id', new.user_id,
    'access_version', new.access_version,
    'suspended', new.suspended)::text);
  return null;
end $$;
create trigger announce_revocation after insert on revocations
  for each row execute function announce_revocation();

create function revoke_session() returns trigger language plpgsql as $$
begin
  insert into revocations (session_id) values (old.id);
  return null;
end $$;
create trigger revoke_session after delete on sessions
  for each row when (old.expires_at > clock_timestamp()) execute function revoke_session();

create function revoke_access() returns trigger language plpgsql as $$
begin
  new.access_version := old.access_version + 1;
  insert into revocations (user_id, access_version, suspended)
  values (new.id, new.access_version, new.suspended_at is not null);
  return new;
end $$;
create trigger revoke_access before update on users
  for each row
  when (row (old.role, old.suspended_at, old.email_verified, old.is_anonymous, old.deleted_at, old.access_version)
    is distinct from row (new.role, new.suspended_at, new.email_verified, new.is_anonymous, new.deleted_at, new.access_version))
  execute function revoke_access();

-- A suspended or deleted account gets no session. The row lock makes a simultaneous sign-in wait for the suspension, so
-- that no session is written after the suspension has deleted them all.
create function refuse_session_of_suspended() returns trigger language plpgsql as $$
begin
  if (select coalesce(suspended_at, deleted_at) is not null from users where id = new.user_id for share) then
    raise exception 'account % is suspended or deleted', new.user_id using errcode = 'check_violation', constraint = 'suspended';
  end if;
  return new;
end $$;
create trigger refuse_session_of_suspended before insert on sessions
  for each row execute function refuse_session_of_suspended();

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

-- Processes cache team memberships; see organisations/team.ts. The trigger locks the account's row. A command that changes
-- several memberships of an account locks all their organisations before the first change, like leave-teams.ts.
create function revoke_membership() returns trigger language plpgsql as $$
begin
  if old is distinct from new then
    update users set access_version = access_version + 1 where id in (old.user_id, new.user_id);
  end if;
  return null;
end $$;
create trigger revoke_membership after insert or update or delete on members
  for each row execute function revoke_membership();

-- The answers of operations that were sent with an Idempotency-Key and are not idempotent by themselves. The operation's
-- own transaction writes the row, so a key and its effect exist together or not at all.
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
