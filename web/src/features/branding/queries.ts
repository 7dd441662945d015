import { queryOptions } from '@tanstack/react-query';
import { getOrganisationPage } from '../../../../client/endpoints.generated.ts';
import type { OrganisationId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';

export const pageQuery = (organisationId: OrganisationId) =>
  queryOptions({
    queryKey: ['organisation-page', organisationId],
    queryFn: ({ signal }) => call(getOrganisationPage, { params: { organisationId }, signal }),
    // A refetch must not replace what somebody is typing.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
