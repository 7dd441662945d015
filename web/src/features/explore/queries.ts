import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { listEvents } from '../../api/operations.ts';
import { nowMs } from '../../ui/clock.ts';
import { type ExploreSearch, instantsOf } from './search.ts';

export const eventsQuery = (search: ExploreSearch) =>
  infiniteQueryOptions({
    queryKey: ['events', search],
    queryFn: ({ pageParam, signal }) => {
      const { q, category, city, sort } = search;
      return listEvents({
        query: {
          q,
          category,
          city,
          sort,
          ...instantsOf(search, nowMs()),
          cursor: pageParam ?? undefined,
          limit: 24,
        },
        signal,
      });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    staleTime: 60_000,
  });

/** The cities that have something on, from the first hundred events to come. */
export const citiesQuery = queryOptions({
  queryKey: ['cities'],
  queryFn: async ({ signal }) => {
    const { items } = await listEvents({ query: { limit: 100 }, signal });
    return [...new Set(items.map((event) => event.venue.city))].sort((a, b) => a.localeCompare(b));
  },
  staleTime: 600_000,
});

/** True where the local mailbox answers, a demo or a developer's machine: the server says so in the page. */
export const isDemo = (): boolean => document.documentElement.dataset.demo !== undefined;
