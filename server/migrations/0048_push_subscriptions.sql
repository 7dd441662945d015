-- Browsers that a person has allowed to show notifications. The endpoint is the address of the browser's push service, and a
-- secret of the browser. A subscription ends with the session in which the browser asked: at sign-out, when somebody ends the
-- session from another device, with a new password, and with the account.
create table push_subscriptions (
  id text collate "C" primary key,
  user_id text collate "C" not null,
  session_id text collate "C" not null references sessions (id) on delete cascade,
  endpoint text not null unique,
  p256dh text not null,
  auth text not null,
  language text not null,
  created_at timestamptz not null
);
create index push_subscriptions_of_user on push_subscriptions (user_id, id);
create index push_subscriptions_of_session on push_subscriptions (session_id);
