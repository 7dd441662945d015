import type { OrderId, TicketId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { listTicketsOfOrders } from '../tickets/list-tickets.ts';
import { readTicket } from '../tickets/read-ticket.ts';
import type { TicketRow } from '../tickets/ticket.ts';
import { type AnswerRow, currentAnswers } from './answer.ts';
import { readAnswersOfOrders } from './read-answers.ts';

interface ExportedAnswer {
  orderId: OrderId;
  ticketId: TicketId | null;
  question: string;
  answer: string;
  answeredAt: string;
}

/** What a person has answered: about their orders, about the tickets that they kept, and about those that they received. */
export async function listAnswersOf(
  app: Pick<App, 'db'>,
  orderIds: OrderId[],
  received: TicketId[],
): Promise<ExportedAnswer[]> {
  const bought = await listTicketsOfOrders(app.db, orderIds);
  const taken = await Promise.all(received.map((id) => readTicket(app.db, id)));
  const own = [
    ...[...bought.values()].flat().filter(({ transferId }) => transferId === null),
    ...taken.filter((ticket) => ticket !== null),
  ];
  const ids = [...new Set([...orderIds, ...own.map(({ orderId }) => orderId)])];
  const rows = Map.groupBy(await readAnswersOfOrders(app.db, ids), ({ orderId }) => orderId);
  return [
    ...orderIds.flatMap((id) => currentAnswers(rows.get(id) ?? [], []).order.map(shown(null))),
    ...own.flatMap((ticket) =>
      (currentAnswers(rows.get(ticket.orderId) ?? [], [ticket]).tickets.get(ticket.position) ?? []).map(
        shown(ticket),
      ),
    ),
  ];
}

const shown =
  (ticket: TicketRow | null) =>
  ({ orderId, label, shown: answer, answeredAt }: AnswerRow): ExportedAnswer => ({
    orderId,
    ticketId: ticket?.id ?? null,
    question: label,
    answer,
    answeredAt: answeredAt.toISOString(),
  });
