import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Child, startChild } from '../testing/child.ts';
import { createClient } from '../testing/client.ts';
import { freePort } from '../testing/free-port.ts';
import { createWorld, type TestEvent, type World } from '../testing/world.ts';

/*
 * Two processes with ROLES=api and one with ROLES=worker on one database: what happens in one of them reaches the
 * browsers of both, and mail is sent once.
 */
let world: World;
let event: TestEvent;
let dataDir: string;
const children: Child[] = [];
const sockets: WebSocket[] = [];

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
  for (const socket of sockets) socket.close();
  await Promise.all(children.map((child) => child.kill()));
  await world?.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** What a browser that looks at the event hears from the process at this address. */
async function listen(url: string): Promise<string[]> {
  const heard: string[] = [];
  const socket = new WebSocket(
    `${url.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket&event=${event.id}`,
  );
  sockets.push(socket);
  const joined = Promise.withResolvers<void>();
  socket.addEventListener('message', ({ data }) => {
    // Engine.IO: 0 opens, 2 asks whether we are there, 40 joins, 42 is an event.
    if (data.startsWith('0')) socket.send('40');
    else if (data.startsWith('40')) joined.resolve();
    else if (data === '2') socket.send('3');
    else if (data.startsWith('42')) heard.push(JSON.parse(data.slice(2))[0]);
  });
  await joined.promise;
  return heard;
}

test('live messages reach the browsers of every process, and each mail is sent once', async () => {
  const [first, , second] = children as [Child, Child, Child];
  const heard = [await listen(first.url), await listen(second.url)];
  for (const { url } of [first, second, first]) {
    for (const list of heard) list.length = 0;
    const buyer = createClient(url);
    await buyer.post('/api/auth/sign-in/anonymous', {});
    const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
    const held = await buyer.post(`/api/events/${event.id}/holds`, { items });
    expect(held.status).toBe(201);
    for (const list of heard) await expect.poll(() => list, { timeout: 20_000 }).toContain('availability');
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
