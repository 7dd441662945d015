import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { listAuditLog, listPlatformAuditLog } from '../../../../client/endpoints.generated.ts';
import { type Act, actNames } from '../../../../contract/acts.ts';
import type { Id, OrganisationId, UserId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';

export interface Filters {
  act?: Act | undefined;
  actor?: UserId | undefined;
}
export interface PlatformFilters extends Filters {
  organisationId?: OrganisationId;
  subject?: string;
}

/** The acts of a team. Those of the platform's admins are in no organisation's log. */
export const teamActs = actNames.filter(
  (act) => !/^(account|money_review|job)\.|^message\.delivered_again$/.test(act),
);

type Cursor = Id<'auditEntry'> | null;
const pageOf = (cursor: Cursor) => ({ limit: 30, ...(cursor && { cursor }) });
const paged = {
  initialPageParam: null as Cursor,
  getNextPageParam: (last: { nextCursor: Cursor }) => last.nextCursor,
  placeholderData: keepPreviousData,
  staleTime: 0,
};

export const auditLogQuery = (organisationId: OrganisationId, filters: Filters) =>
  infiniteQueryOptions({
    ...paged,
    queryKey: ['audit-log', organisationId, filters],
    queryFn: ({ pageParam, signal }) =>
      call(listAuditLog, {
        params: { organisationId },
        query: { ...given(filters), ...pageOf(pageParam) },
        signal,
      }),
  });

export const platformLogQuery = (filters: PlatformFilters) =>
  infiniteQueryOptions({
    ...paged,
    queryKey: ['audit-log', 'platform', filters],
    queryFn: ({ pageParam, signal }) =>
      call(listPlatformAuditLog, { query: { ...given(filters), ...pageOf(pageParam) }, signal }),
  });

/** Without the filters that are not set. */
const given = <T extends object>(filters: T): T =>
  Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined)) as T;
