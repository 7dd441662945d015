import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as pathOf } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Queue, QueueEntry } from '../../../contract/waiting-room.ts';
import { readDraw, verdictOn } from '../../../tools/verify-draw/verdict.ts';
import { audit } from '../../audit/audit.ts';
import { type Child, startChild } from '../../testing/child.ts';
import { type Client, createClient } from '../../testing/client.ts';
import { freePort } from '../../testing/free-port.ts';
import { createWorld, type TestEvent, type World } from '../../testing/world.ts';

/*
 * Kills real server processes (kill -9) while people join and while their order is drawn. Every place that was told to somebody
 * is still theirs.
 */
let world: World;
let dataDir: string;
let first: Child;
let second: Child;
beforeAll(async () => {
  world = await createWorld();
  dataDir = await mkdtemp(pathOf(tmpdir(), 'admit-queue-'));
  first = await start(await freePort());
  second = await start(await freePort());
});
afterAll(async () => {
  await Promise.all([first?.kill(), second?.kill()]);
  await world?.close();
  await rm(dataDir, { recursive: true, force: true });
});

const start = (port: number) => startChild({ connectionString: world.connectionString, dataDir, port });

const guests = (count: number): Promise<Client[]> =>
  Promise.all(
    Array.from({ length: count }, async () => {
      const client = createClient(second.url);
      expect((await client.post('/api/auth/sign-in/anonymous', {})).status).toBe(200);
      return client;
    }),
  );

/** The same person at another process. */
function at(url: string, { cookies }: Client): Client {
  const client = createClient(url);
  for (const [name, value] of cookies) client.cookies.set(name, value);
  return client;
}

/** Joins, and returns what was told; null if the process died before its answer. */
const join = async (client: Client, event: TestEvent): Promise<QueueEntry | null> => {
  const answer = await client.post(`/api/events/${event.id}/queue`, {}).catch(() => null);
  if (answer) expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer?.body ?? null;
};
const mine = async (client: Client, event: TestEvent): Promise<QueueEntry> =>
  (await client.get(`/api/events/${event.id}/queue/mine`)).body;

const healthy = async () =>
  expect(await audit(world.app.db, { settled: false, now: new Date() })).toEqual([]);

test('a process dies while people join: every place that was told is kept, and nobody has two', async () => {
  const event = await world.event({ fields: { waitingRoom: { mode: 'always' } } });
  const people = await guests(60);
  const told = new Map<Client, QueueEntry>();
  let answers = 0;
  const joining = people.map(async (person, i) => {
    const place = await join(i % 2 ? person : at(first.url, person), event);
    if (place) told.set(person, place);
    if (++answers === 15) first.signal('SIGKILL');
  });
  await Promise.all(joining);
  await first.ended;
  expect(told.size).toBeGreaterThanOrEqual(15);
  for (const [person, { id, position }] of told)
    expect(await mine(person, event)).toMatchObject({ id, position });
  // Whoever heard nothing asks again, and has one place.
  const places = await Promise.all(people.map((person) => join(person, event)));
  expect(new Set(places.map((place) => place?.position)).size).toBe(60);
  expect(places.map((place) => place?.position ?? 0).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 60 }, (_, i) => i + 1),
  );
  await healthy();
  first = await start(await freePort());
});

test('a process dies around the opening: another one draws, the draw holds, and no told place changes', async () => {
  const opensAt = new Date(Date.now() + 8000).toISOString();
  const event = await world.event({ fields: { waitingRoom: { mode: 'scheduled', opensAt } } });
  const people = await guests(40);
  const ids = await Promise.all(people.map(async (person) => (await join(person, event))?.id));
  const { commitment } = (await people[0]!.get(`/api/events/${event.id}/queue`)).body as Queue;
  // As soon as anybody knows of the draw, the first process dies.
  await vi.waitFor(
    async () => {
      const { body } = await createClient(second.url).get(`/api/events/${event.id}/queue`);
      expect(body.state).not.toBe('before_draw');
    },
    { timeout: 30_000, interval: 20 },
  );
  await first.kill();
  await vi.waitFor(
    async () => {
      const { body } = await createClient(second.url).get(`/api/events/${event.id}/queue`);
      expect(body.state).toBe('open');
    },
    { timeout: 30_000, interval: 50 },
  );
  const told = await Promise.all(people.map((person) => mine(person, event)));
  expect(told.map(({ id }) => id)).toEqual(ids);
  expect(told.map(({ position }) => position ?? 0).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 40 }, (_, i) => i + 1),
  );
  // All processes end, and the next one knows every place.
  await second.kill();
  second = await start(await freePort());
  for (const [i, person] of people.entries())
    expect((await mine(at(second.url, person), event)).position).toBe(told[i]?.position);
  const draw = await readDraw(`${second.url}/api/events/${event.id}/queue`);
  expect((await verdictOn(draw, { commitment })).holds).toBe(true);
  await healthy();
});
