import { queryOptions } from '@tanstack/react-query';
import { getMyWaitlist } from '../../../../client/endpoints.generated.ts';
import type { EventId } from '../../../../contract/ids.ts';
import type { WaitlistEntry } from '../../../../contract/waitlist.ts';
import { call } from '../../api/call.ts';

/** This person's entries in the waitlist of an event, the latest first. */
export const mineQuery = (eventId: EventId) =>
  queryOptions({
    queryKey: ['waitlist', eventId],
    queryFn: async ({ signal }) => (await call(getMyWaitlist, { params: { eventId }, signal })).items,
    staleTime: 5_000,
    retry: false,
  });

export const isOpen = ({ status }: Pick<WaitlistEntry, 'status'>): boolean =>
  status === 'waiting' || status === 'offered';
