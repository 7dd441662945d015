import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWorld, type Person, type TestEvent, type World } from '../server/testing/world.ts';
import { createAct } from './act.ts';
import { type Client, type ClientOptions, createClient } from './client.ts';
import type { Fetch } from './platform.ts';
import { buyWith, reach, record } from './testing/record.ts';

/* The server is a real one. What may go wrong on the way to it and back is played by the fetch before it. */
let world: World;
let event: TestEvent;
beforeAll(async () => {
  world = await createWorld();
  event = await world.event({ capacity: 100, fields: { maxPerBuyer: 4 } });
});
afterAll(() => world?.close());

type Answer = Awaited<ReturnType<Fetch>>;

/** The server carries out the request, and its answer is lost. */
const loses: Fetch = async (address, sent) => {
  await reach(address, sent);
  throw new TypeError('socket hang up');
};
/** A proxy that cannot reach the server. */
const refuses =
  (status: number, headers: Record<string, string> = {}): Fetch =>
  async () =>
    new Response('<h1>Away</h1>', { status, headers }) as Answer;

/** A guest whose first requests meet these obstacles, one each. Later requests go through. */
async function guest(way: Fetch[], { as, ...settings }: Partial<ClientOptions> & { as?: Person } = {}) {
  const person = as ?? (await world.guest());
  const waitsMs: number[] = [];
  const { admit, sent } = record(world, {
    way,
    headers: () => ({ cookie: person.client.cookie() }),
    wait: async (ms) => void waitsMs.push(ms),
    ...settings,
  });
  const keys = () => sent.map(({ headers }) => headers['idempotency-key']);
  return { admit, person, sent, keys, waitsMs };
}

const one = () => ({
  params: { eventId: event.id },
  body: { items: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }] },
});
const heldPlaces = async () => {
  const rows = await world.app.db.query<{ count: number }>('select count(*)::int as count from holds');
  return rows[0]?.count;
};

describe('an act is carried out once', () => {
  test('when the answer to a hold is lost, the retry gets the same hold', async () => {
    const before = (await heldPlaces()) ?? 0;
    const { admit, keys } = await guest([loses, loses]);
    const hold = await admit.placeHold(one());
    expect(hold.status).toBe('active');
    expect(keys()).toHaveLength(3);
    expect(new Set(keys())).toEqual(new Set([expect.stringMatching(/^[0-9a-f]{32}$/)]));
    expect(await heldPlaces()).toBe(before + 1);
  });

  test('when a person tries again after the last retry', async () => {
    const before = (await heldPlaces()) ?? 0;
    const { admit, keys } = await guest([loses]);
    const act = createAct();
    await expect(admit.placeHold({ ...one(), act, retries: 0 })).rejects.toMatchObject({
      code: 'unreachable',
      outcomeUnknown: true,
    });
    const hold = await admit.placeHold({ ...one(), act, retries: 0 });
    expect(await heldPlaces()).toBe(before + 1);
    expect(keys()[1]).toBe(keys()[0]);
    // An answer came, so the next request is a new act.
    const next = await admit.placeHold({ ...one(), act });
    expect(next.id).not.toBe(hold.id);
    expect(keys()[2]).not.toBe(keys()[0]);
  });

  test('when the answers to an order and its cancellation are lost', async () => {
    const { admit, person } = await guest([]);
    const lossy = await guest([loses], { as: person });
    const order = await buyWith({ admit, orderer: lossy.admit }, world, event, 2);
    const [ticket] = order.tickets;
    const back = await guest([loses, loses], { as: person });
    const tickets = [ticket?.id ?? 'tkt_none'] as [`tkt_${string}`];
    const after = await back.admit.cancelOrder({ params: { orderId: order.id }, body: { tickets } });
    expect(after.tickets.map(({ status }) => status).sort()).toEqual(['cancelled', 'valid']);
    const refunds = await world.app.db.query('select id from refunds where order_id = $1', [order.id]);
    expect([back.sent.length, refunds.length]).toEqual([3, 1]);
  });

  test('a different request of the same act gets a new key', async () => {
    const { admit, keys } = await guest([loses]);
    const act = createAct();
    await admit.try.placeHold({ ...one(), act, retries: 0 });
    const two = { ...one(), body: { items: [{ ticketTypeId: event.ticketTypeId, quantity: 2 }] } };
    await admit.placeHold({ ...two, act });
    expect(keys()[1]).not.toBe(keys()[0]);
  });

  test('each call without an act is carried out', async () => {
    const { admit, keys } = await guest([]);
    const [first, second] = [await admit.placeHold(one()), await admit.placeHold(one())];
    expect(second.id).not.toBe(first.id);
    expect(new Set(keys()).size).toBe(2);
  });

  test('an operation that refuses a second call is not retried', async () => {
    const { email } = await world.user();
    for (const way of [loses, refuses(503)]) {
      const { admit, sent } = await guest([way]);
      const signedIn = await admit.try.signInEmail({ body: { email, password: 'correct-horse-battery' } });
      expect(signedIn.ok).toBe(false);
      expect(sent).toHaveLength(1);
    }
  });
});

describe('a retry', () => {
  test('waits as long as the server asks, longer each time, with random jitter', async () => {
    const away = [refuses(503, { 'retry-after': '2' }), refuses(502), refuses(504)];
    const rounds = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const { admit, waitsMs } = await guest([...away]);
        await admit.placeHold(one());
        return waitsMs;
      }),
    );
    for (const [first = 0, second = 0, third = 0] of rounds) {
      expect([first - 2000, second / 2, third / 4].every((ms) => ms >= 200 && ms <= 600)).toBe(true);
    }
    expect(new Set(rounds.map(([first]) => first)).size).toBeGreaterThan(1);
  });

  test('happens three times at most', async () => {
    const { admit, sent } = await guest(Array.from({ length: 9 }, () => refuses(503)));
    await expect(admit.placeHold(one())).rejects.toMatchObject({ code: 'internal', status: 503 });
    expect(sent).toHaveLength(4);
  });

  test('does not happen if the server asks for a long wait', async () => {
    const { admit, sent } = await guest([refuses(429, { 'retry-after': '60' })]);
    await expect(admit.listEvents()).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs: 60_000 });
    expect(sent).toHaveLength(1);
  });

  test('does not happen after a refusal, which is an answer', async () => {
    const { admit, sent } = await guest([]);
    const body = { items: [{ ticketTypeId: event.ticketTypeId, quantity: 5 }] };
    const outcome = await admit.try.placeHold({ params: { eventId: event.id }, body });
    expect(sent).toHaveLength(1);
    if (outcome.ok || outcome.problem.code !== 'limit_reached') throw new Error(JSON.stringify(outcome));
    const { limit, have }: { limit: number; have: number } = outcome.problem.members;
    expect({ limit, have }).toEqual({ limit: 4, have: 0 });
  });

  test('happens after a server error only if the call reads', async () => {
    const reading = await guest([refuses(500)]);
    await reading.admit.getEvent({ params: { eventId: event.id } });
    expect(reading.sent).toHaveLength(2);
    const acting = await guest([refuses(500)]);
    await expect(acting.admit.placeHold(one())).rejects.toMatchObject({ code: 'internal' });
    expect(acting.sent).toHaveLength(1);
  });

  test('does not happen without a connection', async () => {
    const { admit, sent } = await guest([loses], { isOffline: () => true });
    await expect(admit.placeHold(one())).rejects.toMatchObject({ code: 'unreachable' });
    expect(sent).toHaveLength(1);
  });
});

describe('a call ends', () => {
  /** Never answers until it is aborted, like a dead connection. */
  const hangs: Fetch = (_address, { signal }) =>
    new Promise((_, reject) => {
      const end = () => reject(new DOMException('aborted', 'AbortError'));
      if (signal.aborted) end();
      signal.addEventListener('abort', end);
    });

  test('when no answer comes in time, and is retried', async () => {
    const { admit, sent, keys } = await guest([hangs], { timeoutMs: 500 });
    await admit.placeHold(one());
    expect(sent).toHaveLength(2);
    expect(keys()[1]).toBe(keys()[0]);
  });

  test('when it is aborted, and is not retried', async () => {
    const stop = new AbortController();
    const { admit, sent } = await guest([hangs]);
    const called = admit.getEvent({ params: { eventId: event.id }, signal: stop.signal });
    stop.abort(new Error('looked away'));
    await expect(called).rejects.toThrow('looked away');
    expect(sent).toHaveLength(1);
  });

  test('when it is aborted before a retry', async () => {
    const stop = new AbortController();
    const { admit, sent } = await guest([refuses(503)], { wait: async () => stop.abort(new Error('left')) });
    await expect(admit.placeHold({ ...one(), signal: stop.signal })).rejects.toThrow('left');
    expect(sent.map(({ signal }) => signal.aborted)).toEqual([false, true]);
  });

  test('when it was aborted before it began', async () => {
    const { admit } = await guest([hangs]);
    const signal = AbortSignal.abort(new Error('too late'));
    await expect(admit.getEvent({ params: { eventId: event.id }, signal })).rejects.toThrow('too late');
  });

  test('with the retries’ own clock, in real time', async () => {
    let answers = 0;
    const admit: Client = createClient({
      baseUrl: world.url,
      fetch: (address, sent) => (answers++ === 0 ? refuses(503)(address, sent) : reach(address, sent)),
    });
    expect((await admit.getEvent({ params: { eventId: event.id } })).id).toBe(event.id);
    expect(answers).toBe(2);
  });
});
