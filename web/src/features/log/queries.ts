import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { listAuditLog } from '../../../../client/endpoints.generated.ts';
import type { Act } from '../../../../contract/acts.ts';
import type { Id, OrganisationId, UserId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';

export interface Filters {
  act?: Act;
  actor?: UserId;
}

export const auditLogQuery = (organisationId: OrganisationId, filters: Filters) =>
  infiniteQueryOptions({
    queryKey: ['audit-log', organisationId, filters],
    queryFn: ({ pageParam, signal }) =>
      call(listAuditLog, {
        params: { organisationId },
        query: { ...filters, limit: 30, ...(pageParam && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as Id<'auditEntry'> | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
