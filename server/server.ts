import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import compress from '@fastify/compress';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refused } from '../contract/errors.ts';
import { sandboxRoutes } from './adapters/payments/sandbox-routes.ts';
import type { App } from './app.ts';
import { docsRoutes } from './docs.ts';
import { accountsRoutes } from './features/accounts/routes.ts';
import { catalogRoutes } from './features/catalog/routes.ts';
import { doorRoutes } from './features/door/routes.ts';
import { inventoryRoutes } from './features/inventory/routes.ts';
import { mailboxRoutes } from './features/notifications/routes.ts';
import { ordersRoutes } from './features/orders/routes.ts';
import { organisationsRoutes } from './features/organisations/routes.ts';
import { paymentsRoutes } from './features/payments/routes.ts';
import { seatingRoutes } from './features/seating/routes.ts';
import { ticketsRoutes } from './features/tickets/routes.ts';
import { healthRoutes } from './health.ts';
import { createHttp, sendError } from './http.ts';
import { startRealtime } from './realtime.ts';

const webDist = new URL('../web/dist/', import.meta.url);

/** The HTTP server with every route, the web app and the live channel; not yet listening. */
export async function createServer(app: App): Promise<FastifyInstance> {
  const http = createHttp(app);
  const hasMailbox = app.mailer.kind === 'mailbox' && app.config.env !== 'production';
  healthRoutes(http, app);
  await http.register(async (api) => {
    accountsRoutes(api, app);
    organisationsRoutes(api, app);
    catalogRoutes(api, app);
    seatingRoutes(api, app);
    inventoryRoutes(api, app);
    ordersRoutes(api, app);
    paymentsRoutes(api, app);
    if (app.payments.name === 'sandbox') sandboxRoutes(api, app);
    ticketsRoutes(api, app);
    doorRoutes(api, app);
    if (hasMailbox) mailboxRoutes(api, app);
  });
  await docsRoutes(http, app);
  const page = existsSync(webDist) ? await webRoutes(http, hasMailbox) : null;
  http.setNotFoundHandler((request, reply) => {
    if (!page || !isPage(request)) return sendError(app, new Refused('not_found'), request, reply);
    return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page);
  });
  startRealtime(http, app);
  return http;
}

/** Serves the built web app's files, the hashed ones for ever; answers the page that every other address shows. */
async function webRoutes(http: FastifyInstance, hasMailbox: boolean): Promise<string> {
  await http.register(async (web) => {
    await web.register(compress, { encodings: ['br', 'gzip'] });
    await web.register(fastifyStatic, {
      root: fileURLToPath(webDist),
      index: false,
      preCompressed: true,
      setHeaders: (reply, path) => {
        const hashed = path.includes('/assets/');
        reply.header(
          'cache-control',
          hashed ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
        );
      },
    });
  });
  const html = await readFile(new URL('index.html', webDist), 'utf8');
  // The front page then says what to try; to ask for the mailbox would log a 404 where there is none.
  return hasMailbox ? html.replace('<html', '<html data-demo') : html;
}

/** Addresses that the web app answers: whatever is not the API's and does not look like a file. */
function isPage(request: FastifyRequest): boolean {
  const [path = ''] = request.url.split('?');
  return request.method === 'GET' && !path.startsWith('/api/') && !/\.\w+$/.test(path);
}
