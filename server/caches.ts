import { z } from 'zod';
import type { TeamRole } from '../contract/accounts.ts';
import { type EventId, idSchema, type OrganisationId, type SeatMapId } from '../contract/ids.ts';
import { createCache } from './data/cache.ts';
import type { Notices } from './data/notices.ts';
import type { Caller } from './features/accounts/accounts.ts';
import type { EventPage } from './features/catalog/get-event.ts';
import type { Filters } from './features/catalog/get-event-filters.ts';
import type { Live } from './features/inventory/read-live.ts';
import type { RememberedSale } from './features/sale/event-sale.ts';
import type { EncodedSeatMap } from './features/seating/encode-seat-map.ts';
import type { Page } from './pages/shell.ts';

/**
 * Every cache of one App: how much it remembers, and what tells that an entry is out of date. Two Apps share none.
 *
 * fixed: what is remembered never changes.
 * asked: the reader asks PostgreSQL for the version on each use, and believes an entry only if that is the same.
 * revoked: an entry names the access version of an account, and revocations end it (accounts/revocations.ts).
 * told: a change in any process is told to all of them (`hear`), and an entry is kept for some time at most.
 */
export const createCaches = () => ({
  /** fixed. An event stays with its organisation. */
  organisations: createCache<EventId, OrganisationId>(10_000),
  /** fixed. The slug of an event that was once published stays. */
  eventIds: createCache<string, EventId>(10_000),
  /** asked, by the event's version. An arena's plan takes about 1 MB. */
  sales: createCache<EventId, RememberedSale>(200),
  /**
   * asked. The ledger has its own, read through its own connections: whoever holds its lock must not wait for a reading
   * that waits for a connection of the others.
   */
  ledgerSales: createCache<EventId, RememberedSale>(200),
  /** asked, by the event's version. */
  eventPages: createCache<EventId, EventPage>(500),
  /** asked, by the ledger's version. An arena takes 36 kB. */
  live: createCache<EventId, Live>(500),
  /** fixed: each version of a seat map has an id of its own. An arena's takes about 2 MB. */
  seatMaps: createCache<SeatMapId, Promise<EncodedSeatMap | null>>(50),
  /** revoked. By organisation, user and access version. */
  roles: createCache<string, TeamRole>(10_000),
  /** revoked, and believed for five minutes at most. By bearer token. */
  callers: createCache<string, { caller: Caller; untilMs: number }>(20_000),
  /** told, and kept for a minute. */
  filters: createCache<'all', { atMs: number; filters: Promise<Filters> }>(1),
  /** told, and kept for ten seconds. By slug or id. */
  organiserPages: createCache<string, { untilMs: number; page: Promise<Page | null> }>(200),
});

export type Caches = ReturnType<typeof createCaches>;

/** What processes tell each other: the public lists show this event in another way than before. */
const invalidationSchema = z.object({
  kind: z.literal('event_listed'),
  eventId: idSchema('event'),
});
export type Invalidation = z.output<typeof invalidationSchema>;

/** Forgets what a change made wrong. The process that made it calls this itself, so that it reads its own writes. */
export function invalidate({ filters, organiserPages }: Caches, invalidation: Invalidation): void {
  switch (invalidation.kind) {
    case 'event_listed':
      filters.clear();
      organiserPages.clear();
  }
}

/**
 * Hears what other processes have changed. A trigger tells it in the transaction of the change
 * (migrations/0024_invalidations.sql). What was said while the connection was lost is not said again, so all that is told
 * is forgotten then.
 */
export const hearInvalidations = (caches: Caches, notices: Notices): Promise<void> =>
  notices.subscribe({
    channel: 'invalidations',
    heard(payload) {
      const { success, data } = invalidationSchema.safeParse(JSON.parse(payload));
      // A newer process may tell of caches that are not here.
      if (success) invalidate(caches, data);
    },
    async opened() {
      caches.filters.clear();
      caches.organiserPages.clear();
    },
  });
