import type { Hold, Line } from '../../../contract/holds.ts';
import { type EventId, seatId } from '../../../contract/ids.ts';
import type { Currency, OrderParts, PriceParts } from '../../../contract/money.ts';
import type { Parts } from '../../../contract/price.ts';
import { orderFeeOf } from '../sale/split.ts';
import { type HoldLine, type HoldRecord, paymentGraceMs } from './inventory.ts';
import { wholeLine } from './trade-in.ts';

/** A hold as its buyer sees it. After its time it is expired, even before the sweep. */
export function showHold(hold: HoldRecord, now: Date): Hold {
  const over = hold.status === 'active' && hold.expiresAt <= now;
  const status = over || hold.status === 'forfeited' || hold.status === 'blocked' ? 'expired' : hold.status;
  return {
    id: hold.id,
    eventId: hold.eventId,
    status,
    expiresAt: hold.expiresAt.toISOString(),
    ...(hold.ordered &&
      hold.totalMinor > 0 && {
        payBefore: new Date(hold.expiresAt.getTime() - paymentGraceMs).toISOString(),
      }),
    now: now.toISOString(),
    ...(hold.lines[0]?.tradeIn && { exchangeOf: hold.lines[0].tradeIn.ticketId }),
    lines: showLines(hold.eventId, hold.lines, hold.currency),
    orderFee: { amount: orderFeeOf(hold.lines).feeMinor, currency: hold.currency },
    parts: showOrderParts(hold.lines, hold.currency),
    total: { amount: hold.totalMinor, currency: hold.currency },
  };
}

/** Lines with the names and prices frozen in them, whatever the event says now. */
export function showLines(eventId: EventId, lines: HoldLine[], currency: Currency): Line[] {
  // A ticket on resale shows its seat before it is the buyer's.
  return lines.map(wholeLine).map((line) => ({
    ticketTypeId: line.ticketTypeId,
    name: line.name,
    quantity: line.quantity,
    unitPrice: { amount: line.unitMinor, currency },
    unitParts: showParts(line.parts, currency),
    ...(line.isChosen && {
      chosenPrice: { amount: line.pricing?.listMinor ?? line.unitMinor, currency },
    }),
    ...(line.step?.name && { step: line.step.name }),
    ...(line.pricing?.tax && { tax: line.pricing.tax }),
    // The place of an exchange has the code of the ticket before, and its price is only the difference.
    ...(line.promo &&
      !line.tradeIn && {
        promo: { code: line.promo.code, fullUnitPrice: { amount: line.promo.fullMinor, currency } },
      }),
    ...(line.collect && { collect: line.collect }),
    ...(line.resale && { isResale: true as const }),
    ...(line.seatMapId && { seatMapId: line.seatMapId }),
    ...(line.seats && {
      seats: line.seats.map((index, i) => ({
        seatId: seatId(eventId, index),
        ...(line.seatNames?.[i] ?? { section: '', row: '', seat: '' }),
      })),
    }),
  }));
}

/** The parts of an order's total: of its tickets and of its own fee. */
export function showOrderParts(lines: HoldLine[], currency: Currency): OrderParts {
  const of = (amount: number) => ({ amount, currency });
  const orderFee = orderFeeOf(lines);
  const sum = (minor: (line: HoldLine) => number) =>
    lines.reduce((total, line) => total + line.quantity * minor(line), 0);
  return {
    net: of(sum(({ parts }) => parts.netMinor)),
    tax: of(sum(({ parts }) => parts.taxMinor)),
    fee: of(sum(({ parts }) => parts.feeMinor) + orderFee.feeMinor),
    // The tax in a fee that the organiser pays is no part of the buyer's price.
    feeTax: of(
      sum(({ parts }) => (parts.feeMinor > 0 ? (parts.feeTaxMinor ?? 0) : 0)) +
        (orderFee.feeMinor > 0 ? (orderFee.feeTaxMinor ?? 0) : 0),
    ),
    discount: of(
      sum(({ promo, tradeIn, unitMinor }) => (promo && !tradeIn ? promo.fullMinor - unitMinor : 0)),
    ),
  };
}

/** The parts of a price in the API's form. */
export const showParts = (
  parts: Pick<Parts, 'netMinor' | 'taxMinor' | 'feeMinor'>,
  currency: Currency,
): PriceParts => ({
  net: { amount: parts.netMinor, currency },
  tax: { amount: parts.taxMinor, currency },
  fee: { amount: parts.feeMinor, currency },
});
