-- People join a team only by agreeing: an owner invites an e-mail address, and a person with the secret of the mail and a
-- verified account of that address accepts. Ended rows are kept for 30 days, so that an old link can say what happened;
-- forget-invitations.ts deletes them.
create table invitations (
  id text collate "C" primary key,
  organisation_id text collate "C" not null references organisations (id) on delete cascade,
  -- In lower case, like users.email.
  email text not null,
  role text not null check (role in ('owner', 'manager', 'door')),
  -- The owner who sent it last. The invitation is valid only while they are an owner.
  invited_by text collate "C" not null references users (id) on delete cascade,
  -- SHA-256 of the secret of each mail, so that a copy of the database opens nothing. Every mail has its own secret.
  secret_hashes bytea[] not null,
  created_at timestamptz not null,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  ended_as text check (ended_as in ('accepted', 'declined', 'withdrawn', 'expired')),
  accepted_by text collate "C" references users (id) on delete set null,
  check ((ended_at is null) = (ended_as is null)),
  check (accepted_by is null or ended_as = 'accepted')
);
create unique index one_open_invitation on invitations (organisation_id, email) where ended_at is null;
create index invitations_of_organisation on invitations (organisation_id, created_at);
create index invitations_to_address on invitations (email);
create index invitations_by_sender on invitations (invited_by);
create index invitations_accepted_by on invitations (accepted_by) where accepted_by is not null;

-- One row for each mail. The limits count these rows, so that all organisations and processes together can't send a
-- stranger a hundred mails. A job deletes the rows after a day.
create table invitation_mails (
  id bigint generated always as identity primary key,
  organisation_id text collate "C" not null references organisations (id) on delete cascade,
  email text not null,
  sent_by text collate "C" not null,
  sent_at timestamptz not null
);
create index invitation_mails_to on invitation_mails (email, sent_at);
create index invitation_mails_of on invitation_mails (organisation_id, sent_at);
create index invitation_mails_by on invitation_mails (sent_by, sent_at);
