import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { ErrorCode } from '../../contract/errors.ts';
import { errorTable } from '../../contract/errors.ts';
import { bodyLimitOf, type Operation } from '../../contract/operation.ts';
import { operations } from '../../contract/operations.ts';
import { rolesWith, teamRoles } from '../../contract/team-roles.ts';
import { type CallerName, type Cast, callerNames, createCast, pathOf } from '../testing/cast.ts';
import type { Client } from '../testing/client.ts';
import {
  openConnection,
  type RawAnswer,
  type RawConnection,
  requestHead,
} from '../testing/raw-connection.ts';
import { createWorld, type Organiser, type World } from '../testing/world.ts';

/** Sends requests byte by byte: answers before the body arrives, and bytes that are no valid request. */
let world: World;
let cast: Cast;
beforeAll(async () => {
  world = await createWorld();
  cast = await createCast(world);
}, 120_000);
afterAll(() => world.close());

const mebibyte = 1024 * 1024;
const json = { 'content-type': 'application/json' };
const as = (client: Client) => ({ cookie: client.cookie() });

/** Sends the headers and no byte of the body that they announce. */
function announce(
  op: Pick<Operation, 'method'>,
  path: string,
  headers: Record<string, string>,
): RawConnection {
  const connection = openConnection(world.url);
  connection.write(requestHead(op.method, path, { ...json, ...headers }));
  return connection;
}

function expectProblem(answer: RawAnswer, code: ErrorCode): void {
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(answer, JSON.stringify(answer.body)).toMatchObject({
    status: errorTable[code].status,
    body: { code, status: errorTable[code].status, title: errorTable[code].title },
  });
}

describe('who may call is known before the body is read', () => {
  /** Callers without access; undefined if nobody but a caller without a session can be refused before the body. */
  function refusedOf({ access, needs }: Operation): CallerName[] | undefined {
    if (access === 'signed-in' || access === 'holder') return [];
    if (access === 'admin') return ['user', 'owner'];
    if ((access !== 'team' && access !== 'door') || !needs) return undefined;
    return ['user', ...teamRoles.filter((role) => !rolesWith(needs).includes(role))];
  }
  const guarded = operations.filter((op) => op.method !== 'GET' && refusedOf(op));

  test.each(guarded.map((op) => [op.id, op] as const))('%s', async (_, op) => {
    const path = pathOf(op, cast.params);
    const length = { 'content-length': String(bodyLimitOf(op)), ...(op.ifMatch && { 'if-match': '"1"' }) };
    for (const name of ['nobody', ...(refusedOf(op) ?? [])] as CallerName[]) {
      const connection = announce(op, path, { ...length, ...as(cast.callers[name]) });
      const { status } = await connection.answer();
      expect([401, 403, 404], `${name} was answered ${status}`).toContain(status);
      connection.socket.destroy();
    }
    expect(callerNames).toEqual(expect.arrayContaining(['nobody', 'user']));
  });

  test('a signed body without its signature', async () => {
    const op = operations.find(({ access }) => access === 'signature') as Operation;
    const connection = announce(op, op.path, { 'content-length': String(bodyLimitOf(op)) });
    expectProblem(await connection.answer(), 'webhook_signature_invalid');
    connection.socket.destroy();
  });

  test('six bodies of 8 MiB from guests are refused, and none is kept in memory', async () => {
    const guests = await Promise.all(Array.from({ length: 6 }, () => world.guest()));
    const connections = guests.map(({ client }) =>
      announce({ method: 'POST' }, '/api/events', {
        'content-length': String(8 * mebibyte),
        ...as(client),
      }),
    );
    for (const connection of connections) expectProblem(await connection.answer(), 'not_found');
    expect(await inWork()).toBe(0);
    // Clients that continue to send lose their connection.
    for (const connection of connections) connection.write(Buffer.alloc(8 * mebibyte - 1, ' '));
    await Promise.all(connections.map(({ closed }) => closed));
  });

  test('a body that is announced as too long', async () => {
    const owner = cast.callers.owner;
    const answer = await announce({ method: 'POST' }, '/api/events', {
      'content-length': String(8 * mebibyte),
      ...as(owner),
    }).answer();
    expectProblem(answer, 'payload_too_large');
  });

  test('a missing version, and a body that is encoded', async () => {
    const event = await world.event();
    const headers = { 'content-length': String(mebibyte), ...as(event.organiser.client) };
    const patch = (more: Record<string, string>) =>
      announce({ method: 'PATCH' }, `/api/events/${event.id}`, { ...headers, ...more }).answer();
    expectProblem(await patch({}), 'version_required');
    expectProblem(await patch({ 'if-match': '"1"', 'content-encoding': 'gzip' }), 'unsupported_media_type');
  });
});

/** Bytes of large bodies that the server is working on. */
async function inWork(): Promise<number> {
  const { values } = await world.app.metrics.largeBodyBytes.get();
  return values[0]?.value ?? 0;
}

describe('large bodies', () => {
  const begin = (organiser: Organiser, headers: Record<string, string>) => {
    const connection = announce({ method: 'POST' }, '/api/events', { ...headers, ...as(organiser.client) });
    if (headers['content-length']) connection.write('{');
    return connection;
  };
  const whole = { 'content-length': String(4 * mebibyte) };

  test('are bounded for each caller and in all, and those that end make room', async () => {
    const organisers = await Promise.all(Array.from({ length: 6 }, () => world.organiser()));
    const [first, , , , fifth] = organisers as [Organiser, Organiser, Organiser, Organiser, Organiser];
    const logged = vi.spyOn(world.app.log, 'error');
    onTestFinished(() => logged.mockRestore());
    const open = organisers.slice(0, 4).map((organiser) => begin(organiser, whole));
    await expect.poll(inWork).toBe(16 * mebibyte);
    for (const [name, value] of Object.entries({
      'content-length': '70000',
      'transfer-encoding': 'chunked',
    })) {
      const headers = { [name]: value };
      const again = await begin(first, headers).answer();
      expectProblem(again, 'large_request_pending');
      expect(Number(again.headers.get('retry-after'))).toBeGreaterThan(0);
      const other = await begin(fifth, headers).answer();
      expectProblem(other, 'large_requests_busy');
      expect(Number(other.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    // Refusing for load is no error of ours.
    expect(logged).not.toHaveBeenCalled();
    // A small body does not count.
    const small = await first.client.post('/api/events', { organisationId: first.organisationId });
    expect(small.body.code).toBe('invalid_request');
    open[0]?.socket.destroy();
    await expect.poll(inWork).toBe(12 * mebibyte);
    const long = { organisationId: fifth.organisationId, description: 'x'.repeat(70_000) };
    expect((await fifth.client.post('/api/events', long)).body.code).toBe('invalid_request');
    for (const { socket } of open) socket.destroy();
    await expect.poll(inWork).toBe(0);
  });

  test('what no operation takes is refused before it is parsed', async () => {
    const organiser = await world.organiser();
    const hostile = {
      deep: '['.repeat(mebibyte),
      'many lists': `[${'[],'.repeat(mebibyte)}[]]`,
      'many values': `[${'0,'.repeat(mebibyte)}0]`,
      'many properties': `{${Array.from({ length: 200_000 }, (_, i) => `"k${i}":0`).join(',')}}`,
    };
    for (const [name, body] of Object.entries(hostile)) {
      const answer = await organiser.client.send('POST', '/api/events', { body, headers: json });
      expect(answer, name).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
      // `deep` is not valid JSON either, but it is refused for its shape.
      expect(answer.body.detail, name).toContain('The body');
      expect(answer.bytes.length).toBeLessThan(2000);
    }
  });

  test('an answer to nonsense is short', async () => {
    const organiser = await world.organiser();
    const names = Array.from({ length: 50_000 }, (_, i) => `"surprise${i}":0`).join(',');
    const answer = await organiser.client.send('POST', '/api/events', { body: `{${names}}`, headers: json });
    expect(answer.body.code).toBe('invalid_request');
    expect(answer.bytes.length).toBeLessThan(20_000);
  });
});

describe('bodies that a client waits with', () => {
  test('are asked for once the request is known to be allowed', async () => {
    const organiser = await world.organiser();
    const body = JSON.stringify({ name: 'Second house' });
    const headers = { expect: '100-continue', 'content-length': String(body.length) };
    const allowed = announce({ method: 'POST' }, '/api/organisations', {
      ...headers,
      ...as(organiser.client),
    });
    expect((await allowed.answer()).status).toBe(100);
    allowed.write(body);
    expect((await allowed.answer()).status).toBe(201);
    const stranger = announce({ method: 'POST' }, '/api/organisations', headers);
    expectProblem(await stranger.answer(), 'unauthenticated');
    for (const { socket } of [allowed, stranger]) socket.destroy();
  });

  test('are not asked for where they are too long', async () => {
    const headers = { expect: '100-continue', 'content-length': String(mebibyte) };
    const person = await world.user();
    const long = announce({ method: 'POST' }, '/api/organisations', { ...headers, ...as(person.client) });
    expectProblem(await long.answer(), 'payload_too_large');
  });
});

describe('what is no valid request is a problem too', () => {
  const post = `POST /api/organisations HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n`;
  const cases: [string, ErrorCode, string][] = [
    ['no HTTP', 'malformed_http', 'hello\r\n\r\n'],
    ['an unknown method', 'malformed_http', 'FETCH / HTTP/1.1\r\nhost: localhost\r\n\r\n'],
    ['a header without a colon', 'malformed_http', 'GET / HTTP/1.1\r\nhost: localhost\r\nbroken\r\n\r\n'],
    ['no Host', 'malformed_http', 'GET /api/events HTTP/1.1\r\n\r\n'],
    ['a length that is no number', 'malformed_http', `${post}content-length: abc\r\n\r\n`],
    ['two lengths', 'malformed_http', `${post}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`],
    [
      'a length and chunks',
      'malformed_http',
      `${post}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}`,
    ],
    ['an address too long', 'uri_too_long', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nhost: localhost\r\n\r\n`],
    [
      'headers too large',
      'headers_too_large',
      `GET / HTTP/1.1\r\nhost: localhost\r\ncookie: ${'a'.repeat(20_000)}\r\n\r\n`,
    ],
    [
      'another expectation',
      'expectation_failed',
      'GET / HTTP/1.1\r\nhost: localhost\r\nexpect: a miracle\r\n\r\n',
    ],
  ];

  test.each(cases)('%s: %s', async (_, code, request) => {
    const connection = openConnection(world.url);
    connection.write(request);
    expectProblem(await connection.answer(), code);
    connection.socket.destroy();
  });

  test('chunks that are broken, after the head was fine', async () => {
    const person = await world.user();
    const connection = announce({ method: 'POST' }, '/api/organisations', {
      'transfer-encoding': 'chunked',
      ...as(person.client),
    });
    connection.write('nonsense\r\n');
    expectProblem(await connection.answer(), 'malformed_http');
    await connection.closed;
  });

  test('chunks of more than the operation takes', async () => {
    const person = await world.user();
    const connection = announce({ method: 'POST' }, '/api/organisations', {
      'transfer-encoding': 'chunked',
      ...as(person.client),
    });
    connection.write(`${(32 * 1024).toString(16)}\r\n${' '.repeat(32 * 1024)}\r\n`);
    expectProblem(await connection.answer(), 'payload_too_large');
  });
});

describe('a request that does not arrive in time', () => {
  let hurried: World;
  beforeAll(async () => {
    hurried = await createWorld({ REQUEST_SECONDS: '1' });
  });
  afterAll(() => hurried.close());

  const trickle = (connection: RawConnection) => {
    const timer = setInterval(() => connection.socket.writable && connection.write(' '), 200);
    return connection.answer().finally(() => clearInterval(timer));
  };

  test.each([
    ['with a length', { 'content-length': '4000' }, ''],
    ['in chunks', { 'transfer-encoding': 'chunked' }, 'f00\r\n'],
  ])('%s: its body trickles', async (_, length, begin) => {
    const person = await hurried.user();
    const connection = openConnection(hurried.url);
    const headers = { ...json, ...length, cookie: person.client.cookie() };
    connection.write(requestHead('POST', '/api/organisations', headers) + begin);
    expectProblem(await trickle(connection), 'request_timeout');
    await connection.closed;
  });

  test('its body trickles on a connection that was used before', async () => {
    const person = await hurried.user();
    const connection = openConnection(hurried.url);
    const cookie = person.client.cookie();
    connection.write(requestHead('GET', '/api/me', { cookie }));
    expect((await connection.answer()).status).toBe(200);
    const headers = { ...json, 'content-length': '4000', cookie };
    connection.write(requestHead('POST', '/api/organisations', headers));
    expectProblem(await trickle(connection), 'request_timeout');
    await connection.closed;
  });

  test('its head trickles', async () => {
    const connection = openConnection(hurried.url);
    connection.write('GET /api/events HTTP/1.1\r\nx-slow: ');
    expectProblem(await trickle(connection), 'request_timeout');
    await connection.closed;
  });

  test('a body to the live channel trickles', async () => {
    const client = openConnection(hurried.url);
    client.write(requestHead('GET', '/socket.io/?EIO=4&transport=polling'));
    const opened = await client.answer();
    const { sid } = JSON.parse(String(opened.body).slice(1));
    client.write(
      requestHead('POST', `/socket.io/?EIO=4&transport=polling&sid=${sid}`, {
        'content-type': 'text/plain',
        'content-length': '1000',
      }),
    );
    expectProblem(await trickle(client), 'request_timeout');
    await client.closed;
  });
});
