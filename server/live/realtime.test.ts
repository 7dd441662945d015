import { createServer, request } from 'node:http';
import { type AddressInfo, connect as connectTcp } from 'node:net';
import { Server } from 'socket.io';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { joinTeam } from '../features/organisations/join-team.ts';
import { type Live, openLive } from '../testing/live.ts';
import { createWorld, type Person, testPassword, type World } from '../testing/world.ts';
import type { Engine } from './live-admission.ts';
import { dropSlow } from './live-endings.ts';

let world: World;
let second: Awaited<ReturnType<World['another']>>;
beforeAll(async () => {
  world = await createWorld();
  second = await world.another();
});
afterAll(() => world?.close());

const pageHeaders = (url: string, { client }: Pick<Person, 'client'>) => ({
  origin: url,
  cookie: client.cookie(),
});

/** Sends a handshake over HTTP, as a poll or an upgrade, and returns the answer. */
function ask(url: string, headers: Record<string, string>, query = '', upgrade = false) {
  const transport = upgrade ? 'websocket' : 'polling';
  const answer = Promise.withResolvers<{ status: number; body: string; retryAfter: string | undefined }>();
  const asked = request(`${url}/socket.io/?EIO=4&transport=${transport}${query}`, {
    headers: {
      ...headers,
      ...(upgrade && {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      }),
    },
  });
  asked.on('upgrade', (_, socket) => {
    onTestFinished(() => void socket.destroy());
    answer.resolve({ status: 101, body: '', retryAfter: undefined });
  });
  asked.on('response', async (response) => {
    let body = '';
    for await (const chunk of response) body += chunk;
    answer.resolve({ status: response.statusCode ?? 0, body, retryAfter: response.headers['retry-after'] });
  });
  asked.on('error', answer.reject);
  asked.end();
  return answer.promise;
}

/** Waits until the connection's account is known, which takes a moment: `order` messages go to the account's room. */
async function isTold(person: Person, live: Live, url: string): Promise<void> {
  const event = await world.event({ priceMinor: 0 });
  const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
  const hold = (await person.client.post(`/api/events/${event.id}/holds`, { items })).body;
  const buyer = { name: 'Ada Osei', email: 'ada@example.com' };
  expect((await person.client.post('/api/orders', { holdId: hold.id, buyer })).status).toBe(201);
  await vi.waitFor(() => expect(live.packets.join(), url).toContain('42["order"'), 10_000);
}

describe('a live connection ends in every process with', () => {
  const admin = async () => (await world.admin()).client;
  test.each<[string, (person: Person) => Promise<{ status: number }>]>([
    ['signing out', ({ client }) => client.post('/api/auth/sign-out', {})],
    [
      'a session that another device ends',
      async ({ userId }) => {
        const [other] = await world.app.accounts.openSessions([userId]);
        return world.client().delete('/api/me/sessions', { authorization: `Bearer ${other?.token}` });
      },
    ],
    [
      'a new password',
      ({ email }) =>
        world
          .client()
          .post('/api/auth/sign-in/email', { email, password: testPassword })
          .then(({ body }) =>
            world
              .client()
              .post(
                '/api/auth/change-password',
                { currentPassword: testPassword, newPassword: 'another-good-one' },
                { authorization: `Bearer ${body.token}` },
              ),
          ),
    ],
    [
      'a password reset',
      async ({ email }) => {
        await world.client().post('/api/auth/request-password-reset', { email });
        await world.drain();
        const [mail] = (await world.client().get(`/api/mailbox?to=${email}`)).body.items;
        const { text } = (await world.client().get(`/api/mailbox/${mail.id}`)).body;
        const token = /reset-password\?token=([\w.-]+)/.exec(text)?.[1];
        return world.client().post('/api/auth/reset-password', { token, newPassword: 'another-good-one' });
      },
    ],
    [
      'a suspension',
      async ({ userId }) =>
        (await admin()).post(`/api/admin/users/${userId}/suspension`, { reason: 'Resells tickets' }),
    ],
    [
      'the deletion of the account',
      ({ client }) => client.post('/api/me/deletion', { ticketsLeaveMe: true }),
    ],
    [
      'a new role on the platform',
      async ({ userId }) => (await admin()).put(`/api/admin/users/${userId}/role`, { role: 'organizer' }),
    ],
    [
      'a place on a team',
      async ({ userId }) => {
        const { organisationId } = await world.organiser();
        await joinTeam(world.app, { organisationId, userId, role: 'door' });
        return { status: 200 };
      },
    ],
  ])('%s', async (_, end) => {
    const person = await world.user();
    const neighbour = await world.user();
    const lives = await Promise.all(
      [world.url, second.url].map((url) => openLive(url, { headers: pageHeaders(url, person) })),
    );
    const others = [
      await openLive(world.url, { headers: pageHeaders(world.url, neighbour) }),
      await openLive(second.url, { headers: { origin: second.url } }),
    ];
    await isTold(person, lives[0] as Live, world.url);
    expect((await end(person)).status).toBeLessThan(300);
    await Promise.all(lives.map(({ closed }) => closed));
    expect(others.map((each) => each.isOpen())).toEqual([true, true]);
  });

  test('the end of its session by time', async () => {
    const person = await world.user();
    await world.app.db.run(
      `update sessions set expires_at = clock_timestamp() + interval '2 seconds' where user_id = $1`,
      [person.userId],
    );
    const live = await openLive(second.url, { headers: pageHeaders(second.url, person) });
    expect(live.isOpen()).toBe(true);
    await live.closed;
  });

  test('a session that ended while nobody was heard', async () => {
    const person = await world.user();
    const live = await openLive(second.url, { headers: pageHeaders(second.url, person) });
    await isTold(person, live, second.url);
    await world.app.db.transaction(async (trx) => {
      await trx.query(`select pg_terminate_backend(pid, 5000) from pg_stat_activity
        where application_name = 'admit notices' and datname = current_database()`);
      await trx.run('delete from sessions where user_id = $1', [person.userId]);
    });
    await live.closed;
  });
});

describe('who may open one', () => {
  const foreign = { origin: 'https://elsewhere.example' };

  test('a page of another site may not, by an upgrade, by a poll, or on a connection that stands', async () => {
    const person = await world.user();
    const ours = pageHeaders(world.url, person);
    const { body } = await ask(world.url, ours);
    const sid = `&sid=${JSON.parse(body.slice(1)).sid}`;
    for (const headers of [{ ...ours, ...foreign }, foreign, { ...ours, 'sec-fetch-site': 'cross-site' }]) {
      for (const [query, upgrade] of [
        ['', true],
        ['', false],
        [sid, true],
        [sid, false],
      ] as const) {
        const refused = await ask(world.url, headers, query, upgrade);
        expect([refused.status, JSON.parse(refused.body).code]).toEqual([403, 'origin_not_allowed']);
      }
    }
    expect((await ask(world.url, ours, '', true)).status).toBe(101);
  });

  test('a program without an Origin may, without its cookie and with its token', async () => {
    const person = await world.user();
    const [session] = await world.app.accounts.openSessions([person.userId]);
    const byCookie = await openLive(world.url, { headers: { cookie: person.client.cookie() } });
    const byToken = await openLive(world.url, { headers: { authorization: `Bearer ${session?.token}` } });
    await isTold(person, byToken, world.url);
    expect(byCookie.packets.join()).not.toContain('42[');
    await person.client.delete('/api/me/sessions');
    await byToken.closed;
    await person.client.post('/api/auth/sign-out', {});
    expect(byCookie.isOpen()).toBe(true);
  });

  test('whoever sends something on it, or nothing at all, is dropped', async () => {
    const talker = await openLive(world.url, { headers: { origin: world.url } });
    talker.send('42["hello"]');
    await talker.closed;
    const silent = await openLive(world.url, { headers: { origin: world.url }, join: false });
    await silent.closed;
  });
});

describe('budgets', () => {
  // A hundredth of the limits: 10 connections and 12 handshakes a minute per network, one connection per account.
  const strictWorld = async () => {
    const strict = await createWorld({ RATE_LIMIT_FACTOR: '0.01' });
    onTestFinished(() => strict.close());
    return strict;
  };

  test('a network has so many connections, and gets a place back when one is closed', async () => {
    const { url } = await strictWorld();
    const lives: Live[] = [];
    for (let i = 0; i < 10; i++) lives.push(await openLive(url, { headers: { origin: url } }));
    const refused = await ask(url, { origin: url }, '', true);
    expect([refused.status, JSON.parse(refused.body).code]).toEqual([429, 'rate_limited']);
    expect(Number(refused.retryAfter)).toBeGreaterThan(0);
    lives[0]?.close();
    await lives[0]?.closed;
    expect((await openLive(url, { headers: { origin: url } })).isOpen()).toBe(true);
    // The thirteenth handshake of this minute.
    lives[1]?.close();
    await lives[1]?.closed;
    expect((await ask(url, { origin: url })).status).toBe(429);
  });

  test('a network is what the proxy says it is, a whole /64 in IPv6', async () => {
    const strict = await createWorld({ RATE_LIMIT_FACTOR: '0.01', TRUST_PROXY: '1' });
    onTestFinished(() => strict.close());
    const { url } = strict;
    const from = (address: string) => ({ origin: url, 'x-forwarded-for': `203.0.113.9, ${address}` });
    for (let i = 0; i < 10; i++) await openLive(url, { headers: from(`2001:db8::${i + 1}`) });
    expect((await ask(url, from('2001:db8::99'), '', true)).status).toBe(429);
    expect((await ask(url, from('2001:db8:0:1::1'), '', true)).status).toBe(101);
    expect((await ask(url, from('198.51.100.7'), '', true)).status).toBe(101);
  });

  test('also when they come at the same moment', async () => {
    const { url } = await strictWorld();
    const came = await Promise.allSettled(
      Array.from({ length: 12 }, () => openLive(url, { headers: { origin: url } })),
    );
    expect(came.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  });

  test('an account has so many, whatever its sessions', async () => {
    const strict = await strictWorld();
    const { url } = strict;
    const person = await strict.user();
    const [other] = await strict.app.accounts.openSessions([person.userId]);
    const first = await openLive(url, { headers: pageHeaders(url, person) });
    const again = { authorization: `Bearer ${other?.token}` };
    expect((await ask(url, again, '', true)).status).toBe(429);
    first.close();
    await first.closed;
    await vi.waitFor(async () => expect((await ask(url, again, '', true)).status).toBe(101));
  });
});

test('a client that does not take what it is sent is dropped', async () => {
  const http = createServer().listen(0, '127.0.0.1');
  const io = new Server(http, { path: '/socket.io', transports: ['websocket'] });
  const stop = dropSlow(io.engine as unknown as Engine, 50);
  await new Promise((listening) => http.once('listening', listening));
  const { port } = http.address() as AddressInfo;
  const quick = await openLive(`http://127.0.0.1:${port}`);
  const slow = connectTcp(port, '127.0.0.1');
  slow.on('error', () => {});
  onTestFinished(async () => {
    stop();
    slow.destroy();
    await io.close();
  });
  slow.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
  );
  const joined = new Promise((connected) => io.once('connection', connected));
  await new Promise((came) => slow.once('data', came));
  slow.pause();
  // `40` as a masked frame joins the namespace.
  slow.write(Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x34, 0x30]));
  await joined;
  expect(io.engine.clientsCount).toBe(2);
  const page = 'x'.repeat(100_000);
  await vi.waitFor(
    () => {
      for (let i = 0; i < 20; i++) io.emit('availability', page);
      expect(io.engine.clientsCount).toBe(1);
    },
    { timeout: 20_000, interval: 50 },
  );
  expect(quick.isOpen()).toBe(true);
  // Without a polite close: the client would not read it, and its queued messages would stay in memory.
  const left = await new Promise<number>((counted) => http.getConnections((_, count) => counted(count)));
  expect(left).toBe(1);
});
