import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import { countSoon } from './count-soon.ts';
import {
  addHolds,
  applyEntries,
  clearCounters,
  lockCounted,
  lockCounting,
  noteCounted,
  openCounters,
  readOrders,
  recountHolds,
  selectIds,
  tellChanged,
} from './count-store.ts';
import { shareLiveCounters } from './live-counters.ts';
import { entriesOf } from './order-entries.ts';

/** Orders in one transaction of a recount. */
const portion = 2000;

export interface Touched {
  eventId: EventId;
  orders: Set<OrderId>;
  /** The versions of the ledger that messages have told, with the holds that each has placed. */
  ledger: { version: number; holds: number }[];
}

/** Brings the counters of these events up to date. An event that was never counted is counted as a whole. Safe to repeat. */
export async function countOrders(
  app: Pick<App, 'db' | 'clock' | 'counters'>,
  touched: Touched[],
): Promise<void> {
  if (touched.length === 0) return;
  await app.db.transaction(async (trx) => {
    const ids = touched.map(({ eventId }) => eventId);
    const known = new Set(await lockCounted(trx, ids));
    for (const eventId of ids.toSorted()) {
      if (known.has(eventId)) continue;
      // A sink must not take long. A job counts an event that has sold much without counters.
      const isLarge = (await selectIds(trx, eventId, '', portion)).length === portion;
      if (isLarge) await countSoon({ db: trx }, [eventId]);
      else {
        await beginCount(app, trx, eventId);
        await countNext(app, trx, eventId);
      }
    }
    const counted = touched.filter(({ eventId }) => known.has(eventId));
    await apply(
      trx,
      counted.flatMap(({ orders }) => [...orders]),
    );
    await addHolds(
      trx,
      counted.flatMap(({ eventId, ledger }) => ledger.map((each) => ({ eventId, ...each }))),
    );
    await shareLiveCounters(app, trx, ids);
    await tellChanged(trx, ids, app.clock.now());
  });
}

/** Counts orders again whose origin has just become known. */
export const recountOrders = (
  app: Pick<App, 'db' | 'clock' | 'counters'>,
  orders: { eventId: EventId; orderId: OrderId }[],
): Promise<void> =>
  countOrders(
    app,
    [...Map.groupBy(orders, ({ eventId }) => eventId)].map(([eventId, some]) => ({
      eventId,
      orders: new Set(some.map(({ orderId }) => orderId)),
      ledger: [],
    })),
  );

/**
 * Counts an event again from the tables, or finishes a count that a crash has interrupted. Each portion has a transaction of its
 * own, so the sink that follows sales never waits for long. The sink may count any order meanwhile: an order adds only what it
 * has not added before.
 */
export async function recountEvent(
  app: Pick<App, 'db' | 'clock' | 'counters'>,
  eventId: EventId,
): Promise<void> {
  await app.db.transaction((trx) => beginCount(app, trx, eventId));
  while (await app.db.transaction((trx) => countNext(app, trx, eventId)));
}

async function beginCount(app: Pick<App, 'clock'>, trx: Transaction, eventId: EventId): Promise<void> {
  if ((await openCounters(trx, eventId, app.clock.now())) === 0) return;
  await clearCounters(trx, eventId);
  await recountHolds(trx, eventId);
}

/** Counts the next portion of an event's orders. False if it was the last. */
async function countNext(
  app: Pick<App, 'db' | 'clock' | 'counters'>,
  trx: Transaction,
  eventId: EventId,
): Promise<boolean> {
  const after = await lockCounting(trx, eventId);
  if (after === null) return false;
  const ids = await selectIds(trx, eventId, after, portion);
  await apply(trx, ids);
  const last = ids.length < portion ? null : (ids.at(-1) ?? null);
  await noteCounted(trx, eventId, last);
  if (last !== null) return true;
  await shareLiveCounters(app, trx, [eventId]);
  await tellChanged(trx, [eventId], app.clock.now());
  return false;
}

async function apply(trx: Transaction, ids: OrderId[]): Promise<void> {
  if (ids.length === 0) return;
  const orders = await readOrders(trx, ids);
  if (orders.length === 0) return;
  await applyEntries(
    trx,
    orders.map((order) => ({ id: order.id, eventId: order.eventId, entries: entriesOf(order) })),
  );
}
