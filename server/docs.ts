import scalar from '@scalar/fastify-api-reference';
import type { FastifyInstance } from 'fastify';
import { operations } from '../contract/operations.ts';
import type { App } from './app.ts';
import { describeApi } from './openapi.ts';

/** The API's description for programs (`/api/openapi.json`) and for people (`/api/docs`). */
export async function docsRoutes(http: FastifyInstance, app: App): Promise<void> {
  const json = JSON.stringify(describeApi(operations, app.config.publicUrl));
  http.get('/api/openapi.json', (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(json),
  );
  await http.register(async (docs) => {
    // The reference is a page of its own with inline styles and one inline script, and it shows nothing that
    // is not public: it alone gets a looser policy.
    docs.addHook('onSend', async (_request, reply) => {
      reply.header(
        'content-security-policy',
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'",
      );
    });
    await docs.register(scalar, {
      routePrefix: '/api/docs',
      configuration: {
        url: '/api/openapi.json',
        title: 'Admit API',
        withDefaultFonts: false,
        telemetry: false,
      } as never,
    });
  });
}
