import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { validate } from '@scalar/openapi-parser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { errorTable } from '../../contract/errors.ts';
import { operation } from '../../contract/operation.ts';
import { operations } from '../../contract/operations.ts';
import { problemMembers } from '../../contract/problem-members.ts';
import { holdToContract } from '../testing/hold-to-contract.ts';
import { createWorld, type World } from '../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

test('the description is valid OpenAPI 3.1', async () => {
  const { body } = await world.client().get('/api/openapi.json');
  const { valid, errors } = await validate(body);
  expect(errors ?? []).toEqual([]);
  expect(valid).toBe(true);
});

test('it names the cookie that signing in really sets', async () => {
  const { body } = await world.client().get('/api/openapi.json');
  const guest = await world.guest();
  expect(guest.client.cookies.has(body.components.securitySchemes.session.name)).toBe(true);
});

test('it names only what this server answers', async () => {
  const stripe = await createWorld({
    PAYMENTS: 'stripe',
    STRIPE_SECRET_KEY: 'sk_test_x',
    STRIPE_PUBLISHABLE_KEY: 'pk_test_x',
    STRIPE_WEBHOOK_SECRET: 'whsec_x',
    SMTP_URL: 'smtp://127.0.0.1:1',
  });
  try {
    const paths = Object.keys((await stripe.client().get('/api/openapi.json')).body.paths);
    expect(paths).toContain('/api/webhooks/stripe');
    expect(paths.filter((path) => path.includes('sandbox') || path.includes('mailbox'))).toEqual([]);
  } finally {
    await stripe.close();
  }
  const here = Object.entries(
    (await world.client().get('/api/openapi.json')).body.paths as Record<string, object>,
  );
  const named = here.flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
  expect(named.toSorted()).toEqual(
    operations.map((op) => `${op.method.toLowerCase()} ${op.path}`).toSorted(),
  );
});

test('a list that has not changed is not sent again, also where a proxy made its tag weak', async () => {
  const event = await world.event({
    seats: [{ zone: 'gold', rows: 1, perRow: 5 }],
    fields: { waitingRoom: { mode: 'always' } },
  });
  for (const op of operations.filter((each) => each.etag === 'content')) {
    const path = op.path
      .replace('{eventId}', event.id)
      .replace('{organisationId}', event.organiser.organisationId);
    const { status, headers } = await world.client().get(path);
    expect({ op: op.id, status }).toEqual({ op: op.id, status: 200 });
    const tag = headers.get('etag') ?? '';
    for (const name of [tag, `W/${tag.replace(/^W\//, '')}`, `"other", ${tag}`, '*']) {
      const again = await world.client().get(path, { 'if-none-match': name });
      expect({ op: op.id, name, status: again.status, bytes: again.bytes.length }).toEqual({
        op: op.id,
        name,
        status: 304,
        bytes: 0,
      });
    }
    expect((await world.client().get(path, { 'if-none-match': '"other"' })).status).toBe(200);
  }
});

test('each code that adds members is one of the table, and adds none that all refusals have', () => {
  for (const [code, members] of Object.entries(problemMembers)) {
    expect(Object.keys(errorTable)).toContain(code);
    expect(Object.keys(members.shape)).not.toEqual(
      expect.arrayContaining(['status', 'code', 'title', 'detail']),
    );
  }
});

// Tests the check itself with a server that breaks the contract in each way that the check looks for.
const measured = operation({
  id: 'measure',
  method: 'GET',
  path: '/api/things/{id}',
  tag: 'Things',
  summary: 'One thing',
  access: 'public',
  params: z.object({ id: z.string() }),
  status: 200,
  etag: 'version',
  reply: z.object({ size: z.int() }),
  errors: ['sold_out'],
});
const truth = { 'content-type': 'application/json; charset=utf-8', etag: '"1"' };
const refusal = { 'content-type': 'application/problem+json; charset=utf-8' };
const problem = (code: keyof typeof errorTable, more: object = {}) => {
  const { status, title, retryable } = errorTable[code];
  return JSON.stringify({ type: `urn:admit:problem:${code}`, title, status, code, retryable, ...more });
};

const said: [string, status: number, headers: Record<string, string>, body: string, breach: string | null][] =
  [
    ['the truth', 200, truth, '{"size":3}', null],
    ['a refusal that is declared', 409, refusal, problem('sold_out', { available: 2 }), null],
    ['a status that is not declared', 201, truth, '{"size":3}', 'does not declare this status'],
    ['a member too many', 200, truth, '{"size":3,"secret":1}', 'additional properties'],
    ['a value of another type', 200, truth, '{"size":"3"}', 'must be integer'],
    [
      'another type',
      200,
      { ...truth, 'content-type': 'text/html' },
      '<p>',
      'the type text/html is not declared',
    ],
    ['no ETag', 200, { 'content-type': 'application/json' }, '{"size":3}', 'the header ETag is missing'],
    [
      'a code that is not declared',
      409,
      refusal,
      problem('seats_taken', { seats: [] }),
      'seats_taken is not declared',
    ],
    [
      'a member that its code does not have',
      409,
      refusal,
      problem('sold_out', { available: 2, left: 2 }),
      'unevaluated',
    ],
    ['no member that its code has', 409, refusal, problem('sold_out'), "required property 'available'"],
    [
      'a refusal as plain JSON',
      404,
      { 'content-type': 'application/json' },
      problem('not_found'),
      'instead of application/problem+json',
    ],
    ['come back, but not when', 503, refusal, problem('unavailable'), 'Retry-After'],
    [
      'a cookie for everybody',
      200,
      { ...truth, 'set-cookie': 'a=b', 'cache-control': 'public' },
      '{"size":3}',
      'sets a cookie',
    ],
  ];

test.each(said)('a server that says %s', async (_, status, headers, body, breach) => {
  const server = createServer((_request, response) => response.writeHead(status, headers).end(body));
  const breaches = holdToContract(server, [measured as never]);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await (
    await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/things/1`)
  ).arrayBuffer();
  await new Promise((resolve) => server.close(resolve));
  expect(breaches).toEqual(breach === null ? [] : [expect.stringContaining(breach)]);
});
