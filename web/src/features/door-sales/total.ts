import type { Event } from '../../../../contract/events.ts';
import type { Chosen, Source } from '../blocks/places.ts';
import { unitPrices } from '../prices/unit-prices.ts';

/** Decision: what the chosen places cost as one order, in minor units; null if nothing that is on sale is chosen. */
export function totalMinorOf(
  { ticketTypes, orderFee }: Pick<Event, 'ticketTypes' | 'orderFee'>,
  { ticketTypeId, seats }: Source,
  { quantity, first, last }: Chosen,
  { left, nowMs }: { left: readonly (number | null)[] | undefined; nowMs: number },
): number | null {
  const type = ticketTypes.find(({ id }) => id === ticketTypeId);
  const count = seats ? last - first + 1 : Number(quantity);
  if (!type || !Number.isInteger(count) || count < 1) return null;
  const tickets = unitPrices(type, count, { left, nowMs }).reduce((sum, price) => sum + price, 0);
  return tickets === 0 ? 0 : tickets + orderFee.amount;
}
