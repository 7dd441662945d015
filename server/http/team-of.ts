import type { TeamRole } from '../../contract/accounts.ts';
import type { EventId, OrderId, OrganisationId } from '../../contract/ids.ts';
import type { App } from '../app.ts';
import type { Caller } from '../features/accounts/accounts.ts';
import { requireOrderRole } from '../features/orders/order-team.ts';
import { requireTeamRole } from '../features/organisations/team.ts';
import { requireEventRole } from '../features/sale/event-team.ts';

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

/** Resolves if the caller has this role, or a higher one, in the team. */
export const requireRoleIn = (app: App, caller: Caller, team: Team, role: TeamRole): Promise<void> =>
  'eventId' in team
    ? requireEventRole(app, caller, team.eventId, role)
    : 'orderId' in team
      ? requireOrderRole(app, caller, team.orderId, role)
      : requireTeamRole(app, caller, team.organisationId, role);
