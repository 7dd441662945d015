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

/**
 * The wallet in flight mode. What its owner has seen of their orders stays on the device, with the QR codes of
 * the tickets that are still to be shown, until they sign out. The worker answers for the pictures.
 */
interface Kept {
  orders: Order[];
  /** When the server last said so. */
  at: string;
}

/** Where the orders lie in their cache; no address of the server's. */
const place = '/wallet/orders';
/** After so long without an answer the kept orders are shown, milliseconds. */
const patienceMs = 4_000;

export const qrPath = (ticketId: TicketId): string => addressOf(getTicketQr, { params: { ticketId } });

/**
 * The server's answer, which is kept; where no connection is, what was kept of it, with the time of that. Where
 * nothing was, throws what the server's silence threw.
 */
export async function orKept<Answer extends object>(
  client: QueryClient,
  ask: () => Promise<Answer>,
  ordersIn: (answer: Answer) => Order[],
  fromKept: (orders: Order[]) => Answer | undefined,
): Promise<Answer & { keptAt?: string }> {
  const asked = ask();
  const instead = async () => {
    const kept = await read();
    const answer = kept && fromKept(kept.orders);
    return answer && { ...answer, keptAt: kept.at };
  };
  const late = new Promise<void>((done) => setTimeout(done, patienceMs)).then(instead);
  try {
    // A connection that is there and brings nothing is none; without anything kept there is only waiting.
    const answer = await Promise.race([asked, late.then((kept) => kept ?? asked)]);
    if (!('keptAt' in answer)) void keep(client, ordersIn(answer)).catch(() => {});
    return answer;
  } catch (error) {
    const kept = isProblem(error, 'unreachable') && (await instead());
    if (kept) return kept;
    throw error;
  }
}

async function read(): Promise<Kept | null> {
  if (!('caches' in globalThis)) return null;
  // Whoever signs in has the wallets of others forgotten, so there is one at most.
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
  // They may have signed out meanwhile.
  if (client.getQueryData(meQuery.queryKey)?.id !== owner.id) await caches.delete(name);
}

/** The QR codes of what is still ahead, each fetched once; those of tickets that are over go. */
async function keepCodes(cache: Cache, orders: Order[]): Promise<void> {
  for (const { event, tickets } of orders) {
    const ahead = Date.parse(event.endsAt) > nowMs();
    for (const { id, status } of tickets) {
      const path = qrPath(id);
      if (!ahead || status !== 'valid') await cache.delete(path);
      else if (!(await cache.match(path))) await cache.add(path);
    }
  }
}
