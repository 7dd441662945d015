import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { AnswerOf } from '../../../../client/endpoint.ts';
import {
  getEventFilters,
  getOrganiser,
  listEvents,
  listSimilarEvents,
  listTrendingEvents,
  recommendEvents,
} from '../../../../client/endpoints.generated.ts';
import { call } from '../../api/call.ts';
import { maySignedIn } from '../../api/session.ts';
import { nowMs } from '../../ui/clock.ts';
import { pagesToLoad } from './reopened.ts';
import type { ExploreSearch } from './search.ts';
import { queryOf } from './search-query.ts';
import { readViewed } from './viewed.ts';

/** How long the loaded pages of a list stay cached, so that Back restores the list. */
const keptMs = 30 * 60_000;

/** While another list loads, the last one stays visible. Requests that nobody waits for are cancelled. */
export const eventsQuery = (search: ExploreSearch) =>
  infiniteQueryOptions({
    queryKey: ['events', search],
    queryFn: ({ pageParam, signal }) =>
      call(listEvents, {
        query: { ...queryOf(search, nowMs()), cursor: pageParam ?? undefined, limit: 24 },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: keptMs,
  });

/** The list at the start of a page, with as many pages as were shown before a reload. */
export const openingQuery = (search: ExploreSearch) => ({
  ...eventsQuery(search),
  pages: pagesToLoad(nameOf(search)),
});

/** A list's name by its filters, in any order. */
export const nameOf = (search: ExploreSearch): string => JSON.stringify(Object.entries(search).sort());

export const organiserQuery = (ref: string) =>
  queryOptions({
    queryKey: ['organiser', ref],
    queryFn: ({ signal }) => call(getOrganiser, { params: { organisationId: ref }, signal }),
    staleTime: 600_000,
  });

export const organiserEventsQuery = (organisation: `org_${string}`) =>
  infiniteQueryOptions({
    queryKey: ['events', { organisation }],
    queryFn: ({ pageParam, signal }) =>
      call(listEvents, { query: { organisation, cursor: pageParam ?? undefined, limit: 24 }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    staleTime: 60_000,
    gcTime: keptMs,
  });

/** The existing cities, categories and currencies. */
export const filtersQuery = queryOptions({
  queryKey: ['event-filters'],
  queryFn: ({ signal }) => call(getEventFilters, { signal }),
  staleTime: 600_000,
});

export const trendingQuery = queryOptions({
  queryKey: ['trending'],
  queryFn: async ({ signal }) => (await call(listTrendingEvents, { query: { limit: 8 }, signal })).items,
  staleTime: 600_000,
  gcTime: keptMs,
});

export type RecommendedEvent = AnswerOf<typeof recommendEvents>['items'][number];

/**
 * Newcomers cause no request, because nothing is known about them. The answer stays cached for a while, so that Back
 * restores the page. A change of the profile fetches it again (account/ProfileForm.tsx).
 */
export const recommendedQuery = queryOptions({
  queryKey: ['recommended'],
  queryFn: async ({ signal }) => {
    const viewed = readViewed();
    if (viewed.length === 0 && !maySignedIn()) return [];
    return (await call(recommendEvents, { body: { viewed, limit: 8 }, retries: 0, signal })).items;
  },
  staleTime: 600_000,
  gcTime: keptMs,
});

export const similarQuery = (eventId: string) =>
  queryOptions({
    queryKey: ['similar', eventId],
    queryFn: async ({ signal }) =>
      (await call(listSimilarEvents, { params: { eventId }, query: { limit: 6 }, signal })).items,
    staleTime: 300_000,
  });

/** True if the local mailbox exists, as in a demo or on a developer's machine. The server marks the page. */
export const isDemo = (): boolean => document.documentElement.dataset.demo !== undefined;
