import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Child, startChild } from '../testing/child.ts';
import { createClient } from '../testing/client.ts';
import { freePort } from '../testing/free-port.ts';
import { openLive } from '../testing/live.ts';
import { startNginx } from '../testing/nginx.ts';
import { proof } from '../testing/thorough.ts';
import { createWorld, secrets, type TestEvent, type World } from '../testing/world.ts';

/* Restarts two processes behind a real nginx, one after the other, while buyers come. */
const nginx = [process.env.ADMIT_NGINX, '/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx'].find(
  (path) => path && existsSync(path),
);
if (!nginx) process.stderr.write('rolling-restart.test.ts is left out: there is no nginx on this machine\n');

describe.skipIf(!nginx)('a rolling restart behind nginx', () => {
  let world: World;
  let event: TestEvent;
  let dataDir: string;
  let proxy: Awaited<ReturnType<typeof startNginx>>;
  const ports: number[] = [];
  const children: Child[] = [];

  const start = (port: number, drainSeconds = 20) =>
    startChild({
      connectionString: world.connectionString,
      dataDir,
      port,
      env: {
        TRUST_PROXY: '1',
        PUBLIC_URL: proxy.url,
        ROLES: 'api,realtime',
        DRAIN_SECONDS: String(drainSeconds),
        SESSION_SECRET: secrets.session,
        TICKET_SIGNING_KEY: secrets.ticketSigningKey,
      },
    });

  beforeAll(async () => {
    world = await createWorld();
    event = await world.event({ capacity: 5000 });
    dataDir = mkdtempSync(join(tmpdir(), 'admit-rolling-'));
    ports.push(await freePort(), await freePort());
    proxy = await startNginx({
      program: nginx as string,
      admitPorts: ports,
      ports: { ipv4: await freePort(), ipv6: null },
    });
    for (const port of ports) children.push(await start(port));
  });
  afterAll(async () => {
    for (const child of children) await child.kill();
    await proxy?.close();
    await world?.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('a process that stops says so, and serves everyone who has no other', async () => {
    const child = await start(await freePort(), 600);
    onTestFinished(() => child.kill());
    child.signal('SIGTERM');
    const ready = () => fetch(`${child.url}/health/ready`);
    await expect.poll(async () => (await ready()).status).toBe(503);
    expect(await (await ready()).json()).toMatchObject({ status: 'stopping' });
    const path = `${child.url}/api/events/${event.id}`;
    const served = await fetch(path);
    expect([served.status, served.headers.get('connection')]).toEqual([200, 'close']);
    const retrying = { 'admit-retries-503': '1', 'content-type': 'application/json' };
    const sent = await fetch(path, { headers: retrying });
    expect([sent.status, (await sent.json()).code]).toEqual([503, 'unavailable']);
    const signIn = `${child.url}/api/auth/sign-in/anonymous`;
    const post = () => fetch(signIn, { method: 'POST', headers: retrying, body: '{}' });
    expect((await post()).status).toBe(200);
    await expect(openLive(child.url, { headers: retrying })).rejects.toThrow();
    await openLive(child.url);
    // It listens for as long as somebody comes, and for a second more.
    let lastMs = performance.now();
    for (const untilMs = lastMs + 3000; lastMs < untilMs; lastMs = performance.now()) {
      const answer = await post().catch(() => null);
      if (answer) expect(answer.status).toBe(200);
      else expect(performance.now() - lastMs, 'this test was slow').toBeGreaterThan(1000);
    }
    const isClosed = () =>
      post().then(
        () => false,
        () => true,
      );
    await expect.poll(isClosed, { timeout: 30_000, interval: 3000 }).toBe(true);
  });

  proof('no request fails, and a live connection comes back', { timeout: 180_000 }, async () => {
    const answers = new Map<string, number>();
    const note = (what: string, status: number | string) => {
      const key = `${what} ${status}`;
      answers.set(key, (answers.get(key) ?? 0) + 1);
    };
    let going = true;
    const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
    async function comeAndGo(): Promise<void> {
      while (going) {
        const client = createClient(proxy.url);
        const seen = await client.get(`/api/events/${event.id}`).catch(() => null);
        note('event', seen?.status ?? 'broken');
        const guest = await client.post('/api/auth/sign-in/anonymous', {}).catch(() => null);
        note('guest', guest?.status ?? 'broken');
        const held = await client.post(`/api/events/${event.id}/holds`, { items }).catch(() => null);
        note('hold', held?.status ?? 'broken');
        // So that no buyer holds many places.
        if (held?.status === 201) {
          const released = await client.delete(`/api/holds/${held.body.id}`).catch(() => null);
          note('release', released?.status ?? 'broken');
        }
      }
    }
    const live = await Promise.all([1, 2].map(() => openLive(proxy.url, { event: event.id })));
    const load = Array.from({ length: 6 }, comeAndGo);
    for (const [index, port] of ports.entries()) {
      const child = children[index] as Child;
      child.signal('SIGTERM');
      await child.ended;
      const next = await start(port);
      children[index] = next;
      // For some seconds nginx leaves it alone, because nobody answered on its port.
      await expect.poll(() => answeredBy(next), { timeout: 60_000 }).toBeGreaterThan(20);
    }
    // Each of the two connections was with one of the processes, and was ended there.
    await Promise.all(live.map(({ closed }) => closed));
    const again = await openLive(proxy.url, { event: event.id });
    await expect.poll(() => again.told('availability').length).toBeGreaterThan(0);
    going = false;
    await Promise.all(load);
    expect([...answers.keys()].sort(), proxy.said()).toEqual([
      'event 200',
      'guest 200',
      'hold 201',
      'release 204',
    ]);
    expect(answers.get('hold 201')).toBeGreaterThan(50);
  });
});

async function answeredBy({ url }: Child): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const counted = [...metrics.matchAll(/^admit_http_requests_total\{.*\} (\d+)$/gm)];
  return counted.reduce((sum, [, count]) => sum + Number(count), 0);
}
