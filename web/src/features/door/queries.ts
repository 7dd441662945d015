import { queryOptions } from '@tanstack/react-query';
import { listOrganisationEvents } from '../../../../client/endpoints.generated.ts';
import type { Me } from '../../../../contract/accounts.ts';
import { may } from '../../../../contract/team-roles.ts';
import { call } from '../../api/call.ts';
import { nowMs } from '../../ui/clock.ts';

const HOUR_MS = 3_600_000;

/** The events of all the person's organisations that are not long over, the next one first. */
export const doorEventsQuery = (me: Me) =>
  queryOptions({
    queryKey: ['managed', 'door', me.id],
    queryFn: async ({ signal }) => {
      const lists = await Promise.all(
        me.organisations
          .filter(({ role }) => may(role, 'door.admit'))
          .map(({ id }) => call(listOrganisationEvents, { params: { organisationId: id }, signal })),
      );
      return lists
        .flatMap((list) => list.items)
        .filter((event) => event.status !== 'draft' && Date.parse(event.endsAt) > nowMs() - 12 * HOUR_MS)
        .sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt));
    },
    staleTime: 30_000,
  });
