import { type EventId, seatId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { Voucher } from '../../../contract/vouchers.ts';
import type { VoucherRow } from '../inventory/voucher-row.ts';
import { placeName, type SeatPlan } from '../seating/seat-plan.ts';

/** What a voucher is at `now`. One that was revoked or has ended is that, however often it was used. */
function stateOf(
  { revoked_at, valid_until, sold, uses }: Pick<VoucherRow, 'revoked_at' | 'valid_until' | 'sold' | 'uses'>,
  now: Date,
): Voucher['state'] {
  if (revoked_at) return 'revoked';
  if (valid_until && valid_until <= now) return 'ended';
  return sold >= uses ? 'used' : 'open';
}

interface Sold {
  eventId: EventId;
  currency: Currency;
  seats: SeatPlan | null;
}

/** The page that a code opens by itself. */
export const linkOf = (publicUrl: string, slug: string, code: string): string =>
  `${publicUrl}/e/${encodeURIComponent(slug)}?code=${encodeURIComponent(code)}`;

/** A voucher as its team sees it. */
export function showVoucher(row: VoucherRow, { eventId, currency, seats }: Sold, now: Date): Voucher {
  const money = (amount: number | null) => (amount === null ? null : { amount, currency });
  const index = row.seat_index;
  return {
    id: row.id,
    batchId: row.batch_id,
    code: row.code,
    tag: row.tag,
    percentOff: row.percent_off,
    amountOff: money(row.amount_off_minor),
    price: money(row.price_minor),
    ticketTypeIds: row.ticket_type_ids,
    seatId: index === null ? null : seatId(eventId, index),
    // A seat that the present map does not have has no name.
    seat: index === null || seats?.zoneOf[index] === undefined ? null : placeName(seats, index),
    uses: row.uses,
    held: row.held,
    sold: row.sold,
    budget: money(row.budget_minor),
    off: { amount: row.off_minor, currency },
    keepsPlaces: row.keeps !== null,
    validUntil: row.valid_until?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
    state: stateOf(row, now),
    madeAt: row.made_at.toISOString(),
  };
}
