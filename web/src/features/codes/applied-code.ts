import type { Event } from '../../../../contract/events.ts';
import type { Money } from '../../../../contract/money.ts';
import type { CheckedCode } from '../../../../contract/vouchers.ts';
import type { Snapshot } from '../buy/availability.ts';
import { needsWords } from '../prices/unit-prices.ts';

/** What a code changes for its buyer, before they choose. */
export interface AppliedCode {
  /** The event with the hidden ticket types that the code opens. */
  open: (event: Event) => Event;
  /** The same with the lower prices, for a page that shows no full prices beside them. */
  lower: (event: Event) => Event;
  /** The places of opened types, which nobody else hears of, and those that are kept for the code. */
  fill: (snapshot: Snapshot) => Snapshot;
  /** What one ticket costs, by ticket type. A type is left out if its price is not lower, or follows from its number. */
  prices: Readonly<Record<string, Money>>;
}

export function applyCode({ opened, prices, seatId }: CheckedCode): AppliedCode {
  const open = (event: Event): Event => ({
    ...event,
    ticketTypes: [
      ...event.ticketTypes,
      ...opened.filter(({ id }) => event.ticketTypes.every((type) => type.id !== id)),
    ],
  });
  const places = Object.fromEntries(opened.map(({ id, available }) => [id, available]));
  // A code of one seat leaves the other seats of the ticket type at their price.
  const lower = Object.fromEntries(
    seatId === null ? prices.map(({ ticketTypeId, price }) => [ticketTypeId, price]) : [],
  );
  return {
    open,
    lower: (event) => {
      const whole = open(event);
      return {
        ...whole,
        ticketTypes: whole.ticketTypes.map((type) => {
          const price = lower[type.id];
          return price && !needsWords(type) ? { ...type, price, fullPrice: price } : type;
        }),
      };
    },
    fill: (snapshot) => ({ ...snapshot, available: { ...snapshot.available, ...places } }),
    prices: lower,
  };
}
