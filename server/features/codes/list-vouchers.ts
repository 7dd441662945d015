import { Refused } from '../../../contract/errors.ts';
import type { EventId, VoucherBatchId, VoucherId } from '../../../contract/ids.ts';
import type { Voucher, VoucherList } from '../../../contract/vouchers.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { showVoucher } from './codes.ts';
import { selectBatches, selectPage, selectTags } from './store.ts';

interface Query {
  q?: string | undefined;
  tag?: string | undefined;
  batch?: VoucherBatchId | undefined;
  state?: Voucher['state'] | undefined;
  cursor?: VoucherId | undefined;
  limit: number;
}

/** Lists the vouchers of an event for its team, the latest first. */
export async function listVouchers(
  app: App,
  { params: { eventId }, query }: Call<{ eventId: EventId }, Query, undefined, 'team'>,
): Promise<VoucherList> {
  const sale = await readEventSale(app, eventId);
  if (!sale) throw new Refused('not_found');
  const now = app.clock.now();
  const { q, tag, batch, state, cursor = null, limit } = query;
  const [rows, tags, batches] = await Promise.all([
    selectPage(app.db, { eventId, q, tag, batch, state, now }, cursor, limit + 1),
    selectTags(app.db, eventId),
    selectBatches(app.db, eventId),
  ]);
  const items = rows.slice(0, limit).map((row) => showVoucher(row, sale, now));
  return {
    items,
    nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null,
    tags,
    batches: batches.map(({ madeAt, ...each }) => ({ ...each, madeAt: madeAt.toISOString() })),
  };
}
