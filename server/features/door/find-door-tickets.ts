import type { EventId, TicketId } from '../../../contract/ids.ts';
import { groupShortNumber } from '../../../contract/short-number.ts';
import type { App } from '../../app.ts';
import { type DoorCaller, isDevice } from '../door-links/door-device.ts';
import { orderNumber } from '../orders/orders.ts';
import { placeOf } from '../tickets/ticket.ts';
import { type FoundTicketRow, findTickets } from './look-up-store.ts';
import { readNumbers } from './short-numbers.ts';

const mostShown = 20;
/** Fewer characters of a number would find half of the house. */
const leastOfNumber = 4;
/** A device that could ask for longer ends would find out whole numbers, one character after the other. */
const mostOfNumber = 5;

/** Finds tickets of an event by what a guest can say. */
export async function findDoorTickets(
  app: App,
  call: { caller: DoorCaller; params: { eventId: EventId }; query: { q: string } },
) {
  const { eventId } = call.params;
  const { q } = call.query;
  const { caller } = call;
  const ofDevice = isDevice(caller);
  const seesNames = !isDevice(caller) || caller.link.seesNames;
  const text = escaped(q.toLowerCase());
  const rows = await findTickets(
    app.db,
    eventId,
    {
      order: `%${escaped(q.toUpperCase().replaceAll(/\s/g, ''))}`,
      seat: `%${text}%`,
      name: seesNames ? `%${text}%` : null,
      ticketIds: await findByEnd(app, eventId, q, ofDevice ? mostOfNumber : q.length),
    },
    mostShown + 1,
  );
  return {
    items: rows.slice(0, mostShown).map((row) => ({
      ...show(row, seesNames),
      shortNumber: ofDevice ? null : numberOf(app, eventId, row),
    })),
    hasMore: rows.length > mostShown,
  };
}

const escaped = (text: string): string => text.replaceAll(/[\\%_]/g, (each) => `\\${each}`);

/** The tickets whose short number ends like this. */
async function findByEnd(app: App, eventId: EventId, q: string, most: number): Promise<TicketId[]> {
  const end = q.toUpperCase().replaceAll(/[\s-]/g, '');
  if (end.length < leastOfNumber || end.length > most || !/^[0-9A-Z]+$/.test(end)) return [];
  const { byNumber } = await readNumbers(app, eventId);
  const found: TicketId[] = [];
  for (const [number, { ticketId }] of byNumber) {
    if (number.endsWith(end)) found.push(ticketId);
    if (found.length > mostShown) break;
  }
  return found;
}

const numberOf = (app: App, eventId: EventId, { id, issue }: FoundTicketRow): string =>
  groupShortNumber(app.signer.shortNumber({ eventId, ticketId: id, issue }));

const show = (row: FoundTicketRow, seesNames: boolean) => ({
  ticketId: row.id,
  status: row.status,
  isInside: row.is_inside,
  usedAt: row.used_at?.toISOString() ?? null,
  ticketTypeName: row.ticket_type_name,
  place: placeOf(row),
  attendeeName: seesNames ? row.attendee_name : null,
  buyerName: seesNames ? row.buyer_name : null,
  orderNumber: orderNumber(row.order_id),
});
