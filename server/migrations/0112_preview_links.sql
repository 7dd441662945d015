-- Links that show an event to people without an account before it is published. Only the hash of the secret is kept.
create table preview_links (
  id text collate "C" primary key,
  event_id text collate "C" not null references events (id) on delete cascade,
  secret_hash bytea not null check (length(secret_hash) = 32),
  label text not null,
  created_by text collate "C" not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index preview_links_of_event on preview_links (event_id, created_at);
