import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify';
import type { z } from 'zod';
import type { TeamRole } from '../../contract/accounts.ts';
import { Refused } from '../../contract/errors.ts';
import type { EventId, OrganisationId } from '../../contract/ids.ts';
import {
  type Access,
  bodyLimitOf,
  largeBodyBytes,
  type Operation,
  takesLargeBodies,
} from '../../contract/operation.ts';
import type { App } from '../app.ts';
import type { Caller, Identified } from '../features/accounts/accounts.ts';
import { requireSomeTeamRole, requireTeamRole } from '../features/organisations/team.ts';
import { requireEventRole } from '../features/sale/event-team.ts';
import { clientAddressOf } from './client-address.ts';
import { chooseEncoding, compress } from './encodings.ts';
import type { Retry } from './idempotency.ts';
import { createLargeBodies, type LargeBodies } from './large-bodies.ts';
import { networkOf } from './networks.ts';
import { pageOriginOf } from './origins.ts';
import { refuseOver } from './rate-limits.ts';
import { awaitBodies, refuseClientError } from './raw-refusals.ts';
import { addBodyParser } from './read-body.ts';
import { checkHeaders, readCall, readParams } from './read-call.ts';
import { keepCookiesPrivate, type SecurityHeaders, securityHeaders } from './security-headers.ts';
import { sendError } from './send-error.ts';

/** One request as a route hands it to a command: checked against the contract, its caller known and allowed. */
export interface Call<P = unknown, Q = unknown, B = unknown, A extends Access = Access> {
  operation: string;
  params: P;
  query: Q;
  body: B;
  /** Null only where the operation is open to people who are not signed in. */
  caller: A extends 'public' | 'signature' | 'secret' ? Caller | null : Caller;
  retry: Retry | null;
  /** The version in If-Match; 0 for operations that do not ask for one. */
  ifMatch: number;
  /** The raw body, for operations whose access is a signature; empty otherwise. */
  rawBody: Buffer;
  header(name: string): string | undefined;
  ip: string;
}

/** A reply that is not JSON, or that carries headers of its own. */
export class Raw {
  readonly body: string | Buffer;
  readonly headers: Record<string, string | string[]>;
  readonly status: number | undefined;

  constructor(body: string | Buffer, headers: Record<string, string | string[]> = {}, status?: number) {
    this.body = body;
    this.headers = headers;
    this.status = status;
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null;
    rawBody: Buffer | undefined;
    /** The parameters of the path, where they were checked before the body was read. */
    checkedParams: unknown;
  }
}

const open: readonly Access[] = ['public', 'signature', 'secret'];
const teamAccess: readonly Access[] = ['door', 'manager', 'owner'];
/** More than the 25 s after which a live connection is asked whether it is still there. */
const idleConnectionMs = 75_000;

/** The Fastify instance with everything that holds for all operations: parsing, errors, rate limits, ids. */
export function createHttp(app: App): FastifyInstance {
  const http = fastify({
    loggerInstance: app.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    // What is no operation takes no bodies.
    bodyLimit: 1024,
    // How long a request may take to arrive, and how long a connection may neither send nor take anything.
    requestTimeout: app.config.requestSeconds * 1000,
    connectionTimeout: idleConnectionMs,
    http: {
      requireHostHeader: false,
      // Node takes the longer of two deadlines for the body's and the shorter for the head's.
      headersTimeout: Math.min(15, app.config.requestSeconds) * 1000,
      connectionsCheckingInterval: Math.min(2000, app.config.requestSeconds * 250),
    },
    clientErrorHandler: (error, socket) => refuseClientError(app.metrics, error as Error, socket),
    requestIdHeader: false,
    // One logger for all; what is logged of a request names its id.
    childLoggerFactory: (logger) => logger,
    genReqId: createRequestIds(app),
    // The contract limits the length of parameters, and answers with a problem where the router would not.
    routerOptions: { maxParamLength: 20_000, ignoreTrailingSlash: true },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    // A machine that is busy may take long to load the API's reference.
    pluginTimeout: 60_000,
  });
  const headers = securityHeaders(app);
  http.decorate('securityHeaders', headers);
  http.decorate('offered', new Set<string>());
  // Operations choose theirs when they answer; whatever else is served is a page or a file.
  http.addHook('onRequest', (request, reply, done) => {
    if (!request.routeOptions.config.operation) reply.headers(headers.page);
    // Node would answer this without a problem.
    if (request.headers.host === undefined && request.raw.httpVersionMinor > 0)
      return done(new Refused('malformed_http', { detail: 'The Host header is missing.' }));
    done();
  });
  // Instead of Fastify's own, which takes ports for a part of the address, believes garbage and counts no hops.
  // (With its trustProxy off, it does not read X-Forwarded-Proto and -Host either: PUBLIC_URL says both.)
  http.decorateRequest('ip', {
    getter() {
      return clientAddressOf(this.raw, app.config.trustedProxies);
    },
  });
  http.decorateRequest('caller', null);
  http.decorateRequest('rawBody', undefined);
  http.decorateRequest('checkedParams', undefined);
  http.decorate('largeBodies', createLargeBodies(app));
  addBodyParser(http);
  awaitBodies(http.server, app.metrics);
  // A connection whose request was in flight when the stop began would be kept open for the next one: those
  // that have become idle are closed until none is left, and who asks meanwhile is told to ask elsewhere.
  let closing = false;
  http.addHook('onRequest', (_request, reply, done) => {
    if (!closing) return done();
    reply.header('connection', 'close');
    done(new Refused('unavailable'));
  });
  http.addHook('preClose', async () => {
    closing = true;
    const timer = setInterval(() => http.server.closeIdleConnections(), 50);
    http.server.once('close', () => clearInterval(timer));
  });
  http.setErrorHandler((error: FastifyError, request, reply) => sendError(app, error, request, reply));
  return http;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    operation?: string;
    /** The body stays as it came: nothing may be worked out from it before its signature holds. */
    takesRawBody?: boolean;
  }
  interface FastifyInstance {
    securityHeaders: SecurityHeaders;
    /** The ids of the operations that this server answers. */
    offered: Set<string>;
    largeBodies: LargeBodies;
  }
}

/** Binds an operation of the contract to the command that answers it. */
export function bind<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
  A extends Access,
>(
  http: FastifyInstance,
  app: App,
  op: Operation<P, Q, B, R, A>,
  command: (
    app: App,
    call: Call<z.output<P>, z.output<Q>, z.output<B>, A>,
  ) => Promise<z.input<R> | Raw> | z.input<R> | Raw,
): void {
  http.offered.add(op.id);
  const limit = op.rateLimit && app.rateLimits.open(op.id, op.rateLimit);
  /** Returns a promise only if the rate limit does. */
  const admit = (request: FastifyRequest, reply: FastifyReply, identified: Identified | null) => {
    if (identified?.setCookies) reply.header('set-cookie', identified.setCookies);
    request.caller = identified?.caller ?? null;
    if (!request.caller && !open.includes(op.access)) throw new Refused('unauthenticated');
    if (op.access === 'admin' && request.caller?.role !== 'admin') throw new Refused('forbidden');
    return limit && refuseOver(limit(request.caller?.userId ?? networkOf(request.ip)));
  };
  const isTeams = teamAccess.includes(op.access);
  const bodyLimit = bodyLimitOf(op);
  const takesLarge = takesLargeBodies(op);
  /** Last, when everything that is known without the body allows the request: makes room for the body. */
  const awaitBody = (request: FastifyRequest, reply: FastifyReply): undefined | Promise<void> => {
    const pending = takesLarge ? makeRoom(request, reply) : undefined;
    if (pending) return pending.then(() => askForBody(request, reply));
    askForBody(request, reply);
    return undefined;
  };
  const makeRoom = ({ headers, caller, ip }: FastifyRequest, reply: FastifyReply) =>
    http.largeBodies.admit(
      caller?.userId ?? networkOf(ip),
      {
        contentLength: headers['content-length'],
        chunked: headers['transfer-encoding'] !== undefined,
        limit: bodyLimit,
      },
      reply.raw,
    );
  const askForBody = ({ headers }: FastifyRequest, reply: FastifyReply): void => {
    if (headers.expect !== undefined && Number(headers['content-length'] ?? 0) <= bodyLimit)
      reply.raw.writeContinue();
  };
  http.route({
    method: op.method,
    url: op.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    bodyLimit,
    config: { operation: op.id, takesRawBody: op.access === 'signature' },
    // Before the body is read: who may not call makes us read and parse nothing. It makes no promise if the caller is
    // known at once and the rate limits count in memory, which is nearly always.
    onRequest: (request, reply, done) => {
      checkHeaders(op, request);
      if (op.access === 'signature') return goOn(awaitBody(request, reply), done);
      checkOrigin(app, request);
      const found = open.includes(op.access)
        ? identifyAnyone(app, request)
        : app.accounts.identify(request.headers);
      if (!(found instanceof Promise) && !isTeams) {
        const admitted = admit(request, reply, found);
        return goOn(
          admitted ? admitted.then(() => awaitBody(request, reply)) : awaitBody(request, reply),
          done,
        );
      }
      const admitLater = async () => {
        await admit(request, reply, await found);
        if (isTeams) await checkTeamBefore(app, op, request);
        await awaitBody(request, reply);
      };
      goOn(admitLater(), done);
    },
    handler: async (request, reply) => {
      const call = readCall(op, request) as Call<z.output<P>, z.output<Q>, z.output<B>, A>;
      // What a command makes of a large body is another turn of the event loop, so that others are answered before it.
      if (takesLarge && call.rawBody.length > largeBodyBytes) await nextTurn();
      if (isTeams) await checkTeam(app, op, call);
      const result = await command(app, call);
      return send(app, op, reply, result);
    },
    onResponse: createResponseLog(app, op.id),
  });
}

function goOn(pending: undefined | Promise<void>, done: (error?: Error) => void): void {
  if (pending) pending.then(() => done(), done);
  else done();
}

/** Counts an operation's answers, and logs them where somebody asked for that much. */
function createResponseLog(app: App, operation: string) {
  const answered = new Map<number, { inc(): void }>();
  return (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    const status = reply.statusCode;
    let counter = answered.get(status);
    if (!counter) {
      counter = app.metrics.requests.labels({ operation, status: String(status) });
      answered.set(status, counter);
    }
    counter.inc();
    if (app.log.isLevelEnabled('debug')) {
      app.log.debug({ requestId: request.id, operation, status, ms: reply.elapsedTime }, 'answered');
    }
    done();
  };
}

/** A random start and a count: unique, short, and made without a thought. */
function createRequestIds(app: App): () => string {
  const start = app.newId('message').slice(-8);
  let count = 0;
  return () => `${start}-${(++count).toString(36)}`;
}

/** On open operations someone who is suspended is a stranger like any other, not a reason to refuse the page. */
function identifyAnyone(app: App, request: FastifyRequest): ReturnType<App['accounts']['identify']> {
  const forgive = (error: unknown): null => {
    if (error instanceof Refused && error.code === 'suspended') return null;
    throw error;
  };
  try {
    const found = app.accounts.identify(request.headers);
    return found instanceof Promise ? found.catch(forgive) : found;
  } catch (error) {
    return forgive(error);
  }
}

/** A page of another site must not act with a visitor's cookie. Programs send no Origin and carry on. */
function checkOrigin(app: App, request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD' || !request.headers.cookie) return;
  const site = request.headers['sec-fetch-site'];
  const from = pageOriginOf(app, request.headers);
  // The origins of CORS_ORIGINS too: they act with bearer tokens, never with a cookie.
  const foreign = from === 'listed' || from === 'foreign';
  if (foreign || site === 'cross-site' || site === 'same-site') throw new Refused('origin_not_allowed');
}

/** The team of an organisation, or of the organisation of an event. */
type Team = { eventId: EventId } | { organisationId: OrganisationId };

/** The team that a request is about; null where only the body says which. */
const teamOf = (named: { eventId?: EventId; organisationId?: OrganisationId } | undefined): Team | null =>
  named?.eventId
    ? { eventId: named.eventId }
    : named?.organisationId
      ? { organisationId: named.organisationId }
      : null;

/**
 * Asks for the caller's role before the body is read. Where the body names the team, someone who has the role in no
 * team at all is refused here already.
 */
async function checkTeamBefore(app: App, op: Operation, request: FastifyRequest): Promise<void> {
  const caller = request.caller as Caller;
  const role = op.access as TeamRole;
  request.checkedParams = readParams(op, request);
  const team = teamOf(request.checkedParams as Parameters<typeof teamOf>[0]);
  if (team) await requireRoleIn(app, caller, team, role);
  else await requireSomeTeamRole(app, caller, role);
}

/**
 * Asks for the role in the team that the body names. Where the path named it, the role was asked for before the body
 * came, which may be minutes ago: it is asked for again if the caller's access may have changed since.
 */
async function checkTeam(app: App, op: Operation, call: Call): Promise<void> {
  const caller = call.caller as Caller;
  const inPath = teamOf(call.params as Parameters<typeof teamOf>[0]);
  if (inPath && app.accounts.isCurrent(caller)) return;
  const team = inPath ?? teamOf(call.body as Parameters<typeof teamOf>[0]);
  if (!team) throw new Error(`${op.id} is for a team, and nothing in it names one`);
  await requireRoleIn(app, caller, team, op.access as TeamRole);
}

const requireRoleIn = (app: App, caller: Caller, team: Team, role: TeamRole): Promise<void> =>
  'eventId' in team
    ? requireEventRole(app, caller, team.eventId, role)
    : requireTeamRole(app, caller, team.organisationId, role);

function send(app: App, op: Operation, reply: FastifyReply, result: unknown): unknown {
  if (result instanceof Raw) {
    const { page, api } = reply.server.securityHeaders;
    const isJson = result.headers['content-type'] === 'application/json; charset=utf-8';
    const plain = isJson && result.body.length > 0 && !result.headers['content-encoding'];
    if (plain && app.config.env === 'test') op.reply?.parse(JSON.parse(result.body.toString()));
    reply
      .code(result.status ?? op.status)
      .headers(isJson ? api : page)
      .headers(result.headers);
    if (op.produces && !reply.hasHeader('content-type')) reply.type(op.produces);
    keepCookiesPrivate(reply);
    return reply.send(result.body);
  }
  reply.code(op.status).headers(reply.server.securityHeaders.api);
  keepCookiesPrivate(reply);
  if (op.reply === null) return reply.send();
  // In tests every answer is held to the contract; in production that would be work for nothing.
  if (app.config.env === 'test') op.reply.parse(result);
  reply.type('application/json; charset=utf-8');
  const text = JSON.stringify(result);
  // Only what everybody may read: the length of a compressed answer could tell what stands beside a guess.
  const isLong = op.method === 'GET' && op.access === 'public' && text.length > 2000;
  return isLong ? sendCompressed(reply, text) : reply.send(text);
}

async function sendCompressed(reply: FastifyReply, text: string): Promise<FastifyReply> {
  reply.header('vary', 'accept-encoding');
  const encoding = chooseEncoding(reply.request.headers['accept-encoding']);
  if (!encoding) return reply.send(text);
  return reply.header('content-encoding', encoding).send(await compress(text, encoding, 4));
}
