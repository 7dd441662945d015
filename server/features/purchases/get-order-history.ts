import type { OrderId } from '../../../contract/ids.ts';
import type { OrderHistoryEntry } from '../../../contract/order-desk.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { listActsAbout } from '../audit-log/list-audit-log.ts';
import { listOrderMessages } from '../notifications/list-messages-of.ts';
import { listTags } from '../orders/list-tags.ts';
import { listOrderNotes, orderWithTeam } from '../orders/order-notes.ts';
import { listMovements } from '../payments/list-movements.ts';
import { listBookEntries } from '../payments/read-books.ts';
import { readCardLast4 } from '../payments/read-card.ts';
import { mayInEvent } from '../sale/event-team.ts';
import { listTicketsOfOrders } from '../tickets/list-tickets.ts';
import { showBookEntry } from './get-books.ts';
import { actsOfTicketEvents, readTicketEvents } from './read-ticket-events.ts';

/**
 * Reads everything that happened to an order, for its team. Each part keeps its own record; nothing is written for the
 * history itself.
 */
export async function getOrderHistory(
  app: App,
  call: Pick<Call<{ orderId: OrderId }, undefined, undefined, 'team'>, 'caller' | 'params'>,
) {
  const order = await orderWithTeam(app, call.params.orderId);
  const { id, eventId, organisationId } = order;
  const [tags, cardLast4, movements, seesBooks, tickets, changed, messages, notes] = await Promise.all([
    listTags(app.db, [id]),
    readCardLast4(app.db, order),
    listMovements(app.db, eventId, [id]),
    mayInEvent(app, call.caller, eventId, 'money.read'),
    listTicketsOfOrders(app.db, [id]),
    readTicketEvents(app, order),
    listOrderMessages(app, id),
    listOrderNotes(app, id),
  ]);
  const ofOrder = tickets.get(id) ?? [];
  const [acts, booked] = await Promise.all([
    listActsAbout(app, organisationId, [id, ...ofOrder.map((ticket) => ticket.id)]),
    seesBooks ? listBookEntries(app.db, [id]) : [],
  ]);
  const items: OrderHistoryEntry[] = [
    { kind: 'ordered', at: order.createdAt.toISOString() },
    ...(order.confirmedAt ? [{ kind: 'confirmed' as const, at: order.confirmedAt.toISOString() }] : []),
    ...movements.map(
      ({ kind, status, amountMinor, currency, provider, reference, createdAt, settledAt }) => ({
        kind,
        at: (settledAt ?? createdAt).toISOString(),
        status,
        amount: { amount: amountMinor, currency },
        provider,
        reference,
      }),
    ),
    ...booked.map((entry) => ({
      kind: 'booked' as const,
      at: entry.at.toISOString(),
      entry: showBookEntry(entry),
    })),
    ...ofOrder.flatMap((ticket) => [
      {
        kind: 'ticket' as const,
        at: ticket.issuedAt.toISOString(),
        ticketId: ticket.id,
        became: 'issued' as const,
      },
      ...(ticket.usedAt
        ? [
            {
              kind: 'ticket' as const,
              at: ticket.usedAt.toISOString(),
              ticketId: ticket.id,
              became: 'used' as const,
            },
          ]
        : []),
    ]),
    ...changed,
    ...messages.toReversed().map((message) => ({
      kind: 'message' as const,
      at: message.sentAt ?? message.createdAt,
      message,
    })),
    ...notes.toReversed().map((note) => ({ kind: 'note' as const, at: note.createdAt, note })),
    ...acts
      .toReversed()
      .filter(({ act }) => !actsOfTicketEvents.includes(act))
      .map(({ at, act, actor, subject, before, after }) => ({
        kind: 'act' as const,
        at,
        act,
        actor,
        subject,
        before,
        after,
      })),
  ];
  return {
    organisationId,
    tags: tags.get(id) ?? [],
    cardLast4,
    // Stable, so that what happened at the same instant stays in the order of the parts above, reversed.
    items: items.toReversed().sort((a, b) => Date.parse(b.at) - Date.parse(a.at)),
  };
}
