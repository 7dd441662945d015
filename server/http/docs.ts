import fastify, { type FastifyInstance } from 'fastify';
import { docsPath, openapiPath, streamsPath } from '../../contract/addresses.ts';
import { operations } from '../../contract/operations.ts';
import type { App } from '../app.ts';
import { once } from '../memo.ts';
import { describeApiInTurns } from './openapi.ts';
import { describeStreams } from './streams.ts';

const prefix = docsPath;

/** The operations bound so far. With Stripe they are all but the sandbox's. */
export const offeredBy = (http: FastifyInstance) => operations.filter(({ id }) => http.offered.has(id));

/** The descriptions of the API (`/api/openapi.json`, for people `/api/docs`) and of the topics (`/api/streams.json`). */
export async function docsRoutes(http: FastifyInstance, app: App): Promise<void> {
  // Described at the first request: most servers never get one, and every start would be a third of a second slower.
  const describe = once(async () => {
    const server = { url: app.config.publicUrl, sessionCookie: app.accounts.sessionCookie };
    return JSON.stringify(await describeApiInTurns(offeredBy(http), server));
  });
  http.get(openapiPath, async (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(await describe()),
  );
  let streams: string | undefined;
  http.get(streamsPath, (_request, reply) => {
    streams ??= JSON.stringify(
      describeStreams({ url: app.config.publicUrl, topicPrefix: app.config.kafka?.topicPrefix ?? '' }),
    );
    return reply.type('application/json; charset=utf-8').send(streams);
  });
  // Loaded on the first request: it takes 30 MB, and most servers never serve it.
  let reference: Promise<FastifyInstance> | undefined;
  for (const path of [prefix, `${prefix}/*`]) {
    http.get(path, async (request, reply) => {
      reference ??= createReference();
      const { statusCode, headers, rawPayload } = await (await reference).inject({ url: request.url });
      const { 'content-type': type, location } = headers;
      // The reference is a page of its own with inline styles and one inline script, and it shows nothing that
      // is not public: it alone gets a looser policy.
      reply.header('content-security-policy', contentPolicy);
      if (type !== undefined) reply.header('content-type', type);
      if (location !== undefined) reply.header('location', location);
      return reply.code(statusCode).send(rawPayload);
    });
  }
}

const contentPolicy =
  "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";

/** A server that never listens. We call the reference's routes through it. */
async function createReference(): Promise<FastifyInstance> {
  const { default: scalar } = await import('@scalar/fastify-api-reference');
  const reference = fastify();
  await reference.register(scalar, {
    routePrefix: prefix,
    configuration: {
      url: openapiPath,
      pageTitle: 'Admit API',
      withDefaultFonts: false,
      // Nothing that needs third-party servers.
      telemetry: false,
      showDeveloperTools: 'never',
      agent: { disabled: true },
      mcp: { disabled: true },
    } as never,
  });
  return reference;
}
