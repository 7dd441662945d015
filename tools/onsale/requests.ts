/** Sends requests over connections that stay open, as many at once as a load balancer would. */
import { Agent, request as httpRequest } from 'node:http';

export interface Reply {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: each caller knows the type of its answer
  body: any;
  setCookies: string[];
}

interface Sent {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: unknown;
}

export interface Requests {
  /** Status 0: there was no answer. */
  send(sent: Sent): Promise<Reply>;
  close(): void;
}

const patienceMs = 30_000;

export function openRequests(url: string, mostAtOnce = 128): Requests {
  const agent = new Agent({ keepAlive: true, maxSockets: mostAtOnce });
  const { hostname, port } = new URL(url);
  return {
    send: ({ method, path, headers = {}, body }) =>
      new Promise((resolve) => {
        const text = body === undefined ? undefined : JSON.stringify(body);
        const none = () => resolve({ status: 0, body: null, setCookies: [] });
        const request = httpRequest(
          {
            agent,
            hostname,
            port,
            method,
            path,
            timeout: patienceMs,
            headers: {
              ...headers,
              ...(text !== undefined && {
                'content-type': 'application/json',
                'content-length': Buffer.byteLength(text),
              }),
            },
          },
          (response) => {
            const chunks: Buffer[] = [];
            response.on('data', (chunk: Buffer) => chunks.push(chunk));
            response.on('error', none);
            response.on('end', () =>
              resolve({
                status: response.statusCode ?? 0,
                body: parsed(Buffer.concat(chunks).toString()),
                setCookies: response.headers['set-cookie'] ?? [],
              }),
            );
          },
        );
        request.on('timeout', () => request.destroy());
        request.on('error', none);
        request.end(text);
      }),
    close: () => agent.destroy(),
  };
}

function parsed(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return text;
  }
}
