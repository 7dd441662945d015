import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OrderId } from '../../../contract/ids.ts';
import { startChild } from '../../testing/child.ts';
import { freePort } from '../../testing/free-port.ts';
import { createWorld, type Organiser, type TestEvent, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';
import { issueDocuments } from './issue-documents.ts';
import { company, seller } from './testing/addresses.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld({ DATABASE_POOL_SIZE: '20' });
});
afterAll(() => world.close());

let buyers = 0;
async function orders(event: TestEvent, count: number): Promise<OrderId[]> {
  const person = await world.guest();
  const made: OrderId[] = [];
  for (let i = 0; i < count; i++) {
    const buyer = { name: 'Ada Osei', email: `numbers-${++buyers}@example.com` };
    made.push((await buy(world, person, event, { buyer })).orderId);
  }
  return made;
}

/** Takes all documents of an organisation away, as if none of its sales had any yet. */
const unissue = ({ organisationId }: Organiser) =>
  world.app.db.transaction(async (trx) => {
    await trx.query(`select set_config('admit.retention', 'on', true)`);
    await trx.run('delete from documents where organisation_id = $1', [organisationId]);
    await trx.run('delete from document_counters where organisation_id = $1', [organisationId]);
  });

const numbersOf = async ({ organisationId }: Organiser) =>
  (
    await world.app.db.query<{ number: number; order_id: string; issued_at: Date }>(
      'select number, order_id, issued_at from documents where organisation_id = $1 order by number',
      [organisationId],
    )
  ).map(({ number, order_id, issued_at }) => ({ number, orderId: order_id, at: issued_at.getTime() }));

async function expectNoGaps(house: Organiser, orderIds: OrderId[]): Promise<void> {
  const issued = await numbersOf(house);
  expect(issued.map(({ number }) => number)).toEqual(orderIds.map((_, i) => i + 1));
  expect(issued.map(({ orderId }) => orderId).sort()).toEqual([...orderIds].sort());
  expect(issued.map(({ at }) => at)).toEqual(issued.map(({ at }) => at).sort((a, b) => a - b));
}

async function sold(count: number) {
  const house = await world.organiser();
  const event = await world.event({ organiser: house, fields: { maxPerBuyer: 50 } });
  return { house, event, orderIds: await orders(event, count) };
}

test('many processes issue at once: each order gets one document, and the numbers have no gap', async () => {
  const { house, event, orderIds } = await sold(8);
  await unissue(house);
  const processes = [world.app, (await world.another()).app];
  // Each order is asked for four times, alone and together with others.
  const asked = orderIds.flatMap((orderId, i) => [
    [orderId],
    [orderId],
    orderIds.slice(i, i + 3),
    [...orderIds].reverse(),
  ]);
  await Promise.all(
    asked.map((some, i) =>
      issueDocuments(processes[i % 2] as World['app'], { eventId: event.id, orderIds: some }),
    ),
  );
  await expectNoGaps(house, orderIds);
});

test('a transaction that fails gives its numbers back, and its tickets are mailed all the same', async () => {
  const { house, event, orderIds } = await sold(1);
  await world.app.db.query(`
    create function refuse_documents() returns trigger language plpgsql as $$
    begin
      if (new.number >= 2) then raise exception 'no more paper'; end if;
      return new;
    end $$`);
  await world.app.db.query(
    'create trigger refuse before insert on documents for each row execute function refuse_documents()',
  );
  const person = await world.guest();
  const buyer = { name: 'Ada Osei', email: 'paper@example.com' };
  const second = await buy(world, person, event, { buyer }).finally(() =>
    world.app.db.query('drop trigger refuse on documents'),
  );
  const mails = await world.client().get('/api/mailbox');
  expect(mails.body.items.map(({ to }: { to: string }) => to)).toContain('paper@example.com');
  expect(await numbersOf(house)).toHaveLength(1);
  await world.app.db.query(`update graphile_worker._private_jobs set run_at = now() where run_at > now()`);
  await world.drain();
  await expectNoGaps(house, [...orderIds, second.orderId]);
});

test('kill -9 of the process that has taken a number leaves no gap', async () => {
  const { house, event, orderIds } = await sold(3);
  await unissue(house);
  // Holds the transaction open after it took its numbers and before it commits.
  await world.app.db.query(`
    create function slow_documents() returns trigger language plpgsql as $$
    begin perform pg_sleep(600); return new; end $$`);
  await world.app.db.query(
    'create trigger slow before insert on documents for each row execute function slow_documents()',
  );
  const dataDir = await mkdtemp(join(tmpdir(), 'admit-documents-'));
  const worker = await startChild({
    connectionString: world.connectionString,
    dataDir,
    port: await freePort(),
    env: { DATABASE_STATEMENT_SECONDS: '900', DATABASE_TRANSACTION_SECONDS: '900' },
  });
  const sleeping = `select pid from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`;
  await world.app.db.query(
    `select graphile_worker.add_job('issue-documents', json_build_object('eventId', $1::text, 'orderIds', $2::text[]))`,
    [event.id, orderIds],
  );
  let backends = await world.app.db.query<{ pid: number }>(sleeping);
  while (backends.length === 0) {
    await wait(50);
    backends = await world.app.db.query(sleeping);
  }
  await worker.kill();
  // A sleeping backend notices the lost client only when it wakes, so wake it.
  for (const { pid } of backends) await world.app.db.query('select pg_terminate_backend($1)', [pid]);
  await world.app.db.query('drop trigger slow on documents');
  expect(await numbersOf(house)).toEqual([]);
  await Promise.all(
    orderIds.map((orderId) => issueDocuments(world.app, { eventId: event.id, orderIds: [orderId] })),
  );
  await expectNoGaps(house, orderIds);
  await rm(dataDir, { recursive: true, force: true });
});

test('an issued document never changes: neither with the seller and the event, nor by a statement', async () => {
  const house = await world.organiser();
  const event = await world.event({ organiser: house });
  const person = await world.guest();
  const { orderId } = await buy(world, person, event);
  const path = `/api/orders/${orderId}`;
  const [document] = (await person.client.get(`${path}/documents`)).body.items;
  const pdf = () => person.client.get(`/api/documents/${document.id}.pdf`);
  const before = await pdf();
  expect(before.headers.get('content-type')).toBe('application/pdf');
  expect(before.headers.get('content-disposition')).toContain(`${document.number}.pdf`);
  const details = `/api/organisations/${house.organisationId}/seller-details`;
  expect((await house.client.put(details, seller, { 'if-match': '"1"' })).status).toBe(200);
  const renamed = await house.client.patch(
    `/api/events/${event.id}`,
    { title: 'Day Shift' },
    { 'if-match': `"${event.version}"` },
  );
  expect(renamed.status).toBe(200);
  expect((await person.client.put(`${path}/invoice-address`, company)).status).toBe(200);
  const elsewhere = await world.another();
  expect((await pdf()).bytes.equals(before.bytes)).toBe(true);
  const cookie = person.client.cookie();
  const other = await fetch(`${elsewhere.url}/api/documents/${document.id}.pdf`, { headers: { cookie } });
  expect(Buffer.from(await other.arrayBuffer()).equals(before.bytes)).toBe(true);

  const { db } = world.app;
  for (const sql of [`update documents set total_minor = 1`, 'delete from documents', 'truncate documents'])
    await expect(db.run(sql)).rejects.toThrow(/never changed or deleted/);
});
