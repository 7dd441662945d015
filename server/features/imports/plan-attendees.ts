import { createHash } from 'node:crypto';
import { maxPlacesPerHold } from '../../../contract/holds.ts';
import type { TicketTypeId } from '../../../contract/ids.ts';
import type { ImportField } from '../../../contract/import-fields.ts';
import type { ImportedAttendees } from '../../../contract/imports.ts';
import { emailSchema, ticketNameSchema } from '../../../contract/person.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { type BadRows, type Columns, cellOf, type Table, type TableRow } from './table.ts';
import { findTypes, shownName } from './ticket-names.ts';
import { wholeOf } from './values.ts';

/** An order that was bought elsewhere. */
export interface ForeignOrder {
  /** A hash of its number and its buyer's address, or of its row if it has no number. */
  externalId: string;
  /** Its number there; empty if it has none. */
  number: string;
  buyer: { name: string; email: string };
  /** By ticket type, in the order of the file. */
  tickets: { ticketTypeId: TicketTypeId; name: string }[];
  rows: TableRow[];
}

interface Plan {
  orders: ForeignOrder[];
  leftOut: number;
  ticketTypes: ImportedAttendees['ticketTypes'];
}

/** Orders with these states have tickets. The states of pretix and Eventbrite, and their translations. */
const paid =
  /^(p|paid|paid \(.*|bezahlt.*|payée?|pagad[oa]|attending|checked[ -]?in|completed?|confirmed|placed|active|valid|)$/i;
/** Orders with these have none. */
const unpaid =
  /^(n|e|c|pending.*|unpaid.*|expired.*|cancell?ed.*|refunded.*|not attending|deleted|transferred|approval pending.*|ausstehend.*|abgelaufen.*|storniert.*|überfällig.*|en attente.*|annulée?.*|expirée?.*|remboursée?|pendiente.*|cancelad[oa].*|caducad[oa].*|reembolsad[oa])$/i;

const mostTypes = 100;

/**
 * Decision: the orders of a file. Rows with the same number and buyer are one order, with a ticket each. An order with a bad row is
 * no order; each bad row is named.
 */
export function planAttendees(
  table: Table,
  columns: Columns,
  sale: Pick<EventSale, 'ticketTypes'>,
  given: Record<string, TicketTypeId | null>,
  bad: BadRows,
): Plan {
  const typeOf = findTypes(sale, given);
  const orders = new Map<string, ForeignOrder>();
  const names = new Map<string, ImportedAttendees['ticketTypes'][number]>();
  const keyOf = keysOfOrders();
  /** The numbers of orders with a bad row. */
  const badNumbers = new Set<string>();
  let leftOut = 0;
  for (const row of table.rows) {
    const cell = (field: ImportField) => cellOf(columns, row, field);
    const status = cell('status');
    if (unpaid.test(status)) {
      leftOut++;
      continue;
    }
    const [product, variation] = [cell('ticketType'), cell('variation')];
    const type = typeOf(product, variation);
    const quantity = cell('quantity') === '' ? 1 : wholeOf(cell('quantity'));
    note(names, shownName(product, variation), type, quantity ?? 0);
    if (type === 'left-out') {
      leftOut++;
      continue;
    }
    if (!paid.test(status)) bad.add(row, 'bad_value', 'status');
    if (type === null) bad.add(row, product === '' ? 'missing' : 'unknown_ticket_type', 'ticketType');
    else if (type.zone !== null) bad.add(row, 'numbered_seats', 'ticketType');
    if (quantity === null) bad.add(row, 'bad_number', 'quantity');
    else if (quantity < 1 || quantity > maxPlacesPerHold) bad.add(row, 'too_many_tickets', 'quantity');
    const email = emailIn(row, columns, bad);
    const key = email && keyOf(cell('orderId'), email, row);
    const found = key ? orders.get(key) : undefined;
    const person = namesIn(
      row,
      columns,
      bad,
      found?.buyer.name ?? (table.source === 'pretix' ? email : null),
    );
    if (bad.has(row) || !key || !person || !type || quantity === null) {
      badNumbers.add(cell('orderId'));
      continue;
    }
    const order = found ?? {
      externalId: createHash('sha256').update(key).digest('base64url').slice(0, 32),
      number: cell('orderId'),
      buyer: { name: person.buyer, email },
      tickets: [],
      rows: [],
    };
    orders.set(key, order);
    order.rows.push(row);
    for (let n = 0; n < quantity && order.tickets.length <= maxPlacesPerHold; n++)
      order.tickets.push({ ticketTypeId: type.id, name: person.attendee });
  }
  badNumbers.delete('');
  return {
    orders: wholeOrders([...orders.values()], badNumbers, bad),
    leftOut,
    ticketTypes: [...names.values()],
  };
}

function emailIn(row: TableRow, columns: Columns, bad: BadRows): string {
  const field = cellOf(columns, row, 'buyerEmail') === '' ? 'email' : 'buyerEmail';
  const typed = cellOf(columns, row, field);
  const email = emailSchema.safeParse(typed);
  if (!email.success) bad.add(row, typed === '' ? 'missing' : 'bad_email', field);
  return email.data ?? '';
}

/**
 * The names of the buyer and on the ticket. A row without a name has the name `otherwise`: that of its order's buyer. pretix asks for
 * names only if the organiser wants them, so there the address is the last resort.
 */
function namesIn(
  row: TableRow,
  columns: Columns,
  bad: BadRows,
  otherwise: string | null,
): { buyer: string; attendee: string } | null {
  const cell = (field: ImportField) => cellOf(columns, row, field);
  const written = cell('name') || [cell('firstName'), cell('lastName')].filter(Boolean).join(' ');
  const [buyer, attendee] = [
    cell('buyerName') || written || otherwise,
    written || cell('buyerName') || otherwise,
  ].map((name) => ticketNameSchema.safeParse(name ?? ''));
  if (buyer?.success && attendee?.success) return { buyer: buyer.data, attendee: attendee.data };
  bad.add(row, (written || cell('buyerName')) === '' ? 'missing' : 'too_long', 'name');
  return null;
}

/** One number may have several buyers: then each gets their own tickets. A row without a number is an order by itself. */
function keysOfOrders(): (orderId: string, email: string, row: TableRow) => string {
  const repeats = new Map<string, number>();
  return (orderId, email, { cells }) => {
    if (orderId !== '') return JSON.stringify([orderId, email.toLowerCase()]);
    // The same row twice in a file is two tickets, and the same file twice is still these two.
    const text = JSON.stringify(cells.map((cell) => cell.trim()));
    const before = repeats.get(text) ?? 0;
    repeats.set(text, before + 1);
    return `${text}${before}`;
  };
}

function note(
  names: Map<string, ImportedAttendees['ticketTypes'][number]>,
  name: string,
  type: ReturnType<ReturnType<typeof findTypes>>,
  quantity: number,
): void {
  const found = names.get(name);
  if (found) found.tickets += quantity;
  else if (names.size < mostTypes)
    names.set(name, {
      name: name.slice(0, 200),
      ticketTypeId: type === null || type === 'left-out' ? null : type.id,
      tickets: quantity,
    });
}

/** The orders without a bad row, with their tickets by type, because the lines of an order have a type each. */
function wholeOrders(orders: ForeignOrder[], badNumbers: ReadonlySet<string>, bad: BadRows): ForeignOrder[] {
  const whole: ForeignOrder[] = [];
  for (const order of orders) {
    if (badNumbers.has(order.number)) for (const row of order.rows) bad.add(row, 'bad_order');
    else if (order.tickets.length > maxPlacesPerHold)
      for (const row of order.rows) bad.add(row, 'too_many_tickets', 'quantity');
    else whole.push({ ...order, tickets: byType(order.tickets) });
  }
  return whole;
}

const byType = (tickets: ForeignOrder['tickets']): ForeignOrder['tickets'] =>
  [...Map.groupBy(tickets, ({ ticketTypeId }) => ticketTypeId).values()].flat();
