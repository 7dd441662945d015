import { capabilitiesOf, scopeOfCapability } from '../../../contract/api-key-scopes.ts';
import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId, UserId } from '../../../contract/ids.ts';
import { type Capability, type Membership, mayIn, rolesWith } from '../../../contract/team-roles.ts';
import type { App } from '../../app.ts';
import type { Queryable } from '../../data/db.ts';
import type { Caller } from '../accounts/accounts.ts';
import { findMembership, listTeamsOf } from './store.ts';

/**
 * Resolves if the caller's role in the organisation has the capability. To strangers the organisation does not exist:
 * not_found. Members without the capability get forbidden, and so do members of some events, unless the operation answers
 * only with things of these events. Admins of the platform have no special power here.
 */
export async function requireTeamCapability(
  app: App,
  caller: Caller,
  organisationId: OrganisationId,
  needed: Capability,
  { ofMembersEvents = false } = {},
): Promise<void> {
  const member = await readMembership(app, caller, organisationId);
  if (!member) throw new Refused('not_found');
  requireRole(member, needed);
  if (member.events !== null && !ofMembersEvents) throw new Refused('forbidden', { detail: onlySomeEvents });
}

/** Refuses a member whose role does not have the capability, and an API key without the scope for it. */
export function requireRole({ role, only }: Membership, needed: Capability): void {
  const roles = rolesWith(needed);
  if (only && !only.includes(needed)) {
    const scope = scopeOfCapability(needed);
    throw scope ? new Refused('missing_scope', { scope }) : new Refused('forbidden');
  }
  if (roles.includes(role)) return;
  const named = roles.length === 1 ? `the role ${roles[0]}` : `one of the roles ${roles.join(', ')}`;
  throw new Refused('forbidden', {
    detail: `This needs ${named} in the organisation; yours is ${role}.`,
  });
}

const onlySomeEvents =
  'This concerns the whole organisation, and your role counts for some of its events only. An owner can give you the role for all events.';

/** The same if the organisation is not known yet: the caller must have the capability in at least one. */
export async function requireCapabilitySomewhere(
  app: App,
  caller: Caller,
  needed: Capability,
): Promise<void> {
  const teams = caller.isGuest ? [] : await listTeamsOf(app.db, caller.userId);
  const own = teams.filter(({ id }) => !caller.key || caller.key.organisationId === id);
  if (own.some((member) => mayIn(member, needed))) return;
  if (teams.length === 0) throw new Refused('not_found');
  throw new Refused('forbidden', {
    detail: `This needs one of the roles ${rolesWith(needed).join(', ')} in an organisation, for all its events.`,
  });
}

/**
 * Returns what the caller is in the organisation; null if the caller is not on its team, which is never cached.
 *
 * A change of a person's role raises their access version in the same transaction. The caller came with version v, so
 * v was committed before the role was read. So a role that is cached under v is the role of v or of a later version,
 * never of an earlier one. An entry is used only while this process can hear of changes and has heard of none after
 * v. It checks this now and not at the start of the request, because the request's body may have taken minutes.
 *
 * So a role outlives its end as a suspended account's cookie does: in this process until the answer of the command
 * that ended it, elsewhere for as long as PostgreSQL's notice travels.
 */
export async function readMembership(
  app: App,
  caller: Caller,
  organisationId: OrganisationId,
): Promise<Membership | null> {
  const key = `${organisationId} ${caller.userId} ${caller.accessVersion}`;
  const known = app.caches.memberships.get(key);
  if (known && app.accounts.isCurrent(caller)) return narrowed(known, caller.key, organisationId);
  const member = await findMembership(app.db, { organisationId, userId: caller.userId });
  if (member) app.caches.memberships.put(key, member);
  return narrowed(member, caller.key, organisationId);
}

/** What an API key leaves of the membership of the person who made it. Other organisations do not exist for it. */
function narrowed(
  member: Membership | null,
  key: Caller['key'],
  organisationId: OrganisationId,
): Membership | null {
  if (!member || !key) return member;
  if (key.organisationId !== organisationId) return null;
  const { events } = key;
  const both = member.events && events ? events.filter((id) => member.events?.includes(id)) : null;
  return { role: member.role, events: both ?? events ?? member.events, only: capabilitiesOf(key.scopes) };
}

/** Lists a person's organisations with what they are in each. */
export const listMemberships = (
  db: Queryable,
  userId: UserId,
): Promise<({ id: OrganisationId; name: string } & Membership)[]> => listTeamsOf(db, userId);
