import { queryOptions } from '@tanstack/react-query';
import { listPayWays } from '../../../../client/endpoints.generated.ts';
import type { HoldId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';

/** How a hold may be paid. Paying at once is always possible, so without an answer nothing else is offered. */
export const payWaysQuery = (holdId: string) =>
  queryOptions({
    queryKey: ['hold-ways', holdId],
    queryFn: ({ signal }) =>
      call(listPayWays, { params: { holdId: holdId as HoldId }, signal }).then(
        ({ items }) => items,
        () => [],
      ),
    staleTime: 60_000,
    retry: false,
  });
