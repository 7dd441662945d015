import { setTimeout as wait } from 'node:timers/promises';
import { createClient as createRedisClient } from '@redis/client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { buy } from '../../features/tickets/testing/buy.ts';
import { createClient } from '../../testing/client.ts';
import { openLive } from '../../testing/live.ts';
import { type RedisServer, startRedis } from '../../testing/redis-server.ts';
import { createWorld, type Person, type World } from '../../testing/world.ts';

/*
 * Runs against a real Redis or Valkey (tools/services.ts). Each test has an Admit of its own, of two processes, and a Redis of
 * its own.
 */
const program = process.env.ADMIT_REDIS;
if (!program) process.stderr.write('redis.services.ts is left out: there is no Redis on this machine\n');

type Process = Awaited<ReturnType<World['another']>>;

describe.skipIf(!program)('two processes with Redis', () => {
  const closers: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  async function open() {
    const redis = await startRedis(program as string);
    closers.push(redis.close);
    const world = await createWorld({
      REDIS_URL: redis.url,
      RATE_LIMIT_FACTOR: '1',
      TRUST_PROXY: 'loopback',
      LOG_LEVEL: 'silent',
    });
    closers.push(world.close);
    const other = await world.another();
    await shared(world, other);
    return { redis, world, other };
  }

  let names = 0;
  /** How many of these requests two processes let through, which ask in turn, of the 10 that a caller has in a minute. */
  async function letThrough(world: World, other: Process, requests = 16): Promise<number> {
    const name = `probe ${++names}`;
    const limits = [world.app, other.app].map(({ rateLimits }) =>
      rateLimits.open(name, { max: 10, seconds: 60 }),
    );
    let passed = 0;
    for (let i = 0; i < requests; i++) if ((await limits[i % 2]?.('ann')) === 0) passed++;
    return passed;
  }
  /** Resolves when both processes count together. */
  const shared = (world: World, other: Process) =>
    expect.poll(() => letThrough(world, other), { timeout: 30_000, interval: 200 }).toBe(10);

  const at = ({ url }: Process, { client: { cookies } }: Person) => {
    const client = createClient(url);
    for (const [name, value] of cookies) client.cookies.set(name, value);
    return client;
  };

  /** Sells until it is told to stop. It fails if any request of a sale fails. */
  function sell(world: World) {
    let going = true;
    let sales = 0;
    const run = async () => {
      const event = await world.event({ priceMinor: 0, capacity: 1000 });
      while (going) {
        const person = await world.user();
        await buy(world, person, event, { buyer: { name: 'Ada Osei', email: person.email } });
        sales++;
      }
    };
    const running = run();
    running.catch(() => {});
    return {
      /** Resolves after so many more sales. */
      async more(count: number) {
        const until = sales + count;
        await Promise.race([
          running,
          expect.poll(() => sales, { timeout: 60_000 }).toBeGreaterThanOrEqual(until),
        ]);
      },
      async stop() {
        going = false;
        await running;
      },
    };
  }

  const promises = async ({ app }: World) =>
    expect(await audit(app.db, { now: app.clock.now() })).toEqual([]);

  test('a caller has one limit, whichever process answers', async () => {
    const { world, other } = await open();
    expect(await letThrough(world, other, 40)).toBe(10);
    // Together: the script counts all of a batch as one step.
    const limits = [world.app, other.app].map(({ rateLimits }) =>
      rateLimits.open('at once', { max: 10, seconds: 60 }),
    );
    const waits = await Promise.all(Array.from({ length: 40 }, (_, i) => limits[i % 2]?.('ann')));
    expect(waits.filter((each) => each === 0)).toHaveLength(10);
    for (const each of waits.filter((some) => some !== 0)) expect(each).toBeLessThanOrEqual(60);
    expect(await limits[0]?.('bob')).toBe(0);
  });

  test('a window ends', async () => {
    const { world, other } = await open();
    const limits = [world.app, other.app].map(({ rateLimits }) =>
      rateLimits.open('short', { max: 1, seconds: 0.5 }),
    );
    expect(await limits[0]?.('ann')).toBe(0);
    expect(await limits[1]?.('ann')).toBe(1);
    await wait(600);
    expect(await limits[1]?.('ann')).toBe(0);
  });

  test('ten wrong promo codes are ten in both processes together, and a right one costs one', async () => {
    const { world, other } = await open();
    const event = await world.event({ fields: { promoCodes: [{ code: 'RIGHT', percentOff: 10 }] } });
    const attempt = async () => {
      const ann = await world.user();
      const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
      const held = await ann.client.post(`/api/events/${event.id}/holds`, { items });
      const clients = [ann.client, at(other, ann)];
      const guess = async (i: number, code: string) =>
        (await clients[i % 2]?.put(`/api/holds/${held.body.id}/promo-code`, { code }))?.body.code ?? 'right';
      const answers = [await guess(1, 'RIGHT')];
      for (let i = 0; i < 14; i++) answers.push(await guess(i, `WRONG${i}`));
      return answers;
    };
    const wrong = Array(9).fill('unknown_promo_code');
    // On a machine that is busy with other tests, Redis may take too long once. Then each process counts for itself.
    await expect
      .poll(attempt, { timeout: 60_000 })
      .toEqual(['right', ...wrong, ...Array(5).fill('too_many_promo_codes')]);
  });

  test('Redis is killed and starts empty: sales and live connections go on, and the limits are shared again', async () => {
    const { redis, world, other } = await open();
    const event = await world.event();
    const live = await openLive(other.url, { event: event.id });
    const selling = sell(world);
    await selling.more(3);
    await redis.kill();
    await selling.more(3);
    // Each process counts for itself.
    expect(await letThrough(world, other, 40)).toBe(20);
    const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
    const buyer = await world.user();
    expect((await buyer.client.post(`/api/events/${event.id}/holds`, { items })).status).toBe(201);
    await expect.poll(() => live.told('availability').length).toBeGreaterThan(0);
    await redis.start();
    await shared(world, other);
    await selling.more(3);
    await selling.stop();
    await promises(world);
  });

  test('a frozen Redis delays one request a second, and no other', async () => {
    const { redis, world, other } = await open();
    const selling = sell(world);
    await selling.more(3);
    redis.freeze();
    await selling.more(5);
    const startMs = performance.now();
    expect(await letThrough(world, other, 400)).toBe(20);
    expect(performance.now() - startMs).toBeLessThan(2000);
    redis.thaw();
    await shared(world, other);
    await selling.stop();
    await promises(world);
  });

  test('a full Redis refuses to count, so each process counts for itself, until there is room', async () => {
    const { redis, world, other } = await open();
    const operator = createRedisClient({ url: redis.url });
    await operator.connect();
    closers.push(() => operator.close());
    const selling = sell(world);
    await selling.more(2);
    await operator.configSet('maxmemory', '1');
    await expect(operator.set('one', 'more')).rejects.toThrow(/OOM/);
    expect(await letThrough(world, other, 40)).toBe(20);
    await selling.more(3);
    await operator.configSet('maxmemory', '0');
    await shared(world, other);
    await selling.stop();
    await promises(world);
  });

  test('keys expire, so that Redis does not fill up', async () => {
    const { redis, world, other } = await open();
    await letThrough(world, other);
    const operator = createRedisClient({ url: redis.url });
    await operator.connect();
    closers.push(() => operator.close());
    const keys = await operator.keys('*');
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) expect(await operator.pTTL(key), key).toBeGreaterThan(0);
  });
});

describe.skipIf(!program)('a start', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis(program as string);
    await redis.kill();
  });
  afterAll(() => redis.close());

  test('does not wait for a Redis that is away, and finds it later', async () => {
    const world = await createWorld({ REDIS_URL: redis.url, LOG_LEVEL: 'silent', RATE_LIMIT_FACTOR: '1' });
    const event = await world.event({ priceMinor: 0 });
    await buy(world, await world.user(), event);
    await redis.start();
    const operator = createRedisClient({ url: redis.url });
    await operator.connect();
    await expect
      .poll(
        async () => {
          await world.app.rateLimits.open('probe', { max: 1000, seconds: 60 })('ann');
          return operator.keys('rate:probe:*');
        },
        { timeout: 30_000, interval: 200 },
      )
      .toEqual(['rate:probe:ann']);
    await operator.close();
    await world.close();
  });
});
