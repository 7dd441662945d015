import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failedJob, parkedMessage } from '../../testing/failed-work.ts';
import { createWorld, type Person, type World } from '../../testing/world.ts';
import { enqueueJobs } from '../../work/jobs.ts';

let world: World;
let admin: Person;
beforeAll(async () => {
  world = await createWorld();
  admin = await world.admin();
});
afterAll(() => world.close());

const failedJobs = async (query = '') => (await admin.client.get(`/api/admin/failed-jobs${query}`)).body;
const parked = async () => (await admin.client.get('/api/admin/parked-messages')).body.items;
const acts = async (about: string) =>
  (await admin.client.get('/api/admin/audit-log?limit=100')).body.items.filter(
    ({ subject }: { subject: { id: string } }) => subject.id === about,
  );

describe('a failed job', () => {
  test('is listed with its error and the ids in its payload, and no address', async () => {
    const { db } = world.app;
    const payload = { kind: 'x', email: 'ann@example.com', orderId: world.app.newId('order') };
    await enqueueJobs(db, [{ task: 'send-mail', payload, key: 'letter', runAt: new Date(Date.now() + 1e8) }]);
    expect((await failedJobs()).items).toEqual([]);
    await db.run(
      `update graphile_worker._private_jobs set attempts = max_attempts, last_error = 'mailbox full' where key = 'letter'`,
    );
    const { items } = await failedJobs();
    expect(items).toMatchObject([
      { task: 'send-mail', attempts: 25, error: 'mailbox full', about: [payload.orderId] },
    ]);
    expect(JSON.stringify(items)).not.toContain('ann@');
    await db.run(`delete from graphile_worker._private_jobs where key = 'letter'`);
  });

  test('that two admins run again at once is run once, and then it is done', async () => {
    const id = await failedJob(world);
    const asked = () => admin.client.post(`/api/admin/failed-jobs/${id}/run`);
    const answers = await Promise.all([asked(), asked()]);
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect(await acts(id)).toHaveLength(1);
    await world.drain();
    expect((await failedJobs()).items).toEqual([]);
    expect((await asked()).status).toBe(404);
  });

  test('is found page by page', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) ids.unshift(await failedJob(world));
    const first = await failedJobs('?limit=2');
    expect(first.items.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 2));
    const second = await failedJobs(`?limit=2&cursor=${first.nextCursor}`);
    expect(second).toMatchObject({ items: [{ id: ids[2] }], nextCursor: null });
  });

  test('that runs or waits is left alone', async () => {
    const id = await failedJob(world);
    await world.app.db.run(`update graphile_worker._private_jobs set attempts = 3 where id = $1`, [id]);
    expect((await admin.client.post(`/api/admin/failed-jobs/${id}/run`)).status).toBe(202);
    expect(await acts(id)).toEqual([]);
    const [job] = await world.app.db.query(
      'select attempts from graphile_worker._private_jobs where id = $1',
      [id],
    );
    expect(job).toEqual({ attempts: 3 });
  });
});

describe('a parked message', () => {
  test('is listed with its error, and delivered again once', async () => {
    const event = await world.event();
    const id = await parkedMessage(world, event.id);
    expect(await parked()).toMatchObject([
      { sink: 'find-orders', id, eventId: event.id, error: 'the disk was full', isDue: false },
    ]);
    const ask = () => admin.client.post(`/api/admin/parked-messages/find-orders/${id}/delivery`);
    expect((await ask()).body).toMatchObject({ id, isDue: true });
    await world.app.relay.drain();
    expect(await parked()).toEqual([]);
    expect(await acts(`find-orders/${id}`)).toHaveLength(1);
    expect((await ask()).status).toBe(404);
  });

  test('that two sinks refused is found page by page', async () => {
    const event = await world.event();
    const id = await parkedMessage(world, event.id);
    await world.app.db.run(
      `insert into outbox_parked select (jsonb_populate_record(parked, '{"sink": "kafka"}')).* from outbox_parked parked`,
    );
    const page = async (query: string) =>
      (await admin.client.get(`/api/admin/parked-messages?limit=1${query}`)).body;
    const first = await page('');
    expect(first).toMatchObject({ items: [{ sink: 'find-orders', id }], nextCursor: `${id}:find-orders` });
    const second = await page(`&cursor=${first.nextCursor}`);
    expect(second).toMatchObject({ items: [{ sink: 'kafka', id }], nextCursor: null });
  });
});
