-- A browser without a session makes one random guest key and sends it when it holds places. The key makes the guest, so
-- that two requests at once (a double click, two tabs) are one guest and not two. Only a hash of the key is kept.
-- The row outlives its session: once the guest has signed out or has become an account, the key opens nothing.
create table guest_keys (
  key_hash text collate "C" primary key,
  -- No foreign key: the row must stay when the session goes.
  session_id text collate "C" not null,
  opened_at timestamptz not null
);
create index guest_keys_by_age on guest_keys (opened_at);
