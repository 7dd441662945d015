import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import { countSoon } from './count-soon.ts';
import {
  addHolds,
  applyEntries,
  clearCounters,
  lockCounted,
  openCounters,
  readOrders,
  recountHolds,
  selectIds,
  tellChanged,
} from './count-store.ts';
import { entriesOf } from './order-entries.ts';

/** Orders in one statement of a recount. */
const portion = 2000;

export interface Touched {
  eventId: EventId;
  orders: Set<OrderId>;
  /** The versions of the ledger that messages have told, with the holds that each has placed. */
  ledger: { version: number; holds: number }[];
}

/** Brings the counters of these events up to date. An event that was never counted is counted as a whole. Safe to repeat. */
export async function countOrders(app: Pick<App, 'db' | 'clock'>, touched: Touched[]): Promise<void> {
  if (touched.length === 0) return;
  await app.db.transaction(async (trx) => {
    const ids = touched.map(({ eventId }) => eventId);
    const known = new Set(await lockCounted(trx, ids));
    for (const eventId of ids.toSorted()) {
      if (known.has(eventId)) continue;
      // A sink must not take long. A job counts an event that has sold much without counters.
      const isLarge = (await selectIds(trx, eventId, null, portion)).length === portion;
      if (isLarge) await countSoon({ db: trx }, [eventId]);
      else await countWhole(app, trx, eventId);
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
    await tellChanged(trx, ids, app.clock.now());
  });
}

/** Counts orders again whose origin has just become known. */
export const recountOrders = (
  app: Pick<App, 'db' | 'clock'>,
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

/** Counts an event again from the tables. */
export async function recountEvent(app: Pick<App, 'db' | 'clock'>, eventId: EventId): Promise<void> {
  await app.db.transaction(async (trx) => {
    await countWhole(app, trx, eventId);
    await tellChanged(trx, [eventId], app.clock.now());
  });
}

async function countWhole(app: Pick<App, 'clock'>, trx: Transaction, eventId: EventId): Promise<void> {
  if ((await openCounters(trx, [eventId], app.clock.now())) === 0) return;
  await clearCounters(trx, eventId);
  await recountHolds(trx, eventId);
  let after: OrderId | null = null;
  do {
    const ids: OrderId[] = await selectIds(trx, eventId, after, portion);
    await apply(trx, ids);
    after = ids.length < portion ? null : (ids.at(-1) ?? null);
  } while (after !== null);
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
