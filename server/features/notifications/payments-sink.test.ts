import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createPushSender } from '../../adapters/push/web-push.ts';
import { listMessages } from '../../data/outbox.ts';
import { startPushService, type TestBrowser, type TestPushService } from '../../testing/push-service.ts';
import { startSmtp, type TestSmtp } from '../../testing/smtp-server.ts';
import { createWorld, type Person, secrets, type World } from '../../testing/world.ts';
import { allTasks } from '../../work/tasks.ts';
import { runDueJobs } from '../../work/workers.ts';
import { cards, purchase } from '../payments/testing/purchase.ts';
import { buy } from '../tickets/testing/buy.ts';
import { paymentsSink } from './payments-sink.ts';

/* What the notification service tells buyers of their payments, whoever brings it the messages. */

let world: World;
let smtp: TestSmtp;
let service: TestPushService;
beforeAll(async () => {
  [smtp, service] = await Promise.all([startSmtp(), startPushService()]);
  world = await createWorld({ SMTP_URL: smtp.url, MAIL_FROM: 'Box office <tickets@admit.example>' });
  world.app.push = createPushSender({
    secret: secrets.session,
    contact: 'mailto:operations@admit.example',
    agent: service.agent,
    mayUse: () => true,
  });
});
afterAll(async () => {
  await world.close();
  await Promise.all([smtp.close(), service.close()]);
});
beforeEach(() => {
  smtp.received.length = 0;
});

async function subscribe(person: Person): Promise<TestBrowser> {
  const browser = service.browser();
  const put = await person.client.put('/api/me/push-subscriptions', browser.subscription);
  expect(put.status, JSON.stringify(put.body)).toBe(204);
  return browser;
}

/** Gives the service all messages so far once more, as a topic does after a crash. */
async function repeat(): Promise<void> {
  const { app } = world;
  await paymentsSink(app).deliver(await listMessages(app.db, app.config.publicUrl));
  await world.drain();
}

test('a payment that failed for good is told by one mail and one notification, however often its message comes', async () => {
  const event = await world.event({ capacity: 1, fields: { title: 'Night Shift' } });
  const bought = await purchase(world, event);
  const browser = await subscribe(bought.buyer);
  await bought.pay(cards.blocked);
  await world.drain();
  await repeat();
  await repeat();
  expect(smtp.received.map(({ subject }) => subject)).toEqual(['Your payment for Night Shift failed']);
  expect(smtp.received[0]?.text).toContain('You owe nothing.');
  expect(browser.received).toMatchObject([
    { title: 'Your payment for Night Shift failed', path: `/orders/${bought.orderId}` },
  ]);
});

test('a card that was declined is not told: the buyer sees it, and may try another one', async () => {
  const bought = await purchase(world, await world.event());
  await bought.pay(cards.declined);
  await world.drain();
  expect(smtp.received).toEqual([]);
});

test('while the mail server is down, browsers already show that the order is paid, once', async () => {
  const event = await world.event({ priceMinor: 0, fields: { title: 'Night Shift' } });
  const buyer = await world.user();
  const browser = await subscribe(buyer);
  const port = Number(new URL(smtp.url).port);
  await smtp.close();
  await buy(world, buyer, event, { buyer: { name: 'Ada', email: buyer.email } });
  expect(browser.received).toMatchObject([{ title: 'Your tickets: Night Shift' }]);
  smtp = await startSmtp(port);
  await world.app.db.run('update graphile_worker._private_jobs set run_at = now()');
  await runDueJobs(world.app.db, allTasks(world.app));
  await world.drain();
  expect(smtp.received).toHaveLength(1);
  expect(browser.received).toHaveLength(1);
});
