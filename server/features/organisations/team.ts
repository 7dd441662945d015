import type { TeamRole } from '../../../contract/accounts.ts';
import { Refused } from '../../../contract/errors.ts';
import type { OrganisationId, UserId } from '../../../contract/ids.ts';
import { teamRoles } from '../../../contract/person.ts';
import type { App } from '../../app.ts';
import type { Queryable } from '../../data/db.ts';
import type { Caller } from '../accounts/accounts.ts';
import { findRole, listTeamsOf } from './store.ts';

/** True where `role` has the powers of `needed`: each role has those of the roles after it. */
export const includesRole = (role: TeamRole, needed: TeamRole): boolean =>
  teamRoles.indexOf(role) <= teamRoles.indexOf(needed);

/**
 * Resolves when the caller has that role, or a higher one, in the organisation. Strangers
 * can't tell what is not theirs from what is not there: both are not_found. Members whose role is too low
 * are told so: forbidden. Admins of the platform have no special power here.
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

/** The same where it is not known yet which organisation it is about: the caller has that role in one at least. */
export async function requireSomeTeamRole(app: App, caller: Caller, needed: TeamRole): Promise<void> {
  const teams = caller.isGuest ? [] : await listTeamsOf(app.db, caller.userId);
  if (teams.some(({ role }) => includesRole(role, needed))) return;
  if (teams.length === 0) throw new Refused('not_found');
  throw new Refused('forbidden', { detail: `This needs the role ${needed} in an organisation.` });
}

/**
 * The caller's role in the organisation; null for whoever is not on its team, which is never remembered.
 *
 * A change of someone's place in a team raises their access version in the same transaction. The caller came
 * with version v, so v was committed before the role was asked for: what is remembered under v is the role of v
 * or of a later one, never of an earlier. It is believed only while this process can hear of changes and has
 * heard of none after v, and that is asked now, not when the request began: its body may have taken minutes.
 * So a role outlives its end as a suspended account's cookie does: in this process not beyond the answer of the
 * command that ended it, elsewhere by the way from PostgreSQL to there.
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

/** The organisations that someone works for, and as what. */
export const listMemberships = (
  db: Queryable,
  userId: UserId,
): Promise<{ id: OrganisationId; name: string; role: TeamRole }[]> => listTeamsOf(db, userId);
