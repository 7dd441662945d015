import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as pathOf } from 'node:path';
import { createClient as createRedisClient } from '@redis/client';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { solveChallenge } from '../../../client/prove-work.ts';
import type { Queue, QueueEntry } from '../../../contract/waiting-room.ts';
import { audit } from '../../audit/audit.ts';
import { type Child, startChild } from '../../testing/child.ts';
import { type Client, createClient } from '../../testing/client.ts';
import { freePort } from '../../testing/free-port.ts';
import { type RedisServer, startRedis } from '../../testing/redis-server.ts';
import { createWorld, type TestEvent, type World } from '../../testing/world.ts';

/* A queue in three real processes, with Redis and without. In the middle Redis is emptied and killed, and a process is killed. */
const program = process.env.ADMIT_REDIS;
if (!program)
  process.stderr.write('queue.services.ts runs without Redis only: there is none on this machine\n');

describe.each(program ? ['with Redis', 'without Redis'] : ['without Redis'])('three processes %s', (mode) => {
  let world: World;
  let redis: RedisServer | null = null;
  let dataDir: string;
  const processes: Child[] = [];
  beforeAll(async () => {
    world = await createWorld();
    dataDir = await mkdtemp(pathOf(tmpdir(), 'admit-queue-'));
    redis = mode === 'with Redis' ? await startRedis(program as string) : null;
    // One after the other, because the first one writes the secrets.
    for (let i = 0; i < 3; i++) processes.push(await start());
  });
  afterAll(async () => {
    await Promise.all(processes.map((each) => each.kill()));
    await redis?.close();
    await world?.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const start = async (env: Record<string, string> = {}) =>
    startChild({
      connectionString: world.connectionString,
      dataDir,
      port: await freePort(),
      env: { ...(redis && { REDIS_URL: redis.url }), ...env },
    });
  const guests = (count: number, of = processes) =>
    Promise.all(
      Array.from({ length: count }, async (_, i) => {
        const client = createClient(of[i % of.length]?.url ?? '');
        expect((await client.post('/api/auth/sign-in/anonymous', {})).status).toBe(200);
        return client;
      }),
    );
  /** The same person at another process. */
  function at({ url }: { url: string }, { cookies }: Client): Client {
    const client = createClient(url);
    for (const [name, value] of cookies) client.cookies.set(name, value);
    return client;
  }
  /** Joins and returns what was told; null if the process died before its answer. */
  async function join(client: Client, event: TestEvent): Promise<QueueEntry | null> {
    const answer = await client.post(`/api/events/${event.id}/queue`, {}).catch(() => null);
    if (answer) expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return answer?.body ?? null;
  }
  const mine = async (client: Client, event: TestEvent): Promise<QueueEntry> =>
    (await client.get(`/api/events/${event.id}/queue/mine`)).body;
  const queueAt = async ({ url }: { url: string }, event: TestEvent): Promise<Queue> =>
    (await createClient(url).get(`/api/events/${event.id}/queue`)).body;
  const hold = (client: Client, event: TestEvent, token: string) =>
    client.post(
      `/api/events/${event.id}/holds`,
      { items: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }] },
      { 'queue-token': token },
    );
  const numbers = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
  const healthy = async () =>
    expect(await audit(world.app.db, { settled: false, now: new Date() })).toEqual([]);

  test('people join in all processes while Redis is emptied and killed and a process dies: every told place is kept', async () => {
    const event = await world.event({ capacity: 500, fields: { waitingRoom: { mode: 'always' } } });
    await event.organiser.client.patch(`/api/events/${event.id}/queue`, { paused: true });
    const people = await guests(90);
    const told = new Map<Client, QueueEntry>();
    const order: number[] = [];
    let answers = 0;
    let emptied = Promise.resolve();
    const victim = processes[0] as Child;
    await Promise.all(
      people.map(async (person, i) => {
        const place = await join(at(processes[i % 3] as Child, person), event);
        if (place) {
          told.set(person, place);
          order.push(place.position ?? 0);
        }
        answers += 1;
        if (answers === 20 && redis) emptied = empty(redis);
        if (answers === 30) await emptied.then(() => redis?.kill());
        if (answers === 40) victim.signal('SIGKILL');
      }),
    );
    await victim.ended;
    expect(told.size).toBeGreaterThanOrEqual(40);
    expect(new Set(order).size).toBe(order.length);
    processes[0] = await start();
    await redis?.start();
    for (const [person, { id, position }] of told)
      for (const each of processes)
        expect(await mine(at(each, person), event)).toMatchObject({ id, position });
    // Whoever heard nothing asks again, anywhere, and has one place.
    const places = await Promise.all(
      people.map((person, i) => join(at(processes[(i + 1) % 3] as Child, person), event)),
    );
    expect(places.map((place) => place?.position ?? 0).toSorted((a, b) => a - b)).toEqual(numbers(90));
    await healthy();
  });

  test('people are let in exactly in their order, and every process admits and refuses the same', async () => {
    const event = await world.event({ capacity: 500, fields: { waitingRoom: { mode: 'always' } } });
    const { client: organiser } = event.organiser;
    const steer = (wishes: object) => organiser.patch(`/api/events/${event.id}/queue`, wishes);
    await steer({ paused: true });
    const people = await guests(30);
    const byPosition: Client[] = [];
    for (const [i, person] of people.entries())
      byPosition[((await join(at(processes[i % 3] as Child, person), event))?.position ?? 0) - 1] = person;
    await steer({ paused: false, peoplePerMinute: 600 });
    await vi.waitFor(
      async () => {
        const seen = await Promise.all(processes.map((each) => queueAt(each, event)));
        for (const { nowServing } of seen) expect(nowServing).toBeGreaterThanOrEqual(12);
      },
      { timeout: 30_000, interval: 50 },
    );
    await steer({ paused: true });
    const told = (await steer({ message: 'A break' })).body as Queue;
    await vi.waitFor(async () => {
      for (const each of processes) expect(await queueAt(each, event)).toEqual(told);
    });
    const statuses = await Promise.all(byPosition.map((person) => mine(person, event)));
    expect(statuses.map(({ status }) => status)).toEqual(
      numbers(30).map((position) => (position <= told.nowServing ? 'active' : 'waiting')),
    );
    const [first, second] = statuses as [QueueEntry, QueueEntry];
    for (const [i, each] of processes.entries()) {
      const waits = await hold(at(each, byPosition[29] as Client), event, statuses[29]?.token ?? '');
      expect([waits.status, waits.body.reason]).toEqual([403, 'waiting']);
      const admitted = await hold(at(each, byPosition[2 + i] as Client), event, statuses[2 + i]?.token ?? '');
      expect(admitted.status, JSON.stringify(admitted.body)).toBe(201);
    }
    // Within a second of leaving, the token is refused everywhere.
    expect(
      (await at(processes[1] as Child, byPosition[0] as Client).delete(`/api/events/${event.id}/queue/mine`))
        .status,
    ).toBe(204);
    await vi.waitFor(
      async () => {
        for (const each of processes) {
          const refused = await hold(at(each, byPosition[0] as Client), event, first.token);
          expect([refused.status, refused.body.reason]).toEqual([403, 'ended']);
        }
      },
      { timeout: 1000, interval: 20 },
    );
    expect((await hold(at(processes[0] as Child, byPosition[1] as Client), event, second.token)).status).toBe(
      201,
    );
    await healthy();
  });

  test('the draw of people who joined in three processes is one, whatever dies around it', async () => {
    const opensAt = new Date(Date.now() + 6000).toISOString();
    const event = await world.event({ fields: { waitingRoom: { mode: 'scheduled', opensAt } } });
    const people = await guests(45);
    await Promise.all(people.map((person, i) => join(at(processes[i % 3] as Child, person), event)));
    const survivor = processes[2] as Child;
    await vi.waitFor(async () => expect((await queueAt(survivor, event)).state).not.toBe('before_draw'), {
      timeout: 20_000,
      interval: 20,
    });
    await redis?.kill();
    await processes[0]?.kill();
    // If the process died while it drew, the others believe for 20 s that it still draws (draw-room.ts).
    await vi.waitFor(async () => expect((await queueAt(survivor, event)).state).toBe('open'), {
      timeout: 60_000,
      interval: 50,
    });
    const told = await Promise.all(people.map((person) => mine(at(survivor, person), event)));
    expect(told.map(({ position }) => position ?? 0).toSorted((a, b) => a - b)).toEqual(numbers(45));
    await redis?.start();
    processes[0] = await start();
    for (const [i, person] of people.entries())
      expect((await mine(at(processes[0] as Child, person), event)).position).toBe(told[i]?.position);
    await healthy();
  });

  test('a proof of work counts once in all processes; with Redis they also count the guests of a network together', async () => {
    const event = await world.event({ fields: { waitingRoom: { mode: 'always' } } });
    const strict = { QUEUE_PROOF_FACTOR: '0.01', RATE_LIMIT_FACTOR: '1' };
    const pair = [await start(strict), await start(strict)] as const;
    const path = `/api/events/${event.id}/queue`;
    const challenge = async ({ url }: Child) => (await createClient(url).get(`${path}/challenge`)).body;
    const proof = await solveChallenge(await challenge(pair[0]));
    const [ann, bob] = (await guests(2, [...pair])) as [Client, Client];
    expect((await ann.post(path, {}, { 'queue-proof': proof })).status).toBe(201);
    const again = await bob.post(path, {}, { 'queue-proof': proof });
    expect([again.status, again.body.reason]).toEqual([403, 'used']);
    // 60 guests of this network join, half of them in each process.
    for (const guest of await guests(59, [...pair])) {
      const own = await solveChallenge((await guest.get(`${path}/challenge`)).body);
      expect((await guest.post(path, {}, { 'queue-proof': own })).status).toBe(201);
    }
    const attempts = await Promise.all(
      pair.map(async (each) => (await challenge(each)).parameters.data.attempts),
    );
    // The time that the joins took gives some of the budget back.
    for (const each of attempts)
      if (redis) expect(each).toBeGreaterThan(12);
      else expect(each).toBeLessThanOrEqual(12);
    await Promise.all(pair.map((each) => each.kill()));
  });

  async function empty({ url }: RedisServer): Promise<void> {
    const operator = createRedisClient({ url });
    operator.on('error', () => {});
    await operator.connect();
    await operator.flushAll();
    operator.destroy();
  }
});
