import type { TeamRole } from '../../../contract/accounts.ts';
import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId, UserId } from '../../../contract/ids.ts';
import { teamRoles } from '../../../contract/person.ts';
import type { App } from '../../app.ts';
import type { Queryable } from '../../data/db.ts';
import type { Caller } from '../accounts/accounts.ts';
import { findRole, listTeamsOf } from './store.ts';

/** True if `role` has the powers of `needed`. Each role has those of the roles after it. */
export const includesRole = (role: TeamRole, needed: TeamRole): boolean =>
  teamRoles.indexOf(role) <= teamRoles.indexOf(needed);

/**
 * Resolves if the caller has this role, or a higher one, in the organisation. To strangers the organisation does not
 * exist: not_found. Members with a lower role get forbidden. Admins of the platform have no special power here.
 */
export async function requireTeamRole(
  app: App,
  caller: Caller,
  organisationId: OrganisationId,
  needed: TeamRole,
): Promise<void> {
  const role = await readTeamRole(app, caller, organisationId);
  if (!role) throw new Refused('not_found');
  if (!includesRole(role, needed)) {
    throw new Refused('forbidden', {
      detail: `This needs the role ${needed} in the organisation; yours is ${role}.`,
    });
  }
}

/** The same if the organisation is not known yet: the caller must have the role in at least one. */
export async function requireSomeTeamRole(app: App, caller: Caller, needed: TeamRole): Promise<void> {
  const teams = caller.isGuest ? [] : await listTeamsOf(app.db, caller.userId);
  if (teams.some(({ role }) => includesRole(role, needed))) return;
  if (teams.length === 0) throw new Refused('not_found');
  throw new Refused('forbidden', { detail: `This needs the role ${needed} in an organisation.` });
}

/**
 * Returns the caller's role in the organisation; null if the caller is not on its team, which is never cached.
 *
 * A change of a person's role raises their access version in the same transaction. The caller came with version v, so
 * v was committed before the role was read. So a role that is cached under v is the role of v or of a later version,
 * never of an earlier one. An entry is used only while this process can hear of changes and has heard of none after
 * v. It checks this now and not at the start of the request, because the request's body may have taken minutes.
 *
 * So a role outlives its end as a suspended account's cookie does: in this process until the answer of the command
 * that ended it, elsewhere for as long as PostgreSQL's notice travels.
 */
export async function readTeamRole(
  app: App,
  caller: Caller,
  organisationId: OrganisationId,
): Promise<TeamRole | null> {
  const key = `${organisationId} ${caller.userId} ${caller.accessVersion}`;
  const known = app.caches.roles.get(key);
  if (known && app.accounts.isCurrent(caller)) return known;
  const role = await findRole(app.db, { organisationId, userId: caller.userId });
  if (role) app.caches.roles.put(key, role);
  return role;
}

/** Lists a person's organisations with their role in each. */
export const listMemberships = (
  db: Queryable,
  userId: UserId,
): Promise<{ id: OrganisationId; name: string; role: TeamRole }[]> => listTeamsOf(db, userId);
