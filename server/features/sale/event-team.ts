import { Refused } from '../../../contract/errors.ts';
import type { EventId } from '../../../contract/ids.ts';
import { type Capability, mayIn } from '../../../contract/team-roles.ts';
import type { App } from '../../app.ts';
import type { Caller } from '../accounts/accounts.ts';
import { readMembership, requireRole } from '../organisations/team.ts';
import { organisationOf } from './organisation-of.ts';

/** Whether the caller is on the team of the event and has the capability there. */
export async function mayInEvent(
  app: App,
  caller: Caller,
  eventId: EventId,
  needed: Capability,
): Promise<boolean> {
  const organisationId = await organisationOf(app, eventId);
  const member = organisationId && (await readMembership(app, caller, organisationId));
  return Boolean(member && mayIn(member, needed, eventId));
}

/**
 * Resolves if the caller's role in the team of the event has the capability. To others the event does not exist: to
 * strangers, and to members whose role does not count for this event. An unknown event is not_found too.
 */
export async function requireEventCapability(
  app: App,
  caller: Caller,
  eventId: EventId,
  needed: Capability,
): Promise<void> {
  const organisationId = await organisationOf(app, eventId);
  const member = organisationId && (await readMembership(app, caller, organisationId));
  if (!member || (member.events !== null && !member.events.includes(eventId))) throw new Refused('not_found');
  requireRole(member, needed);
}
