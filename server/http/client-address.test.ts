import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type World } from '../testing/world.ts';
import { clientAddressOf, readTrustedProxies } from './client-address.ts';

const seen = (setting: string, peer: string, forwardedFor?: string) =>
  clientAddressOf(
    {
      socket: { remoteAddress: peer },
      headers: forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor },
    } as unknown as IncomingMessage,
    readTrustedProxies(setting),
  );

test.each([
  // Without a trusted proxy, X-Forwarded-For is only a client's claim.
  ['false', '192.0.2.1', '1.1.1.1', '192.0.2.1'],
  ['0', '::ffff:192.0.2.1', '1.1.1.1', '192.0.2.1'],
  // A number of hops.
  ['1', '10.0.0.1', '1.1.1.1, 2.2.2.2', '2.2.2.2'],
  ['2', '10.0.0.1', '1.1.1.1, 2.2.2.2, 3.3.3.3', '2.2.2.2'],
  ['3', '10.0.0.1', '1.1.1.1', '1.1.1.1'],
  ['1', '10.0.0.1', undefined, '10.0.0.1'],
  ['1', '10.0.0.1', '', '10.0.0.1'],
  // Networks, addresses and names.
  ['10.0.0.0/8', '10.0.0.1', '1.1.1.1, 2.2.2.2, 10.9.9.9', '2.2.2.2'],
  ['10.0.0.0/8', '192.0.2.1', '1.1.1.1', '192.0.2.1'],
  ['10.0.0.1', '10.0.0.2', '1.1.1.1', '10.0.0.2'],
  ['loopback, private', '::ffff:127.0.0.1', '2.2.2.2, 192.168.3.4, 172.31.0.1, fd00::1', '2.2.2.2'],
  ['LOOPBACK', '::1', '2.2.2.2', '2.2.2.2'],
  ['linklocal', 'fe80::1%eth0', '2.2.2.2, 169.254.1.1', '2.2.2.2'],
  ['uniquelocal', '10.0.0.1', '2.2.2.2', '2.2.2.2'],
  ['2001:db8:1::/48', '2001:db8:1:9::1', '2.2.2.2, 2001:DB8:1:0:0:0:0:7', '2.2.2.2'],
  ['::ffff:10.0.0.0/104', '10.0.0.1', '2.2.2.2', '2.2.2.2'],
  ['private', '172.32.0.1', '1.1.1.1', '172.32.0.1'],
  // All are trusted, as behind a second office's proxy: the one furthest left.
  ['private', '10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
  // Ports, brackets, zones, empty items.
  ['1', '10.0.0.1', '1.1.1.1, 2.2.2.2:5678', '2.2.2.2'],
  ['1', '10.0.0.1', '[2001:DB8::1]:443', '2001:db8::1'],
  ['1', '10.0.0.1', '[2001:db8::1]', '2001:db8::1'],
  ['1', '10.0.0.1', '::ffff:2.2.2.2', '2.2.2.2'],
  ['1', '10.0.0.1', ', ,2.2.2.2,, ', '2.2.2.2'],
  ['private', '10.0.0.1', '2.2.2.2,10.0.0.9:4711', '2.2.2.2'],
  // The proxy that wrote something that is no address counts as the client, and entries further left are ignored.
  ['1', '10.0.0.1', '1.1.1.1, unknown', '10.0.0.1'],
  ['private', '10.0.0.1', '1.1.1.1, _hidden, 10.0.0.2', '10.0.0.2'],
  ['2', '10.0.0.1', '1.1.1.1, x', '10.0.0.1'],
  ['private', '10.0.0.1', '1.1.1.1, 010.0.0.2', '10.0.0.1'],
])('TRUST_PROXY=%s, called from %s with X-Forwarded-For: %s is %s', (setting, peer, forwarded, client) => {
  expect(seen(setting, peer, forwarded)).toBe(client);
});

test('what a client writes left of what the proxies wrote changes nothing', () => {
  const item = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.string(),
    fc.constantFrom('10.0.0.1', 'unknown', '127.0.0.1'),
  );
  fc.assert(
    fc.property(fc.array(item), (forged) => {
      const header = [...forged, '2.2.2.2', '10.0.0.2'].join(',');
      expect(seen('2', '10.0.0.1', header)).toBe('2.2.2.2');
      expect(seen('private', '10.0.0.1', header)).toBe('2.2.2.2');
      expect(seen('false', '10.0.0.1', header)).toBe('10.0.0.1');
    }),
  );
});

let world: World;
let behindProxy: World;
beforeAll(async () => {
  world = await createWorld({ RATE_LIMIT_FACTOR: '1' });
  behindProxy = await createWorld({ RATE_LIMIT_FACTOR: '1', TRUST_PROXY: 'loopback' });
});
afterAll(async () => {
  await world.close();
  await behindProxy.close();
});

/** Sends raw bytes, because fetch would join the header lines. */
async function signIn({ url }: World, headers: string[]): Promise<number> {
  const body = JSON.stringify({ email: 'nobody@example.com', password: 'wrong-password' });
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  const head = [
    'POST /api/auth/sign-in/email HTTP/1.1',
    `Host: ${host}`,
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    'Connection: close',
    ...headers,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  return Number((await text(socket)).slice(9, 12));
}

/** Our limit and better-auth's both allow 60 sign-ins a minute from one network. */
async function countRefused(of: World, headersOf: (index: number) => string[]): Promise<number> {
  const statuses: number[] = [];
  for (let index = 0; index < 70; index++) statuses.push(await signIn(of, headersOf(index)));
  return statuses.filter((status) => status === 429).length;
}

test('without a trusted proxy a forged X-Forwarded-For does not walk around a limit', async () => {
  expect(await countRefused(world, (index) => [`X-Forwarded-For: 198.51.100.${index}`])).toBe(10);
});

test('behind a trusted proxy each client has a limit of its own, whatever it forges, with ports and in lines', async () => {
  const forged = (index: number, client: string) => [
    `X-Forwarded-For: 198.51.100.${index}, 127.0.0.1`,
    `X-Forwarded-For: ${client}:${4000 + index}`,
  ];
  expect(await countRefused(behindProxy, (index) => forged(index, '203.0.113.1'))).toBe(10);
  expect(await signIn(behindProxy, forged(1, '203.0.113.2'))).toBe(401);
  // One household's network, with a different address each time.
  const moving = (index: number) => [`X-Forwarded-For: [2001:db8:7:7::${index}]:443`];
  expect(await countRefused(behindProxy, moving)).toBe(10);
  expect(await signIn(behindProxy, ['X-Forwarded-For: 2001:db8:7:8::1'])).toBe(401);
});
