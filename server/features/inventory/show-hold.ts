import type { Hold, Line } from '../../../contract/holds.ts';
import { type EventId, seatId } from '../../../contract/ids.ts';
import type { Currency } from '../../../contract/money.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { type HoldLine, type HoldRecord, paymentGraceMs } from './inventory.ts';

/** A hold as its buyer sees it. One past its time is expired, whether it was swept or not. */
export function showHold(hold: HoldRecord, sale: Pick<EventSale, 'seats'>, now: Date): Hold {
  const over = hold.status === 'active' && hold.expiresAt <= now;
  const status = over || hold.status === 'forfeited' ? 'expired' : hold.status;
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
    lines: showLines(hold.eventId, hold.lines, hold.currency, sale),
    total: { amount: hold.totalMinor, currency: hold.currency },
  };
}

export function showLines(
  eventId: EventId,
  lines: HoldLine[],
  currency: Currency,
  { seats: plan }: Pick<EventSale, 'seats'>,
): Line[] {
  return lines.map((line) => ({
    ticketTypeId: line.ticketTypeId,
    name: line.name,
    quantity: line.quantity,
    unitPrice: { amount: line.unitMinor, currency },
    ...(line.promo && {
      promo: { code: line.promo.code, fullUnitPrice: { amount: line.promo.fullMinor, currency } },
    }),
    ...(line.seats && {
      seats: line.seats.map((index) => ({
        seatId: seatId(eventId, index),
        section: plan?.section[index] ?? '',
        row: plan?.row[index] ?? '',
        seat: plan?.label[index] ?? '',
      })),
    }),
  }));
}
