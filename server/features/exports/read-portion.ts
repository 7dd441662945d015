import type { ExportTable } from '../../../contract/exports.ts';
import type { OrderId } from '../../../contract/ids.ts';
import type { Order } from '../../../contract/orders.ts';
import type { App } from '../../app.ts';
import { taxLines } from '../documents/document.ts';
import { listTaxed } from '../documents/list-taxed.ts';
import { listAdmissions } from '../door/list-admissions.ts';
import { placesIn } from '../inventory/extras.ts';
import { placesOf } from '../inventory/places.ts';
import { showOrderParts } from '../inventory/show-hold.ts';
import { listOrdersOfEvent } from '../orders/list-orders-of-event.ts';
import { shownStatus } from '../orders/orders.ts';
import { listMovements } from '../payments/list-movements.ts';
import { currentAnswers, wholeOrder } from '../questions/answer.ts';
import { readAnswersOfOrders } from '../questions/read-answers.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { listTicketsOfOrders } from '../tickets/list-tickets.ts';
import { priceMinorOf, type TicketRow } from '../tickets/ticket.ts';
import { answerColumn, type Row, type RowOf } from './row.ts';

/** A portion takes 5 to 15 ms of the thread. Buyers get their turn between two portions. */
const ordersAtOnce = 250;

type Orders = Awaited<ReturnType<typeof listOrdersOfEvent>>;

interface Portion {
  rows: Row[];
  /** After which order the next portion begins; null if this is the last one. */
  next: OrderId | null;
}

/**
 * Reads the rows of the next 250 orders after `after`. Each portion is a statement of its own and not a part of one long
 * transaction: a client that reads slowly would otherwise keep a connection and hold up the cleaning of all tables.
 */
export async function readPortion(
  app: App,
  sale: EventSale,
  table: ExportTable,
  after: OrderId | null,
): Promise<Portion> {
  const orders = await listOrdersOfEvent(app.db, { eventId: sale.eventId, after, limit: ordersAtOnce });
  return {
    rows: await read[table](app, sale, orders),
    next: orders.length < ordersAtOnce ? null : (orders.at(-1)?.id ?? null),
  };
}

const read: Record<ExportTable, (app: App, sale: EventSale, orders: Orders) => Promise<Row[]>> = {
  attendees: readAttendees,
  orders: readOrders,
  payments: readPayments,
  'check-ins': readCheckIns,
  tax: readTax,
  answers: readAnswers,
  extras: readExtras,
};

/** Every order that was bought. One that expired or was never paid is none, and its buyer need not be in a file. */
const bought = (orders: Orders): Orders => orders.filter(({ confirmedAt }) => confirmedAt !== null);

const idsOf = (orders: Orders): OrderId[] => orders.map(({ id }) => id);

const placeOf = ({ place }: TicketRow) => ({
  section: place?.section ?? null,
  row: place?.row ?? null,
  seat: place?.seat ?? null,
});

async function readAttendees(app: App, sale: EventSale, all: Orders): Promise<(RowOf<'attendees'> & Row)[]> {
  const orders = bought(all);
  const tickets = await listTicketsOfOrders(app.db, idsOf(orders));
  const answers = await readAnswerColumns(app, sale, orders);
  return orders.flatMap((order) =>
    admitting(order, tickets).map((ticket) => ({
      ticket_id: ticket.id,
      order_number: order.number,
      status: ticket.status,
      ticket_type: ticket.ticketTypeName,
      ...placeOf(ticket),
      attendee_name: ticket.attendeeName,
      transferred: ticket.transferId !== null,
      buyer_name: order.buyerName,
      buyer_email: order.buyerEmail,
      price: priceMinorOf(ticket),
      refunded: ticket.refundedMinor,
      currency: order.currency,
      bought_at: order.confirmedAt,
      checked_in_at: ticket.usedAt,
      origin: order.origin,
      ...answers(order.id, ticket),
    })),
  );
}

/** The tickets of an order that admit somebody. Its extras follow them. */
const admitting = ({ id, lines }: Orders[number], tickets: Map<OrderId, TicketRow[]>): TicketRow[] =>
  (tickets.get(id) ?? []).filter(({ position }) => position < placesIn(lines));

async function readExtras(app: App, _: EventSale, all: Orders): Promise<RowOf<'extras'>[]> {
  const orders = bought(all);
  const tickets = await listTicketsOfOrders(app.db, idsOf(orders));
  return orders.flatMap((order) => {
    const places = placesOf(order.lines);
    return (tickets.get(order.id) ?? []).flatMap((ticket) => {
      const collect = places[ticket.position]?.line.collect;
      if (collect === undefined) return [];
      return {
        ticket_id: ticket.id,
        order_number: order.number,
        status: ticket.status,
        extra: ticket.ticketTypeName,
        collect,
        buyer_name: order.buyerName,
        buyer_email: order.buyerEmail,
        price: priceMinorOf(ticket),
        refunded: ticket.refundedMinor,
        currency: order.currency,
        bought_at: order.confirmedAt,
        handed_out_at: ticket.usedAt,
        origin: order.origin,
      };
    });
  });
}

async function readOrders(app: App, sale: EventSale, all: Orders): Promise<RowOf<'orders'>[]> {
  const orders = bought(all);
  const tickets = await listTicketsOfOrders(app.db, idsOf(orders));
  const now = app.clock.now();
  return orders.map((order) => {
    const parts = showOrderParts(order.lines, order.currency);
    const status: Order['status'] = shownStatus(order, sale.endsAt, now);
    return {
      order_id: order.id,
      order_number: order.number,
      status,
      buyer_name: order.buyerName,
      buyer_email: order.buyerEmail,
      language: order.language,
      tickets: admitting(order, tickets).filter((ticket) => ticket.status !== 'cancelled').length,
      promo_code: order.lines.find(({ promo }) => promo)?.promo?.code ?? null,
      net: parts.net.amount,
      tax: parts.tax.amount,
      fee: parts.fee.amount,
      fee_tax: parts.feeTax.amount,
      discount: parts.discount.amount,
      total: order.totalMinor,
      refunded: order.refundedMinor,
      disputed: order.disputedMinor,
      currency: order.currency,
      ordered_at: order.createdAt,
      bought_at: order.confirmedAt,
      origin: order.origin,
    };
  });
}

/** Of all orders: a payment may have arrived after its order expired, and was then refunded. */
async function readPayments(app: App, sale: EventSale, orders: Orders): Promise<RowOf<'payments'>[]> {
  const numbers = new Map(orders.map(({ id, number }) => [id, number]));
  const movements = await listMovements(app.db, sale.eventId, idsOf(orders));
  return movements.map((movement) => ({
    id: movement.id,
    kind: movement.kind,
    order_number: numbers.get(movement.orderId) ?? null,
    status: movement.status,
    reason: movement.reason,
    amount: movement.kind === 'refund' ? -movement.amountMinor : movement.amountMinor,
    currency: movement.currency,
    provider: movement.provider,
    provider_reference: movement.reference,
    created_at: movement.createdAt,
    settled_at: movement.settledAt,
  }));
}

async function readCheckIns(app: App, sale: EventSale, orders: Orders): Promise<RowOf<'check-ins'>[]> {
  const numbers = new Map(orders.map(({ id, number }) => [id, number]));
  const tickets = await listTicketsOfOrders(app.db, idsOf(bought(orders)));
  const used = new Map(
    [...tickets.values()].flat().flatMap((ticket) => (ticket.usedAt ? [[ticket.id, ticket]] : [])),
  );
  const admissions = await listAdmissions(app.db, sale.eventId, [...used.keys()]);
  return admissions.flatMap((admission) => {
    const ticket = used.get(admission.ticketId);
    if (!ticket) return [];
    return {
      check_in_id: admission.id,
      ticket_id: ticket.id,
      order_number: numbers.get(ticket.orderId) ?? null,
      ticket_type: ticket.ticketTypeName,
      ...placeOf(ticket),
      attendee_name: ticket.attendeeName,
      gate: admission.gate,
      scanned_by: admission.scannedBy,
      scanned_at: admission.scannedAt,
      received_at: admission.receivedAt,
    };
  });
}

async function readTax(app: App, _: EventSale, all: Orders): Promise<RowOf<'tax'>[]> {
  const orders = bought(all);
  const byId = new Map(orders.map((order) => [order.id, order]));
  const taxed = await listTaxed(app.db, orders);
  return taxed.flatMap(({ orderId, kind, at, documentNumber, lines }) => {
    const order = byId.get(orderId);
    const sign = kind === 'refund' ? -1 : 1;
    if (!order) return [];
    return taxLines(lines).map(({ supplier, tax, netMinor, taxMinor }) => ({
      order_number: order.number,
      kind,
      document_number: documentNumber,
      booked_at: at,
      sold_by: supplier === 'seller' ? 'organiser' : 'platform',
      tax_name: tax?.name ?? null,
      tax_percent: tax?.ratePercent ?? null,
      net: sign * netMinor,
      tax: sign * taxMinor,
      gross: sign * (netMinor + taxMinor),
      currency: order.currency,
      origin: order.origin,
    }));
  });
}

/** The answers of a ticket and of its order, by the names of their columns. An event that asks nothing needs no query. */
async function readAnswerColumns(
  app: App,
  { form }: EventSale,
  orders: Orders,
): Promise<(orderId: OrderId, ticket: TicketRow) => Row> {
  if (!form) return () => ({});
  const rows = Map.groupBy(await readAnswersOfOrders(app.db, idsOf(orders)), ({ orderId }) => orderId);
  return (orderId, ticket) => {
    const { order, tickets } = currentAnswers(rows.get(orderId) ?? [], [ticket]);
    const given = [...order, ...(tickets.get(ticket.position) ?? [])];
    return Object.fromEntries(
      form.questions.map(({ key }) => [
        answerColumn(key),
        given.find(({ question }) => question === key)?.shown ?? null,
      ]),
    );
  };
}

async function readAnswers(app: App, _: EventSale, all: Orders): Promise<RowOf<'answers'>[]> {
  const orders = bought(all);
  const tickets = await listTicketsOfOrders(app.db, idsOf(orders));
  const rows = Map.groupBy(await readAnswersOfOrders(app.db, idsOf(orders)), ({ orderId }) => orderId);
  return orders.flatMap((order) => {
    const own = tickets.get(order.id) ?? [];
    const current = currentAnswers(rows.get(order.id) ?? [], own);
    return [...current.order, ...own.flatMap(({ position }) => current.tickets.get(position) ?? [])].map(
      (answer) => {
        const ticket =
          answer.position === wholeOrder ? null : own.find(({ position }) => position === answer.position);
        return {
          ticket_id: ticket?.id ?? null,
          order_number: order.number,
          status: ticket?.status ?? order.status,
          ticket_type: ticket?.ticketTypeName ?? null,
          attendee_name: ticket?.attendeeName ?? null,
          buyer_name: order.buyerName,
          question_key: answer.question,
          question: answer.label,
          kind: answer.kind,
          answer: answer.shown,
          answered_at: answer.answeredAt,
        };
      },
    );
  });
}
