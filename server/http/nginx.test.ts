import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../testing/free-port.ts';
import { startNginx } from '../testing/nginx.ts';
import { createWorld, type World } from '../testing/world.ts';

/*
 * Runs a real nginx in front of Admit, with the configuration in deploy/nginx.conf. The test command downloads
 * nginx if it can (tools/system-packages.ts).
 */
const nginx = [process.env.ADMIT_NGINX, '/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx'].find(
  (path) => path && existsSync(path),
);
if (!nginx) process.stderr.write('nginx.test.ts is left out: there is no nginx on this machine\n');
const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
);
/** Only Linux assigns every address of 127.0.0.0/8 to the machine itself. */
const hasManyAddresses = process.platform === 'linux';

describe.skipIf(!nginx)('behind nginx', () => {
  let world: World;
  let direct: string;
  let proxy: Awaited<ReturnType<typeof startNginx>>;
  let url: string;
  let url6: string;

  beforeAll(async () => {
    const ports = { ipv4: await freePort(), ipv6: await freePort() };
    url = `http://127.0.0.1:${ports.ipv4}`;
    url6 = `http://[::1]:${ports.ipv6}`;
    world = await createWorld({ TRUST_PROXY: '127.0.0.1', PUBLIC_URL: url });
    direct = world.app.config.listenUrl;
    proxy = await startNginx({
      program: nginx as string,
      admitPorts: [world.app.config.port],
      ports: { ...ports, ipv6: hasIpv6 ? ports.ipv6 : null },
    });
  });
  afterAll(async () => {
    await proxy?.close();
    await world?.close();
  });

  interface From {
    base?: string;
    localAddress?: string;
    headers?: Record<string, string>;
  }
  /** The client address that Admit records when somebody signs in as a guest. */
  async function addressSeen({ base = url, localAddress, headers = {} }: From): Promise<string> {
    const asked = request(`${base}/api/auth/sign-in/anonymous`, {
      method: 'POST',
      ...(localAddress && { localAddress }),
      headers: { 'content-type': 'application/json', ...headers },
    }).end('{}');
    const [response] = await once(asked, 'response');
    const body = JSON.parse(await text(response));
    expect(response.statusCode, JSON.stringify(body)).toBe(200);
    const [session] = await world.app.db.query<{ address: string }>(
      'select ip_address as address from sessions where user_id = $1',
      [body.user.id],
    );
    return session?.address ?? '';
  }

  test.runIf(hasManyAddresses)('each client has the address that nginx was called from', async () => {
    expect(await addressSeen({ localAddress: '127.0.0.7' })).toBe('127.0.0.7');
    expect(await addressSeen({ localAddress: '127.0.0.8' })).toBe('127.0.0.8');
  });

  test
    .runIf(hasManyAddresses)
    .each([
      '203.0.113.9',
      '203.0.113.9, 127.0.0.1',
      '127.0.0.1',
      'unknown, _hidden',
      '203.0.113.9, 198.51.100.7, 10.0.0.1',
      '[2001:db8::1]:443',
      ',',
    ])('X-Forwarded-For: %s of a client changes nothing', async (forged) => {
    const headers = { 'x-forwarded-for': forged, forwarded: 'for=203.0.113.9', 'x-real-ip': '203.0.113.9' };
    expect(await addressSeen({ localAddress: '127.0.0.7', headers })).toBe('127.0.0.7');
  });

  test.runIf(hasManyAddresses)(
    'so what a network may hold is counted by client, whatever they write',
    async () => {
      const event = await world.event({ capacity: 20, fields: { placesPerNetwork: 2 } });
      const hold = async (localAddress: string, forged: string) => {
        const guest = await world.guest();
        const asked = request(`${url}/api/events/${event.id}/holds`, {
          method: 'POST',
          localAddress,
          headers: {
            'content-type': 'application/json',
            cookie: guest.client.cookie(),
            'x-forwarded-for': forged,
          },
        }).end(JSON.stringify({ items: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }] }));
        const [response] = await once(asked, 'response');
        const body = JSON.parse(await text(response));
        return body.code ?? response.statusCode;
      };
      const told = [];
      for (let n = 1; n <= 4; n++) told.push(await hold('127.0.0.7', `203.0.113.${n}`));
      expect(told).toEqual([201, 201, 'network_limit', 'network_limit']);
      expect(await hold('127.0.0.8', '127.0.0.7')).toBe(201);
    },
  );

  test.runIf(hasIpv6)('over IPv6 too', async () => {
    // A session keeps the network of an IPv6 address, which is the /64 of ::1.
    const network = '::/64';
    expect(await addressSeen({ base: url6 })).toBe(network);
    expect(await addressSeen({ base: url6, headers: { 'x-forwarded-for': '2001:db8::9' } })).toBe(network);
  });

  test.runIf(hasManyAddresses)('who goes past nginx writes no address either', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.9' };
    expect(await addressSeen({ base: direct, localAddress: '127.0.0.9', headers })).toBe('127.0.0.9');
  });

  test('live messages pass, over a WebSocket', async () => {
    const event = await world.event({ capacity: 20 });
    const socket = new WebSocket(
      `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket&event=${event.id}`,
    );
    const heard: string[] = [];
    socket.addEventListener('message', ({ data }) => {
      heard.push(data);
      if (data.startsWith('0')) socket.send('40');
      if (data === '2') socket.send('3');
    });
    await expect.poll(() => heard.some((each) => each.startsWith('40'))).toBe(true);
    const guest = await world.guest();
    const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
    expect((await guest.client.post(`/api/events/${event.id}/holds`, { items })).status).toBe(201);
    await expect.poll(() => heard.some((each) => each.startsWith('42["availability"'))).toBe(true);
    socket.close();
  });

  test('a refusal of a large body reaches the caller while it is still sending', async () => {
    const guest = await world.guest();
    const big = Buffer.alloc(6 * 1024 * 1024, ' ');
    const answer = await guest.client.send('POST', '/api/events', {
      body: big,
      headers: { 'content-type': 'application/json' },
    });
    // The headers decide: a guest is on no team.
    expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
  });

  test('cookies and compressed replies come through as they are', async () => {
    const guest = await world.guest();
    expect((await guest.client.get('/api/me')).status).toBe(200);
    const headers = { 'accept-encoding': 'gzip' };
    const [through, past] = await Promise.all(
      [url, direct].map((base) => fetch(`${base}/api/openapi.json`, { headers })),
    );
    const kept = ['content-encoding', 'content-type', 'cache-control', 'etag', 'strict-transport-security'];
    for (const name of kept) expect(through?.headers.get(name), name).toBe(past?.headers.get(name));
    expect(await through?.text()).toBe(await past?.text());
  });
});
