import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type World } from '../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld({ RATE_LIMIT_FACTOR: '1' });
});
afterAll(() => world.close());

test('a buyer who hammers is told to wait, others are not', async () => {
  const event = await world.event();
  const [eager, calm] = [await world.guest(), await world.guest()];
  const body = { items: [{ ticketTypeId: event.ticketTypeId, quantity: 50 }] };
  const place = (person: typeof eager) => person.client.post(`/api/events/${event.id}/holds`, body);
  const answers = await Promise.all(Array.from({ length: 40 }, () => place(eager)));
  const limited = answers.filter((answer) => answer.status === 429);
  expect(limited.length).toBe(10);
  expect(limited[0]?.body).toMatchObject({ code: 'rate_limited', retryable: true });
  expect(Number(limited[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await place(calm)).body.code).toBe('limit_reached');
});

test('another site may not act with a visitor’s cookie; a program without an Origin may', async () => {
  const person = await world.guest();
  const create = (headers: Record<string, string>) =>
    person.client.post('/api/organisations', { name: 'X' }, headers);
  for (const headers of [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
  ]) {
    expect((await create(headers as unknown as Record<string, string>)).body.code).toBe('origin_not_allowed');
  }
  expect((await create({ origin: world.url, 'sec-fetch-site': 'same-origin' })).body.code).not.toBe(
    'origin_not_allowed',
  );
  expect((await create({})).body.code).not.toBe('origin_not_allowed');
});

test('every answer carries the headers that keep browsers safe', async () => {
  const policies = {
    '/api/events': "default-src 'none'",
    '/api/orders': "default-src 'none'",
    '/health/live': "default-src 'self'",
  };
  for (const [path, policy] of Object.entries(policies)) {
    const { headers } = await world.client().get(path);
    expect(headers.get('content-security-policy')).toContain(policy);
    expect(headers.get('content-security-policy')).not.toContain('unsafe-inline');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toContain('max-age');
  }
});

test('health, metrics and the description of the API', async () => {
  const client = world.client();
  expect((await client.get('/health/live')).status).toBe(200);
  expect((await client.get('/health/ready')).body).toEqual({
    status: 'ok',
    database: 'ok',
    warnings: [],
  });
  expect((await client.get('/metrics')).body).toContain('admit_ledger_batch_commands');
  const api = (await client.get('/api/openapi.json')).body;
  expect(api.openapi).toBe('3.1.0');
  for (const [path, methods] of Object.entries(
    api.paths as Record<
      string,
      Record<
        string,
        { responses: Record<string, { content?: Record<string, { example?: unknown; examples?: unknown }> }> }
      >
    >,
  )) {
    for (const [method, operation] of Object.entries(methods)) {
      const refusals = Object.entries(operation.responses).filter(([status]) => Number(status) >= 400);
      expect(refusals.length, `${method} ${path} names its refusals`).toBeGreaterThan(0);
      const json = Object.entries(operation.responses).find(([status]) => Number(status) < 400)?.[1]
        .content?.['application/json'];
      if (json) expect(json.example, `${method} ${path} has an example`).toBeDefined();
    }
  }
  expect((await client.get('/api/docs/')).status).toBe(200);
});

test('a long list for everybody travels compressed, where the reader can take it', async () => {
  for (let i = 0; i < 8; i++) await world.event({ fields: { title: `Evening ${i}` } });
  const ask = (encodings: string) =>
    fetch(`${world.url}/api/events`, { headers: { 'accept-encoding': encodings } });
  const [plain, brotli] = [await ask('identity'), await ask('br, gzip')];
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(brotli.headers.get('content-encoding')).toBe('br');
  expect(brotli.headers.get('vary')).toContain('accept-encoding');
  expect(brotli.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(await brotli.json()).toEqual(await plain.json());
  // The server does not compress replies that are not public: the compressed length could reveal what is next to a
  // guess.
  const { client } = await world.organiser();
  const own = await client.get('/api/me', { 'accept-encoding': 'br' });
  expect(own.headers.get('content-encoding')).toBeNull();
});

test('an address that is none is a problem, not a page', async () => {
  const answer = await world.client().get('/api/nothing');
  expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
});
