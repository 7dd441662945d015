import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import { listMoves } from '../catalog/list-moves.ts';
import { type EventMove, isSamePlan, type TimeAndPlace } from '../catalog/moves.ts';
import { listPeopleInLine } from '../inventory/read-line.ts';
import { listConfirmedOrders } from '../orders/list-confirmed-orders.ts';
import { writeOrderMails } from '../orders/order-mails.ts';
import type { OrderRecord } from '../orders/orders.ts';
import { type EventSale, readEventSale } from '../sale/event-sale.ts';
import { listHeld } from '../transfers/list-held.ts';
import { writeTransferMails } from '../transfers/transfer-mails.ts';
import {
  findToldMove,
  forgetReminders,
  lockTelling,
  type MoveTelling,
  moveTelling,
  noteToldMove,
  type ReaderId,
} from './moves-store.ts';
import { writeLineMails } from './write-line-mails.ts';

/** Mails per transaction: some milliseconds of work, so that nothing waits for it. */
const mailsPerTransaction = 500;

/**
 * Enqueues a mail about the newest move of an event for each confirmed order, and then for each person in the line, one portion
 * per transaction. An interrupted job continues after the last portion that committed. What a mail says is decided when it is
 * sent.
 */
export async function tellMoved(
  app: Pick<App, 'db' | 'clock' | 'caches'>,
  { eventId }: { eventId: EventId },
  portion = mailsPerTransaction,
): Promise<void> {
  for (;;) {
    const newest = (await listMoves(app.db, eventId)).at(-1);
    const event = await readEventSale(app, eventId);
    if (!newest || !event || event.status === 'cancelled') return;
    const now = app.clock.now();
    const isFinished = await app.db.transaction(async (trx) => {
      const telling = await lockTelling(trx, eventId, newest.version);
      if (telling.finished) return true;
      // The reminders of the old day were about another time. The new day has its own.
      if (telling.toldTo === null && telling.toldPlace === null)
        forgetReminders(trx, eventId, event.startsAt, now);
      const told = await tellPortion(trx, eventId, telling, portion);
      moveTelling(trx, eventId, { ...told, finishedAt: told.isLast ? now : null });
      return told.isLast;
    });
    if (isFinished) return;
  }
}

type Told = Pick<MoveTelling, 'toldTo' | 'toldPlace'> & { isLast: boolean };

/** Enqueues the next mails, in the transaction that notes them. */
async function tellPortion(
  trx: Transaction,
  eventId: EventId,
  { version, toldTo, toldPlace }: MoveTelling,
  portion: number,
): Promise<Told> {
  if (toldPlace !== null) {
    const people = await listPeopleInLine(trx, { eventId, after: toldPlace, limit: portion });
    writeLineMails(
      trx,
      eventId,
      people.map(({ id }) => ({ kind: 'event-moved', entryId: id, version })),
    );
    return { toldTo, toldPlace: people.at(-1)?.place ?? toldPlace, isLast: people.length < portion };
  }
  const orderIds = await listConfirmedOrders(trx, { eventId, after: toldTo, limit: portion });
  writeOrderMails(
    trx,
    eventId,
    orderIds.map((orderId) => ({ kind: 'event-moved', orderId })),
  );
  const held = await listHeld(trx, eventId, orderIds);
  writeTransferMails(
    trx,
    held.map((transferId) => ({ kind: 'held-ticket-moved', transferId })),
  );
  const isDone = orderIds.length < portion;
  return { toldTo: orderIds.at(-1) ?? toldTo, toldPlace: isDone ? 0 : null, isLast: false };
}

/** What somebody is told of the moves of an event. */
export interface MoveNews {
  /** The newest move that this tells. */
  version: number;
  /** The time and the place that they know. */
  was: TimeAndPlace;
}

/** Whoever may have news of a move. */
interface Reader {
  id: ReaderId;
  /** Whether they knew of a move from the beginning. */
  knew: (move: EventMove) => boolean;
  /** Whether they may cancel and get their money back because of a move. */
  mayCancel: boolean;
}

export const readerOf = ({ id, soldAs }: OrderRecord): Reader => ({
  id,
  knew: ({ version }) => version <= soldAs.version,
  mayCancel: true,
});

/** Reads what somebody must be told. Null if nothing has changed for them, also if the event was moved back meanwhile. */
export async function readMoveNews(
  app: App,
  { id, knew, mayCancel }: Reader,
  event: EventSale,
): Promise<MoveNews | null> {
  const [moves, told] = await Promise.all([
    listMoves(app.db, event.eventId),
    findToldMove(app.db, id, event.eventId),
  ]);
  const unknown = moves.filter((move) => move.version > told && !knew(move));
  const [first] = unknown;
  const last = unknown.at(-1);
  if (!first || !last) return null;
  const news = { version: last.version, was: first.was };
  const hasOffer = mayCancel && unknown.some(({ refundUntil }) => refundUntil !== null);
  if (hasOffer || !isSamePlan(news.was, presentPlan(event))) return news;
  await noteToldMove(app.db, id, event.eventId, news.version);
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
