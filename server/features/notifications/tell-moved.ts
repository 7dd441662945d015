import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { listMoves } from '../catalog/list-moves.ts';
import { type EventMove, isSamePlan, type TimeAndPlace } from '../catalog/moves.ts';
import { listConfirmedOrders } from '../orders/list-confirmed-orders.ts';
import { writeOrderMails } from '../orders/order-mails.ts';
import type { OrderRecord } from '../orders/orders.ts';
import { type EventSale, readEventSale } from '../sale/event-sale.ts';
import { listHeld } from '../transfers/list-held.ts';
import { writeTransferMails } from '../transfers/transfer-mails.ts';
import { findToldMove, forgetReminders, lockTelling, moveTelling, noteToldMove } from './moves-store.ts';

/** Orders per transaction: some milliseconds of work, so that nothing waits for it. */
const ordersPerTransaction = 500;

/**
 * Enqueues a mail about the newest move of an event for each confirmed order, one portion per transaction. An interrupted
 * job continues after the last portion that committed. What a mail says is decided when it is sent.
 */
export async function tellMoved(
  app: Pick<App, 'db' | 'clock' | 'caches'>,
  { eventId }: { eventId: EventId },
  portion = ordersPerTransaction,
): Promise<void> {
  for (;;) {
    const newest = (await listMoves(app.db, eventId)).at(-1);
    const event = await readEventSale(app, eventId);
    if (!newest || !event || event.status === 'cancelled') return;
    const now = app.clock.now();
    const enqueued = await app.db.transaction(async (trx) => {
      const telling = await lockTelling(trx, eventId, newest.version);
      if (telling.finished) return 0;
      // The reminders of the old day were about another time. The new day has its own.
      if (telling.toldTo === null) forgetReminders(trx, eventId, event.startsAt, now);
      const orderIds = await listConfirmedOrders(trx, { eventId, after: telling.toldTo, limit: portion });
      const mails = orderIds.map((orderId) => ({ kind: 'event-moved' as const, orderId }));
      writeOrderMails(trx, eventId, mails);
      const held = await listHeld(trx, eventId, orderIds);
      writeTransferMails(
        trx,
        held.map((transferId) => ({ kind: 'held-ticket-moved', transferId })),
      );
      const finishedAt = orderIds.length < portion ? now : null;
      moveTelling(trx, eventId, { toldTo: orderIds.at(-1) ?? telling.toldTo, finishedAt });
      return orderIds.length;
    });
    if (enqueued < portion) return;
  }
}

/** What a buyer is told of the moves of an event. */
export interface MoveNews {
  /** The newest move that this tells. */
  version: number;
  /** The time and the place that the buyer knows. */
  was: TimeAndPlace;
}

/** Decision: what the buyer of an order must be told; null if the buyer knows all. `told` is the newest move they know of. */
function newsOf(moves: EventMove[], soldVersion: number, told: number): MoveNews | null {
  const unknown = moves.filter(({ version }) => version > soldVersion && version > told);
  const [first] = unknown;
  const last = unknown.at(-1);
  return first && last ? { version: last.version, was: first.was } : null;
}

/** Reads what the buyer must be told. Null if nothing has changed for them, also if the event was moved back meanwhile. */
export async function readMoveNews(app: App, order: OrderRecord, event: EventSale): Promise<MoveNews | null> {
  const [moves, told] = await Promise.all([
    listMoves(app.db, event.eventId),
    findToldMove(app.db, order.id, event.eventId),
  ]);
  const news = newsOf(moves, order.soldAs.version, told);
  if (!news) return null;
  const hasOffer = event.refundOffers.some(({ version }) => version > Math.max(told, order.soldAs.version));
  if (hasOffer || !isSamePlan(news.was, presentPlan(event))) return news;
  await noteToldMove(app.db, order.id, event.eventId, news.version);
  return null;
}

const presentPlan = (event: EventSale): TimeAndPlace => ({
  startsAt: event.startsAt.toISOString(),
  endsAt: event.endsAt.toISOString(),
  timeZone: event.timeZone,
  venueName: event.venueName,
  address: event.address,
  city: event.city,
});
