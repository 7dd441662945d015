import { Readable } from 'node:stream';
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
import { apiKeyLimit } from '../../contract/api-keys.ts';
import { Refused } from '../../contract/errors.ts';
import {
  type Access,
  bodyLimitOf,
  largeBodyBytes,
  type Operation,
  takesLargeBodies,
} from '../../contract/operation.ts';
import { type Capability, deviceCapabilities } from '../../contract/team-roles.ts';
import type { App } from '../app.ts';
import type { Caller, Identified } from '../features/accounts/accounts.ts';
import { requireSecondStep } from '../features/accounts/require-second-step.ts';
import type { DeviceCaller, DoorCaller } from '../features/door-links/door-device.ts';
import { isOfDevice } from '../features/door-links/secrets.ts';
import { requireCapabilitySomewhere } from '../features/organisations/team.ts';
import { admitDevice } from './admit-device.ts';
import { admitKey } from './admit-key.ts';
import { clientAddressOf } from './client-address.ts';
import { addDrain, type Drain } from './drain.ts';
import { chooseEncoding, compress } from './encodings.ts';
import { guestsOf } from './guests.ts';
import type { Retry } from './idempotency.ts';
import { checkOrigin, identify, isOpen, nameOf } from './identify.ts';
import { createLargeBodies, type LargeBodies } from './large-bodies.ts';
import { networkOf } from './networks.ts';
import { type RateLimit, refuseOver } from './rate-limits.ts';
import { awaitBodies, refuseClientError } from './raw-refusals.ts';
import { addBodyParser } from './read-body.ts';
import { checkHeaders, readCall, readParams } from './read-call.ts';
import { answerReady, type ReadyAnswers } from './ready-answers.ts';
import { createRequestIds, createResponseLog } from './request-log.ts';
import { keepCookiesPrivate, type SecurityHeaders, securityHeaders } from './security-headers.ts';
import { sendError } from './send-error.ts';
import { allowLongAnswer, endSlowReaders } from './slow-readers.ts';
import { requireNeeded, teamOf } from './team-of.ts';
import { traceRequests } from './trace-requests.ts';

/** One request as a command gets it: checked against the contract, with a caller who is known and has access. */
export interface Call<P = unknown, Q = unknown, B = unknown, A extends Access = Access> {
  operation: string;
  params: P;
  query: Q;
  body: B;
  /** Null only if the operation is open to callers who are not signed in. */
  caller: A extends 'public' | 'signature' | 'secret'
    ? Caller | null
    : A extends 'door'
      ? DoorCaller
      : Caller;
  retry: Retry | null;
  /** The version in If-Match; 0 for operations without it. */
  ifMatch: number;
  /** The body as it came. Empty if there is none. */
  rawBody: Buffer;
  header(name: string): string | undefined;
  ip: string;
  requestId: string;
}

/** A reply that is not JSON or that has headers of its own. */
export class Raw {
  readonly body: string | Buffer | Readable;
  readonly headers: Record<string, string | string[]>;
  readonly status: number | undefined;

  /** A stream is read as fast as the client reads. It is destroyed if the client goes. */
  constructor(
    body: string | Buffer | Readable,
    headers: Record<string, string | string[]> = {},
    status?: number,
  ) {
    this.body = body;
    this.headers = headers;
    this.status = status;
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null;
    /** The device of a door link that sends the request. Then there is no `caller`. */
    doorDevice: DeviceCaller | null;
    rawBody: Buffer | undefined;
    /** The path's parameters, if they were checked before the body was read. */
    checkedParams: unknown;
  }
}

/** Longer than the 25 s between pings of a live connection. */
const idleConnectionMs = 75_000;

/**
 * Creates the Fastify instance with everything that all operations share: parsing, errors, rate limits, request ids.
 */
export function createHttp(app: App): FastifyInstance {
  const http = fastify({
    loggerInstance: app.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    // Only operations take larger bodies, and each sets its own limit.
    bodyLimit: 1024,
    // The time for a whole request to arrive, and the time after which an idle connection is closed.
    requestTimeout: app.config.requestSeconds * 1000,
    connectionTimeout: idleConnectionMs,
    http: {
      requireHostHeader: false,
      // Node uses the longer of its two deadlines for the body and the shorter one for the headers.
      headersTimeout: Math.min(15, app.config.requestSeconds) * 1000,
      connectionsCheckingInterval: Math.min(2000, app.config.requestSeconds * 250),
    },
    clientErrorHandler: (error, socket) => refuseClientError(app.metrics, error as Error, socket),
    requestIdHeader: false,
    // All requests share one logger. Log lines about a request name its id.
    childLoggerFactory: (logger) => logger,
    genReqId: createRequestIds(app),
    // The contract limits the length of parameters and answers with a problem. The router's own limit would not.
    routerOptions: { maxParamLength: 20_000, ignoreTrailingSlash: true },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    // On a busy machine the API's reference may take long to load.
    pluginTimeout: 60_000,
  });
  const headers = securityHeaders(app);
  http.decorate('securityHeaders', headers);
  http.decorate('offered', new Set<string>());
  // Operations replace this header when they answer. Everything else is a page or a file.
  http.addHook('onRequest', (request, reply, done) => {
    if (!request.routeOptions.config.operation) reply.headers(headers.page);
    // Node would answer this request itself, without a problem+json.
    if (request.headers.host === undefined && request.raw.httpVersionMinor > 0)
      return done(new Refused('malformed_http', { detail: 'The Host header is missing.' }));
    done();
  });
  // Replaces Fastify's own `ip`, which takes ports for a part of the address, accepts garbage and counts no hops.
  // (With its trustProxy off, Fastify does not read X-Forwarded-Proto and -Host either. PUBLIC_URL says both.)
  http.decorateRequest('ip', {
    getter() {
      return clientAddressOf(this.raw, app.config.trustedProxies);
    },
  });
  if (app.traces) traceRequests(http, app.traces);
  http.decorateRequest('caller', null);
  http.decorateRequest('doorDevice', null);
  http.decorateRequest('rawBody', undefined);
  http.decorateRequest('checkedParams', undefined);
  http.decorate('largeBodies', createLargeBodies(app));
  addBodyParser(http);
  awaitBodies(http.server, app.metrics);
  endSlowReaders(http.server, app.config.responseSeconds, () => app.metrics.slowReaders.inc());
  http.decorate('apiKeyLimit', app.rateLimits.open('API keys', apiKeyLimit));
  http.decorate('drain', addDrain(http, app.clock));
  http.decorate('readyAnswers', answerReady(http, app));
  http.setErrorHandler((error: FastifyError, request, reply) => sendError(app, error, request, reply));
  return http;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    operation?: string;
    /** The parser leaves the body as raw bytes: it is a file, or nobody may interpret it before its signature is verified. */
    takesRawBody?: boolean;
  }
  interface FastifyInstance {
    securityHeaders: SecurityHeaders;
    /** The ids of the operations that this server answers. */
    offered: Set<string>;
    largeBodies: LargeBodies;
    /** Counts what one API key asks, over all operations. */
    apiKeyLimit: RateLimit;
    drain: Drain;
    readyAnswers: ReadyAnswers;
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
  const ended = op.takesEndedDevices && app.rateLimits.open(`${op.id} ended`, op.takesEndedDevices);
  /** Returns a promise only if the rate limit does. */
  const admit = (request: FastifyRequest, reply: FastifyReply, identified: Identified | null) => {
    if (identified?.setCookies) reply.header('set-cookie', identified.setCookies);
    request.caller = identified?.caller ?? null;
    if (!request.caller && !isOpen(op.access)) throw new Refused('unauthenticated');
    if (op.access === 'admin' && request.caller?.role !== 'admin') throw new Refused('forbidden');
    return limit && refuseOver(limit(nameOf(request.caller) ?? networkOf(request.ip)));
  };
  const guests = guestsOf(app, op);
  const isDoors = op.access === 'door';
  const isTeams = op.access === 'team' || isDoors;
  requireNeeds(op);
  const bodyLimit = bodyLimitOf(op);
  const takesLarge = takesLargeBodies(op);
  /** Makes room for the body. This comes last, when everything known without the body allows the request. */
  const awaitBody = (request: FastifyRequest, reply: FastifyReply): undefined | Promise<void> => {
    const pending = takesLarge ? makeRoom(request, reply) : undefined;
    if (pending) return pending.then(() => askForBody(request, reply));
    askForBody(request, reply);
    return undefined;
  };
  const makeRoom = ({ headers, caller, doorDevice, ip }: FastifyRequest, reply: FastifyReply) =>
    http.largeBodies.admit(
      doorDevice?.deviceId ?? caller?.userId ?? networkOf(ip),
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
  const admitDeviceOf = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const device = await admitDevice(app, op, request);
    const limitOfDevice = device.ended && ended ? ended : limit;
    if (limitOfDevice) await refuseOver(limitOfDevice(device.deviceId));
    await awaitBody(request, reply);
  };
  http.route({
    method: op.method,
    url: op.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    bodyLimit,
    config: { operation: op.id, takesRawBody: op.access === 'signature' || op.bytes !== undefined },
    // Checks the caller before the body is read, so that a caller without access costs us no reading and parsing. It
    // makes no promise if the caller is known at once and the rate limits count in memory, which is nearly always.
    onRequest: (request, reply, done) => {
      checkHeaders(op, request);
      if (op.access === 'signature') return goOn(awaitBody(request, reply), done);
      checkOrigin(app, request);
      if (isDoors && isOfDevice(request.headers)) return goOn(admitDeviceOf(request, reply), done);
      const found = identify(http, app, op, request);
      if (!(found instanceof Promise) && !isTeams && !(found === null && guests?.isAsked(request))) {
        const admitted = admit(request, reply, found);
        return goOn(
          admitted ? admitted.then(() => awaitBody(request, reply)) : awaitBody(request, reply),
          done,
        );
      }
      const admitLater = async () => {
        const identified = await found;
        await admit(
          request,
          reply,
          identified ?? (guests?.isAsked(request) ? await guests.open(request, reply) : null),
        );
        if (isTeams) await checkTeamBefore(app, op, request);
        await awaitBody(request, reply);
      };
      goOn(admitLater(), done);
    },
    handler: async (request, reply) => {
      // The body may have taken minutes to arrive, so a key or a device is looked at again.
      if (request.caller?.key) request.caller = (await admitKey(app, op, request)).caller;
      const call = readCall(op, request) as Call<z.output<P>, z.output<Q>, z.output<B>, A>;
      // The command handles a large body in a new turn of the event loop, so that other requests are answered in
      // between.
      if (takesLarge && call.rawBody.length > largeBodyBytes) await nextTurn();
      if (request.doorDevice) await admitDevice(app, op, request);
      else if (isTeams) await checkTeam(app, op, call);
      else if (op.access === 'admin') await requireSecondStep(app, call.caller as Caller);
      if (op.acts) reply.header('x-request-id', request.id);
      const result = await command(app, call);
      return send(app, op, reply, result);
    },
    onResponse: createResponseLog(app, op.id),
  });
}

/** A mistake in the contract stops the start. */
function requireNeeds({ id, access, needs }: Pick<Operation, 'id' | 'access' | 'needs'>): void {
  if ((access === 'team' || access === 'holder-or-team' || access === 'door') && !needs)
    throw new Error(`${id} is for a team and names no capability (contract/team-roles.ts)`);
  if (access === 'door' && needs && !deviceCapabilities.includes(needs))
    throw new Error(
      `${id} is for the door, and no device has ${needs} (deviceCapabilities in contract/team-roles.ts)`,
    );
}

function goOn(pending: undefined | Promise<void>, done: (error?: Error) => void): void {
  if (pending) pending.then(() => done(), done);
  else done();
}

/**
 * Checks the caller's role before the body is read. If the body names the team, it refuses only callers without the
 * capability in any team.
 */
async function checkTeamBefore(app: App, op: Operation, request: FastifyRequest): Promise<void> {
  const caller = request.caller as Caller;
  request.checkedParams = readParams(op, request);
  const team = teamOf(request.checkedParams as Parameters<typeof teamOf>[0]);
  if (team) await requireNeeded(app, caller, team, op);
  else await requireCapabilitySomewhere(app, caller, op.needs as Capability);
}

/**
 * Checks the caller's role in the team that the body names. If the path named the team, this was checked before the body
 * arrived, which may be minutes ago. Then this checks it again only if the caller's access may have changed since.
 */
async function checkTeam(app: App, op: Operation, call: Call): Promise<void> {
  const caller = call.caller as Caller;
  const inPath = teamOf(call.params as Parameters<typeof teamOf>[0]);
  if (inPath && app.accounts.isCurrent(caller)) return;
  const team = inPath ?? teamOf(call.body as Parameters<typeof teamOf>[0]);
  if (!team) throw new Error(`${op.id} is for a team, and nothing in it names one`);
  await requireNeeded(app, caller, team, op);
}

function send(app: App, op: Operation, reply: FastifyReply, result: unknown): unknown {
  if (result instanceof Raw) {
    const { page, api } = reply.server.securityHeaders;
    const isJson = result.headers['content-type'] === 'application/json; charset=utf-8';
    const { body } = result;
    const plain = isJson && !(body instanceof Readable) && !result.headers['content-encoding'];
    if (plain && body.length > 0 && app.config.env === 'test') op.reply?.parse(JSON.parse(body.toString()));
    reply
      .code(result.status ?? op.status)
      .headers(isJson ? api : page)
      .headers(result.headers);
    if (op.produces && !reply.hasHeader('content-type')) reply.type(op.produces);
    keepCookiesPrivate(reply);
    if (body instanceof Readable) return reply.send(streamed(reply, body));
    return reply.send(body);
  }
  reply.code(op.status).headers(reply.server.securityHeaders.api);
  keepCookiesPrivate(reply);
  if (op.reply === null) return reply.send();
  // Tests check every answer against the contract. In production that would cost time for nothing.
  if (app.config.env === 'test') op.reply.parse(result);
  reply.type('application/json; charset=utf-8');
  const text = JSON.stringify(result);
  // Compresses only public replies: a compressed length could reveal what is next to a guess.
  const isLong = op.method === 'GET' && op.access === 'public' && text.length > 2000;
  return isLong ? sendCompressed(reply, text) : reply.send(text);
}

/** Fastify would read a whole stream to answer HEAD. */
function streamed({ request, raw }: FastifyReply, body: Readable): Readable {
  allowLongAnswer(raw);
  if (request.method !== 'HEAD') return body;
  body.destroy();
  return Readable.from([]);
}

async function sendCompressed(reply: FastifyReply, text: string): Promise<FastifyReply> {
  reply.header('vary', 'accept-encoding');
  const encoding = chooseEncoding(reply.request.headers['accept-encoding']);
  if (!encoding) return reply.send(text);
  return reply.header('content-encoding', encoding).send(await compress(text, encoding, 4));
}
