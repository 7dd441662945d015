import { queryOptions } from '@tanstack/react-query';
import { getDoorTotals } from '../../../../client/endpoints.generated.ts';
import type { EventId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';

/** What each member took and gave back, the latest day first. */
export const doorTotalsQuery = (eventId: EventId) =>
  queryOptions({
    queryKey: ['door-totals', eventId],
    queryFn: async ({ signal }) => (await call(getDoorTotals, { params: { eventId }, signal })).items,
    staleTime: 0,
  });
