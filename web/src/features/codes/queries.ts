import { infiniteQueryOptions } from '@tanstack/react-query';
import { listVouchers } from '../../../../client/endpoints.generated.ts';
import type { EventId, VoucherBatchId, VoucherId } from '../../../../contract/ids.ts';
import type { Voucher } from '../../../../contract/vouchers.ts';
import { call } from '../../api/call.ts';

/** Which codes are shown. An empty text or null is any. */
export interface Filter {
  q: string;
  tag: string | null;
  batch: VoucherBatchId | null;
  state: Voucher['state'] | null;
}
export const noFilter: Filter = { q: '', tag: null, batch: null, state: null };

/** The filter as the API takes it. */
export const filterQuery = ({ q, tag, batch, state }: Filter) => ({
  ...(q.trim() && { q: q.trim() }),
  ...(tag !== null && { tag }),
  ...(batch !== null && { batch }),
  ...(state !== null && { state }),
});

/** The codes of an event, the latest first. */
export const vouchersQuery = (eventId: EventId, filter: Filter) =>
  infiniteQueryOptions({
    queryKey: ['vouchers', eventId, filter],
    queryFn: ({ signal, pageParam }) =>
      call(listVouchers, {
        params: { eventId },
        query: { ...filterQuery(filter), ...(pageParam && { cursor: pageParam }), limit: 50 },
        signal,
      }),
    initialPageParam: null as VoucherId | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    staleTime: 0,
  });

/** The codes that a change is about. */
export type Which = { ids: VoucherId[] } | { tag: string } | { batchId: VoucherBatchId };
