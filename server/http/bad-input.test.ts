import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bodyLimitOf, errorCodesOf, type Operation } from '../../contract/operation.ts';
import { operations } from '../../contract/operations.ts';
import { bodyOf, type CallerName, type Cast, callerOf, createCast, pathOf, send } from '../testing/cast.ts';
import type { Answer, Client } from '../testing/client.ts';
import { createRequestCheck } from '../testing/hold-to-contract.ts';
import { drawnOf } from '../testing/thorough.ts';
import { createWorld, type World } from '../testing/world.ts';

/*
 * Sends every kind of nonsense to every operation, as a caller with access. The answer is a problem+json with a code
 * that the operation declares, or a success if the nonsense happened to be valid. It is never a 500 and never shows a
 * stack.
 */
let world: World;
let cast: Cast;
/** What stateOf says of the cast while nothing has happened to it. */
let whole: string;
/** True if something that may change the cast has succeeded since stateOf was last asked: it takes 27 requests. */
let touched = false;
/** This account is deleted for good, so each test has another one. */
let leaver: Client;
beforeAll(async () => {
  world = await createWorld();
  cast = await createCast(world);
  whole = await stateOf(cast);
});
/*
 * Nonsense that happens to be valid changes things: it may end a session, a membership or the invitation. Each test begins
 * with a whole cast, because a caller who has lost their access would only ever be refused for that.
 */
beforeEach(async () => {
  if (touched && (await stateOf(cast)) !== whole) {
    cast = await createCast(world);
    whole = await stateOf(cast);
  }
  touched = false;
  leaver = (await world.guest()).client;
});
afterAll(() => world.close());

/** Who the callers are, what they may see of the house, and how its things are. */
async function stateOf({ callers, people, params }: Cast): Promise<string> {
  const team = `/api/organisations/${params.organisationId}/members`;
  const reads = [
    ...Object.keys(people).flatMap((name) => [
      [name, '/api/me'],
      [name, team],
    ]),
    ['owner', `/api/events/${params.eventId}/management`],
    ['holder', `/api/orders/${params.orderId}`],
    ['holder', `/api/holds/${params.holdId}`],
  ] as [CallerName, string][];
  const seen = await Promise.all(
    reads.map(async ([name, path]) => {
      const { status, body } = await callers[name].get(path);
      return [name, path, status, body.role, body.status, body.version, body.items?.length];
    }),
  );
  return JSON.stringify(seen);
}

const callerFor = (op: Operation): Client => {
  const caller = op.id === 'deleteMe' ? leaver : cast.callers[callerOf[op.access]];
  return {
    ...caller,
    async send(method, path, init) {
      const answer = await caller.send(method, path, init);
      if (op.method !== 'GET' && answer.status < 400) touched = true;
      return answer;
    },
  };
};

const accepts = createRequestCheck(operations);

function expectDeclared(op: Operation, answer: Answer, what: string, body?: unknown): void {
  if (answer.status < 400) {
    // A client that follows the OpenAPI description may send this too.
    if (body !== undefined) expect(accepts(op, body), `${what} was accepted`).toBeNull();
    return;
  }
  const seen = {
    what,
    status: answer.status,
    code: answer.body.code,
    type: answer.headers.get('content-type'),
  };
  expect(seen, JSON.stringify(answer.body)).toMatchObject({
    type: expect.stringContaining('application/problem+json'),
  });
  expect(seen.status, `${what}: ${JSON.stringify(answer.body)}`).toBeLessThan(500);
  expect(errorCodesOf(op), `${what} answered ${seen.code}`).toContain(seen.code);
  expect(answer.bytes.toString()).not.toMatch(/\n\s+at |node_modules|\.ts:\d/);
}

/** Values that no field expects. Each replaces one property of the example in turn. */
const nonsense = [
  null,
  true,
  -1,
  1e21,
  0.5,
  '',
  'x'.repeat(5000),
  '\u0000',
  '\ud800',
  [],
  {},
  [null],
  { $ne: 1 },
  '2026-13-45T99:00:00Z',
  'مرحبا',
  // Numbers that a column could be too narrow for.
  2 ** 31 - 1,
  2 ** 31,
  1_000_000_000,
  Number.MAX_SAFE_INTEGER,
  '0000-01-01T00:00:00+14:00',
  '9998-12-31T23:59:59-14:00',
  '9999-12-31T23:59:59-14:00',
  '𝔘'.repeat(30),
];

function* mutations(value: unknown, path: string): Generator<[string, unknown]> {
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    const copy = (replacement: unknown) =>
      Array.isArray(value)
        ? Object.assign([...value], { [key]: replacement })
        : { ...value, [key]: replacement };
    const { [key]: _, ...without } = value as Record<string, unknown>;
    if (!Array.isArray(value)) yield [`without ${path}${key}`, without];
    for (const [i, bad] of nonsense.entries()) yield [`${path}${key} is nonsense ${i}`, copy(bad)];
    for (const [what, inner] of mutations((value as Record<string, unknown>)[key], `${path}${key}.`))
      yield [what, copy(inner)];
  }
}

const withBody = operations.filter((op) => op.body).map((op) => [op.id, op] as const);
const withParams = operations.filter((op) => op.path.includes('{')).map((op) => [op.id, op] as const);

describe.each(withBody)('the body of %s', (_, op) => {
  const post = (body: string | Buffer, type: string) =>
    callerFor(op).send(op.method, pathOf(op, cast.params), {
      body,
      headers: { 'content-type': type, ...(op.ifMatch && { 'if-match': '"0"' }) },
    });
  const refused = (answer: Answer, codes: string[]) => {
    expectDeclared(op, answer, 'body');
    expect(codes).toContain(answer.body.code);
  };

  test('must be JSON, whole, of a sane size, and an object', async () => {
    // The server reads nothing of a body without a signature, and says nothing about it.
    const isSigned = op.access === 'signature';
    const unsigned = isSigned ? ['webhook_signature_invalid'] : ['invalid_request'];
    refused(await post('{"a":', 'application/json'), isSigned ? unsigned : ['malformed_json']);
    for (const [body, type] of [
      ['{}', 'text/plain'],
      ['<a/>', 'application/xml'],
    ] as const)
      refused(await post(body, type), isSigned ? unsigned : ['unsupported_media_type']);
    const long = JSON.stringify({ a: 'x'.repeat(bodyLimitOf(op) + 1) });
    refused(await post(long, 'application/json'), isSigned ? unsigned : ['payload_too_large']);
    // An empty body is valid for operations whose body is optional.
    const nothing = op.body?.safeParse(undefined).success ? [] : [''];
    for (const body of ['[]', 'null', '"text"', '7', ...nothing])
      refused(await post(body, 'application/json'), unsigned);
    refused(
      await post(
        '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}',
        'application/json',
      ),
      [...unsigned, 'not_found'],
    );
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  test('is checked in every property', async () => {
    const example = bodyOf(op, cast.params);
    for (const [what, body] of drawnOf([...mutations(example, '')], 100, op.id)) {
      expectDeclared(op, await send(callerFor(op), op, pathOf(op, cast.params), body), what, body);
    }
    const extra = await send(callerFor(op), op, pathOf(op, cast.params), {
      ...(example as object),
      surprise: 1,
    });
    expectDeclared(op, extra, 'surprise');
  });
});

test.each(withParams)('%s does not trip over an id that is none', async (_, op) => {
  const example = bodyOf(op, cast.params);
  const ids = [
    'x',
    'evt_',
    '0',
    '-1',
    '../../etc/passwd',
    "'; drop table events; --",
    '\u0000',
    'é'.repeat(100),
    'evt_00000000000000000000000000',
    'hld_00000000000000000000000000',
    'ord_00000000000000000000000000',
    'tkt_00000000000000000000000000',
    'x'.repeat(1000),
  ];
  for (const id of ids) {
    const params = Object.fromEntries(Object.keys(cast.params).map((name) => [name, id]));
    const answer = await send(callerFor(op), op, pathOf(op, params), example);
    if (op.access !== 'signature')
      expect(answer.status, `${id}: ${JSON.stringify(answer.body)}`).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    if (answer.status !== 404) expectDeclared(op, answer, id);
  }
});

test.each(operations.filter((op) => op.query).map((op) => [op.id, op] as const))(
  '%s checks its query',
  async (_, op) => {
    const keys = Object.keys((op.query as unknown as { shape: object }).shape);
    const values = [
      '',
      'x',
      '-1',
      '1e99',
      '%00',
      '9'.repeat(400),
      'null',
      "' or 1=1",
      '2026-13-45T00:00:00Z',
      '0,0',
      '91,181',
      'eyJ4IjoxfQ',
    ];
    for (const key of [...keys, 'surprise']) {
      for (const value of drawnOf(values, 6, `${op.id} ${key}`)) {
        const path = `${pathOf(op, cast.params)}?${key}=${value.startsWith('%') ? value : encodeURIComponent(value)}`;
        expectDeclared(op, await send(callerFor(op), op, path, undefined), `${key}=${value}`);
      }
      expectDeclared(
        op,
        await send(callerFor(op), op, `${pathOf(op, cast.params)}?${key}=1&${key}=2`, undefined),
        `${key} twice`,
      );
    }
  },
);

test('what was refused has changed nothing of the cast', async () => {
  expect(await stateOf(cast)).toBe(whole);
});

describe('holds', () => {
  const place = (body: unknown, eventId = cast.params.eventId) =>
    cast.callers.user.post(`/api/events/${eventId}/holds`, body);

  test('quantities that are negative, broken or absurd', async () => {
    const event = await world.event();
    for (const quantity of [0, -1, 1.5, 101, 2 ** 31, Number.MAX_SAFE_INTEGER, 1e300, '2', null]) {
      const answer = await place({ items: [{ ticketTypeId: event.ticketTypeId, quantity }] }, event.id);
      expect(answer, String(quantity)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    }
    const many = Array.from({ length: 20 }, () => ({ ticketTypeId: event.ticketTypeId, quantity: 5 }));
    expect((await place({ items: many }, event.id)).body.code).toBe('limit_reached');
    const tooMany = many.map((item) => ({ ...item, quantity: 6 }));
    expect((await place({ items: tooMany }, event.id)).body.code).toBe('invalid_request');
  });

  test('a seat or a ticket type of another event', async () => {
    const [mine, other] = [
      await world.event({ seats: [{ zone: 'gold', rows: 1, perRow: 5 }] }),
      await world.event(),
    ];
    const seat = `seat_${other.id.slice(4)}_0`;
    expect((await place({ seats: [{ seatId: seat }] }, mine.id)).body.code).toBe('unknown_seat');
    expect(
      (await place({ items: [{ ticketTypeId: other.ticketTypeId, quantity: 1 }] }, mine.id)).body.code,
    ).toBe('unknown_ticket_type');
    expect((await place({ seats: [{ seatId: `seat_${mine.id.slice(4)}_999999` }] }, mine.id)).body.code).toBe(
      'unknown_seat',
    );
  });

  test('two ways of asking at once, or none', async () => {
    const event = await world.event();
    const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
    expect((await place({}, event.id)).body.code).toBe('invalid_request');
    expect((await place({ items, bestAvailable: items[0] }, event.id)).body.code).toBe('invalid_request');
  });

  test('an event that is a draft, or whose sale is over or not yet open', async () => {
    const draft = await world.event({ publish: false });
    const soon = world.clock.now().getTime() + 3_600_000;
    const later = await world.event({ fields: { saleStartsAt: new Date(soon).toISOString() } });
    const body = (event: typeof draft) => ({ items: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }] });
    expect((await place(body(draft), draft.id)).body.code).toBe('event_not_on_sale');
    expect((await place(body(later), later.id)).body).toMatchObject({
      code: 'sale_not_started',
      retryable: true,
    });
    const ended = await world.event({ fields: { saleEndsAt: new Date(soon).toISOString() } });
    world.clock.advance(3_600_000);
    expect((await place(body(ended), ended.id)).body.code).toBe('sale_ended');
    expect((await place(body(later), later.id)).status).toBe(201);
  });
});
