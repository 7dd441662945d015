import type { EventId, OrderId, OrganisationId } from '../../contract/ids.ts';
import type { Operation } from '../../contract/operation.ts';
import type { Capability } from '../../contract/team-roles.ts';
import type { App } from '../app.ts';
import type { Caller } from '../features/accounts/accounts.ts';
import { requireOrderCapability } from '../features/orders/order-team.ts';
import { requireTeamCapability } from '../features/organisations/team.ts';
import { requireEventCapability } from '../features/sale/event-team.ts';

/** The team of an organisation, or of the organisation of an event or order. */
type Team = { eventId: EventId } | { orderId: OrderId } | { organisationId: OrganisationId };

/** The team that a request is about; null if only the body names it. */
export const teamOf = (
  named: { eventId?: EventId; orderId?: OrderId; organisationId?: OrganisationId } | undefined,
): Team | null =>
  named?.eventId
    ? { eventId: named.eventId }
    : named?.orderId
      ? { orderId: named.orderId }
      : named?.organisationId
        ? { organisationId: named.organisationId }
        : null;

/** Resolves if the caller's role in the team has the capability that the operation needs. */
export function requireNeeded(
  app: App,
  caller: Caller,
  team: Team,
  op: Pick<Operation, 'needs' | 'ofMembersEvents'>,
): Promise<void> {
  const needed = op.needs as Capability;
  if ('eventId' in team) return requireEventCapability(app, caller, team.eventId, needed);
  if ('orderId' in team) return requireOrderCapability(app, caller, team.orderId, needed);
  return requireTeamCapability(app, caller, team.organisationId, needed, op);
}
