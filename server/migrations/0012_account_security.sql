-- Limits what a stranger can set up on an account, and what a leaked dump of these tables opens.

-- A row no longer contains the token that opens it, but its SHA-256 in base64url without padding. Tokens are random (190
-- bits), so a hash without salt is safe. Open sessions stay open.
alter table sessions rename column token to token_hash;
update sessions set token_hash =
  translate(rtrim(encode(sha256(convert_to(token_hash, 'UTF8')), 'base64'), '='), '+/', '-_');

-- Links in mails and unfinished sign-ins also keep only the hash of their token (link-store.ts). Older ones end here; people
-- can request a new mail.
delete from verifications;
-- For ending all links and sign-ins of one person at once: after a reset, or when the account is deleted.
create index verifications_by_value on verifications (value);

-- When the password last changed. A sign-in that read the old password and opens its session only now is refused. The time
-- is from the database's clock, so that two clocks are never compared.
alter table users add column credentials_changed_at timestamptz;

-- The 30-second step of the last accepted code. A code works once, because each newer one must have a later step.
alter table two_factors add column last_used_step bigint;

-- A person who signs up with another person's address must not leave a second way in. The operations refuse it with a code;
-- these triggers guarantee it.
delete from passkeys using users where users.id = passkeys.user_id and not users.email_verified;
delete from two_factors using users where users.id = two_factors.user_id and not users.email_verified;
update users set two_factor_enabled = false where two_factor_enabled and not email_verified;

create function refuse_credential_of_unverified() returns trigger language plpgsql as $$
begin
  if not (select email_verified from users where id = new.user_id for share) then
    raise exception 'account % has no verified address yet', new.user_id
      using errcode = 'check_violation', constraint = 'verified_address';
  end if;
  return new;
end $$;
create trigger refuse_credential_of_unverified before insert on passkeys
  for each row execute function refuse_credential_of_unverified();
create trigger refuse_credential_of_unverified before insert on two_factors
  for each row execute function refuse_credential_of_unverified();
