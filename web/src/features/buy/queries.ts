import { queryOptions } from '@tanstack/react-query';
import { getEvent, getHold, getSandboxPayment, getSeatMap } from '../../../../client/endpoints.generated.ts';
import type { Hold } from '../../../../contract/holds.ts';
import type { SeatMapId } from '../../../../contract/ids.ts';
import { call } from '../../api/call.ts';
import { nowMs } from '../../ui/clock.ts';

/** By id or by slug. */
export const eventQuery = (eventRef: string) =>
  queryOptions({
    queryKey: ['event', eventRef],
    queryFn: ({ signal }) => call(getEvent, { params: { eventId: eventRef }, signal }),
    staleTime: 60_000,
  });

/**
 * By id or by slug, so that it can be asked for together with its event. Without a version it may be one that was in
 * force some minutes ago; the availability says which one is now.
 */
export const seatMapQuery = (eventRef: string, seatMapId?: SeatMapId) =>
  queryOptions({
    queryKey: ['seat-map', eventRef, seatMapId ?? null],
    queryFn: ({ signal }) =>
      call(getSeatMap, { params: { eventId: eventRef }, query: seatMapId ? { seatMapId } : {}, signal }),
    staleTime: 600_000,
    structuralSharing: false,
  });

/** A hold of one's own, with how far the server's clock is ahead of this device's. */
export type HeldPlaces = Hold & { offsetMs: number };

/** A hold that the server has just answered. */
export const heldNow = (hold: Hold): HeldPlaces => ({ ...hold, offsetMs: Date.parse(hold.now) - nowMs() });

export const holdQuery = (holdId: string) =>
  queryOptions({
    queryKey: ['hold', holdId],
    queryFn: async ({ signal, client, queryKey }) => {
      const hold = heldNow(await call(getHold, { params: { holdId: holdId as `hld_${string}` }, signal }));
      // Only placing it tells that its time goes on from an earlier hold.
      return client.getQueryData<HeldPlaces>(queryKey)?.resumed ? { ...hold, resumed: true as const } : hold;
    },
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
