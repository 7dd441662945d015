/**
 * Invitations belong to an e-mail address, and addresses are in the table of accounts. Statements here compare with the
 * address in the same instant, so that an address that changes or is confirmed meanwhile decides for one side only.
 */

import type { EventId, InvitationId, OrganisationId, UserId } from '../../../contract/ids.ts';
import type { Membership, TeamRole } from '../../../contract/team-roles.ts';
import type { Queryable, Transaction } from '../../data/db.ts';
import type { InvitationRow, MailCounts } from './invitation.ts';

// Reads titles of the table of catalog, because an invitation names its events and the catalog comes after this feature.
const select = `
  select invitation.id, invitation.organisation_id, organisation.name as organisation_name, invitation.email,
    invitation.role, invitation.event_ids as events,
    (select array_agg(title order by starts_at, id) from events where id = any(invitation.event_ids)) as event_titles,
    invitation.invited_by, inviter.name as inviter_name, invitation.sent_at, invitation.expires_at,
    invitation.ended_at, invitation.ended_as, invitation.accepted_by,
    exists (
      select from members member
      where member.organisation_id = invitation.organisation_id and member.user_id = invitation.invited_by
        and member.role = 'owner' and inviter.suspended_at is null) as inviter_stands
  from invitations invitation
    join organisations organisation on organisation.id = invitation.organisation_id
    join users inviter on inviter.id = invitation.invited_by`;

const byId = `${select} where invitation.id = $1`;
export const findInvitation = async (db: Queryable, id: InvitationId): Promise<InvitationRow | null> =>
  (await db.query<InvitationRow>(byId, [id]))[0] ?? null;

const byIdAndSecret = `${select} where invitation.id = $1 and $2::bytea = any (invitation.secret_hashes)`;
export const findInvitationBySecret = async (
  db: Queryable,
  id: InvitationId,
  secretHash: Buffer,
): Promise<InvitationRow | null> =>
  (await db.query<InvitationRow>(byIdAndSecret, [id, secretHash]))[0] ?? null;

const openTo = `${select} where invitation.organisation_id = $1 and invitation.email = $2 and invitation.ended_at is null`;
export const findOpenInvitation = async (
  db: Queryable,
  organisationId: OrganisationId,
  email: string,
): Promise<InvitationRow | null> =>
  (await db.query<InvitationRow>(openTo, [organisationId, email]))[0] ?? null;

const lastDeclined = `
  select max(ended_at) as at from invitations
  where organisation_id = $1 and email = $2 and ended_as = 'declined'`;
export const findDeclined = async (
  db: Queryable,
  organisationId: OrganisationId,
  email: string,
): Promise<Date | null> =>
  (await db.query<{ at: Date | null }>(lastDeclined, [organisationId, email]))[0]?.at ?? null;

const ofOrganisation = `${select}
  where invitation.organisation_id = $1
    and (invitation.ended_at is null or (invitation.ended_as = 'declined' and invitation.ended_at > $2))
  order by invitation.created_at desc, invitation.id desc
  limit 500`;
/** Lists open and expired invitations, and those that were declined after an instant. */
export const listInvitationsOf = (
  db: Queryable,
  organisationId: OrganisationId,
  declinedAfter: Date,
): Promise<InvitationRow[]> => db.query<InvitationRow>(ofOrganisation, [organisationId, declinedAfter]);

const membershipOfAddress = `
  select member.role, member.event_ids as events from members member join users account on account.id = member.user_id
  where member.organisation_id = $1 and account.email = $2`;
export const findMembershipOfAddress = async (
  db: Queryable,
  organisationId: OrganisationId,
  email: string,
): Promise<Membership | null> =>
  (await db.query<Membership>(membershipOfAddress, [organisationId, email]))[0] ?? null;

const insertOne = `
  insert into invitations
    (id, organisation_id, email, role, event_ids, invited_by, secret_hashes, created_at, sent_at, expires_at)
  values ($1, $2, $3, $4, $5, $6, array[$7::bytea], $8, $8, $9)`;
export const insertInvitation = (
  trx: Transaction,
  invitation: {
    id: InvitationId;
    organisationId: OrganisationId;
    email: string;
    role: TeamRole;
    events: readonly EventId[] | null;
    invitedBy: UserId;
    secretHash: Buffer;
    expiresAt: Date;
  },
  now: Date,
): Promise<number> => {
  const { id, organisationId, email, role, events, invitedBy, secretHash, expiresAt } = invitation;
  return trx.run(insertOne, [id, organisationId, email, role, events, invitedBy, secretHash, now, expiresAt]);
};

const renewOne = `
  update invitations set
    secret_hashes = secret_hashes || $2::bytea, invited_by = $3, sent_at = $4, expires_at = $5,
    ended_at = null, ended_as = null
  where id = $1`;
/** Records a new mail with its own secret and its sender. */
export const renewInvitation = (
  trx: Transaction,
  id: InvitationId,
  renewed: { secretHash: Buffer; invitedBy: UserId; expiresAt: Date },
  now: Date,
): Promise<number> => trx.run(renewOne, [id, renewed.secretHash, renewed.invitedBy, now, renewed.expiresAt]);

const endOne = `
  update invitations set ended_at = $2, ended_as = $3, accepted_by = $4 where id = $1 and ended_at is null`;
export const endInvitation = (
  trx: Transaction,
  id: InvitationId,
  as: 'accepted' | 'declined' | 'withdrawn' | 'expired',
  now: Date,
  acceptedBy: UserId | null = null,
): Promise<number> => trx.run(endOne, [id, now, as, acceptedBy]);

const withdrawBy = `
  update invitations set ended_at = $3, ended_as = 'withdrawn'
  where organisation_id = $1 and invited_by = $2 and ended_at is null`;
/** Withdraws the open invitations that a person sent for the organisation. */
export const withdrawInvitationsBy = (
  trx: Transaction,
  organisationId: OrganisationId,
  userId: UserId,
  now: Date,
): Promise<number> => trx.run(withdrawBy, [organisationId, userId, now]);

const withdrawTo = `
  update invitations set ended_at = $3, ended_as = 'withdrawn'
  where organisation_id = $1 and ended_at is null and email = (select email from users where id = $2)`;
/** Withdraws the open invitation that a person got from the organisation. */
export const withdrawInvitationTo = (
  trx: Transaction,
  organisationId: OrganisationId,
  userId: UserId,
  now: Date,
): Promise<number> => trx.run(withdrawTo, [organisationId, userId, now]);

// One transaction at a time counts the limits and records the mail, for each owner and each address. The organisation
// is already locked. Then comes always the owner, then the address, so that no two transactions deadlock.
const lockSender = `select pg_advisory_xact_lock(hashtextextended('invitation mails by ' || $1, 0))`;
const lockAddress = `select pg_advisory_xact_lock(hashtextextended('invitation mails to ' || $1, 0))`;
const countAll = `
  select
    count(*) filter (where organisation_id = $1 and email = $2)::int as from_one,
    min(sent_at) filter (where organisation_id = $1 and email = $2) as from_one_first,
    count(*) filter (where email = $2)::int as to_address,
    min(sent_at) filter (where email = $2) as to_address_first,
    count(*) filter (where organisation_id = $1)::int as of_organisation,
    min(sent_at) filter (where organisation_id = $1) as of_organisation_first,
    count(*) filter (where sent_by = $3)::int as by_owner,
    min(sent_at) filter (where sent_by = $3) as by_owner_first
  from invitation_mails
  where sent_at > $4 and (email = $2 or organisation_id = $1 or sent_by = $3)`;
interface CountRow {
  from_one: number;
  from_one_first: Date | null;
  to_address: number;
  to_address_first: Date | null;
  of_organisation: number;
  of_organisation_first: Date | null;
  by_owner: number;
  by_owner_first: Date | null;
}

/** A mail to send: to which address, for which organisation, by which owner. */
interface MailOfTeam {
  organisationId: OrganisationId;
  email: string;
  sentBy: UserId;
}

/** Counts the mails since an instant. No other transaction counts the same address or owner until this one ends. */
export async function countMails(trx: Transaction, mail: MailOfTeam, since: Date): Promise<MailCounts> {
  await trx.query(lockSender, [mail.sentBy]);
  await trx.query(lockAddress, [mail.email]);
  const [row] = await trx.query<CountRow>(countAll, [mail.organisationId, mail.email, mail.sentBy, since]);
  const counted = row as CountRow;
  return {
    toAddressFromOne: { count: counted.from_one, first: counted.from_one_first },
    toAddress: { count: counted.to_address, first: counted.to_address_first },
    ofOrganisation: { count: counted.of_organisation, first: counted.of_organisation_first },
    byOwner: { count: counted.by_owner, first: counted.by_owner_first },
  };
}

const insertMail = `
  insert into invitation_mails (organisation_id, email, sent_by, sent_at) values ($1, $2, $3, $4)`;
export const noteMail = (trx: Transaction, mail: MailOfTeam, now: Date): Promise<number> =>
  trx.run(insertMail, [mail.organisationId, mail.email, mail.sentBy, now]);

const deleteMails = `
  delete from invitation_mails where id in (
    select id from invitation_mails where sent_at <= $1 for update skip locked)`;
// Skips an invitation that somebody is answering. The next night deletes it.
const deleteOld = `
  delete from invitations where id in (
    select id from invitations where coalesce(ended_at, expires_at) <= $1 for update skip locked)`;
export async function deleteOldInvitations(db: Queryable, mailsBefore: Date, before: Date): Promise<void> {
  await db.run(deleteMails, [mailsBefore]);
  await db.run(deleteOld, [before]);
}

const deleteTo = `delete from invitations where email = (select email from users where id = $1 and email_verified)`;
const deleteMailsTo = `delete from invitation_mails where email = (select email from users where id = $1 and email_verified)`;
/** Deletes records with the address of an account that is being deleted. */
export async function deleteInvitationsTo(trx: Transaction, userId: UserId): Promise<void> {
  await trx.run(deleteTo, [userId]);
  await trx.run(deleteMailsTo, [userId]);
}

const toAddressOf = `${select}
  where invitation.email = (select email from users where id = $1 and email_verified)
  order by invitation.created_at, invitation.id`;
export const listInvitationsTo = (db: Queryable, userId: UserId): Promise<InvitationRow[]> =>
  db.query<InvitationRow>(toAddressOf, [userId]);
