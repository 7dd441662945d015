import type { EventId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import type { Submitted } from './batch.ts';
import type { Books } from './books.ts';
import type { HoldRecord } from './inventory.ts';
import type { LedgerState } from './state.ts';
import { type LedgerRow, selectHolds } from './store.ts';
import { vouchersOf } from './voucher.ts';
import type { VoucherRow } from './voucher-row.ts';
import { countVouchers, selectBatches, selectVouchers, toVoucher } from './voucher-store.ts';

type Known = Pick<LedgerState, 'vouchers' | 'voucherBatches' | 'vouchersMade'>;
const none: Known = {};

/**
 * Reads the vouchers that a batch may change, in two more round trips: those that its commands name, those of its holds, and those
 * that have ended. A batch without a voucher reads nothing.
 */
export async function loadVouchers(
  trx: Transaction,
  books: Books,
  {
    submitted,
    holds,
    ledgers,
    now,
  }: { submitted: Submitted[]; holds: HoldRecord[]; ledgers: LedgerRow[]; now: Date },
): Promise<(eventId: EventId) => Known> {
  const codes = submitted.flatMap(({ eventId, command }) => {
    if (command.kind === 'make-vouchers') return command.vouchers.map(({ code }) => ({ eventId, code }));
    if (command.kind !== 'place' && command.kind !== 'redeem') return [];
    const { code } = command;
    return code && !isPromoCode(books, eventId, code) ? [{ eventId, code }] : [];
  });
  const ids = submitted.flatMap(({ eventId, command }) =>
    command.kind === 'change-vouchers' ? command.voucherIds.map((id) => ({ eventId, id })) : [],
  );
  const pools = holds.flatMap(({ eventId, lines }) =>
    lines.flatMap(({ promo }) => (promo?.isVoucher ? [{ eventId, poolId: promo.poolId }] : [])),
  );
  const due = ledgers.flatMap(({ event_id, codes_end_at }) =>
    codes_end_at && codes_end_at <= now ? [event_id] : [],
  );
  if (codes.length + ids.length + pools.length + due.length === 0) return () => none;
  const making = submitted.flatMap(({ eventId, command }) =>
    command.kind === 'make-vouchers'
      ? [{ eventId, madeBy: command.madeBy, key: command.retry?.key ?? null, id: command.batchId }]
      : [],
  );
  const [rows, batches, counts] = await Promise.all([
    selectVouchers(trx, { codes, ids, pools, due, now }),
    selectBatches(trx, making),
    countVouchers(trx, [...new Set(making.map(({ eventId }) => eventId))]),
  ]);
  const kept = await readKept(trx, rows, now);
  const byEvent = Map.groupBy(rows, (row) => row.event_id);
  const batchesByEvent = Map.groupBy(batches, (batch) => batch.eventId);
  return (eventId) => {
    const found = byEvent.get(eventId) ?? [];
    const made = batchesByEvent.get(eventId);
    const count = counts.find((each) => each.eventId === eventId);
    return {
      ...(found.length > 0 && {
        vouchers: vouchersOf(
          found.map((row) => toVoucher(row, (row.hold_id && kept.get(row.hold_id)) || null)),
        ),
      }),
      ...(made && { voucherBatches: made }),
      ...(count && { vouchersMade: count.made }),
    };
  };
}

/** True if the event has a promo code of this name, which comes before any voucher. */
export const isPromoCode = (books: Books, eventId: EventId, code: string): boolean =>
  books.get(eventId)?.sale.promoCodes.some((promo) => promo.code === code) ?? false;

/** The holds that keep places for these vouchers. */
async function readKept(trx: Transaction, rows: VoucherRow[], now: Date): Promise<Map<string, HoldRecord>> {
  const holdIds = rows.flatMap(({ hold_id }) => hold_id ?? []);
  if (holdIds.length === 0) return new Map();
  const holds = await selectHolds(trx, {
    eventIds: [],
    now,
    holdIds,
    buyerEvents: [],
    buyerIds: [],
    keys: [],
  });
  return new Map(holds.map((hold) => [hold.id, hold]));
}
