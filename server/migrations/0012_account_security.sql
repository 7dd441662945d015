-- What a stranger can set up on an account, and what a leaked dump of these tables opens.

-- A row no longer says the token that opens it: SHA-256 of the token, base64url without padding. Tokens are
-- random (190 bits), so a hash without salt can't be searched. Sessions that are open stay open.
alter table sessions rename column token to token_hash;
update sessions set token_hash =
  translate(rtrim(encode(sha256(convert_to(token_hash, 'UTF8')), 'base64'), '='), '+/', '-_');

-- Links of mails and steps that are under way keep the hash of what opens them too (link-store.ts). Those from
-- before end: the next mail is a click away.
delete from verifications;
-- All that waits for one person ends at once: after a reset, or when the account is deleted.
create index verifications_by_value on verifications (value);

-- When the password last changed. A sign-in that read the old one and opens its session only now is refused.
-- By the database's clock, so that no two clocks are compared.
alter table users add column credentials_changed_at timestamptz;

-- The 30-second step of the last code that was accepted. A code works once: each newer one has a later step.
alter table two_factors add column last_used_step bigint;

-- Whoever signs up with another person's address must not leave a second way in for later. The operations refuse
-- it by name; this holds whatever the way.
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
