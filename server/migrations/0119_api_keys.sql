-- Keys with which programs of an organisation call the API (docs/api-keys.md). Only hashes of the secrets are kept: plain SHA-256,
-- because nobody can guess 238 random bits.
create table api_keys (
  id text collate "C" primary key,
  organisation_id text collate "C" not null references organisations (id) on delete cascade,
  name text not null,
  -- How the secret begins, so that a person recognises it.
  hint text not null,
  secret_hash bytea not null unique check (length(secret_hash) = 32),
  -- The secret before the last rotation, and until when it works.
  old_hash bytea unique check (length(old_hash) = 32),
  old_until timestamptz,
  scopes text[] not null check (cardinality(scopes) > 0),
  -- The events that the key is for. Null is all events of the organisation.
  event_ids text[] check (cardinality(event_ids) > 0),
  -- The key acts with the role of this person, and never does more than the role allows.
  made_by text collate "C" not null references users (id) on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  rotated_at timestamptz,
  revoked_at timestamptz,
  check ((old_hash is null) = (old_until is null))
) with (fillfactor = 80);
create index api_keys_of_organisation on api_keys (organisation_id, id desc);
create index api_keys_of_person on api_keys (made_by);

-- What has ended stays ended. Every process forgets what it has cached of the key (server/caches.ts).
create function api_key_changes() returns trigger language plpgsql as $$
begin
  if old.revoked_at is not null and new.revoked_at is distinct from old.revoked_at then
    raise exception 'the API key % was revoked at % for good', old.id, old.revoked_at using errcode = 'check_violation';
  end if;
  perform pg_notify('invalidations', json_build_object('kind', 'api_key_changed', 'id', new.id)::text);
  return new;
end $$;
create trigger api_key_changes before update of revoked_at, secret_hash, old_hash on api_keys
  for each row execute function api_key_changes();

-- The keys of a person end with the membership, in the same transaction, also if the person joins again later.
create function revoke_api_keys() returns trigger language plpgsql as $$
begin
  update api_keys set revoked_at = clock_timestamp()
  where organisation_id = old.organisation_id and made_by = old.user_id and revoked_at is null;
  return null;
end $$;
create trigger revoke_api_keys after delete on members for each row execute function revoke_api_keys();

-- The audit log names the key that acted for a person. The name is the one that the key had then.
alter table audit_log add column api_key_id text collate "C";
alter table audit_log add column api_key_name text;
