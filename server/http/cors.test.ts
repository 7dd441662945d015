import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../testing/client.ts';
import { createWorld, testPassword, type World } from '../testing/world.ts';

const shop = 'https://shop.example.com';
const app = 'http://app.example.org:8443';
const foreign = [
  'https://evil.example',
  `${shop}.evil.example`,
  `${shop}:444`,
  'http://shop.example.com',
  'null',
];

let world: World;
let closed: World;
beforeAll(async () => {
  world = await createWorld({ CORS_ORIGINS: `${shop}, ${app}` });
  closed = await createWorld();
});
afterAll(async () => {
  await world.close();
  await closed.close();
});

const preflight = (client: Client, origin: string, path = '/api/orders') =>
  client.send('OPTIONS', path, {
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type,idempotency-key,if-match',
    },
  });

const corsHeadersOf = (headers: Headers) =>
  [...headers.keys()].filter((name) => name.startsWith('access-control-'));
const listOf = (headers: Headers, name: string) => (headers.get(name) ?? '').toLowerCase().split(/\s*,\s*/);

describe('listed origins', () => {
  test('a preflight names what their pages may send, for operations that ask who is calling too', async () => {
    for (const origin of [shop, app]) {
      const { status, headers, bytes } = await preflight(world.client(), origin);
      expect([status, bytes.length]).toEqual([204, 0]);
      expect(headers.get('access-control-allow-origin')).toBe(origin);
      expect(listOf(headers, 'access-control-allow-methods')).toEqual(
        expect.arrayContaining(['get', 'post', 'put', 'patch', 'delete']),
      );
      expect(listOf(headers, 'access-control-allow-headers')).toEqual(
        expect.arrayContaining(['authorization', 'content-type', 'idempotency-key', 'if-match']),
      );
      expect(Number(headers.get('access-control-max-age'))).toBeGreaterThan(0);
      expect(listOf(headers, 'vary')).toContain('origin');
      expect(headers.get('access-control-allow-credentials')).toBeNull();
    }
  });

  test('answers and refusals of every kind may be read, their headers too', async () => {
    const event = await world.event();
    const paths = [
      '/api/events',
      `/api/events/${event.id}`,
      '/api/events/evt_nothing',
      '/api/nowhere',
      '/api/me',
    ];
    for (const path of [...paths, '/api/openapi.json']) {
      const { headers } = await world.client().get(path, { origin: shop, 'accept-encoding': 'br' });
      expect(headers.get('access-control-allow-origin'), path).toBe(shop);
      expect(headers.get('access-control-allow-credentials'), path).toBeNull();
      expect(listOf(headers, 'access-control-expose-headers'), path).toEqual(
        expect.arrayContaining(['etag', 'location', 'retry-after']),
      );
      expect(listOf(headers, 'vary'), path).toContain('origin');
    }
    const malformed = await world.client().send('POST', '/api/auth/sign-in/email', {
      body: '{',
      headers: { origin: shop, 'content-type': 'application/json' },
    });
    expect([malformed.body.code, malformed.headers.get('access-control-allow-origin')]).toEqual([
      'malformed_json',
      shop,
    ]);
  });

  test('their pages sign in, get a token and no cookie, and buy with the token', async () => {
    const { email } = await world.user();
    const client = world.client();
    const fromShop = {
      origin: shop,
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'cors',
      'sec-fetch-dest': 'empty',
    };
    const signedIn = await client.post(
      '/api/auth/sign-in/email',
      { email, password: testPassword },
      fromShop,
    );
    expect(signedIn.status, JSON.stringify(signedIn.body)).toBe(200);
    expect(signedIn.headers.getSetCookie()).toEqual([]);
    const event = await world.event();
    const held = await client.post(
      `/api/events/${event.id}/holds`,
      { items: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }] },
      { ...fromShop, authorization: `Bearer ${signedIn.body.token}` },
    );
    expect(held.status, JSON.stringify(held.body)).toBe(201);
    expect(held.headers.getSetCookie()).toEqual([]);
  });

  test('a cookie does not act for them', async () => {
    const { client } = await world.user();
    const answer = await client.post('/api/organisations', { name: 'Stolen' }, { origin: shop });
    expect([answer.status, answer.body.code]).toEqual([403, 'origin_not_allowed']);
  });
});

describe('everybody else', () => {
  test('gets no permission, and a Vary so that no cache mixes them up', async () => {
    for (const origin of foreign) {
      const asked = await preflight(world.client(), origin);
      expect([origin, asked.status >= 400, corsHeadersOf(asked.headers)]).toEqual([origin, true, []]);
      const read = await world.client().get('/api/events', { origin });
      expect([origin, read.status, corsHeadersOf(read.headers)]).toEqual([origin, 200, []]);
      expect(listOf(read.headers, 'vary')).toContain('origin');
    }
    expect(listOf((await world.client().get('/api/events')).headers, 'vary')).toContain('origin');
  });

  test('a foreign page still signs nobody in', async () => {
    const { email } = await world.user();
    const headers = {
      origin: 'https://evil.example',
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
    };
    const answer = await world
      .client()
      .post('/api/auth/sign-in/email', { email, password: testPassword }, headers);
    expect(answer.status).toBe(403);
  });

  test('without CORS_ORIGINS nothing is allowed to anybody', async () => {
    for (const origin of [shop, 'https://evil.example']) {
      const asked = await preflight(closed.client(), origin);
      expect([asked.status >= 400, corsHeadersOf(asked.headers)]).toEqual([true, []]);
      const read = await closed.client().get('/api/events', { origin });
      expect([corsHeadersOf(read.headers), listOf(read.headers, 'vary').includes('origin')]).toEqual([
        [],
        false,
      ]);
    }
  });
});

describe('live connections', () => {
  const poll = (client: Client, headers: Record<string, string>) =>
    client.get('/socket.io/?EIO=4&transport=polling', headers);

  /** As a browser does; the status of the answer to the upgrade. */
  async function upgrade({ url }: World, origin?: string): Promise<number> {
    const { connect } = await import('node:net');
    const { hostname, port, host } = new URL(url);
    const socket = connect(Number(port), hostname);
    const lines = [
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
      `Host: ${host}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      ...(origin ? [`Origin: ${origin}`] : []),
    ];
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    const [first] = (await new Promise<Buffer>((resolve) => socket.once('data', resolve)))
      .toString()
      .split('\r\n');
    socket.destroy();
    return Number(first?.split(' ')[1]);
  }

  test('open for programs, our own pages and listed origins, and for nobody else', async () => {
    expect(await upgrade(world)).toBe(101);
    for (const origin of [world.url, shop, app]) expect(await upgrade(world, origin), origin).toBe(101);
    for (const origin of foreign) expect(await upgrade(world, origin), origin).toBeGreaterThanOrEqual(400);
    expect(await upgrade(closed, shop)).toBeGreaterThanOrEqual(400);
    const { status, headers } = await poll(world.client(), { origin: shop });
    expect([status, headers.get('access-control-allow-origin')]).toEqual([200, shop]);
    expect((await poll(world.client(), { origin: 'https://evil.example' })).status).toBeGreaterThanOrEqual(
      400,
    );
    expect(corsHeadersOf((await poll(closed.client(), { origin: shop })).headers)).toEqual([]);
  });
});
