import type { QueryClient } from '@tanstack/react-query';
import { addressOf } from '../../../../client/endpoint.ts';
import { getTicketQr } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import type { TicketId } from '../../../../contract/ids.ts';
import type { Order } from '../../../../contract/orders.ts';
import { keptFor } from '../../api/kept.ts';
import { meQuery } from '../../api/session.ts';
import { registerWorker } from '../../offline/register.ts';
import { nowMs } from '../../ui/clock.ts';
import { isOwnValid } from './say-order.ts';

/**
 * The wallet in flight mode. The orders that a person has seen stay on the device until they sign out, together with
 * the QR codes of the tickets that are still needed. The service worker serves the pictures.
 */
export interface Kept {
  orders: Order[];
  /** When the server last sent it. */
  at: string;
}

/** The key of the orders in their cache. It is no address of the server. */
const place = '/wallet/orders';
/** The cached orders are shown after this long without an answer, in milliseconds. */
const patienceMs = 4_000;

export const qrPath = (ticketId: TicketId): string => addressOf(getTicketQr, { params: { ticketId } });

/**
 * Returns the server's answer and caches it. Without a connection, it returns the cached one with its time. If
 * nothing is cached, it throws the request's error.
 */
export async function orKept<Answer extends object>(
  client: QueryClient,
  ask: () => Promise<Answer>,
  ordersIn: (answer: Answer) => Order[],
  fromKept: (orders: Order[]) => Answer | undefined,
): Promise<Answer & { keptAt?: string }> {
  const asked = ask();
  const instead = async () => {
    const kept = await readKept();
    const answer = kept && fromKept(kept.orders);
    return answer && { ...answer, keptAt: kept.at };
  };
  const late = new Promise<void>((done) => setTimeout(done, patienceMs)).then(instead);
  try {
    // A connection that delivers nothing counts as none. If nothing is cached, all one can do is wait.
    const answer = await Promise.race([asked, late.then((kept) => kept ?? asked)]);
    if (!('keptAt' in answer)) void keep(client, ordersIn(answer)).catch(() => {});
    return answer;
  } catch (error) {
    const kept = isProblem(error, 'unreachable') && (await instead());
    if (kept) return kept;
    throw error;
  }
}

/** What the device has saved; null if nothing. */
export async function readKept(): Promise<Kept | null> {
  if (!('caches' in globalThis)) return null;
  // Signing in deletes the wallets of other people, so there is one at most.
  const name = (await caches.keys()).find((each) => each.startsWith(keptFor('')));
  const found = name && (await (await caches.open(name)).match(place));
  return found ? ((await found.json()) as Kept) : null;
}

async function keep(client: QueryClient, fresh: Order[]): Promise<void> {
  const owner = await client.ensureQueryData(meQuery);
  if (!owner || !('caches' in globalThis)) return;
  void registerWorker().catch(() => {});
  const name = keptFor(owner.id);
  const cache = await caches.open(name);
  const before: Kept | undefined = await (await cache.match(place))?.json();
  const orders = [
    ...fresh,
    ...(before?.orders ?? []).filter((old) => !fresh.some(({ id }) => id === old.id)),
  ];
  orders.sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  const kept: Kept = { orders, at: new Date(nowMs()).toISOString() };
  await cache.put(place, Response.json(kept));
  await keepCodes(cache, fresh);
  // The person may have signed out meanwhile.
  if (client.getQueryData(meQuery.queryKey)?.id !== owner.id) await caches.delete(name);
}

/** Caches the QR codes of upcoming tickets, each fetched once, and deletes those of past tickets. */
async function keepCodes(cache: Cache, orders: Order[]): Promise<void> {
  for (const { event, tickets } of orders) {
    const ahead = Date.parse(event.endsAt) > nowMs();
    for (const ticket of tickets) {
      const path = qrPath(ticket.id);
      if (!ahead || !isOwnValid(ticket)) await cache.delete(path);
      else if (!(await cache.match(path))) await cache.add(path);
    }
  }
}
