import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { listPreviewLinks, previewEvent } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import type { ManagedEvent } from '../../../../contract/events.ts';
import type { EventId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';
import { managedEventQuery } from '../organise/queries.ts';

export const previewLinksQuery = (eventId: EventId) =>
  queryOptions({
    queryKey: ['managed', eventId, 'preview-links'],
    queryFn: ({ signal }) => call(listPreviewLinks, { params: { eventId }, signal }),
    staleTime: 5_000,
  });

/** An event by the secret of a preview link. */
export const previewQuery = (linkId: string, secret: string) =>
  queryOptions({
    queryKey: ['preview', linkId],
    queryFn: ({ signal }) =>
      call(previewEvent, { params: { previewLinkId: linkId as `pvl_${string}` }, body: { secret }, signal }),
    staleTime: 10_000,
    retry: false,
  });

/** Takes over a newer version of an event, and forgets what buyers' pages showed of it. */
export function settle(client: QueryClient, saved: ManagedEvent): void {
  client.setQueryData(managedEventQuery(saved.id).queryKey, saved);
  void client.invalidateQueries({ queryKey: ['managed', 'of'] });
  void client.removeQueries({ queryKey: ['event'] });
}

/** One change of a whole event. Its answer is the event's new version. `flush` saves what was typed before it. */
export function useEventAct(eventId: EventId, flush?: () => Promise<void>) {
  const client = useQueryClient();
  const { queryKey } = managedEventQuery(eventId);
  return useMutation({
    /** `version` is that of the newest event that this page knows. */
    mutationFn: async (act: (version: number) => Promise<ManagedEvent>) => {
      await flush?.();
      return act(client.getQueryData<ManagedEvent>(queryKey)?.version ?? 0);
    },
    onSuccess: (saved) => settle(client, saved),
    onError: (error) => {
      if (isProblem(error, 'version_mismatch')) void client.refetchQueries({ queryKey, exact: true });
    },
  });
}
