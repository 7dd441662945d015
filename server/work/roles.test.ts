import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Child, startChild } from '../testing/child.ts';
import { createClient } from '../testing/client.ts';
import { freePort } from '../testing/free-port.ts';
import { type Live, openLive } from '../testing/live.ts';
import { proof } from '../testing/thorough.ts';
import { createWorld, type TestEvent, type World } from '../testing/world.ts';

/*
 * Runs processes with different ROLES on one database. Live messages from any process must
 * reach the browsers of all, and only the workers send mail, each mail once, as the mail server counts it.
 */
let world: World;
let event: TestEvent;
let dataDir: string;
let mailServer: SMTPServer;
/** The recipient of each mail that the mail server received. */
const received: string[] = [];
const children: Child[] = [];
let start: (roles: string) => Promise<Child>;

beforeAll(async () => {
  world = await createWorld();
  event = await world.event({ capacity: 1000, priceMinor: 0 });
  // This process only creates the event. The others do the rest.
  await world.app.relay.stop();
  mailServer = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, { envelope }, done) {
      stream.resume();
      stream.on('end', () => {
        received.push(...envelope.rcptTo.map(({ address }) => address.toLowerCase()));
        done();
      });
    },
  });
  const smtpPort = await new Promise<number>((resolve) => {
    const listening = mailServer.listen(0, '127.0.0.1', () =>
      resolve((listening.address() as AddressInfo).port),
    );
  });
  dataDir = await mkdtemp(join(tmpdir(), 'admit-roles-'));
  start = async (ROLES) => {
    const env = { ROLES, SMTP_URL: `smtp://127.0.0.1:${smtpPort}`, MAIL_FROM: 'Admit <admit@roles.example>' };
    const { connectionString } = world;
    const child = await startChild({ connectionString, dataDir, port: await freePort(), env });
    children.push(child);
    return child;
  };
}, 120_000);
afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => child.kill()));
});
afterAll(async () => {
  await new Promise<void>((resolve) => mailServer.close(resolve));
  await world?.close();
  await rm(dataDir, { recursive: true, force: true });
});

const soon = { timeout: 20_000 };

/** A guest buys a free ticket at this process. Returns the guest's mail address. */
async function buyAt({ url }: Child, guest = createClient(url)): Promise<string> {
  if (guest.cookies.size === 0) await guest.post('/api/auth/sign-in/anonymous', {});
  const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
  const held = await guest.post(`/api/events/${event.id}/holds`, { items });
  expect(held.status).toBe(201);
  const email = `${held.body.id.toLowerCase()}@roles.example`;
  const ordered = await guest.post('/api/orders', { holdId: held.body.id, buyer: { name: 'Ada', email } });
  expect(ordered.status).toBe(201);
  return email;
}

const mailJobs = () =>
  world.app.db.query<{ task: string; attempts: number }>(
    "select task_identifier as task, attempts from graphile_worker.jobs where task_identifier like 'send-%'",
  );

test('live messages reach the browsers of every process, and each mail is sent once', async () => {
  const [first, second] = await Promise.all([start('api,realtime'), start('api,realtime')]);
  const pages = await Promise.all([first, second].map(({ url }) => openLive(url, { event: event.id })));
  const buyer = createClient(first.url);
  await buyer.post('/api/auth/sign-in/anonymous', {});
  // The buyer's own page is connected to the other process.
  const headers = { cookie: buyer.cookie(), 'sec-fetch-site': 'same-origin' };
  const own = await openLive(second.url, { headers });

  // Without a worker, browsers still get messages, and the mail waits as a job that nobody has started.
  const recipients = [await buyAt(first, buyer)];
  const hears = (page: Live, name: string) => expect.poll(() => page.told(name), soon);
  for (const page of pages) await hears(page, 'availability').not.toEqual([]);
  await hears(own, 'order').toEqual([expect.objectContaining({ type: 'admit.order.confirmed.v1' })]);
  expect(await mailJobs()).toEqual([{ task: 'send-order-mails', attempts: 0 }]);
  expect(received).toEqual([]);

  // Those of this test's own process, which does everything.
  await world.app.db.run('delete from outbox_cursors');
  await Promise.all([start('worker'), start('worker')]);
  for (let i = 0; i < 20; i++) recipients.push(await buyAt(i % 2 ? first : second));
  await expect.poll(() => new Set(received).size, soon).toBe(recipients.length);
  await expect.poll(mailJobs, soon).toEqual([]);
  expect(received.toSorted()).toEqual(recipients.toSorted());

  // Workers have no browsers and so no sink for them. They share the sinks for trending and for finding orders.
  const sinks = await world.app.db.query<{ sink: string }>('select sink from outbox_cursors order by sink');
  expect(sinks).toEqual([
    { sink: 'dashboard' },
    { sink: 'find-orders' },
    { sink: 'interest' },
    { sink: 'webhooks' },
  ]);
});

proof('each role alone does its part, and nothing else', async () => {
  received.length = 0;
  const [api, realtime] = await Promise.all([start('api'), start('realtime')]);
  for (const { url } of [api, realtime])
    expect(await createClient(url).get('/health/ready')).toMatchObject({ status: 200 });
  // The process with live connections answers nothing of the API, and the API opens no live connections.
  expect((await createClient(realtime.url).get('/api/events')).status).toBe(404);
  expect((await createClient(realtime.url).get('/')).status).toBe(404);
  await expect(openLive(api.url, { event: event.id })).rejects.toThrow();
  const page = await openLive(realtime.url, { event: event.id });
  const recipient = await buyAt(api);
  await expect.poll(() => page.told('availability'), soon).not.toEqual([]);
  expect(await mailJobs()).toEqual([{ task: 'send-order-mails', attempts: 0 }]);

  const worker = await start('worker');
  await expect.poll(() => received, soon).toEqual([recipient]);
  await expect(fetch(`${worker.url}/health/live`)).rejects.toThrow();
});

test('the notification service sends mails without a worker, and the waitlist processor has a place of its own', async () => {
  received.length = 0;
  await world.app.db.run('delete from outbox_cursors');
  await Promise.all([start('notifications'), start('waitlist')]);
  const api = await start('api');
  const recipient = await buyAt(api);
  await expect.poll(() => received, soon).toEqual([recipient]);
  const sinks = await world.app.db.query<{ sink: string }>('select sink from outbox_cursors order by sink');
  expect(sinks).toEqual([{ sink: 'notifications' }, { sink: 'waitlist' }]);
});
