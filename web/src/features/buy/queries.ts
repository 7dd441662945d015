import { queryOptions } from '@tanstack/react-query';
import { getEvent, getHold, getSandboxPayment, getSeatMap } from '../../../../client/endpoints.generated.ts';
import type { Hold } from '../../../../contract/holds.ts';
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
 * By id or by slug, so that it can be asked for together with its event. It never changes once the event is
 * published; in a draft it may, and the browser's own cache then asks the server whether it has.
 */
export const seatMapQuery = (eventRef: string) =>
  queryOptions({
    queryKey: ['seat-map', eventRef],
    queryFn: ({ signal }) => call(getSeatMap, { params: { eventId: eventRef }, signal }),
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
