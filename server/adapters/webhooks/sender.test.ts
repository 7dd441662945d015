import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../clock.ts';
import { openReceiver, type Receiver } from '../../features/webhooks-out/testing/receiver.ts';
import { createWebhookSender } from './sender.ts';

const clock = systemClock;
let receiver: Receiver;
beforeAll(async () => {
  receiver = await openReceiver();
});
afterAll(() => receiver.close());
afterEach(() => {
  receiver.received = [];
  receiver.behave = (response) => response.end('ok');
});

const toNamed = (withinMs = 5000) => createWebhookSender({ clock, privateHosts: [receiver.host], withinMs });
const send = (sender = toNamed(), url = receiver.url) => sender.send(url, { 'webhook-id': 'x' }, '{}');

describe('an address', () => {
  const strict = createWebhookSender({ clock, privateHosts: ['shop.lan:8080'] });
  test.each([
    'https://shop.example.com/hooks',
    'https://shop.example.com:443/hooks',
    'https://shop.example.com:8443/hooks',
    'https://8.8.8.8/hooks',
    'https://[2606:4700::1111]/hooks',
    'http://shop.lan:8080/hooks',
  ])('%s may be used', (url) => expect(strict.mayUse(url)).toBe(true));

  test.each([
    'http://shop.example.com/hooks',
    'https://shop.example.com:22/',
    'https://shop.example.com:6379/',
    'https://user:password@shop.example.com/',
    'https://localhost/',
    'https://intranet/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://0x7f000001/',
    'https://2130706433/',
    'https://10.1.2.3/',
    'https://169.254.169.254/latest/meta-data/',
    'https://100.64.0.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[64:ff9b:1::1]/',
    'https://[2002:7f00:1::]/',
    'https://[fd00::1]/',
    'https://[fe80::1]/',
    'ftp://shop.example.com/',
    'file:///etc/passwd',
    'http://shop.lan:8081/hooks',
    'nonsense',
  ])('%s may not be used', async (url) => {
    expect(strict.mayUse(url)).toBe(false);
    // An endpoint from before a rule is refused when it is sent to.
    expect(await send(strict, url)).toMatchObject({
      status: null,
      error: expect.stringMatching(/not sent|Invalid/),
    });
  });
});

describe('a name', () => {
  /** Takes 127.0.0.2 for the public internet, so that a public address and a private one can both be reached here. */
  const looked: string[] = [];
  const sender = (answers: string[][]) =>
    createWebhookSender({
      clock,
      // Without this name the port of the receiver would be refused first.
      privateHosts: [],
      isPublic: (address) => address === '127.0.0.2',
      resolve: async (hostname) => {
        looked.push(hostname);
        return (answers.shift() ?? []).map((address) => ({ address, family: 4 }));
      },
      withinMs: 5000,
    });
  afterEach(() => {
    looked.length = 0;
  });

  test.each([[['127.0.0.1']], [['127.0.0.2', '127.0.0.1']], [['127.0.0.2', '10.0.0.1']]])(
    'that resolves to %j gets nothing',
    async (addresses) => {
      const answer = await send(sender([addresses]), 'https://shop.example.com:8443/hooks');
      expect(answer).toMatchObject({
        status: null,
        error: expect.stringContaining('not in the public internet'),
      });
    },
  );

  test('is looked up once for an attempt, and the connection goes to the address that was checked', async () => {
    // The second answer of DNS is private. It is asked for only by the second attempt, which is refused.
    const rebinding = sender([['127.0.0.2'], ['127.0.0.1'], ['127.0.0.1']]);
    const first = await send(rebinding, 'https://shop.example.com:8443/hooks');
    expect(first.error).toContain('127.0.0.2:8443');
    expect(looked).toHaveLength(1);
    const second = await send(rebinding, 'https://shop.example.com:8443/hooks');
    expect(second.error).toContain('not in the public internet');
    expect(looked).toHaveLength(2);
  });

  test('with several addresses is tried at each of them', async () => {
    const several = createWebhookSender({
      clock,
      privateHosts: [`shop.lan:${receiver.port}`],
      // Nobody listens at the first one.
      resolve: async () => [
        { address: '127.0.0.9', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ],
    });
    expect(await send(several, `http://shop.lan:${receiver.port}/hooks`)).toMatchObject({ status: 200 });
  });

  test('without an address is an error', async () => {
    expect(await send(sender([[]]), 'https://shop.example.com/')).toMatchObject({
      status: null,
      error: 'shop.example.com has no address',
    });
  });
});

describe('a name server', () => {
  /** A name server that knows one address of each name, or never answers. Counts what it is asked. */
  async function openNameServer(address?: string) {
    const socket = createSocket('udp4');
    const asked: number[] = [];
    socket.on('message', (question, from) => {
      const type = question.readUInt16BE(question.indexOf(0, 12) + 1);
      asked.push(type);
      if (address) socket.send(answerTo(question, type === 1 ? address : null), from.port, from.address);
    });
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return { asked, server: `127.0.0.1:${socket.address().port}`, close: () => socket.close() };
  }
  /** The question with one record of type A, or without any (RFC 1035). */
  function answerTo(question: Buffer, address: string | null): Buffer {
    const end = question.indexOf(0, 12) + 5;
    const head = Buffer.from(question.subarray(0, 12));
    head.writeUInt16BE(0x8180, 2);
    head.writeUInt16BE(address ? 1 : 0, 6);
    head.writeUInt32BE(0, 8);
    const record = address
      ? [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...address.split('.').map(Number)]
      : [];
    return Buffer.concat([head, question.subarray(12, end), Buffer.from(record)]);
  }
  const asking = (server: string, withinMs: number) =>
    createWebhookSender({
      clock,
      privateHosts: [],
      isPublic: (address) => address === '127.0.0.2',
      nameServers: [server],
      withinMs,
    });

  test('is asked for the addresses of both families', async () => {
    const names = await openNameServer('127.0.0.2');
    const answer = await send(asking(names.server, 5000), 'https://shop.example.com:8443/hooks');
    expect(answer.error).toContain('127.0.0.2:8443');
    expect(names.asked.sort()).toEqual([1, 28]);
    names.close();
  });

  test('that never answers holds no thread of the process', async () => {
    const names = await openNameServer();
    const sender = asking(names.server, 1000);
    const sends = Array.from({ length: 20 }, () => send(sender, 'https://shop.example.com/hooks'));
    // Each read needs a thread. They end while all names are still being looked up.
    await expect.poll(() => names.asked.length).toBeGreaterThanOrEqual(40);
    await readFile(import.meta.filename);
    const ended = await Promise.race([Promise.all(sends).then(() => 'sends'), 'reads']);
    expect(ended).toBe('reads');
    for (const answer of await Promise.all(sends))
      expect(answer).toMatchObject({ status: null, error: 'no answer within 1 s' });
    names.close();
  });
});

describe('a receiver', () => {
  test('that answers is told apart by its status', async () => {
    expect(await send()).toMatchObject({ status: 200, excerpt: 'ok', error: null });
    receiver.behave = (response) => response.writeHead(422).end('no such order');
    expect(await send()).toMatchObject({ status: 422, excerpt: 'no such order', error: null });
  });

  test('that redirects leads nowhere', async () => {
    const inside = await openReceiver('127.0.0.3');
    receiver.behave = (response) => response.writeHead(307, { location: inside.url }).end();
    expect(await send()).toMatchObject({ status: 307 });
    expect(inside.received).toEqual([]);
    await inside.close();
  });

  test('that hangs is left after a while', async () => {
    receiver.behave = () => {};
    const answer = await send(toNamed(300));
    expect(answer).toMatchObject({ status: null, error: 'no answer within 0.3 s' });
    expect(answer.durationMs).toBeGreaterThanOrEqual(290);
  });

  test('that drips its answer is left after a while, and its status counts', async () => {
    const timers: NodeJS.Timeout[] = [];
    receiver.behave = (response) => {
      response.writeHead(200);
      timers.push(setInterval(() => response.write('.'), 20));
    };
    const answer = await send(toNamed(300));
    timers.forEach(clearInterval);
    expect(answer).toMatchObject({ status: 200, error: null });
    expect(answer.excerpt).toMatch(/^\.+$/);
    expect(answer.durationMs).toBeLessThan(3000);
  });

  test('that drips its headers is left after a while', async () => {
    const timers: NodeJS.Timeout[] = [];
    receiver.behave = (response: ServerResponse) => {
      response.socket?.write('HTTP/1.1 200 OK\r\n');
      timers.push(setInterval(() => response.socket?.write('x-drip: 1\r\n'), 20));
    };
    const answer = await send(toNamed(300));
    timers.forEach(clearInterval);
    expect(answer).toMatchObject({ status: null, error: 'no answer within 0.3 s' });
  });

  // Without a listener for `upgrade`, Node ends such a request with no answer and no error.
  test('that wants another protocol is an answer of 101', async () => {
    receiver.behave = (response) =>
      response.socket?.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n');
    expect(await send(toNamed(300))).toMatchObject({ status: 101, error: null, excerpt: '' });
  });

  test('that sends early hints without end is left after a while', async () => {
    const timers: NodeJS.Timeout[] = [];
    receiver.behave = (response) => {
      timers.push(setInterval(() => response.socket?.write('HTTP/1.1 103 Early Hints\r\n\r\n'), 20));
    };
    const answer = await send(toNamed(300));
    timers.forEach(clearInterval);
    expect(answer).toMatchObject({ status: null, error: 'no answer within 0.3 s' });
  });

  test('that answers without end is read only at its beginning', async () => {
    let sent = 0;
    receiver.behave = (response) => {
      const part = Buffer.alloc(64 * 1024, 'x');
      const more = (): void => {
        sent += part.length;
        if (!response.destroyed && sent < 1e9) response.write(part, () => setImmediate(more));
      };
      more();
    };
    const answer = await send();
    expect(answer).toMatchObject({ status: 200, excerpt: 'x'.repeat(500) });
    // The connection is closed, so what the receiver wrote is what fits into buffers.
    expect(sent).toBeLessThan(50_000_000);
  });

  test('that breaks off is an error', async () => {
    receiver.behave = (response) => response.socket?.destroy();
    expect(await send()).toMatchObject({
      status: null,
      error: expect.stringMatching(/socket hang up|ECONNRESET/),
    });
  });

  test('that is not there is an error', async () => {
    const gone = await openReceiver();
    await gone.close();
    const sender = createWebhookSender({ clock, privateHosts: [gone.host] });
    expect(await send(sender, gone.url)).toMatchObject({
      status: null,
      error: expect.stringContaining('ECONNREFUSED'),
    });
  });
});
