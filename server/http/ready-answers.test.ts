import { request as ask } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { steer, withQueue } from '../features/waiting-room/testing/queue.ts';
import { createWorld, type TestEvent, type World } from '../testing/world.ts';
import { createServer } from './server.ts';

/* Answers that leave before Fastify sees the request: nobody can tell them from the others. */

let world: World;
let event: TestEvent;
let path: string;
beforeAll(async () => {
  world = await createWorld();
  event = await withQueue(world);
  path = `/api/events/${event.id}/queue`;
});
afterAll(() => world.close());

interface Seen {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Asks with exactly these headers, which fetch would not allow. */
const send = (of: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Seen> =>
  new Promise((resolve, reject) => {
    const sent = ask(new URL(of, world.url), { method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts).toString(),
        }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });

/** A bearer token that nobody has takes the long way, and is a stranger there. */
const longWay = { authorization: 'Bearer nobody' };
const withoutDate = ({ headers: { date: _, ...headers }, ...rest }: Seen) => ({ ...rest, headers });

const answered = async (status: number): Promise<number> => {
  const { values } = await world.app.metrics.requests.get();
  const labels = { operation: 'getQueue', status: String(status) };
  return values.find((each) => JSON.stringify(each.labels) === JSON.stringify(labels))?.value ?? 0;
};

test.each(['GET', 'HEAD'])(
  '%s: the short way answers as the long way does, and counts as it does',
  async (method) => {
    const [short, long] = [await send(path, {}, method), await send(path, longWay, method)];
    expect(withoutDate(short)).toEqual(withoutDate(long));
    expect(short.status).toBe(200);
    expect(short.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cache-control': 'public, max-age=1',
    });
    expect(short.body.length > 0).toBe(method === 'GET');
    const etag = String(short.headers.etag);
    const known = [
      await send(path, { 'if-none-match': etag }, method),
      await send(path, { ...longWay, 'if-none-match': etag }, method),
    ];
    // A 304 says nothing of its length, and Fastify says 0.
    delete known[1]?.headers['content-length'];
    expect(withoutDate(known[0]!)).toEqual(withoutDate(known[1]!));
    expect([known[0]?.status, known[0]?.body]).toEqual([304, '']);
  },
);

test('the short way is taken, also with a session that is known, and each answer is counted', async () => {
  const person = await world.guest();
  const before = [await answered(200), await answered(304)];
  // Whatever Fastify answers gets an id of the request first.
  const taken = await countLongWay(async () => {
    const { headers } = await send(path);
    await send(path, { cookie: person.client.cookie() });
    await send(path, { cookie: 'admit.session_token=no.session' });
    await send(path, { 'if-none-match': String(headers.etag) });
  });
  expect(taken).toBe(0);
  expect([await answered(200), await answered(304)]).toEqual([before[0]! + 3, before[1]! + 1]);
});

test.each<[string, Record<string, string>]>([
  ['a bearer token', longWay],
  ['a body', { 'content-length': '0' }],
  ['an encoding of a body', { 'content-encoding': 'identity' }],
])('%s takes the long way', async (_what, headers) => {
  expect(await countLongWay(() => send(path, headers))).toBe(1);
});

test('a session that has to be looked up takes the long way, and gets its cookie', async () => {
  const { client } = await world.guest();
  for (const name of client.cookies.keys()) if (name.endsWith('caller')) client.cookies.delete(name);
  const { headers } = await send(path, { cookie: client.cookie() });
  expect(headers['set-cookie']).toHaveLength(1);
  expect(headers['cache-control']).toMatch(/no-store/);
});

test('a change is in the next answer, and what is no queue is refused as everywhere', async () => {
  const before = await send(path);
  await steer(event, { message: 'Back in ten minutes.' });
  const after = await send(path, { 'if-none-match': String(before.headers.etag) });
  expect([after.status, JSON.parse(after.body).message]).toEqual([200, 'Back in ten minutes.']);
  const other = await world.event();
  for (const wrong of [`/api/events/${other.id}/queue`, '/api/events/x/queue', '/api/events//queue']) {
    const { status, body } = await send(wrong);
    expect([status, JSON.parse(body).code], wrong).toEqual([404, 'not_found']);
  }
  const posted = await send(path, {}, 'POST');
  expect([posted.status, JSON.parse(posted.body).code]).toEqual([401, 'unauthenticated']);
});

test('a server that leaves says so on each answer', async () => {
  const http = await createServer(world.app);
  const origin = await http.listen({ host: '127.0.0.1', port: 0 });
  try {
    const connection = async () => (await fetch(new URL(path, origin))).headers.get('connection');
    expect(await connection()).toBe('keep-alive');
    http.drain.begun = true;
    expect(await connection()).toBe('close');
  } finally {
    await http.close();
  }
});

/** How many requests took the long way meanwhile: it identifies each caller, and the short way none. */
async function countLongWay(work: () => Promise<unknown>): Promise<number> {
  const { accounts } = world.app;
  const { identify } = accounts;
  let count = 0;
  accounts.identify = (headers) => {
    count++;
    return identify(headers);
  };
  await work();
  accounts.identify = identify;
  return count;
}
