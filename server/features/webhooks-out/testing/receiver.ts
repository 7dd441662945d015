import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

/** A program that gets webhooks. `behave` says how it answers; by default with 200. */
export interface Receiver {
  port: number;
  host: string;
  url: string;
  received: Received[];
  behave: (response: ServerResponse, received: Received) => void;
  close(): Promise<void>;
}

export async function openReceiver(address = '127.0.0.1', port = 0): Promise<Receiver> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const one = { headers: request.headers, body: Buffer.concat(parts).toString() };
      receiver.received.push(one);
      receiver.behave(response, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, address, resolve));
  const { port: chosen } = server.address() as AddressInfo;
  const receiver: Receiver = {
    port: chosen,
    host: `${address}:${chosen}`,
    url: `http://${address}:${chosen}/hooks`,
    received: [],
    behave: (response) => response.end('ok'),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}
