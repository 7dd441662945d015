import type { TicketTypeId } from '../../../contract/ids.ts';
import type { EventSale, SalePromoCode } from '../sale/event-sale.ts';
import { isExtra } from './extras.ts';
import type { Pool } from './inventory.ts';
import { withReduction } from './reprice-lines.ts';
import { linesOf } from './type-lines.ts';
import { isFor, opens, type Reduction, type Voucher } from './voucher.ts';
import type { VoucherRow } from './voucher-row.ts';

type Present = { pools: Pool[]; now: Date };

/** Decision: what one ticket costs now with a promo code of the event, by ticket type. Types that cost no less are left out. */
export const pricesWithPromoCode = (
  sale: EventSale,
  promo: SalePromoCode,
  present: Present,
): Map<TicketTypeId, number> =>
  pricesWith(
    sale,
    { ...promo, concerns: (line) => line.unitMinor > 0 && !isExtra(line), budgetMinor: null },
    { ...present, ticketTypeIds: null },
  );

/** The same with a voucher. With a voucher of one seat it is the price of that seat. */
export function pricesWithVoucher(
  sale: EventSale,
  row: VoucherRow,
  present: Present,
): Map<TicketTypeId, number> {
  const terms = { ticketTypeIds: row.ticket_type_ids, seat: row.seat_index };
  const reduction: Reduction = {
    code: row.code,
    percentOff: row.percent_off,
    amountOffMinor: row.amount_off_minor,
    priceMinor: row.price_minor,
    poolId: row.pool_id,
    isVoucher: true,
    seat: row.seat_index,
    concerns: (line) => !isExtra(line) && isFor(terms, line),
    budgetMinor: row.budget_minor === null ? null : Math.max(0, row.budget_minor - row.off_minor),
  };
  return pricesWith(sale, reduction, { ...present, ticketTypeIds: row.ticket_type_ids });
}

function pricesWith(
  sale: EventSale,
  reduction: Reduction,
  { pools, now, ticketTypeIds }: Present & Pick<Voucher, 'ticketTypeIds'>,
): Map<TicketTypeId, number> {
  const byId = new Map(pools.map((pool) => [pool.id, pool]));
  const { seat = null } = reduction;
  const prices = new Map<TicketTypeId, number>();
  for (const type of sale.ticketTypes) {
    // Nobody hears the price of a hidden type by a code that does not open it. A code for all types names none, so it opens none.
    if (type.hidden && !opens({ ticketTypeIds }, type.id)) continue;
    if (type.product || (seat !== null && sale.seats?.zoneOf[seat] !== type.zone)) continue;
    const full = linesOf(sale, type, 1, { pools: byId, now }).map((line) =>
      seat === null ? line : { ...line, seats: [seat] },
    );
    const [before, after] = [full[0], withReduction(sale, full, reduction)[0]];
    if (before && after && after.unitMinor < before.unitMinor) prices.set(type.id, after.unitMinor);
  }
  return prices;
}
