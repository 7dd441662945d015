/** Slices of holds, each by buyers who have never been there: their sessions are opened before the clock starts. */
import type { EventId, HoldId } from '../../contract/ids.ts';
import { openPeople, type Person } from './cast.ts';
import { encodeRequest } from './http-requests.ts';
import { type MeasuredSlice, measured } from './rounds.ts';
import type { Stage } from './stage.ts';

export interface HoldWish {
  eventId: EventId;
  body: unknown;
}

export interface HoldLoad {
  /** The load of one slice; then waits until what it caused has been published. */
  slice(options: {
    seconds: number;
    connections: number;
    ports?: number[];
  }): Promise<MeasuredSlice & { settleMs: number }>;
  /** Holds that were answered with success, by anyone. */
  acknowledged: HoldId[];
  /** CPU profiles count only these. */
  windowsUs: [number, number][];
}

/** More holds a second than any slice reaches, so that the first one does not run out of buyers. */
const firstGuess = 16_000;

/** `wish` says what the n-th request asks for; each buyer makes `visits` of them. */
export function createHoldLoad(stage: Stage, wish: (n: number) => HoldWish, visits = 1): HoldLoad {
  let count = 0;
  let expectedRate = firstGuess;
  let spare: Visit[] = [];
  const acknowledged: HoldId[] = [];
  const windowsUs: [number, number][] = [];

  async function slice({
    seconds,
    connections,
    ports = [stage.server.port],
  }: Parameters<HoldLoad['slice']>[0]) {
    const needed = Math.ceil(expectedRate * seconds * 1.3) + connections * 4;
    if (needed > spare.length) {
      const buyers = await openPeople(stage, Math.ceil((needed - spare.length) / visits));
      for (let visit = 1; visit <= visits; visit++) for (const buyer of buyers) spare.push({ buyer, visit });
    }
    const requests = spare.map(({ buyer, visit }) => encodeHold(buyer, wish(count++), visit));
    const slice = await measured(stage, () =>
      stage.load.send(requests, { ports, connections, seconds, keepIds: true }),
    );
    spare = spare.slice(slice.notes.used as number);
    expectedRate = slice.rate;
    acknowledged.push(...((slice.notes.ids as string).match(/hld_\w{26}/g) ?? []).map((id) => id as HoldId));
    windowsUs.push(slice.windowUs);
    return { ...slice, settleMs: await stage.settle() };
  }
  return { slice, acknowledged, windowsUs };
}

interface Visit {
  buyer: Person;
  visit: number;
}

export const encodeHold = (buyer: Person, { eventId, body }: HoldWish, visit = 1): string =>
  encodeRequest({
    method: 'POST',
    path: `/api/events/${eventId}/holds`,
    headers: { cookie: buyer.cookie, 'idempotency-key': `${buyer.userId}-${visit}` },
    body,
  });

/** So many places of one ticket type. */
export const placesOf = (event: { id: EventId; ticketTypeId: string }, quantity = 2): HoldWish => ({
  eventId: event.id,
  body: { items: [{ ticketTypeId: event.ticketTypeId, quantity }] },
});

/**
 * Slices of the empty route with requests as large as this hold's and answers as large as its answer, for
 * which it is placed once.
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
