/** Runs whole purchases on the server under test and counts the completed ones. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type BenchEvent, openPeople } from './cast.ts';
import { type MeasuredSlice, measured } from './rounds.ts';
import type { Stage } from './stage.ts';

export interface PurchaseSlice extends MeasuredSlice {
  /** Orders that were confirmed with their tickets within the time. */
  confirmed: number;
  /** Ids of orders whose payment was answered with success. */
  paid: string[];
  came: number;
  failures: Record<string, number>;
  latestMs: number;
  steps: Record<
    'signIn' | 'hold' | 'order' | 'pay' | 'release',
    { count: number; p50Ms: number; p99Ms: number; maxMs: number }
  >;
  /** Time from the end of the load until the last paid order was confirmed. */
  behindMs: number;
  /** Paid orders that were not confirmed a minute later. */
  unconfirmed: number;
}

export interface PurchaseWish {
  event: BenchEvent;
  buyers: number;
  connections: number;
  seconds: number;
  quantities?: number[];
  abandonEvery?: number;
  /** Buyers without a session: they hold with a guest key, or sign in as guests first. Else they have accounts. */
  newcomers?: 'guest-key' | 'sign-in';
  /** The arrival of each buyer, in ms from the start. Without it, as fast as possible. */
  arrivals?: Float64Array;
}

const confirmedSql = `
  select count(*)::int as count from orders
  where event_id = $1 and status = 'confirmed' and confirmed_at >= $2 and confirmed_at < $3
    and exists (select from tickets where tickets.order_id = orders.id and tickets.event_id = orders.event_id)`;

/** Runs the buyers of one slice, then waits until all their paid orders are confirmed and published. */
export async function buy(stage: Stage, wish: PurchaseWish): Promise<PurchaseSlice> {
  const { event, seconds, connections, quantities = [2], abandonEvery = 0, arrivals, newcomers } = wish;
  const files = { cookies: join(stage.directory, 'cookies'), arrivals: join(stage.directory, 'arrivals') };
  if (!newcomers) {
    const people = await openPeople(stage, wish.buyers);
    writeFileSync(files.cookies, people.map((person) => person.cookie).join('\n'));
  }
  if (arrivals)
    writeFileSync(files.arrivals, new Uint8Array(arrivals.buffer, arrivals.byteOffset, arrivals.byteLength));
  const script = {
    kind: 'purchases' as const,
    cookies: newcomers ? { newcomers, count: wish.buyers } : files.cookies,
    arrivals: arrivals ? files.arrivals : null,
    eventId: event.id,
    ticketTypeId: event.ticketTypeId,
    quantities,
    abandonEvery,
  };
  const load = { ports: [stage.server.port], connections, seconds };
  const slice = await measured(stage, () => stage.load.run(script, load));
  const notes = slice.notes as unknown as Omit<PurchaseSlice, keyof MeasuredSlice>;
  const late = await allConfirmed(stage, event, notes.paid);
  await stage.settle();
  const from = new Date(slice.startedAtMs);
  const to = new Date(slice.startedAtMs + slice.seconds * 1000);
  const [row] = await stage.db.query<{ count: number }>(confirmedSql, [event.id, from, to]);
  const confirmed = row?.count ?? 0;
  return { ...slice, ...notes, ...late, confirmed, rate: confirmed / slice.seconds };
}

const unconfirmedSql = `
  select paid.id from unnest($1::text[]) as paid (id)
  where not exists (select from orders where orders.id = paid.id and orders.event_id = $2 and orders.status = 'confirmed')`;

const patienceMs = 60_000;

/** Waits until every paid order is confirmed, for a minute at most. It asks only for unconfirmed ones. */
async function allConfirmed(
  stage: Stage,
  event: BenchEvent,
  paid: string[],
): Promise<{ behindMs: number; unconfirmed: number }> {
  const startMs = performance.now();
  for (let ids = paid; ; await wait(200)) {
    const rows = await stage.db.query<{ id: string }>(unconfirmedSql, [ids, event.id]);
    ids = rows.map((row) => row.id);
    const behindMs = performance.now() - startMs;
    if (ids.length === 0 || behindMs > patienceMs) return { behindMs, unconfirmed: ids.length };
  }
}
