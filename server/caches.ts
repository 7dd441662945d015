import { z } from 'zod';
import { type EventId, idSchema, type OrganisationId, type SeatMapId } from '../contract/ids.ts';
import type { Membership } from '../contract/team-roles.ts';
import { createCache } from './data/cache.ts';
import type { Notices } from './data/notices.ts';
import type { Caller } from './features/accounts/accounts.ts';
import type { KnownKey } from './features/api-keys/store.ts';
import type { EventPage } from './features/catalog/get-event.ts';
import type { Filters } from './features/catalog/get-event-filters.ts';
import type { GateReads } from './features/door/gate-knowledge.ts';
import type { KnownNumbers } from './features/door/short-numbers.ts';
import type { KnownDevice } from './features/door-links/door-device.ts';
import type { Live } from './features/inventory/read-live.ts';
import type { DoorTerms } from './features/sale/door-times.ts';
import type { RememberedSale } from './features/sale/event-sale.ts';
import type { EncodedSeatMap } from './features/seating/encode-seat-map.ts';
import type { PlaceKinds } from './features/seating/place-kinds.ts';
import type { Page } from './pages/shell.ts';

/**
 * Every cache of one App: its size, and how an entry is invalidated. Two Apps share none.
 *
 * fixed: the cached value never changes.
 *
 * asked: the reader asks PostgreSQL for the version on each use, and uses an entry only if its version is the same.
 *
 * revoked: an entry contains an account's access version, and revocations invalidate it (accounts/revocations.ts).
 *
 * told: a change in any process is announced to all of them (`hear`), and an entry expires after some time.
 */
export const createCaches = () => ({
  /** fixed. An event never changes its organisation. */
  organisations: createCache<EventId, OrganisationId>(10_000),
  /** fixed. The slug of an event never changes once the event was published. */
  eventIds: createCache<string, EventId>(10_000),
  /** asked, by the event's version. An arena's plan takes about 1 MB. */
  sales: createCache<EventId, RememberedSale>(200),
  /**
   * asked. The ledger has its own cache, filled through its own connections: the holder of its lock must not wait for
   * a read that waits for a connection of the shared pool.
   */
  ledgerSales: createCache<EventId, RememberedSale>(200),
  /** asked, by the event's version. */
  eventPages: createCache<EventId, EventPage>(500),
  /** asked, by the ledger's version. An arena takes 36 kB. */
  live: createCache<EventId, Live>(500),
  /** fixed: each version of a seat map has an id of its own. An arena's takes about 2 MB. */
  seatMaps: createCache<SeatMapId, Promise<EncodedSeatMap | null>>(50),
  /** revoked. By organisation, user and access version. */
  memberships: createCache<string, Membership>(10_000),
  /** revoked, and used for five minutes at most. By bearer token. */
  callers: createCache<string, { caller: Caller; untilMs: number }>(20_000),
  /** told: a notice of a revocation drops every entry. By the hash of a device's token. See door-links/find-device.ts. */
  doorDevices: createCache<string, Promise<KnownDevice | null>>(10_000),
  /** told, and by revocations of the person who made the key. By the hash of the secret. See api-keys/find-key.ts. */
  apiKeys: createCache<string, Promise<KnownKey | null>>(10_000),
  /** fixed: the event of a member's own device at the door. By device and user. */
  ownDoorDevices: createCache<string, EventId>(10_000),
  /** fixed. What the index is asked for the words of a search, by the spellings of the words. */
  searchQueries: createCache<string, Promise<string | null>>(1000),
  /** told, and kept for a minute. */
  filters: createCache<'all', { atMs: number; filters: Promise<Filters> }>(1),
  /** told, and kept for ten seconds. By slug or id. */
  organiserPages: createCache<string, { untilMs: number; page: Promise<Page | null> }>(200),
  /** fixed: an event whose door has rules of its own keeps them. */
  specialDoors: createCache<EventId, true>(10_000),
  /** asked again for a number that is not there: the number of an issue never changes. 60,000 take about 10 MB. */
  shortNumbers: createCache<EventId, Promise<KnownNumbers>>(20),
  /** fixed: each version of a seat map has an id of its own. */
  placeKinds: createCache<SeatMapId, PlaceKinds>(200),
  /** told, and kept for a minute: a change of the doors alone is not announced to other processes. */
  doorTimes: createCache<EventId, { times: DoorTerms; untilMs: number }>(1_000),
  /** asked, once a second. An event with 60,000 tickets takes about 30 MB, so few are kept. */
  gateKnowledge: createCache<EventId, GateReads>(20),
});

export type Caches = ReturnType<typeof createCaches>;

/** The notice between processes. `event_listed`: this event appears differently in the public lists now. */
const invalidationSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('event_listed'), eventId: idSchema('event') }),
  /** A door link or a device of it was revoked. */
  z.object({ kind: z.literal('door_access_ended') }),
  /** An API key was revoked, or has another secret. */
  z.object({ kind: z.literal('api_key_changed') }),
]);
type Invalidation = z.output<typeof invalidationSchema>;

/**
 * Drops the entries that a change made stale. The process that made the change calls this itself, so that it reads
 * its own writes.
 */
export function invalidate(caches: Caches, invalidation: Invalidation): void {
  const { filters, organiserPages, doorTimes, doorDevices, apiKeys } = caches;
  switch (invalidation.kind) {
    case 'event_listed':
      filters.clear();
      organiserPages.clear();
      doorTimes.forget(invalidation.eventId);
      return;
    case 'door_access_ended':
      doorDevices.clear();
      return;
    case 'api_key_changed':
      apiKeys.clear();
  }
}

/**
 * Hears what other processes have changed. A trigger sends the notice in the transaction of the change
 * (migrations/0024_invalidations.sql). Notices during a lost connection never arrive, so after a reconnect this drops
 * every `told` entry.
 */
export const hearInvalidations = (caches: Caches, notices: Notices): Promise<void> =>
  notices.subscribe({
    channel: 'invalidations',
    heard(payload) {
      const { success, data } = invalidationSchema.safeParse(JSON.parse(payload));
      // A newer process may name caches that do not exist here.
      if (success) invalidate(caches, data);
    },
    async opened() {
      caches.filters.clear();
      caches.organiserPages.clear();
      caches.doorTimes.clear();
      caches.doorDevices.clear();
      caches.apiKeys.clear();
    },
  });
