import type { TeamRole } from '../../../contract/accounts.ts';
import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Caller } from '../accounts/accounts.ts';
import { readTeamRole, requireTeamRole } from '../organisations/team.ts';
import { organisationOf } from './organisation-of.ts';

/** Reads the caller's role in the team of an event's organisation; null if the caller is not on it. */
export async function readEventRole(app: App, caller: Caller, eventId: EventId): Promise<TeamRole | null> {
  const organisationId = await organisationOf(app, eventId);
  return organisationId && readTeamRole(app, caller, organisationId);
}

/** Does what requireTeamRole does, for the organisation of an event. An unknown event is not_found. */
export async function requireEventRole(
  app: App,
  caller: Caller,
  eventId: EventId,
  needed: TeamRole,
): Promise<void> {
  const organisationId = await organisationOf(app, eventId);
  if (!organisationId) throw new Refused('not_found');
  await requireTeamRole(app, caller, organisationId, needed);
}
