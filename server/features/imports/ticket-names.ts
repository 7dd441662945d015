import type { TicketTypeId } from '../../../contract/ids.ts';
import type { EventSale, SaleTicketType } from '../sale/event-sale.ts';

/** The ticket type of a name in a file. `null`: none has the name. `left-out`: the rows with it are not to be imported. */
type Named = SaleTicketType | 'left-out' | null;

/** A name is cut first, as in columns.ts. */
const plain = (name: string): string =>
  name
    .slice(0, 400)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s–—-]+/g, ' ')
    .trim();

/** The name under which the answer shows a product and its variation. */
export const shownName = (product: string, variation: string): string =>
  variation === '' || variation === product ? product : `${product} – ${variation}`;

/**
 * Decision: finds ticket types by the names of a file. The names that the request gives come first, then those of the event's
 * ticket types; a variation counts alone too. If the file has no names, an event with one ticket type needs none.
 */
export function findTypes(
  { ticketTypes }: Pick<EventSale, 'ticketTypes'>,
  given: Record<string, TicketTypeId | null>,
): (product: string, variation: string) => Named {
  const tickets = ticketTypes.filter(({ product }) => product === null);
  const byName = new Map(tickets.map((type) => [plain(type.name), type]));
  return (product, variation) => {
    const name = shownName(product, variation);
    if (Object.hasOwn(given, name)) {
      const id = given[name];
      return id === null ? 'left-out' : (tickets.find((type) => type.id === id) ?? null);
    }
    if (name === '') return tickets.length === 1 ? (tickets[0] ?? null) : null;
    return byName.get(plain(name)) ?? byName.get(plain(product)) ?? byName.get(plain(variation)) ?? null;
  };
}
