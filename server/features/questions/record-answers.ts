import type { Writes } from '../../data/db.ts';
import { orderIdOf } from '../inventory/inventory.ts';
import type { Facts } from '../inventory/state.ts';
import { tradeInOf } from '../inventory/trade-in.ts';
import type { EventSale } from '../sale/event-sale.ts';
import { rowsOf } from './answer.ts';
import { copyAnswers, insertAnswers, insertOrderForms } from './store.ts';

/**
 * Writes what the buyers of a ledger batch have answered, in the batch's own transaction. So an order and its answers are there
 * together or not at all. An event that asks nothing adds no statement.
 */
export function recordAnswers(trx: Writes, facts: Facts, sale: EventSale, now: Date): void {
  const { form, eventId } = sale;
  // Nobody asked the buyer of an exchange, and the team cannot answer for its guests.
  const unasked = new Set([...facts.swapped, ...facts.issued].map(({ hold }) => hold));
  const ordered = facts.ordered.filter(({ hold }) => !unasked.has(hold));
  if (form && ordered.length > 0) {
    const orderIds = ordered.map(({ hold }) => orderIdOf(hold.id));
    insertOrderForms(trx, orderIds, { eventId, version: form.version }, now);
    const rows = ordered.flatMap(({ hold, command }) => {
      const order = { orderId: orderIdOf(hold.id), eventId, lines: hold.lines };
      return rowsOf(form, order, command.order.answers ?? { order: {}, tickets: [] });
    });
    insertAnswers(trx, rows, now);
  }
  // After an exchange the holder need not answer again, also if the event asks again later. The ticket of another date has
  // another form.
  const exchanged = facts.confirmed.flatMap(({ hold }) => {
    const tradeIn = tradeInOf(hold);
    if (!tradeIn || (tradeIn.eventId && tradeIn.eventId !== eventId)) return [];
    return [{ orderId: orderIdOf(hold.id), ticketId: tradeIn.ticketId }];
  });
  copyAnswers(trx, eventId, exchanged);
}
