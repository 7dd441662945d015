import { Refused } from '../../../contract/errors.ts';
import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { OrderAnswersReply, TicketAnswers } from '../../../contract/questions.ts';
import type { App } from '../../app.ts';
import type { Queryable } from '../../data/db.ts';
import type { Caller } from '../accounts/accounts.ts';
import { actsForOrder } from '../orders/acts-for-order.ts';
import type { OrderRecord } from '../orders/orders.ts';
import { readOrder } from '../orders/read-order.ts';
import { readFormVersion } from '../sale/event-forms.ts';
import { type EventSale, readEventSale } from '../sale/event-sale.ts';
import { mayInEvent, requireEventCapability } from '../sale/event-team.ts';
import { readTicketsOfOrder } from '../tickets/list-tickets.ts';
import type { TicketRow } from '../tickets/ticket.ts';
import {
  type AnswerRow,
  changeableAt,
  changeableUntil,
  currentAnswers,
  missingAt,
  toAnswer,
  valuesOf,
} from './answer.ts';
import { shownForm } from './get-questions.ts';
import { selectAccepted, selectAnswers } from './store.ts';

/** `reader`: a member of the team who may read orders and not change them. */
export type Side = 'holder' | 'team' | 'reader';

/** Everything about the answers of an order. */
export interface Answered {
  order: OrderRecord;
  event: EventSale;
  tickets: TicketRow[];
  rows: AnswerRow[];
}

export async function readAnswered(app: App, orderId: OrderId): Promise<Answered> {
  const order = await readOrder(app, orderId);
  const event = order && (await readEventSale(app, order.eventId));
  if (!order || !event) throw new Refused('not_found');
  const tickets = await readTicketsOfOrder(app.db, orderId);
  return { order, event, tickets, rows: await selectAnswers(app.db, [orderId]) };
}

/** As whom the caller sees an order. For strangers it does not exist. */
export async function sideOf(
  app: App,
  caller: Caller,
  order: { id: OrderId; buyerId: OrderRecord['buyerId']; eventId: EventId },
  needed: 'orders.read' | 'orders.edit',
): Promise<Side> {
  if (await actsForOrder(app, caller, order)) return 'holder';
  return teamSide(app, caller, order.eventId, needed);
}

export async function teamSide(
  app: App,
  caller: Caller,
  eventId: EventId,
  needed: 'orders.read' | 'orders.edit',
): Promise<Side> {
  await requireEventCapability(app, caller, eventId, needed);
  return (await mayInEvent(app, caller, eventId, 'orders.edit')) ? 'team' : 'reader';
}

/** The answers of an order: for its buyer without those of tickets that somebody else holds. */
export async function showAnswered(app: App, answered: Answered, side: Side): Promise<OrderAnswersReply> {
  const { order, event, tickets, rows } = answered;
  const form = shownForm(event);
  const current = currentAnswers(rows, tickets);
  const accepted = await selectAccepted(app.db, order.id);
  const acceptedForm = accepted && (await readFormVersion(app.db, order.eventId, accepted.version));
  return {
    form,
    answers: current.order.map(toAnswer),
    missing: missingAt(form, order.lines, null, valuesOf(current.order)),
    changeable: changeableAt(event, side, app.clock.now()),
    changeableUntil: changeableUntil(event)?.toISOString() ?? null,
    tickets: tickets
      .filter(
        ({ status, transferId }) => status !== 'cancelled' && (side !== 'holder' || transferId === null),
      )
      .map((ticket) => showTicketAnswers(app, answered, ticket, side)),
    accepted:
      accepted && acceptedForm && acceptedForm.terms.length > 0
        ? { at: accepted.acceptedAt.toISOString(), terms: acceptedForm.terms }
        : null,
  };
}

export function showTicketAnswers(
  app: Pick<App, 'clock'>,
  { order, event, rows }: Answered,
  ticket: TicketRow,
  side: Side,
): TicketAnswers {
  const own = currentAnswers(rows, [ticket]).tickets.get(ticket.position) ?? [];
  return {
    ticketId: ticket.id,
    ticketTypeId: ticket.ticketTypeId,
    ticketTypeName: ticket.ticketTypeName,
    place: ticket.place,
    answers: own.map(toAnswer),
    missing: missingAt(shownForm(event), order.lines, ticket.position, valuesOf(own)),
    changeable: changeableAt(event, side, app.clock.now()),
  };
}

/** Reads the stored answers of orders, for other features. */
export const readAnswersOfOrders = (db: Queryable, orderIds: OrderId[]): Promise<AnswerRow[]> =>
  orderIds.length === 0 ? Promise.resolve([]) : selectAnswers(db, orderIds);
