import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { getAvailability } from '../../../../client/endpoints.generated.ts';
import type { Availability, AvailabilityDelta } from '../../../../contract/holds.ts';
import type { SeatMapId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';
import { listen } from '../../api/live.ts';

/** What is free, as far as this browser knows. */
export interface Snapshot {
  version: number;
  /** Places left, by ticket type. */
  available: Record<string, number>;
  /** The same as the server says it, with what each price step has left. */
  types: AvailabilityDelta['ticketTypes'];
  /** One bit per seat, by its index within the event, 1 is free; null without numbered seats. */
  seats: Uint8Array | null;
  /** The current version of the seat map. */
  seatMapId?: SeatMapId | undefined;
}

export function readAvailability({ version, ticketTypes, seats, seatMapId }: Availability): Snapshot {
  return {
    version,
    available: Object.fromEntries(ticketTypes.map((type) => [type.id, type.available])),
    types: ticketTypes,
    seats: seats === undefined ? null : Uint8Array.from(atob(seats), (char) => char.charCodeAt(0)),
    ...(seatMapId && { seatMapId }),
  };
}

export const isFree = (seats: Uint8Array | null, index: number): boolean =>
  seats === null || ((seats[index >> 3] ?? 0) & (1 << (index & 7))) !== 0;

/**
 * Applies a change to the snapshot. Returns null if changes in between were missed, or if the organiser has changed the
 * seat map: then the snapshot names the new map, and its bits cover the new seats. A delta contains the new state
 * and not the difference, so a delta that begins before our version works as well.
 */
export function applyDelta(snapshot: Snapshot, delta: AvailabilityDelta): Snapshot | null {
  if (delta.version <= snapshot.version) return snapshot;
  if (delta.from > snapshot.version) return null;
  if (delta.seatMapId !== undefined && delta.seatMapId !== (snapshot.seatMapId ?? null)) return null;
  const available = { ...snapshot.available };
  for (const { id, available: left } of delta.ticketTypes) available[id] = left;
  const seats = snapshot.seats && new Uint8Array(snapshot.seats);
  if (seats) {
    for (const index of delta.freed) seats[index >> 3] = (seats[index >> 3] ?? 0) | (1 << (index & 7));
    for (const index of delta.taken) seats[index >> 3] = (seats[index >> 3] ?? 0) & ~(1 << (index & 7));
  }
  return { ...snapshot, version: delta.version, available, types: delta.ticketTypes, seats };
}

export const availabilityQuery = (eventId: string) =>
  queryOptions({
    queryKey: ['availability', eventId],
    queryFn: async ({ signal }) =>
      readAvailability(await call(getAvailability, { params: { eventId }, signal })),
    staleTime: 10_000,
  });

/** What is free, kept current while the page is open: the server pushes the changes. */
export function useAvailability(eventId: string): Snapshot | undefined {
  const client = useQueryClient();
  useEffect(() => {
    const { queryKey } = availabilityQuery(eventId);
    const refetch = () => void client.invalidateQueries({ queryKey });
    let stop = () => {};
    // Runs after the page is shown, because the first view needs only the snapshot.
    const timer = setTimeout(() => {
      stop = listen({
        query: { event: eventId },
        // Refetches, because changes between the snapshot and the connection were not sent to us.
        onOpen: () => {
          refetch();
          // A cache on the way may keep what was true a second before.
          setTimeout(() => client.invalidateQueries({ queryKey: ['queue', eventId] }), 1200);
        },
        onRefused: refetch,
        onMessage: (name, payload) => {
          // What everybody may know of the queue (queue/queries.ts).
          if (name === 'queue') return void client.setQueryData(['queue', eventId], payload);
          if (name === 'event') return void client.invalidateQueries({ queryKey: ['event'] });
          const delta = payload as AvailabilityDelta;
          if (name !== 'availability' || delta.eventId !== eventId) return;
          const known = client.getQueryData(queryKey);
          const next = known ? applyDelta(known, delta) : null;
          if (next) client.setQueryData(queryKey, next);
          else refetch();
        },
      });
    }, 600);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [client, eventId]);
  return useQuery(availabilityQuery(eventId)).data;
}
