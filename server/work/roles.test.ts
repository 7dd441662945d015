import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Child, startChild } from '../testing/child.ts';
import { createClient } from '../testing/client.ts';
import { freePort } from '../testing/free-port.ts';
import { openLive } from '../testing/live.ts';
import { createWorld, type TestEvent, type World } from '../testing/world.ts';

/*
 * Two processes with ROLES=api and one with ROLES=worker on one database: what happens in one of them reaches the
 * browsers of both, and mail is sent once.
 */
let world: World;
let event: TestEvent;
let dataDir: string;
const children: Child[] = [];

beforeAll(async () => {
  world = await createWorld();
  event = await world.event({ capacity: 1000, priceMinor: 0 });
  // This process only makes the event. What follows is the work of the others.
  await world.app.relay.stop();
  dataDir = await mkdtemp(join(tmpdir(), 'admit-roles-'));
  const { connectionString } = world;
  const start = async (ROLES: string) =>
    startChild({ connectionString, dataDir, port: await freePort(), env: { ROLES } });
  children.push(...(await Promise.all(['api', 'worker', 'api'].map(start))));
}, 120_000);
afterAll(async () => {
  await Promise.all(children.map((child) => child.kill()));
  await world?.close();
  await rm(dataDir, { recursive: true, force: true });
});

test('live messages reach the browsers of every process, and each mail is sent once', async () => {
  const [first, , second] = children as [Child, Child, Child];
  const pages = [
    await openLive(first.url, { event: event.id }),
    await openLive(second.url, { event: event.id }),
  ];
  for (const { url } of [first, second, first]) {
    const before = pages.map((page) => page.told('availability').length);
    const buyer = createClient(url);
    await buyer.post('/api/auth/sign-in/anonymous', {});
    const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
    const held = await buyer.post(`/api/events/${event.id}/holds`, { items });
    expect(held.status).toBe(201);
    for (const [index, page] of pages.entries())
      await expect
        .poll(() => page.told('availability').length, { timeout: 20_000 })
        .toBeGreaterThan(before[index] ?? 0);
    const email = `${held.body.id}@roles.example`;
    const ordered = await buyer.post('/api/orders', { holdId: held.body.id, buyer: { name: 'Ada', email } });
    expect(ordered.status).toBe(201);
    const mails = () =>
      world.app.db.query('select subject from messages where recipient = $1', [email.toLowerCase()]);
    await expect.poll(async () => (await mails()).length, { timeout: 20_000 }).toBe(1);
  }
  const sinks = await world.app.db.query<{ sink: string }>('select sink from outbox_cursors order by sink');
  expect(sinks).toEqual([{ sink: 'interest' }]);
});
