import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient } from '../testing/client.ts';
import { createWorld, type Organiser, type World } from '../testing/world.ts';
import type { Wait } from './budgets.ts';
import { createRateLimits, type RateLimits, refuseOver } from './rate-limits.ts';

describe('in memory', () => {
  test('so many are let through in a window, for each caller and each limit', () => {
    let nowMs = 0;
    const limits = createRateLimits({ monotonicMs: () => nowMs }, 1);
    const [limit, other] = [
      limits.open('one', { max: 2, seconds: 10 }),
      limits.open('two', { max: 1, seconds: 10 }),
    ];
    expect([limit('ann'), limit('ann'), limit('ann'), limit('ben'), other('ann')]).toEqual([0, 0, 10, 0, 0]);
    nowMs += 9_500;
    expect(limit('ann')).toBe(1);
    nowMs += 500;
    expect(limit('ann')).toBe(0);
  });

  function createTestLimit(declared: { max: number; seconds: number }, factor = 1) {
    let nowMs = 1_000;
    const limit = createRateLimits({ monotonicMs: () => nowMs }, factor).open('one', declared);
    const at = (ms: number) => {
      nowMs = ms;
    };
    return { limit, at };
  }

  test('the wait is enough and not a second too long, and a caller who goes on asking is not held longer', () => {
    const { limit, at } = createTestLimit({ max: 3, seconds: 60 });
    for (let i = 0; i < 3; i++) expect(limit('ann')).toBe(0);
    for (const [ms, wait] of [
      [1_000, 60],
      [1_001, 60],
      [2_000, 59],
      [60_000, 1],
      [60_999, 1],
    ] as const) {
      at(ms);
      expect([ms, limit('ann')]).toEqual([ms, wait]);
    }
    at(61_000);
    for (let i = 0; i < 3; i++) expect(limit('ann')).toBe(0);
    expect(limit('ann')).toBe(60);
  });

  test('a thousand callers in one window do not count against each other', () => {
    const { limit, at } = createTestLimit({ max: 2, seconds: 10 });
    const callers = Array.from({ length: 1000 }, (_, i) => `caller ${i}`);
    const all = () => new Set(callers.map(limit));
    expect([all(), all(), all()]).toEqual([new Set([0]), new Set([0]), new Set([10])]);
    at(11_000);
    expect(all()).toEqual(new Set([0]));
  });

  test('after any pause, however long, there is one window and not the sum of those that were missed', () => {
    const { limit, at } = createTestLimit({ max: 2, seconds: 10 });
    at(86_400_000);
    expect([limit('ann'), limit('ann'), limit('ann')]).toEqual([0, 0, 10]);
  });

  test('at any times, no window lets more through than twice the limit, and a wait that is kept is let through', () => {
    const pause = fc.integer({ min: 0, max: 15_000 });
    fc.assert(
      fc.property(fc.array(pause, { maxLength: 60 }), (pauses) => {
        const { limit, at } = createTestLimit({ max: 3, seconds: 10 });
        let nowMs = 1_000;
        const passed: number[] = [];
        for (const pauseMs of pauses) {
          nowMs += pauseMs;
          at(nowMs);
          const wait = limit('ann') as number;
          if (wait > 0) {
            nowMs += wait * 1000;
            at(nowMs);
            expect(limit('ann')).toBe(0);
          }
          passed.push(nowMs);
        }
        for (const start of passed)
          expect(passed.filter((ms) => ms >= start && ms < start + 10_000).length).toBeLessThanOrEqual(6);
      }),
    );
  });

  test('a factor widens the limit, and one that is tiny leaves one request', () => {
    const [wide, tiny] = [
      createTestLimit({ max: 2, seconds: 10 }, 1.5),
      createTestLimit({ max: 2, seconds: 10 }, 0.001),
    ];
    expect([1, 2, 3, 4].map(() => wide.limit('ann'))).toEqual([0, 0, 0, 10]);
    expect([1, 2].map(() => tiny.limit('ann'))).toEqual([0, 10]);
  });

  test('answers are numbers: no promise is made on the path of a request', () => {
    const wait = createRateLimits({ monotonicMs: () => 0 }, 1).open('one', { max: 1, seconds: 1 })('ann');
    expect(wait).toBe(0);
    expect(refuseOver(wait)).toBeUndefined();
    expect(() => refuseOver(3)).toThrow(expect.objectContaining({ code: 'rate_limited' }));
  });
});

describe('counters that are kept elsewhere', () => {
  const asked: string[] = [];
  let full = new Set<string>();
  /** Answers later, as a shared store like Redis would. */
  const elsewhere: RateLimits = {
    open: (name) => async (caller) => {
      await new Promise((resolve) => setImmediate(resolve));
      asked.push(`${name}: ${caller.slice(0, 3)}`);
      return full.has(name) ? 7 : 0;
    },
  };
  let world: World;
  let server: Awaited<ReturnType<World['another']>>;
  beforeAll(async () => {
    world = await createWorld();
    server = await world.another(world.connectionString, { rateLimits: elsewhere });
  });
  afterAll(async () => {
    await server.close();
    await world.close();
  });

  const signedIn = ({ client: { cookies } }: Organiser) => {
    const client = createClient(server.url);
    for (const [name, value] of cookies) client.cookies.set(name, value);
    return client;
  };

  const expectAsked = async (name: string, call: () => Promise<{ status: number; headers: Headers }>) => {
    asked.length = 0;
    full = new Set();
    const passed = await call();
    expect(passed.status).not.toBe(429);
    expect(asked.map((line) => line.split(':')[0])).toContain(name);
    full = new Set([name]);
    const refused = await call();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '7']);
    full = new Set();
  };

  test('hold up an operation for anybody, and one for a team', async () => {
    const event = await world.event();
    const client = createClient(server.url);
    await client.post('/api/auth/sign-in/anonymous', {});
    const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
    await expectAsked('placeHold', () => client.post(`/api/events/${event.id}/holds`, { items }));
    const manager = signedIn(event.organiser);
    const patch = () =>
      manager.patch(`/api/events/${event.id}`, { title: 'Day Shift' }, { 'if-match': '"0"' });
    await expectAsked('updateEvent', patch);
  });

  test('hold up large bodies, whose room is given back', async () => {
    const { organiser } = await world.event();
    const client = signedIn(organiser);
    const large = () =>
      client.post('/api/events', {
        organisationId: organiser.organisationId,
        description: 'x'.repeat(70_000),
      });
    await expectAsked('large bodies', large);
    await expect
      .poll(async () => (await server.app.metrics.largeBodyBytes.get()).values.map(({ value }) => value))
      .toEqual([0]);
  });

  test('hold up the handshakes of live connections', async () => {
    const handshake = () => fetch(`${server.url}/socket.io/?EIO=4&transport=polling`);
    await expectAsked('handshakes', handshake);
  });

  test('a store that fails is an error of ours and lets nobody through', async () => {
    const wait: Wait = Promise.reject(new Error('away'));
    await expect(refuseOver(wait)).rejects.toThrow('away');
  });
});
