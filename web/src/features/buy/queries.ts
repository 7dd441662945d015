import { queryOptions } from '@tanstack/react-query';
import { getEvent, getHold, getSandboxPayment, getSeatMap } from '../../api/operations.ts';
import { nowMs } from '../../ui/clock.ts';

/** By id or by slug. */
export const eventQuery = (eventRef: string) =>
  queryOptions({
    queryKey: ['event', eventRef],
    queryFn: ({ signal }) => getEvent({ params: { eventId: eventRef }, signal }),
    staleTime: 60_000,
  });

/** A seat map never changes once its event is published; the version makes a draft's edit a new one. */
export const seatMapQuery = (eventId: string, version: number) =>
  queryOptions({
    queryKey: ['seat-map', eventId, version],
    queryFn: ({ signal }) => getSeatMap({ params: { eventId }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });

/** A hold of one's own, with how far the server's clock is ahead of this device's. */
export const holdQuery = (holdId: string) =>
  queryOptions({
    queryKey: ['hold', holdId],
    queryFn: async ({ signal }) => {
      const hold = await getHold({ params: { holdId: holdId as `hld_${string}` }, signal });
      return { ...hold, offsetMs: Date.parse(hold.now) - nowMs() };
    },
    staleTime: 5_000,
  });

export const sandboxPaymentQuery = (paymentId: string, clientSecret: string) =>
  queryOptions({
    queryKey: ['sandbox-payment', paymentId],
    queryFn: ({ signal }) =>
      getSandboxPayment({
        params: { paymentId: paymentId as `pay_${string}` },
        query: { clientSecret },
        signal,
      }),
    staleTime: 0,
  });
