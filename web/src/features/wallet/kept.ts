import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { addressOf } from '../../../../client/endpoint.ts';
import { getTicketQr } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import type { TicketId } from '../../../../contract/ids.ts';
import type { Order } from '../../../../contract/orders.ts';
import type { Ticket } from '../../../../contract/tickets.ts';
import { keptFor } from '../../api/kept.ts';
import { meQuery } from '../../api/session.ts';
import { registerWorker } from '../../offline/register.ts';
import { nowMs } from '../../ui/clock.ts';
import { fetchKey, makesCodes, type SavedKey } from './live-code.ts';
import { isOwnValid } from './say-order.ts';

/**
 * The wallet in flight mode. The orders and received tickets that a person has seen stay on the device until they sign out,
 * together with the QR codes of the tickets that are still needed. The service worker serves the pictures.
 */
export interface Kept {
  orders: Order[];
  /** The tickets that others passed on to this person. */
  received: Ticket[];
  /** When the server last sent the orders; without orders, the tickets. */
  at: string;
}

/** The keys in the cache. They are no addresses of the server. */
const places = { orders: '/wallet/orders', received: '/wallet/received' } as const;
/** The cached orders are shown after this long without an answer, in milliseconds. */
const patienceMs = 4_000;

export const qrPath = (ticketId: TicketId): string => addressOf(getTicketQr, { params: { ticketId } });

/**
 * Returns the server's answer and caches it. Without a connection, it returns the cached one with its time. If
 * nothing is cached, it throws the request's error.
 */
export const orKept = <Answer extends object>(
  client: QueryClient,
  ask: () => Promise<Answer>,
  ordersIn: (answer: Answer) => Order[],
  fromKept: (orders: Order[]) => Answer | undefined,
) =>
  orSaved(
    ask,
    (answer) => keep(client, ordersIn(answer)),
    ({ orders }) => fromKept(orders),
  );

/** The same for tickets that others passed on to this person. `isAll`: the answer has all of them. */
export const orKeptTickets = <Answer extends object>(
  client: QueryClient,
  ask: () => Promise<Answer>,
  ticketsIn: (answer: Answer) => Ticket[],
  fromKept: (received: Ticket[]) => Answer | undefined,
  isAll = false,
) =>
  orSaved(
    ask,
    (answer) => keepReceived(client, ticketsIn(answer), isAll),
    ({ received }) => fromKept(received),
  );

async function orSaved<Answer extends object>(
  ask: () => Promise<Answer>,
  save: (answer: Answer) => Promise<void>,
  fromKept: (kept: Kept) => Answer | undefined,
): Promise<Answer & { keptAt?: string }> {
  const asked = ask();
  const instead = async () => {
    const kept = await readKept();
    const answer = kept && fromKept(kept);
    return answer && { ...answer, keptAt: kept.at };
  };
  const late = new Promise<void>((done) => setTimeout(done, patienceMs)).then(instead);
  try {
    // A connection that delivers nothing counts as none. If nothing is cached, all one can do is wait.
    const answer = await Promise.race([asked, late.then((kept) => kept ?? asked)]);
    if (!('keptAt' in answer)) void save(answer).catch(() => {});
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
  if (!name) return null;
  const cache = await caches.open(name);
  const [orders, received] = await Promise.all([
    savedIn<Order>(cache, places.orders),
    savedIn<Ticket>(cache, places.received),
  ]);
  const at = orders?.at ?? received?.at;
  return at === undefined ? null : { orders: orders?.items ?? [], received: received?.items ?? [], at };
}

interface Saved<Item> {
  items: Item[];
  at: string;
}

const savedIn = async <Item>(cache: Cache, place: string): Promise<Saved<Item> | undefined> =>
  (await cache.match(place))?.json();

const keep = (client: QueryClient, fresh: Order[]): Promise<void> =>
  keepIn(client, async (cache) => {
    const before = await savedIn<Order>(cache, places.orders);
    const items = withOlder(fresh, before?.items);
    items.sort((a, b) => b.createdAt.localeCompare(a.createdAt));
    await save(cache, places.orders, items);
    for (const { event, tickets, review } of fresh)
      for (const ticket of tickets) if (!review) await keepCode(client, cache, event, ticket);
  });

/** Saves received tickets. Without `isAll`, those that were saved before stay. */
const keepReceived = (client: QueryClient, fresh: Ticket[], isAll: boolean): Promise<void> =>
  keepIn(client, async (cache) => {
    const before = await savedIn<Ticket>(cache, places.received);
    const received = fresh.filter(({ isReceived }) => isReceived);
    await save(cache, places.received, isAll ? received : withOlder(received, before?.items));
    for (const ticket of isAll ? withOlder(received, before?.items) : received) {
      const isGone = isAll && !received.includes(ticket);
      await keepCode(client, cache, ticket.event, isGone ? { ...ticket, isTransferred: true } : ticket);
    }
  });

const withOlder = <Item extends { id: string }>(fresh: Item[], before: Item[] = []): Item[] => [
  ...fresh,
  ...before.filter((old) => !fresh.some(({ id }) => id === old.id)),
];

const save = (cache: Cache, place: string, items: unknown[]): Promise<void> =>
  cache.put(place, Response.json({ items, at: new Date(nowMs()).toISOString() }));

/** Writes to the cache of the person who uses this browser. */
async function keepIn(client: QueryClient, write: (cache: Cache) => Promise<void>): Promise<void> {
  const owner = await client.ensureQueryData(meQuery);
  if (!owner || !('caches' in globalThis)) return;
  void registerWorker().catch(() => {});
  const name = keptFor(owner.id);
  await write(await caches.open(name));
  // The person may have signed out meanwhile.
  if (client.getQueryData(meQuery.queryKey)?.id !== owner.id) await caches.delete(name);
}

/** Caches the QR code or the key of an upcoming ticket, fetched once, and deletes that of any other ticket. */
async function keepCode(
  client: QueryClient,
  cache: Cache,
  event: Pick<Order['event'], 'endsAt' | 'ticketCodes'>,
  ticket: Pick<Order['tickets'][number], 'id' | 'issue' | 'status' | 'isTransferred'>,
): Promise<void> {
  const [path, keyPlace] = [qrPath(ticket.id), keyPlaceOf(ticket.id)];
  const isNeeded = Date.parse(event.endsAt) > nowMs() && isOwnValid(ticket);
  const turns = event.ticketCodes !== 'fixed';
  if (!isNeeded || turns) await cache.delete(path);
  else if (!(await cache.match(path))) await cache.add(path);
  if (!isNeeded || !turns) await cache.delete(keyPlace);
  else if (makesCodes()) await client.ensureQueryData(walletKeyQuery(ticket));
}

const keyPlaceOf = (ticketId: TicketId) => `/wallet/keys/${ticketId}`;

/** The key of a ticket whose codes turn: the saved one, or a new one, which is saved. */
export const walletKeyQuery = ({ id, issue }: { id: TicketId; issue: number }) =>
  queryOptions({
    queryKey: ['wallet-key', id, issue],
    queryFn: async ({ client }) => {
      const saved = await readKey(id);
      if (saved?.issue === issue) return saved;
      const key = await fetchKey(id, issue);
      await keepIn(client, (cache) => cache.put(keyPlaceOf(id), Response.json(key)));
      return key;
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

/**
 * Corrects a saved key after the clock of the device was set, or after many other wallets have opened the ticket. A difference of
 * less than five seconds does not matter.
 */
export async function correctKey(
  client: QueryClient,
  ticket: { id: TicketId; issue: number },
  key: SavedKey,
): Promise<void> {
  const corrected = await fetchKey(ticket.id, ticket.issue, key.device);
  if (corrected.device === key.device && Math.abs(corrected.aheadMs - key.aheadMs) < 5_000) return;
  client.setQueryData(walletKeyQuery(ticket).queryKey, corrected);
  await keepIn(client, (cache) => cache.put(keyPlaceOf(ticket.id), Response.json(corrected)));
}

async function readKey(ticketId: TicketId): Promise<SavedKey | undefined> {
  if (!('caches' in globalThis)) return undefined;
  const name = (await caches.keys()).find((each) => each.startsWith(keptFor('')));
  return name === undefined
    ? undefined
    : (await (await caches.open(name)).match(keyPlaceOf(ticketId)))?.json();
}
