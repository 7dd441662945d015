import { queryOptions } from '@tanstack/react-query';
import { getLibraryPlan, listLibraryPlans } from '../../../../client/endpoints.generated.ts';
import type { OrganisationId, SeatPlanId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';

export const libraryQuery = (organisationId: OrganisationId) =>
  queryOptions({
    queryKey: ['seat-plan-library', organisationId],
    queryFn: ({ signal }) => call(listLibraryPlans, { params: { organisationId }, signal }),
    staleTime: 5_000,
  });

/** A plan as the designer begins with it. After that the designer saves, and asks again only in a conflict. */
export const libraryPlanQuery = (organisationId: OrganisationId, planId: SeatPlanId) =>
  queryOptions({
    queryKey: ['seat-plan-library', organisationId, planId],
    queryFn: ({ signal }) => call(getLibraryPlan, { params: { organisationId, planId }, query: {}, signal }),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });

/** The versions that are kept, the latest first, and the drawing of one of them. */
export const planVersionQuery = (organisationId: OrganisationId, planId: SeatPlanId, version: number) =>
  queryOptions({
    queryKey: ['seat-plan-versions', organisationId, planId, version],
    queryFn: ({ signal }) =>
      call(getLibraryPlan, { params: { organisationId, planId }, query: { version }, signal }),
    staleTime: 0,
    gcTime: 0,
  });
