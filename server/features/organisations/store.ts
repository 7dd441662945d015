import type { EventId, OrganisationId, UserId } from '../../../contract/ids.ts';
import type { Language } from '../../../contract/languages.ts';
import type { Membership, TeamRole } from '../../../contract/team-roles.ts';
import type { Queryable, Transaction } from '../../data/db.ts';
import { gatherPerDb } from '../../gather.ts';

const insertNew = `
  insert into organisations (id, name, slug, created_at) values ($1, $2, $3, $4)
  on conflict (slug) do nothing`;
/** False if another organisation has the slug. */
export const insertOrganisation = async (
  trx: Transaction,
  organisation: { id: OrganisationId; name: string; slug: string },
  now: Date,
): Promise<boolean> =>
  (await trx.run(insertNew, [organisation.id, organisation.name, organisation.slug, now])) === 1;

const upsertMember = `
  insert into members (organisation_id, user_id, role, event_ids, created_at) values ($1, $2, $3, $4, $5)
  on conflict (organisation_id, user_id) do update set role = excluded.role, event_ids = excluded.event_ids`;
export const writeMember = (
  trx: Transaction,
  organisationId: OrganisationId,
  { userId, role, events }: { userId: UserId } & Membership,
  now: Date,
): Promise<number> => trx.run(upsertMember, [organisationId, userId, role, events, now]);

const deleteOne = `delete from members where organisation_id = $1 and user_id = $2`;
export const deleteMember = (
  trx: Transaction,
  organisationId: OrganisationId,
  userId: UserId,
): Promise<number> => trx.run(deleteOne, [organisationId, userId]);

const oneMember = `select role, event_ids as events from members where organisation_id = $1 and user_id = $2`;
export const findMember = async (
  db: Queryable,
  organisationId: OrganisationId,
  userId: UserId,
): Promise<Membership | null> => (await db.query<Membership>(oneMember, [organisationId, userId]))[0] ?? null;

// Locks the organisation, so that two owners who remove each other at the same time do it one after the other.
const lockOne = `select id from organisations where id = $1 for no key update`;
const ownersOf = `select user_id from members where organisation_id = $1 and role = 'owner'`;
export const lockOrganisation = async (trx: Transaction, organisationId: OrganisationId): Promise<boolean> =>
  (await trx.query(lockOne, [organisationId])).length > 0;

export async function lockOwners(trx: Transaction, organisationId: OrganisationId): Promise<UserId[]> {
  await lockOrganisation(trx, organisationId);
  return (await trx.query<{ user_id: UserId }>(ownersOf, [organisationId])).map((row) => row.user_id);
}

// Answers in the order of the arguments. The limit makes it look up one by one, which always uses the primary key. The
// arrays come out of sub-selects, which hides their length from the planner, so it plans once and not for each call.
const membershipsOf = `
  select member.role, member.event_ids as events
  from unnest((select $1::text[]), (select $2::text[])) with ordinality as asked (organisation_id, user_id, n)
    left join lateral (
      select role, event_ids from members
      where organisation_id = asked.organisation_id and user_id = asked.user_id limit 1) member on true
  order by n`;
/** Reads what each of these users is now in each of these organisations. Concurrent calls share a query. */
export const findMembership = gatherPerDb(
  async (db, asked: { organisationId: OrganisationId; userId: UserId }[]): Promise<(Membership | null)[]> => {
    const values = [asked.map((each) => each.organisationId), asked.map((each) => each.userId)];
    const rows = await db.query<{ role: TeamRole | null; events: Membership['events'] }>(
      membershipsOf,
      values,
    );
    return rows.map(({ role, events }) => role && { role, events });
  },
  1000,
);

// Joined with the table of accounts: requests wait for it, and two queries would take twice as long.
const teamOf = `
  select member.user_id as "userId", account.name, account.email, member.role, member.event_ids as events
  from members member join users account on account.id = member.user_id
  where member.organisation_id = $1
  order by array_position(array['owner', 'manager', 'finance', 'support', 'door', 'read-only'], member.role), account.name, account.id`;
export const listTeam = (
  db: Queryable,
  organisationId: OrganisationId,
): Promise<({ userId: UserId; name: string; email: string } & Membership)[]> =>
  db.query(teamOf, [organisationId]);

// The table of accounts, for the same reason.
const toTell = `
  select account.id as "userId", account.name, account.email, account.language, member.role,
    member.event_ids as events
  from members member join users account on account.id = member.user_id
  where member.organisation_id = $1 and account.email_verified and account.suspended_at is null
  order by account.id`;

export interface TeamAddress {
  userId: UserId;
  name: string;
  email: string;
  language: Language | null;
}

/** The members of a team who can get mails. */
export const selectTeamAddresses = (
  db: Queryable,
  organisationId: OrganisationId,
): Promise<(TeamAddress & Membership)[]> => db.query(toTell, [organisationId]);

const teamsOfUser = `
  select organisation.id, organisation.name, member.role, member.event_ids as events
  from members member join organisations organisation on organisation.id = member.organisation_id
  where member.user_id = $1
  order by organisation.created_at, organisation.id`;
export const listTeamsOf = (
  db: Queryable,
  userId: UserId,
): Promise<({ id: OrganisationId; name: string } & Membership)[]> => db.query(teamsOfUser, [userId]);

// Reads ids of the table of catalog, because the features of events come after this one.
const ownEvents = `select id from events where organisation_id = $1 and id = any($2)`;
/** Which of these events are the organisation's. */
export const listOwnEvents = async (
  db: Queryable,
  organisationId: OrganisationId,
  events: readonly EventId[],
): Promise<EventId[]> =>
  (await db.query<{ id: EventId }>(ownEvents, [organisationId, events])).map(({ id }) => id);
