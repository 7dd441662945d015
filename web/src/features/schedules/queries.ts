import { queryOptions } from '@tanstack/react-query';
import { listExportSchedules } from '../../../../client/endpoints.generated.ts';
import type { EventId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';

/** The scheduled exports of an event, and who can get them. */
export const schedulesQuery = (eventId: EventId) =>
  queryOptions({
    queryKey: ['export-schedules', eventId],
    queryFn: ({ signal }) => call(listExportSchedules, { params: { eventId }, signal }),
    staleTime: 0,
  });
