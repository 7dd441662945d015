import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { postWebhook } from './post-webhook.ts';

const seen = new Set<Socket>();
let bodies: string[];
/** Whether the receiver closes fresh connections too. */
let isDown: boolean;

/* A receiver that closes each connection at its second request, as one does whose connections end while they are idle. */
const receiver = createServer(async (request, response) => {
  if (isDown || seen.has(request.socket)) return void request.socket.resetAndDestroy();
  seen.add(request.socket);
  let body = '';
  for await (const chunk of request) body += chunk;
  bodies.push(body);
  response.writeHead(200).end('{}');
});
const send = (body: string) =>
  postWebhook(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`, body, 't=1,v1=0');

beforeAll(() => new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve)));
beforeEach(() => {
  bodies = [];
  isDown = false;
});
afterAll(() => {
  receiver.closeAllConnections();
  return new Promise((resolve) => receiver.close(resolve));
});

test('a webhook arrives although the receiver closes the connection that it would use', async () => {
  for (const body of ['first', 'second', 'third']) await send(body);
  expect(bodies).toEqual(['first', 'second', 'third']);
});

test('a receiver that closes fresh connections has refused the webhook', async () => {
  isDown = true;
  await expect(send('lost')).rejects.toThrow(/ECONNRESET|hang up/);
  expect(bodies).toEqual([]);
});
