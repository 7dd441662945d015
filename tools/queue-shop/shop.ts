import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

interface Shop {
  /** Where Admit runs, for example `http://127.0.0.1:3000`. */
  admit: string;
  eventId: string;
  /** What the shop shows to visitors who wait. Its script joins the queue and asks whether it is their turn. */
  waitingPage: string;
  /** The shop itself, for visitors whose turn it is. */
  sell: (request: IncomingMessage, response: ServerResponse) => void;
}

const passedOn = ['cookie', 'content-type', 'admit-guest-key', 'queue-proof', 'accept-language'];

/** A shop that lets a visitor in when Admit's queue says that it is their turn (docs/embedding-a-queue.md). */
export function createShop({ admit, eventId, waitingPage, sell }: Shop): Server {
  const queue = `/api/events/${eventId}/queue`;

  /** Asks Admit in the visitor's name. Admit counts the visitor's address, if it trusts this proxy. */
  async function ask(request: IncomingMessage, method: string, path: string, body?: Buffer) {
    const headers = new Headers({ 'x-forwarded-for': request.socket.remoteAddress ?? '' });
    for (const name of passedOn) if (request.headers[name]) headers.set(name, String(request.headers[name]));
    return fetch(admit + path, { method, headers, ...(body?.length && { body: new Uint8Array(body) }) });
  }

  async function isTurn(request: IncomingMessage): Promise<boolean> {
    const answer = await ask(request, 'GET', `${queue}/mine`);
    if (!answer.ok) return false;
    const { status, activeUntil, now } = (await answer.json()) as Record<string, string>;
    return status === 'active' && Date.parse(activeUntil ?? '') > Date.parse(now ?? '');
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    if (path.split('?')[0] === queue || path.startsWith(`${queue}/`)) {
      const body = Buffer.concat(await request.toArray());
      const told = await ask(request, request.method ?? 'GET', path, body);
      const type = told.headers.get('content-type') ?? 'application/json';
      response.writeHead(told.status, { 'content-type': type, 'set-cookie': told.headers.getSetCookie() });
      response.end(Buffer.from(await told.arrayBuffer()));
    } else if (await isTurn(request)) sell(request, response);
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(waitingPage);
  }

  return createServer((request, response) => {
    // Without an answer of Admit nobody is let in.
    answer(request, response).catch(() => response.writeHead(503).end());
  });
}
