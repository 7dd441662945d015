import type { OrderId, OrganisationId } from '../../../contract/ids.ts';
import type { Books } from '../../../contract/organiser-orders.ts';
import type { App } from '../../app.ts';
import type { Call } from '../../http/bind.ts';
import { findOrders } from '../orders/find-orders.ts';
import { listBookEntries, readBalances } from '../payments/read-books.ts';

/** Reads the money ledger of an organisation's orders: balances by type of account, and the entries of each order. */
export async function getBooks(
  app: App,
  call: Call<
    { organisationId: OrganisationId },
    { cursor?: OrderId | undefined; limit: number },
    undefined,
    'team'
  >,
): Promise<Books> {
  const { organisationId } = call.params;
  const { cursor = null, limit } = call.query;
  const [balances, found] = await Promise.all([
    readBalances(app.db, organisationId),
    findOrders(app.db, organisationId, { typed: '', before: cursor, events: null, limit: limit + 1 }),
  ]);
  const orders = found.slice(0, limit);
  const entries = await listBookEntries(
    app.db,
    orders.map(({ id }) => id),
  );
  const ofOrder = Map.groupBy(entries, ({ orderId }) => orderId);
  return {
    accounts: balances.map(({ type, currency, balanceMinor }) => ({ type, currency, balance: balanceMinor })),
    orders: orders.map(({ id, number, eventId }) => ({
      orderId: id,
      number,
      eventId,
      entries: (ofOrder.get(id) ?? []).map(showBookEntry),
    })),
    nextCursor: found.length > limit ? (orders.at(-1)?.id ?? null) : null,
  };
}

type Entry = Awaited<ReturnType<typeof listBookEntries>>[number];

/** An entry of the ledger as organisers see it. */
export const showBookEntry = ({ kind, from, to, amountMinor, currency, at }: Entry) => ({
  kind,
  from,
  to,
  amount: { amount: amountMinor, currency },
  at: at.toISOString(),
});
