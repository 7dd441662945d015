import type { Event } from '../../../../contract/events.ts';
import type { Chosen, Source } from '../blocks/places.ts';

/** Decision: what the chosen places cost as one order, in minor units; null if nothing that is on sale is chosen. */
export function totalMinorOf(
  { ticketTypes, orderFee }: Pick<Event, 'ticketTypes' | 'orderFee'>,
  { ticketTypeId, seats }: Source,
  { quantity, first, last }: Chosen,
): number | null {
  const type = ticketTypes.find(({ id }) => id === ticketTypeId);
  const count = seats ? last - first + 1 : Number(quantity);
  if (!type || !Number.isInteger(count) || count < 1) return null;
  const tickets = count * type.price.amount;
  return tickets === 0 ? 0 : tickets + orderFee.amount;
}
