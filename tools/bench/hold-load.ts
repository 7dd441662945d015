/** Slices of holds. All buyers are new; their sessions are created before the clock starts. */
import type { EventId, HoldId } from '../../contract/ids.ts';
import { openPeople, type Person } from './cast.ts';
import { encodeRequest } from './http-requests.ts';
import { headersOf, type Newcomer } from './newcomers.ts';
import { type MeasuredSlice, measured } from './rounds.ts';
import type { Stage } from './stage.ts';

export interface HoldWish {
  eventId: EventId;
  body: unknown;
}

export interface HoldLoad {
  /** Creates the buyers of so many seconds of load now, so that the slices need not create them. */
  prepare(options: { seconds: number; connections: number }): Promise<void>;
  /** Runs the load of one slice, then waits until the relay has published all its messages. */
  slice(options: {
    seconds: number;
    leadSeconds?: number;
    connections: number;
    ports?: number[];
    /** A connection sends one request in so many ms at most. */
    everyMs?: number;
  }): Promise<MeasuredSlice & { settleMs: number }>;
  /** Holds that were answered with success, over all slices. */
  acknowledged: HoldId[];
  /** CPU profiles count only samples in these windows. */
  windowsUs: [number, number][];
}

/** More holds a second than any slice reaches, so that the first slice has enough buyers. */
const firstGuess = 16_000;

/** Creates so many buyers: accounts with sessions (cast.ts) or people who are new (newcomers.ts). */
export type OpenBuyers = (stage: Stage, count: number) => Promise<Buyer[]> | Buyer[];

/** `wish` returns the body of the n-th request; each buyer makes `visits` requests. */
export function createHoldLoad(
  stage: Stage,
  wish: (n: number) => HoldWish,
  visits = 1,
  openBuyers: OpenBuyers = openPeople,
): HoldLoad {
  let count = 0;
  let expectedRate = firstGuess;
  let spare: Visit[] = [];
  const acknowledged: HoldId[] = [];
  const windowsUs: [number, number][] = [];

  async function prepare({ seconds, connections }: { seconds: number; connections: number }) {
    const needed = Math.ceil(expectedRate * seconds * 1.3) + connections * 4;
    if (needed > spare.length) {
      const buyers = await openBuyers(stage, Math.ceil((needed - spare.length) / visits));
      for (let visit = 1; visit <= visits; visit++) for (const buyer of buyers) spare.push({ buyer, visit });
    }
  }

  async function slice({
    seconds,
    leadSeconds = 0,
    connections,
    ports = [stage.server.port],
    everyMs,
  }: Parameters<HoldLoad['slice']>[0]) {
    await prepare({ seconds: leadSeconds + seconds, connections });
    const requests = spare.map(({ buyer, visit }) => encodeHold(buyer, wish(count++), visit));
    const slice = await measured(stage, () =>
      stage.load.send(requests, { ports, connections, seconds, leadSeconds, keepIds: true, everyMs }),
    );
    spare = spare.slice(slice.notes.used as number);
    expectedRate = slice.rate;
    acknowledged.push(...((slice.notes.ids as string).match(/hld_\w{26}/g) ?? []).map((id) => id as HoldId));
    windowsUs.push(slice.windowUs);
    return { ...slice, settleMs: await stage.settle() };
  }
  return { prepare, slice, acknowledged, windowsUs };
}

export type Buyer = Person | Newcomer;

interface Visit {
  buyer: Buyer;
  visit: number;
}

export const encodeHold = (buyer: Buyer, { eventId, body }: HoldWish, visit = 1): string =>
  encodeRequest({
    method: 'POST',
    path: `/api/events/${eventId}/holds`,
    headers:
      'cookie' in buyer
        ? { cookie: buyer.cookie, 'idempotency-key': `${buyer.userId}-${visit}` }
        : { ...headersOf(buyer), 'idempotency-key': `${buyer.guestKey}-${visit}` },
    body,
  });

/** Asks for so many places of one ticket type. */
export const placesOf = (event: { id: EventId; ticketTypeId: string }, quantity = 2): HoldWish => ({
  eventId: event.id,
  body: { items: [{ ticketTypeId: event.ticketTypeId, quantity }] },
});

/**
 * Slices of the empty route with requests as large as this hold's and answers as large as its answer. To learn the size of
 * the answer it places the hold once.
 */
export async function createEmptyLoad(stage: Stage, wish: HoldWish, status = 201) {
  const [buyer] = (await openPeople(stage, 1)) as [Person];
  const sized = { kind: 'sized' as const, request: encodeHold(buyer, wish) };
  const { notes } = await stage.load.run(sized, { ports: [stage.server.port], connections: 1, seconds: 10 });
  const replyBytes = notes.bytes as number;
  await stage.empty.answer('post', status, replyBytes);
  const request = encodeRequest({ method: 'POST', path: '/empty', body: wish.body });
  return {
    replyBytes,
    slice: (seconds: number, connections: number) =>
      stage.load.run({ kind: 'repeated', request }, { ports: [stage.empty.port], connections, seconds }),
  };
}
