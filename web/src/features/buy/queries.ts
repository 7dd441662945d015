import { queryOptions } from '@tanstack/react-query';
import {
  getEvent,
  getHold,
  getSandboxPayment,
  getSeatMap,
  listOwnHolds,
} from '../../../../client/endpoints.generated.ts';
import type { Hold } from '../../../../contract/holds.ts';
import type { EventId, SeatMapId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';
import { nowMs } from '../../ui/clock.ts';

/** By id or slug. */
export const eventQuery = (eventRef: string) =>
  queryOptions({
    queryKey: ['event', eventRef],
    queryFn: ({ signal }) => call(getEvent, { params: { eventId: eventRef }, signal }),
    staleTime: 60_000,
  });

/**
 * By id or slug, so that it can load together with its event. Without a version it may be some minutes old. The
 * availability names the current version.
 */
export const seatMapQuery = (eventRef: string, seatMapId?: SeatMapId) =>
  queryOptions({
    queryKey: ['seat-map', eventRef, seatMapId ?? null],
    queryFn: ({ signal }) =>
      call(getSeatMap, { params: { eventId: eventRef }, query: seatMapId ? { seatMapId } : {}, signal }),
    staleTime: 600_000,
    structuralSharing: false,
  });

/** The person's own hold, with the difference between the server's clock and this device's. */
export type HeldPlaces = Hold & { offsetMs: number };

/** A hold that the server has just returned. */
export const heldNow = (hold: Hold): HeldPlaces => ({ ...hold, offsetMs: Date.parse(hold.now) - nowMs() });

export const holdQuery = (holdId: string) =>
  queryOptions({
    queryKey: ['hold', holdId],
    queryFn: async ({ signal, client, queryKey }) => {
      const hold = heldNow(await call(getHold, { params: { holdId: holdId as `hld_${string}` }, signal }));
      // Only the answer to placing it says that it continues the clock of an earlier hold.
      return client.getQueryData<HeldPlaces>(queryKey)?.resumed ? { ...hold, resumed: true as const } : hold;
    },
    staleTime: 5_000,
  });

/** The account's active holds of an event, from any device. */
export const ownHoldsQuery = (eventId: EventId) =>
  queryOptions({
    queryKey: ['hold', 'own', eventId],
    queryFn: ({ signal }) => call(listOwnHolds, { params: { eventId }, signal }),
    staleTime: 5_000,
  });

export const sandboxPaymentQuery = (paymentId: string, clientSecret: string) =>
  queryOptions({
    queryKey: ['sandbox-payment', paymentId],
    queryFn: ({ signal }) =>
      call(getSandboxPayment, {
        params: { paymentId: paymentId as `pay_${string}` },
        query: { clientSecret },
        signal,
      }),
    staleTime: 0,
  });
