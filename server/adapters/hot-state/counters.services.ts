import { createClient as createRedisClient } from '@redis/client';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { readLiveCounters } from '../../features/dashboard/live-counters.ts';
import { countFromTables } from '../../features/dashboard/testing/from-tables.ts';
import { webhookSecret } from '../../features/payments/testing/webhook.ts';
import { histories, openStage, playStep } from '../../features/purchases/testing/after-sale.ts';
import { buy } from '../../features/tickets/testing/buy.ts';
import { openLive } from '../../testing/live.ts';
import { type RedisServer, startRedis } from '../../testing/redis-server.ts';
import { runs } from '../../testing/thorough.ts';
import { createWorld, type World } from '../../testing/world.ts';

/* Live counters of two processes in a real Redis or Valkey (tools/services.ts). */
const program = process.env.ADMIT_REDIS;
if (!program) process.stderr.write('counters.services.ts is left out: there is no Redis on this machine\n');

/** Counters are never wrong for longer. A busy machine may take a moment to ask. */
const rightWithin = { timeout: 2500, interval: 100 };

describe.skipIf(!program)('live counters in Redis', () => {
  let redis: RedisServer;
  let world: World;
  let other: Awaited<ReturnType<World['another']>>;
  let operator: ReturnType<typeof createRedisClient>;
  beforeAll(async () => {
    redis = await startRedis(program as string);
    world = await createWorld({
      REDIS_URL: redis.url,
      SANDBOX_WEBHOOK_SECRET: webhookSecret,
      LOG_LEVEL: 'silent',
    });
    other = await world.another();
    operator = createRedisClient({ url: redis.url });
    operator.on('error', () => {});
    await operator.connect();
  });
  afterEach(() => redis.thaw());
  afterAll(async () => {
    operator?.destroy();
    await world?.close();
    await redis?.close();
  });

  const inTables = async (eventId: EventId) => {
    const { sold, admitted } = await countFromTables(world.app.db, eventId);
    const [seen] = await world.app.db.query<{ count: number }>(
      `select count(*)::int as count from visits where event_id = $1 and kind = 'view'`,
      [eventId],
    );
    return { views: seen?.count, checkIns: admitted, sold };
  };
  const inProcesses = (eventId: EventId) =>
    Promise.all([world, other].map(({ app }: { app: App }) => readLiveCounters(app, eventId)));
  async function expectRight(eventId: EventId) {
    const right = await inTables(eventId);
    await expect.poll(() => inProcesses(eventId), rightWithin).toEqual([right, right]);
  }
  const keys = async (eventId: EventId) => (await operator.keys(`event:${eventId}:*`)).toSorted();
  const allKeys = (eventId: EventId) =>
    ['checkins', 'sold', 'views'].map((name) => `event:${eventId}:${name}`);
  const view = (eventId: EventId) => {
    world.app.visits.note(eventId, 'view', {});
    return world.app.visits.flush();
  };

  test('after any history they equal a recount from the tables, also if Redis is emptied in the middle', {
    timeout: 900_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.nat(), async (history, at) => {
        const stage = await openStage(world);
        const { id } = stage.event;
        for (const [i, step] of history.entries()) {
          await playStep(stage, step);
          if (i % 3 === 0) await view(id);
          // As while a team watches: there are old counters in Redis when the next change comes.
          await inProcesses(id);
          if (i === at % history.length) await operator.flushAll();
          if (i % 2 === 0) {
            await world.app.relay.drain();
            await expectRight(id);
          }
        }
        await world.drain();
        await expectRight(id);
      }),
      { numRuns: runs(3, 20) },
    );
  });

  test('processes share them as keys that end by themselves', async () => {
    const event = await world.event();
    await buy(world, await world.user(), event);
    await world.drain();
    await expectRight(event.id);
    await expect.poll(() => keys(event.id)).toEqual(allKeys(event.id));
    for (const key of allKeys(event.id)) {
      const left = await operator.pTTL(key);
      expect(left, key).toBeLessThanOrEqual(2000);
      expect(left, key).not.toBe(-1);
    }
    // A wrong value shows that the key is read. It is gone after two seconds.
    await operator.set(`event:${event.id}:sold`, '77', { PX: 2000 });
    await operator.mSet({ [`event:${event.id}:views`]: '0', [`event:${event.id}:checkins`]: '0' });
    expect((await inProcesses(event.id)).map((each) => each?.sold)).toEqual([77, 77]);
    await expectRight(event.id);
  });

  test('a message about figures carries them in every process', async () => {
    const event = await world.event();
    const live = await openLive(other.url, {
      organisation: event.organiser.organisationId,
      headers: { origin: other.url, cookie: event.organiser.client.cookie() },
    });
    await inProcesses(event.id);
    await buy(world, await world.user(), event);
    await expect
      .poll(() => live.told('figures'), { timeout: 30_000 })
      .toContainEqual({ eventId: event.id, counters: { views: 0, checkIns: 0, sold: 1 } });
  });

  test('while Redis is frozen, full or away they come from the tables, and nothing old is left afterwards', async () => {
    const event = await world.event();
    const sellOne = async () => {
      await buy(world, await world.user(), event);
      await world.app.relay.drain();
      await expectRight(event.id);
    };
    await sellOne();
    redis.freeze();
    await sellOne();
    redis.thaw();
    await expectRight(event.id);
    await sellOne();
    await operator.configSet('maxmemory', '1');
    await sellOne();
    await operator.configSet('maxmemory', '0');
    await sellOne();
    await redis.kill();
    await sellOne();
    await redis.start();
    await sellOne();
    await expect
      .poll(
        async () => {
          await inProcesses(event.id);
          return operator.isReady ? keys(event.id) : [];
        },
        { timeout: 30_000, interval: 200 },
      )
      .toEqual(allKeys(event.id));
    await expectRight(event.id);
  });
});
