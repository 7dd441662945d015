import { useQuery } from '@tanstack/react-query';
import type { EventId, OrganisationId } from '../../../contract/ids.ts';
import { type Capability, mayIn } from '../../../contract/team-roles.ts';
import { meQuery } from './session.ts';

/**
 * What the person may do in an event of an organisation; without `eventId`: in the organisation as a whole. Pages show only
 * what the server would do. It decides by the same table (contract/team-roles.ts).
 */
export function useMay(
  organisationId: OrganisationId | undefined,
  eventId?: EventId,
): (needed: Capability) => boolean {
  const { data: me } = useQuery(meQuery);
  const member = me?.organisations.find(({ id }) => id === organisationId);
  return (needed) => member !== undefined && mayIn(member, needed, eventId);
}
