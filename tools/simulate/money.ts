import type { HoldRecord, SoldOrder } from '../../server/features/inventory/inventory.ts';
import type { EventSale } from '../../server/features/sale/event-sale.ts';
import type { Lines } from './wishes.ts';

/**
 * Prices in the model. They are computed once more in another way than contract/price.ts does it: with exact fractions
 * of whole numbers, and with half a step added before rounding down. All events of the simulator sell in euros.
 */
const million = 1_000_000n;
const rateOf = (percent: number): bigint => BigInt(Math.round(percent * 10_000));
const halfUp = (numerator: bigint, denominator: bigint): number =>
  Number((numerator * 2n + denominator) / (denominator * 2n));

type Pricing = NonNullable<Lines[number]['pricing']>;

/** The terms of a ticket type's price; undefined if it has neither tax nor fee. */
export function pricingOf(sale: EventSale, type: EventSale['ticketTypes'][number]): Pricing | undefined {
  const { listMinor, tax } = type;
  return tax || sale.bookingFee ? { listMinor, tax, fee: sale.bookingFee } : undefined;
}

/** What the buyer pays for a ticket that the organiser sells for `listMinor`. */
export function priceWith(listMinor: number, pricing: Pricing | undefined): number {
  if (!pricing || listMinor === 0) return listMinor;
  const { tax, fee } = pricing;
  const onTop = tax && !tax.included ? halfUp(BigInt(listMinor) * rateOf(tax.ratePercent), million) : 0;
  const ticket = listMinor + onTop;
  if (!fee || fee.paidBy === 'absorbed') return ticket;
  return ticket + fee.perTicketMinor + halfUp(BigInt(ticket) * rateOf(fee.perTicketPercent), million);
}

/** The booking fee that the buyer pays in the price of one place. On resale it is what was paid as such before. */
export const feeIn = ({ pricing, promo, unitMinor, resale, parts }: Lines[number]): number =>
  resale
    ? parts.feeMinor
    : pricing
      ? unitMinor - priceWith(promo?.listMinor ?? pricing.listMinor, { ...pricing, fee: null })
      : 0;

/** The fee that the buyer pays for the order itself. */
export function orderFee(lines: Lines): number {
  const fee = lines.find((line) => line.unitMinor > 0)?.pricing?.fee;
  return fee?.paidBy === 'buyer' ? fee.perOrderMinor : 0;
}

export const totalOf = (lines: Lines): number =>
  lines.reduce((sum, line) => sum + line.quantity * line.unitMinor, orderFee(lines));

/** What is wrong with the parts that an order has given back so far; null if nothing is. */
export function wrongSplit(hold: HoldRecord, order: SoldOrder, isLast: boolean): string | null {
  const { refunded, refundedMinor } = order;
  const given = Object.values(refunded);
  const sum = given.reduce((total, part) => total + part, 0);
  if (sum !== refundedMinor) return `the parts ${given} of ${refundedMinor} do not add up for ${hold.id}`;
  if (given.some((part) => part < 0)) return `a part of ${given} is negative for ${hold.id}`;
  const paid = { organiserMinor: 0, taxMinor: 0, feeMinor: 0, feeTaxMinor: 0 };
  for (const { quantity, parts } of hold.lines) {
    const { absorbedMinor = 0, feeTaxMinor = 0 } = parts;
    paid.organiserMinor += quantity * (parts.netMinor - absorbedMinor);
    paid.taxMinor += quantity * parts.taxMinor;
    paid.feeMinor += quantity * (parts.feeMinor + absorbedMinor - feeTaxMinor);
    paid.feeTaxMinor += quantity * feeTaxMinor;
  }
  if (refunded.taxMinor > paid.taxMinor) return `${refunded.taxMinor} of ${paid.taxMinor} tax for ${hold.id}`;
  const isWhole = isLast && refundedMinor === hold.totalMinor;
  if (isWhole && refunded.taxMinor !== paid.taxMinor)
    return `all of ${hold.id} went back, but ${refunded.taxMinor} of its ${paid.taxMinor} tax`;
  return null;
}
