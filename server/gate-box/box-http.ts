import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import staticFiles from '@fastify/static';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import {
  doorScheme,
  doorTokenPrefix,
  noteDoorDevice,
  registerDoorDevice,
} from '../../contract/door-links.ts';
import { manifestType } from '../../contract/door-manifest.ts';
import { errorTable, Refused } from '../../contract/errors.ts';
import { type EventId, makeId } from '../../contract/ids.ts';
import type { Box } from './box.ts';
import type { BoxEvent } from './box-event.ts';
import { type Answer, boxScanSchema, decideScanAtBox, type Gate } from './decide-scans.ts';

const mostGates = 100;
const problemType = 'application/problem+json; charset=utf-8';

/** The API of the door and its page, for gates in the local network. `tls` is for browsers that need it for their camera. */
export async function createBoxHttp(
  box: Box,
  { web, tls }: { web: string; tls: { cert: string; key: string } | null },
): Promise<FastifyInstance> {
  const options = { bodyLimit: 1024 * 1024, forceCloseConnections: true } as const;
  const http = (tls ? fastify({ ...options, https: tls }) : fastify(options)) as unknown as FastifyInstance;
  http.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) =>
    sendError(box, error, reply),
  );
  http.addHook('onRequest', (request, _reply, done) => {
    if (request.url.startsWith('/api/')) box.log.debug({ url: request.url }, 'asked');
    done();
  });

  http.get('/health/live', () => ({
    isOnline: box.isOnline(),
    waiting: box.store.countUnsent(),
    ended: box.ended(),
  }));
  http.get('/api/ticket-keys', () => ({ keys: box.keys() }));

  http.post('/api/door-devices', (request, reply) => {
    const { secret, name } = read(
      registerDoorDevice.body as NonNullable<typeof registerDoorDevice.body>,
      request.body,
    );
    if (!isSame(secret, box.secret)) throw new Refused('door_link_unknown');
    if (box.store.countGates() >= mostGates) throw new Refused('link_full');
    const id = makeId('doorDevice', box.now().getTime(), randomBytes(10));
    const token = doorTokenPrefix + randomBytes(32).toString('base64url');
    box.store.addGate({ id, name, tokenHash: hashOf(token), at: box.now().toISOString() });
    const { link, events } = box.registration;
    return reply.code(201).send({ device: { id, name }, token, link, events });
  });
  http.put('/api/door-devices/mine', (request) => {
    const gate = gateOf(box, request);
    const { sentAt } = read(noteDoorDevice.body as NonNullable<typeof noteDoorDevice.body>, request.body);
    const now = box.now();
    const { link, events } = box.registration;
    const covered = events.map(({ eventId, checkpointId }) => ({ eventId, checkpointId }));
    return {
      now: now.toISOString(),
      skewMs: Math.round(Date.parse(sentAt) - now.getTime()),
      device: gate,
      link: { ...link, events: covered },
    };
  });

  http.get('/api/events/:eventId/door-manifest', (request, reply) => {
    const { event } = eventOf(box, request);
    const bytes = event.bytesFor((request.query as { since?: string }).since);
    if (!bytes)
      throw new Refused('unavailable', { detail: 'The gate box has no manifest of this event yet.' });
    return reply
      .type(manifestType)
      .header('cache-control', 'private, no-store')
      .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  });
  http.post('/api/events/:eventId/check-ins', async (request, reply) => {
    const { gate, eventId } = eventOf(box, request);
    const scan = read(boxScanSchema, request.body);
    const answer = await decideScanAtBox(box, eventId, gate, scan);
    if ('checkIn' in answer) return reply.code(201).send(answer.checkIn);
    return reply
      .code(Number(answer.refused.status ?? 409))
      .type(problemType)
      .send({ type: `urn:admit:problem:${answer.refused.code}`, ...answer.refused });
  });
  http.post('/api/events/:eventId/check-ins/batch', async (request) => {
    const { gate, eventId } = eventOf(box, request);
    const results: object[] = [];
    for (const given of (request.body as { scans?: unknown[] }).scans ?? []) {
      const scan = boxScanSchema.safeParse(given);
      const nonce = (given as { nonce?: string } | null)?.nonce ?? null;
      if (!scan.success) {
        const { title } = errorTable.invalid_request;
        results.push({
          nonce,
          outcome: 'refused',
          code: 'invalid_request',
          title,
          detail: scan.error.issues[0]?.message,
        });
        continue;
      }
      // The gate has decided alone. Without its word, it let the guest in.
      const offline = scan.data.offline ?? { admitted: true };
      results.push(
        toResult(scan.data.nonce, await decideScanAtBox(box, eventId, gate, { ...scan.data, offline })),
      );
    }
    return { now: box.now().toISOString(), results };
  });
  http.get('/api/events/:eventId/check-ins/counts', (request) => eventOf(box, request).event.counts());

  if (existsSync(join(web, 'index.html'))) {
    await http.register(staticFiles, { root: web, wildcard: false, index: false });
    http.setNotFoundHandler((request, reply) => {
      if (request.method !== 'GET' || request.url.startsWith('/api/'))
        return sendError(box, new Refused('not_found'), reply);
      return reply.header('cache-control', 'no-store').sendFile('index.html');
    });
  }
  return http;
}

function toResult(nonce: string, answer: Answer): object {
  if ('checkIn' in answer) return { nonce, outcome: 'admitted', checkIn: answer.checkIn };
  const { code, title, usedAt, gate, by } = answer.refused;
  return { nonce, outcome: 'refused', code, title, usedAt, gate, by };
}

function eventOf(box: Box, request: FastifyRequest): { gate: Gate; eventId: EventId; event: BoxEvent } {
  const gate = gateOf(box, request);
  const { eventId } = request.params as { eventId: EventId };
  const event = box.events.get(eventId);
  if (!event) throw new Refused('not_found');
  return { gate, eventId, event };
}

function gateOf(box: Box, { headers }: FastifyRequest): Gate {
  const [scheme, token = ''] = headers.authorization?.split(' ') ?? [];
  const gate = scheme?.toLowerCase() === doorScheme.toLowerCase() ? box.store.gateOf(hashOf(token)) : null;
  if (!gate) throw new Refused('unauthenticated');
  return gate;
}

function read<T>(schema: { safeParse(given: unknown): { data?: T } }, given: unknown): T {
  const { data } = schema.safeParse(given);
  if (data === undefined) throw new Refused('invalid_request');
  return data;
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
const isSame = (given: string, known: string): boolean => timingSafeEqual(hashOf(given), hashOf(known));

function sendError(box: Box, error: Error & { statusCode?: number }, reply: FastifyReply): FastifyReply {
  const isOurs = error.statusCode === undefined || error.statusCode >= 500;
  const refused = error instanceof Refused ? error : new Refused(isOurs ? 'internal' : 'invalid_request');
  if (refused.code === 'internal') box.log.error({ err: error }, 'request failed');
  const { status, title, retryable } = errorTable[refused.code];
  const type = `urn:admit:problem:${refused.code}`;
  return reply
    .code(status)
    .type(problemType)
    .send({ type, title, status, code: refused.code, retryable, ...refused.members });
}
