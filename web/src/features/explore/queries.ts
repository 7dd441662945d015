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
import { type ExploreSearch, queryOf } from './search.ts';
import { readViewed } from './viewed.ts';

/** What was loaded of a list is kept so long, so that Back finds it as it was left. */
const keptMs = 30 * 60_000;

/** While another list is on its way the last one stays; the request for one that nobody waits for any more is cancelled. */
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

/** The list as a page begins with it: with as much of it as was shown before a reload. */
export const openingQuery = (search: ExploreSearch) => ({
  ...eventsQuery(search),
  pages: pagesToLoad(nameOf(search)),
});

/** A list by its filters, in whatever order they were chosen. */
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

/** The cities, categories and currencies that there are. */
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
 * Nothing is asked for a newcomer, of whom nothing is known. It stays as it is for a while, so that Back finds the
 * page as it was left; a change of the profile asks anew (account/ProfileForm.tsx).
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

/** True where the local mailbox answers, a demo or a developer's machine: the server says so in the page. */
export const isDemo = (): boolean => document.documentElement.dataset.demo !== undefined;
