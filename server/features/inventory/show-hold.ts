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
  return lines.map((line) => showLine(eventId, wholeLine(line), currency));
}

// Each hold on the hot path is shown: an object that is spread costs as much as the rest of its line.
function showLine(eventId: EventId, line: HoldLine, currency: Currency): Line {
  const shown: Line = {
    ticketTypeId: line.ticketTypeId,
    name: line.name,
    quantity: line.quantity,
    unitPrice: { amount: line.unitMinor, currency },
    unitParts: showParts(line.parts, currency),
  };
  if (line.isChosen) shown.chosenPrice = { amount: line.pricing?.listMinor ?? line.unitMinor, currency };
  if (line.step?.name) shown.step = line.step.name;
  if (line.pricing?.tax) shown.tax = line.pricing.tax;
  // The place of an exchange has the code of the ticket before, and its price is only the difference.
  if (line.promo && !line.tradeIn)
    shown.promo = { code: line.promo.code, fullUnitPrice: { amount: line.promo.fullMinor, currency } };
  if (line.collect) shown.collect = line.collect;
  if (line.resale) shown.isResale = true;
  if (line.seatMapId) shown.seatMapId = line.seatMapId;
  if (line.seats)
    shown.seats = line.seats.map((index, i) => ({
      seatId: seatId(eventId, index),
      ...(line.seatNames?.[i] ?? { section: '', row: '', seat: '' }),
    }));
  return shown;
}

/** The parts of an order's total: of its tickets and of its own fee. */
export function showOrderParts(lines: HoldLine[], currency: Currency): OrderParts {
  const { feeMinor, feeTaxMinor = 0 } = orderFeeOf(lines);
  const sums = { net: 0, tax: 0, fee: feeMinor, feeTax: feeMinor > 0 ? feeTaxMinor : 0, discount: 0 };
  for (const { quantity, parts, promo, tradeIn, unitMinor } of lines) {
    sums.net += quantity * parts.netMinor;
    sums.tax += quantity * parts.taxMinor;
    sums.fee += quantity * parts.feeMinor;
    // The tax in a fee that the organiser pays is no part of the buyer's price.
    if (parts.feeMinor > 0) sums.feeTax += quantity * (parts.feeTaxMinor ?? 0);
    if (promo && !tradeIn) sums.discount += quantity * (promo.fullMinor - unitMinor);
  }
  return {
    net: { amount: sums.net, currency },
    tax: { amount: sums.tax, currency },
    fee: { amount: sums.fee, currency },
    feeTax: { amount: sums.feeTax, currency },
    discount: { amount: sums.discount, currency },
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
