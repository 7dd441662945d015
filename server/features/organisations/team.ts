import type { TeamRole } from '../../../contract/accounts.ts';
import { Refused } from '../../../contract/errors.ts';
import type { EventId, OrganisationId, UserId } from '../../../contract/ids.ts';
import { teamRoles } from '../../../contract/person.ts';
import type { App } from '../../app.ts';
import type { Queryable } from '../../db.ts';
import type { Caller } from '../accounts/accounts.ts';
import { organisationOf } from '../catalog/organisation-of.ts';
import { findRole, listTeamsOf } from './store.ts';

/** True where `role` has the powers of `needed`: each role has those of the roles after it. */
export const includesRole = (role: TeamRole, needed: TeamRole): boolean =>
  teamRoles.indexOf(role) <= teamRoles.indexOf(needed);

/**
 * Resolves when the caller has that role, or a higher one, in the organisation (of the event). Strangers
 * can't tell what is not theirs from what is not there: both are not_found. Members whose role is too low
 * are told so: forbidden. Admins of the platform have no special power here.
 */
export async function requireTeamRole(
  app: App,
  caller: Caller,
  of: { eventId: EventId } | { organisationId: OrganisationId },
  needed: TeamRole,
): Promise<void> {
  const organisationId = 'eventId' in of ? await organisationOf(app.db, of.eventId) : of.organisationId;
  const role = organisationId && (await findRole(app.db, { organisationId, userId: caller.userId }));
  if (!role) throw new Refused('not_found');
  if (!includesRole(role, needed)) {
    throw new Refused('forbidden', {
      detail: `This needs the role ${needed} in the organisation; yours is ${role}.`,
    });
  }
}

/** The organisations that someone works for, and as what. */
export const listMemberships = (
  db: Queryable,
  userId: UserId,
): Promise<{ id: OrganisationId; name: string; role: TeamRole }[]> => listTeamsOf(db, userId);
