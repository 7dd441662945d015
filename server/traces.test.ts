import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buy } from './features/tickets/testing/buy.ts';
import { startOtlpReceiver } from './testing/otlp-receiver.ts';
import { createWorld, type World } from './testing/world.ts';
import { traceTasks } from './traces.ts';
import { allTasks } from './work/tasks.ts';
import { runDueJobs } from './work/workers.ts';

let collector: Awaited<ReturnType<typeof startOtlpReceiver>>;
let world: World;
beforeAll(async () => {
  collector = await startOtlpReceiver();
  const otel = {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_HEADERS: 'api-key=abc',
    OTEL_SERVICE_NAME: 'tickets',
    OTEL_BSP_SCHEDULE_DELAY: '100',
  };
  // The SDK reads the variables of the process.
  Object.assign(process.env, otel);
  world = await createWorld(otel);
});
afterAll(async () => {
  await world?.close();
  await collector?.close();
  for (const name of Object.keys(process.env)) if (name.startsWith('OTEL_')) delete process.env[name];
});

const named = (name: string) => collector.spans.filter((span) => span.name === name);
const below = ({ spanId, traceId }: { spanId: string; traceId: string }) =>
  collector.spans.filter((span) => span.parentSpanId === spanId && span.traceId === traceId);
const arrives = (name: string) =>
  expect.poll(() => named(name).length, { timeout: 20_000, interval: 100 }).toBeGreaterThan(0);

test('a request, its statements and transactions, and the batch of the ledger that settles it are spans', async () => {
  const event = await world.event();
  const ann = await world.user();
  await buy(world, ann, event, { buyer: { name: 'Ada Osei', email: ann.email } });
  await arrives('placeHold');
  const [hold] = named('placeHold');
  expect(hold).toMatchObject({
    kind: 2,
    parentSpanId: '',
    service: 'tickets',
    attributes: {
      'http.request.method': 'POST',
      'http.route': '/api/events/:eventId/holds',
      'http.response.status_code': 201,
    },
  });
  // The ledger commits for many requests at once: its span names them.
  const link = { traceId: hold?.traceId, spanId: hold?.spanId };
  const batchOf = () =>
    named('ledger batch').find(({ links }) => links.some((each) => each.spanId === hold?.spanId));
  await expect.poll(batchOf, { timeout: 20_000, interval: 100 }).toBeDefined();
  const batch = batchOf();
  expect(batch?.links).toContainEqual(link);
  expect(batch && below(batch).map(({ name }) => name)).toContain('transaction');
  await arrives('createEvent');
  const [created] = named('createEvent');
  expect(created && below(created).map(({ name }) => name)).toContain('transaction');
  for (const { attributes } of collector.spans)
    expect(JSON.stringify(attributes)).not.toMatch(new RegExp(`Ada Osei|${ann.email}`));
  expect(collector.headers[0]).toMatchObject({
    url: '/v1/traces',
    'content-type': 'application/x-protobuf',
    'api-key': 'abc',
  });
});

test('a request whose body comes later is in its span again', async () => {
  const event = await world.event();
  const ann = await world.user();
  const body = JSON.stringify({ items: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }] });
  const asked = request(`${world.url}/api/events/${event.id}/holds`, {
    method: 'POST',
    headers: {
      cookie: ann.client.cookie(),
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'idempotency-key': 'with-expect',
      expect: '100-continue',
    },
  });
  asked.flushHeaders();
  await once(asked, 'continue');
  asked.end(body);
  const [answer] = await once(asked, 'response');
  answer.resume();
  expect(answer.statusCode).toBe(201);
  const isLinked = () => {
    const held = named('placeHold').at(-1);
    return named('ledger batch').some(({ links }) => links.some(({ spanId }) => spanId === held?.spanId));
  };
  await expect.poll(() => named('placeHold').length, { timeout: 20_000, interval: 100 }).toBe(2);
  await expect.poll(isLinked, { timeout: 20_000, interval: 100 }).toBe(true);
});

test('a client cannot choose the trace of its request', async () => {
  const traceId = 'a'.repeat(32);
  await fetch(`${world.url}/api/events`, { headers: { traceparent: `00-${traceId}-${'b'.repeat(16)}-01` } });
  await arrives('listEvents');
  expect(collector.spans.some((span) => span.traceId === traceId)).toBe(false);
});

test('a job is a trace, and a failed one says so without what it knows', async () => {
  const failing = {
    ...allTasks(world.app),
    'count-figures': () => Promise.reject(Object.assign(new Error('Ada Osei'), { code: 'no_luck' })),
  };
  await world.app.db.query(
    `select graphile_worker.add_job('count-figures', '{"eventId":"evt_x"}', max_attempts := 1)`,
  );
  await runDueJobs(world.app.db, traceTasks(failing, world.app.traces)).catch(() => {});
  await arrives('job count-figures');
  expect(named('job count-figures')[0]).toMatchObject({ parentSpanId: '', status: 2, kind: 5 });
  await world.app.db.query(`delete from graphile_worker._private_jobs where attempts >= max_attempts`);
});
