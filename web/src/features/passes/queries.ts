import { queryOptions } from '@tanstack/react-query';
import { getManagedPass, getPass } from '../../../../client/endpoints.generated.ts';
import type { EventId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';

/** The dates that a pass opens, for everybody. */
export const passQuery = (eventId: EventId) =>
  queryOptions({
    queryKey: ['pass', eventId],
    queryFn: ({ signal }) => call(getPass, { params: { eventId }, signal }),
    staleTime: 30_000,
  });

/** A pass for its team: what is sold, and what each date keeps. */
export const managedPassQuery = (eventId: EventId) =>
  queryOptions({
    queryKey: ['pass', 'managed', eventId],
    queryFn: ({ signal }) => call(getManagedPass, { params: { eventId }, signal }),
    staleTime: 0,
  });
