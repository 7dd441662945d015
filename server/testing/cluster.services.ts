import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../audit/audit.ts';
import { type Answer, type Client, createClient } from './client.ts';
import { type Cluster, type ClusterProcess, startCluster } from './cluster.ts';
import { type KafkaBroker, startKafka } from './kafka-broker.ts';
import { openLive } from './live.ts';
import { type RedisServer, startRedis } from './redis-server.ts';
import { createWorld, type Person, secrets, type TestEvent, type World } from './world.ts';

/* Three processes for requests and two for jobs, with Redis and Kafka, behind nginx: what `npm run cluster` starts. */
const { ADMIT_NGINX: nginx, ADMIT_REDIS: redisProgram, ADMIT_KAFKA: kafkaLib } = process.env;
if (!nginx) process.stderr.write('cluster.services.ts is left out: there is no nginx on this machine\n');

describe.skipIf(!nginx)('many processes behind nginx', () => {
  let world: World;
  let redis: RedisServer | null = null;
  let kafka: KafkaBroker | null = null;
  let cluster: Cluster;
  let dataDir: string;
  let scans = 0;

  beforeAll(async () => {
    world = await createWorld();
    dataDir = mkdtempSync(join(tmpdir(), 'admit-cluster-'));
    redis = redisProgram ? await startRedis(redisProgram) : null;
    kafka = kafkaLib ? await startKafka({ lib: kafkaLib }) : null;
    cluster = await startCluster({
      nginx: nginx as string,
      apis: 3,
      spares: 1,
      workers: 2,
      env: {
        NODE_ENV: 'test',
        DATABASE_URL: world.connectionString,
        DATA_DIR: dataDir,
        RATE_LIMIT_FACTOR: '1000',
        SESSION_SECRET: secrets.session,
        TICKET_SIGNING_KEY: secrets.ticketSigningKey,
        SANDBOX_WEBHOOK_SECRET: secrets.sandboxWebhook,
        ...(redis && { REDIS_URL: redis.url }),
        ...(kafka && { KAFKA_BROKERS: kafka.address }),
      },
    });
  });
  afterAll(async () => {
    await cluster?.close();
    await Promise.all([redis?.close(), kafka?.close()]);
    await world?.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** The same browser, at one process or at nginx. */
  const at = ({ url }: { url: string }, { client: { cookies } }: Person): Client => {
    const client = createClient(url);
    for (const [name, value] of cookies) client.cookies.set(name, value);
    return client;
  };

  /** Each step goes to the next of these, so that no process does two steps in a row. */
  async function buyAt(at0: Client, at1: Client, at2: Client, event: TestEvent) {
    const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
    const hold = await sure((key) => at0.post(`/api/events/${event.id}/holds`, { items }, key), 201);
    const { order, payment } = await sure(
      (key) =>
        at1.post(
          '/api/orders',
          { holdId: hold.id, buyer: { name: 'Ada Osei', email: 'ada@example.com' } },
          key,
        ),
      201,
    );
    const card = { clientSecret: payment.clientSecret, card: { number: '4242424242424242' } };
    await sure((key) => at2.post(`/api/sandbox/payments/${payment.id}/confirmation`, card, key), 200);
    // A worker tells the payment to whichever process nginx chooses.
    await expect
      .poll(async () => (await at0.get(`/api/orders/${order.id}`)).body.status, { timeout: 60_000 })
      .toBe('confirmed');
    const { body } = await at1.get(`/api/orders/${order.id}`);
    return { orderId: order.id as string, ticketId: body.tickets[0].id as string };
  }

  test('a sale, live messages, sessions, the door and the waitlist, while one process dies and one comes', {
    timeout: 400_000,
  }, async () => {
    const [one, two, three] = cluster.apis as [ClusterProcess, ClusterProcess, ClusterProcess];
    const event = await world.event({ capacity: 500 });
    const rush = startRush(cluster.url, await world.event({ capacity: 5000 }));

    // A purchase in three processes, of which all live connections hear.
    const ann = await world.user();
    const watching = await Promise.all(
      [one, two, three].map(({ url }) => openLive(url, { event: event.id })),
    );
    const annListens = await openLive(cluster.url, {
      headers: { cookie: ann.client.cookie(), origin: cluster.url },
    });
    const first = await buyAt(at(one, ann), at(two, ann), at(three, ann), event);
    for (const live of watching) await expect.poll(() => live.told('availability').length).toBeGreaterThan(0);
    await expect
      .poll(() => annListens.told('order'), { timeout: 20_000 })
      .toContainEqual(expect.objectContaining({ orderId: first.orderId }));

    // A client that polls stays with one process.
    expect(await poll(cluster.url)).toEqual(Array(10).fill(200));

    // One process for requests and one for jobs die. Who was connected to them connects to another.
    const [worker] = cluster.workers as [ClusterProcess];
    await Promise.all([two.kill(), worker.kill()]);
    await watching[1]?.closed;
    const again = await openLive(cluster.url, { event: event.id });
    const bob = await world.user();
    const anywhere = at(cluster, bob);
    await buyAt(anywhere, anywhere, anywhere, event);
    await expect.poll(() => again.told('availability').length).toBeGreaterThan(0);

    // One comes, and nginx finds it.
    const four = await cluster.addApi();
    await expect.poll(() => answeredBy(four), { timeout: 60_000 }).toBeGreaterThan(20);
    const alive = [one, three, four];

    // Sessions end everywhere.
    const other = await world.app.accounts.openSessions([ann.userId]);
    const cookie = other[0]?.cookie ?? '';
    const seen = () =>
      Promise.all(alive.map(async ({ url }) => (await createClient(url).get('/api/me', { cookie })).status));
    expect(await seen()).toEqual([200, 200, 200]);
    expect((await at(four, ann).delete('/api/me/sessions')).status).toBe(204);
    await expect.poll(seen).toEqual([401, 401, 401]);

    // Two doors scan one ticket at the same instant.
    const { code } = (await at(one, ann).get(`/api/tickets/${first.ticketId}`)).body;
    const doors = await Promise.all([
      world.member(event.organiser, 'door'),
      world.member(event.organiser, 'door'),
    ]);
    const scanned = await Promise.all(
      doors.map((door, index) =>
        at(alive[index + 1] as ClusterProcess, door).post(`/api/events/${event.id}/check-ins`, {
          code,
          nonce: `scan-${String(++scans).padStart(6, '0')}`,
        }),
      ),
    );
    expect(scanned.map(({ status }) => status).sort()).toEqual([201, 409]);

    // Ann waits in one process for what somebody releases in another, and buys it in a third.
    const small = await world.event({ capacity: 1, priceMinor: 0 });
    const items = [{ ticketTypeId: small.ticketTypeId, quantity: 1 }];
    const held = await at(one, bob).post(`/api/events/${small.id}/holds`, { items });
    expect(held.status).toBe(201);
    const join = { ticketTypeId: small.ticketTypeId, quantity: 1 };
    expect((await at(three, ann).post(`/api/events/${small.id}/waitlist`, join)).status).toBe(201);
    const hears = await openLive(four.url, { headers: { cookie: ann.client.cookie(), origin: cluster.url } });
    expect((await at(one, bob).delete(`/api/holds/${held.body.id}`)).status).toBe(204);
    await expect
      .poll(() => hears.told('offer'), { timeout: 20_000 })
      .toContainEqual(expect.objectContaining({ eventId: small.id }));
    const mine = (await at(three, ann).get(`/api/events/${small.id}/waitlist/mine`)).body.items[0];
    const buyer = { name: 'Ann', email: ann.email };
    const ordered = await at(four, ann).post('/api/orders', { holdId: mine.offer.holdId, buyer });
    expect([ordered.status, ordered.body.order?.status]).toEqual([201, 'confirmed']);

    await rush.stop();
    if (kafka) {
      // The worker that lives took over from the one that died, and has published all.
      const behind = () =>
        world.app.db.query(
          "select 1 from outbox_cursors where sink = 'kafka' and id < (select max(id) from outbox)",
        );
      await expect.poll(behind, { timeout: 60_000 }).toEqual([]);
    }
    expect(await audit(world.app.db, { now: world.app.clock.now(), settled: false })).toEqual([]);
  });
});

/** Asks until it is answered, as a client does when a process dies: with the same key, so that it is done once. */
async function sure(ask: (key: Record<string, string>) => Promise<Answer>, status: number) {
  const key = { 'idempotency-key': crypto.randomUUID() };
  for (let attempt = 1; ; attempt++) {
    const answer = await ask(key).catch(() => null);
    if (answer?.status === status) return answer.body;
    const isGone = answer === null || answer.status === 502 || answer.status === 503;
    if (!isGone || attempt === 10) throw new Error(`expected ${status}, got ${JSON.stringify(answer?.body)}`);
  }
}

/** Buyers who take a place and give it back, until they are told to stop. Throws what a retry did not help. */
function startRush(url: string, event: TestEvent) {
  let going = true;
  const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
  const comeAndGo = async () => {
    while (going) {
      const client = createClient(url);
      await sure(() => client.post('/api/auth/sign-in/anonymous', {}), 200);
      const hold = await sure((key) => client.post(`/api/events/${event.id}/holds`, { items }, key), 201);
      await sure((key) => client.delete(`/api/holds/${hold.id}`, key), 204);
    }
  };
  const running = Promise.all(Array.from({ length: 3 }, comeAndGo));
  running.catch(() => {});
  return {
    async stop() {
      going = false;
      await running;
    },
  };
}

/** Opens a connection by polling, joins, and asks ten times in all. Returns the statuses. */
async function poll(url: string): Promise<number[]> {
  const path = `${url}/socket.io/?EIO=4&transport=polling`;
  const opened = await fetch(path);
  const { sid } = JSON.parse((await opened.text()).slice(1));
  const statuses = [opened.status];
  const joined = await fetch(`${path}&sid=${sid}`, { method: 'POST', body: '40' });
  statuses.push(joined.status, (await fetch(`${path}&sid=${sid}`)).status);
  // Packets of the type 6 do nothing.
  while (statuses.length < 10)
    statuses.push((await fetch(`${path}&sid=${sid}`, { method: 'POST', body: '6' })).status);
  return statuses;
}

async function answeredBy({ url }: ClusterProcess): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const counted = [...metrics.matchAll(/^admit_http_requests_total\{.*\} (\d+)$/gm)];
  return counted.reduce((sum, [, count]) => sum + Number(count), 0);
}
