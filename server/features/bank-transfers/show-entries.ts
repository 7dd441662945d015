import type { BankEntry } from '../../../contract/bank-statements.ts';
import type { OrderId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { type OrderRecord, shownStatus } from '../orders/orders.ts';
import { readOrder } from '../orders/read-order.ts';
import { type AwaitedTransfer, findAwaited } from './awaited-store.ts';
import { type EntryRow, selectMatches } from './entry-store.ts';
import { openOf } from './match.ts';

/** Entries as the team sees them, with the orders that they were assigned to. */
export async function showEntries(app: App, rows: EntryRow[]): Promise<BankEntry[]> {
  const matches = await selectMatches(
    app.db,
    rows.map(({ id }) => id),
  );
  const orderIds = [...new Set(matches.map(({ orderId }) => orderId))];
  const orders = new Map<OrderId, { order: OrderRecord; awaited: AwaitedTransfer }>();
  await Promise.all(
    orderIds.map(async (orderId) => {
      const [order, awaited] = await Promise.all([readOrder(app, orderId), findAwaited(app.db, orderId)]);
      if (order && awaited) orders.set(orderId, { order, awaited });
    }),
  );
  const now = app.clock.now();
  return rows.map((row): BankEntry => {
    const { currency } = row;
    return {
      id: row.id,
      bookedOn: row.bookedOn,
      kind: row.kind,
      amount: { amount: row.amountMinor, currency },
      rest: { amount: row.restMinor, currency },
      payer: { name: row.payerName, iban: row.payerIban },
      text: row.remittance,
      state: row.state,
      problem: row.problem,
      assignments: matches
        .filter(({ entryId }) => entryId === row.id)
        .flatMap((match) => {
          const known = orders.get(match.orderId);
          if (!known) return [];
          const { order, awaited } = known;
          return [
            {
              orderId: order.id,
              orderNumber: order.number,
              orderStatus: shownStatus(order, order.soldAs.endsAt, now),
              buyerName: order.buyerName,
              amount: { amount: match.amountMinor, currency },
              open: { amount: openOf(awaited), currency },
              isFinal: match.finalAt !== null || awaited.paidAt !== null,
              byHand: match.matchedBy !== null,
            },
          ];
        }),
    };
  });
}
