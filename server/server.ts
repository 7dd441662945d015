import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import compress from '@fastify/compress';
import helmet from '@fastify/helmet';
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
  const http = await createHttp(app);
  await http.register(helmet, {
    contentSecurityPolicy: contentPolicy(app),
    crossOriginEmbedderPolicy: false,
  });
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
    if (app.mailer.kind === 'mailbox' && app.config.env !== 'production') mailboxRoutes(api, app);
  });
  await docsRoutes(http, app);
  const page = existsSync(webDist) ? await webRoutes(http) : null;
  http.setNotFoundHandler((request, reply) => {
    if (!page || !isPage(request)) return sendError(app, new Refused('not_found'), request, reply);
    return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page);
  });
  startRealtime(http, app);
  return http;
}

/** No inline script, no foreign script: an injected one does not run. Stripe's own is let in where it is used. */
function contentPolicy(app: App) {
  const stripe = app.payments.name === 'stripe' ? ['https://js.stripe.com', 'https://hooks.stripe.com'] : [];
  return {
    directives: {
      defaultSrc: ["'self'"],
      // The camera scanner decodes with WebAssembly where the browser has no decoder of its own.
      scriptSrc: ["'self'", "'wasm-unsafe-eval'", ...stripe.slice(0, 1)],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:', 'blob:', 'https:'],
      connectSrc: ["'self'", ...(stripe.length > 0 ? ['https://api.stripe.com'] : [])],
      frameSrc: ["'self'", ...stripe],
      fontSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      upgradeInsecureRequests: app.config.publicUrl.startsWith('https:') ? [] : null,
    },
  };
}

/** Serves the built web app's files, the hashed ones for ever; answers the page that every other address shows. */
async function webRoutes(http: FastifyInstance): Promise<string> {
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
  return readFile(new URL('index.html', webDist), 'utf8');
}

/** Addresses that the web app answers: whatever is not the API's and does not look like a file. */
function isPage(request: FastifyRequest): boolean {
  const [path = ''] = request.url.split('?');
  return request.method === 'GET' && !path.startsWith('/api/') && !/\.\w+$/.test(path);
}
