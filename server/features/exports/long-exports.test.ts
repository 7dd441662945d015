import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { openConnection, requestHead } from '../../testing/raw-connection.ts';
import { runs } from '../../testing/thorough.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';
import { copyOrder } from './testing/many-orders.ts';

/** More than the two ends of a connection keep for a client that does not read: 10 or 24 MB as JSON. */
const copies = runs(20_000, 50_000);

let world: World;
let event: TestEvent;
const reads = () => vi.spyOn(world.app.exports, 'read');
let read: ReturnType<typeof reads>;
beforeAll(async () => {
  world = await createWorld();
  event = await world.event({ capacity: 10 });
  await copyOrder(world, event, await buy(world, await world.guest(), event), copies);
  read = reads();
});
beforeEach(() => void read.mockClear());
afterAll(() => world.close());

const path = (file = 'attendees.json') => `/api/events/${event.id}/exports/${file}`;
const portions = Math.ceil((copies + 1) / 250);

/** Begins a download and reads nothing of it. */
async function openDownload(by: Person) {
  const connection = openConnection(world.url);
  connection.socket.pause();
  connection.write(requestHead('GET', path(), { cookie: by.client.cookie(), connection: 'close' }));
  return connection;
}

/** Waits until nothing is read any more: the client takes nothing, so the export must rest. */
async function untilItRests(): Promise<number> {
  for (let before = -1; before !== read.mock.calls.length || before === 0; ) {
    before = read.mock.calls.length;
    await wait(300);
  }
  return read.mock.calls.length;
}

test('a long file has every row once, in one order', async () => {
  const { body } = await event.organiser.client.get(path());
  const ids = body.map((row: { ticket_id: string }) => row.ticket_id);
  expect(ids.length).toBe(copies + 1);
  expect(new Set(ids).size).toBe(copies + 1);
  expect(read).toHaveBeenCalledTimes(portions);
});

test('the rows stay in the database while the client does not read; when it goes, the reading ends', async () => {
  const download = await openDownload(event.organiser);
  const readSoFar = await untilItRests();
  expect(readSoFar).toBeLessThan(portions);
  download.socket.destroy();
  await download.closed;
  expect(await untilItRests()).toBeLessThanOrEqual(readSoFar + 1);
});

test('a team runs two exports at once; a place is free again when a client goes', async () => {
  const downloads = [await openDownload(event.organiser), await openDownload(event.organiser)];
  await untilItRests();
  const third = await event.organiser.client.get(path('orders.csv'));
  expect({ status: third.status, code: third.body.code }).toEqual({ status: 429, code: 'exports_busy' });
  expect(third.headers.get('retry-after')).toMatch(/^\d+$/);
  const other = await world.event({ organiser: await world.organiser() });
  expect((await other.organiser.client.get(`/api/events/${other.id}/exports/orders.csv`)).status).toBe(200);
  downloads[0]?.socket.destroy();
  await expect
    .poll(async () => (await event.organiser.client.get(path('check-ins.csv'))).status, { timeout: 30_000 })
    .toBe(200);
  downloads[1]?.socket.destroy();
});

test('a manager who is removed in the middle gets no further rows', async () => {
  const manager = await world.member(event.organiser, 'manager');
  const download = await openDownload(manager);
  await untilItRests();
  const { organisationId, client } = event.organiser;
  const removed = await client.delete(`/api/organisations/${organisationId}/members/${manager.userId}`);
  expect(removed.status).toBe(204);
  let received = '';
  download.socket.on('data', (text: string) => {
    received += text;
  });
  download.socket.resume();
  await download.closed;
  expect(received.length).toBeGreaterThan(0);
  // The last chunk of a whole answer.
  expect(received.endsWith('0\r\n\r\n')).toBe(false);
  expect(read.mock.calls.length).toBeLessThan(portions);
});

test('if a portion cannot be read, the connection breaks, and the place is free', async () => {
  for (let i = 0; i < 3; i++) {
    let left = 3;
    read.mockImplementation(async (portion) => {
      if (--left < 0) throw new Error('a test failed this portion');
      return portion();
    });
    await expect(event.organiser.client.get(path())).rejects.toThrow();
  }
  read.mockRestore();
  read = reads();
  expect((await event.organiser.client.get(path('check-ins.csv'))).status).toBe(200);
});

test('the first portion that fails is a refusal, and no entry says that there was a file', async () => {
  const entries = async () =>
    (await world.app.db.query("select from audit_log where act = 'event.exported'")).length;
  const before = await entries();
  read.mockRejectedValueOnce(new Error('a test failed this portion'));
  const { status, body } = await event.organiser.client.get(path());
  expect({ status, code: body.code }).toEqual({ status: 500, code: 'internal' });
  expect(await entries()).toBe(before);
});

test('an export rests after a portion during which buyers kept the thread busy', async () => {
  const busyMs = 60;
  const at = world.app.metrics.requests.labels({ operation: 'placeHold', status: '201' });
  await world.app.exports.read(async () => {
    const until = performance.now() + busyMs;
    while (performance.now() < until);
    at.inc(10_000);
  });
  const ended = performance.now();
  const began = await world.app.exports.read(async () => performance.now());
  expect(began - ended).toBeGreaterThan(busyMs * 3);
});
