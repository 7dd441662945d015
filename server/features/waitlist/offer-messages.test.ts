import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createPushSender } from '../../adapters/push/web-push.ts';
import { hours, minutes } from '../../testing/clock.ts';
import { startPushService, type TestBrowser, type TestPushService } from '../../testing/push-service.ts';
import { startSmtp, type TestSmtp } from '../../testing/smtp-server.ts';
import { createWorld, type Person, secrets, type TestEvent, type World } from '../../testing/world.ts';
import { allTasks } from '../../work/tasks.ts';
import { runDueJobs } from '../../work/workers.ts';
import { minuteOfDay } from '../../zone-times.ts';
import { sweepHolds } from '../inventory/sweep-holds.ts';
import { sendMail } from '../notifications/send-mail.ts';

/* How an offer reaches whoever waits: by mail and in browsers, by day and at night, once, and not when it is over. */

const timeZone = 'Europe/Berlin';

let world: World;
let smtp: TestSmtp;
let service: TestPushService;
beforeAll(async () => {
  [smtp, service] = await Promise.all([startSmtp(), startPushService()]);
  world = await createWorld({ SMTP_URL: smtp.url, MAIL_FROM: 'Box office <tickets@admit.example>' });
  world.app.push = pushSender();
});
afterAll(async () => {
  await world.close();
  await Promise.all([smtp.close(), service.close()]);
});
beforeEach(() => {
  smtp.received.length = 0;
  smtp.onMail = async () => {};
  service.answer = () => ({ status: 201 });
});

const pushSender = () =>
  createPushSender({
    secret: secrets.session,
    contact: 'mailto:operations@admit.example',
    agent: service.agent,
    mayUse: () => true,
  });

/** Moves the clock to the next instant at which the clocks of the event's zone show this time. */
function moveTo(clockTime: string): void {
  const [hour = 0, minute = 0] = clockTime.split(':').map(Number);
  const now = world.clock.now();
  const start = new Date(now.getTime() - (now.getTime() % minutes(1)));
  const wait = (hour * 60 + minute - minuteOfDay(start, timeZone) + 1440) % 1440;
  const there = new Date(start.getTime() + minutes(wait));
  // The clocks may have been changed meanwhile.
  const off = hour * 60 + minute - minuteOfDay(there, timeZone);
  world.clock.set(new Date(there.getTime() + minutes(off)));
}

const timeOf = (instant: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(
    new Date(instant),
  );

interface Waiting {
  event: TestEvent;
  /** Gives the places back, so that they are offered. */
  free: () => Promise<unknown>;
  entryIds: string[];
}

/** An event with one place, which somebody holds, and these people in its line. */
async function waitFor(people: Person[], more: (person: Person) => object = () => ({})): Promise<Waiting> {
  const event = await world.event({ capacity: 1, priceMinor: 0, fields: { timeZone } });
  const item = { ticketTypeId: event.ticketTypeId, quantity: 1 };
  const holder = await world.user();
  const hold = await holder.client.post(`/api/events/${event.id}/holds`, { items: [item] });
  const entryIds: string[] = [];
  for (const person of people) {
    const joined = await person.client.post(`/api/events/${event.id}/waitlist`, { ...item, ...more(person) });
    expect(joined.status, JSON.stringify(joined.body)).toBe(201);
    entryIds.push(joined.body.id);
  }
  return { event, entryIds, free: () => holder.client.delete(`/api/holds/${hold.body.id}`) };
}

const mine = async (person: Person, event: TestEvent) =>
  (await person.client.get(`/api/events/${event.id}/waitlist/mine`)).body.items[0];

async function subscribe(person: Person): Promise<TestBrowser> {
  const browser = service.browser();
  const put = await person.client.put('/api/me/push-subscriptions', browser.subscription);
  expect(put.status, JSON.stringify(put.body)).toBe(204);
  return browser;
}

const mailsTo = (address: string) => smtp.received.filter(({ to }) => to?.[0]?.address === address);

/** What the server has noted of the mail about an offer. */
const deliveryOf = async (entryId: string) =>
  (
    await world.app.db.query('select state, error, attempts from deliveries where key = $1', [
      `waitlist-offer:${entryId}`,
    ])
  )[0];

/** Lets the jobs that wait for their next attempt run now. */
async function retry() {
  await world.app.db.run('update graphile_worker._private_jobs set run_at = now()');
  await runDueJobs(world.app.db, allTasks(world.app));
}

test('an offer at night lasts until the morning, and mail and entry name the same time', async () => {
  const ann = await world.user();
  moveTo('23:10');
  const { event, free } = await waitFor([ann]);
  await free();
  await world.drain();
  const { offer } = await mine(ann, event);
  expect(timeOf(offer.expiresAt)).toBe('09:30');
  expect(Date.parse(offer.expiresAt) - world.clock.now().getTime()).toBeLessThan(hours(11));
  const [mail, ...more] = mailsTo(ann.email);
  expect(more).toEqual([]);
  const day = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'long', day: 'numeric', month: 'long' });
  const [weekday = '', date = ''] = day.format(new Date(offer.expiresAt)).split(/,? (?=\d)/);
  expect(mail?.text).toMatch(new RegExp(`${weekday}.*${date}.*09:30`));
  // The organiser sees that it was sent.
  const listed = await event.organiser.client.get(`/api/events/${event.id}/messages`);
  expect(listed.body.items).toMatchObject([
    { kind: 'waitlist-offer', state: 'sent', recipient: ann.email, order: null, canBeResent: false },
  ]);

  // The hold is as long as the offer, and the place goes on when the morning has passed.
  moveTo('09:29');
  await sweepHolds(world.app);
  expect(await mine(ann, event)).toMatchObject({ status: 'offered' });
  world.clock.advance(minutes(1));
  await sweepHolds(world.app);
  expect(await mine(ann, event)).toMatchObject({ status: 'expired' });
});

test('at night quiet hours delay the notification, because the offer lasts longer; it comes once', async () => {
  const ann = await world.user();
  const browser = await subscribe(ann);
  const quietHours = { from: '22:00', until: '08:00', timeZone };
  expect((await ann.client.patch('/api/me/message-choices', { quietHours })).status).toBe(200);
  moveTo('23:30');
  const { free, entryIds } = await waitFor([ann]);
  await free();
  await world.drain();
  moveTo('07:59');
  await world.drain();
  expect(browser.received).toEqual([]);
  expect(mailsTo(ann.email)).toHaveLength(1);
  // The same offer is told again meanwhile.
  await sendMail(world.app, { kind: 'waitlist-offer', entryId: entryIds[0] as `wle_${string}` });
  await world.drain();
  moveTo('08:01');
  await world.drain();
  expect(browser.received).toMatchObject([{ tag: `waitlist-offer:${entryIds[0]}` }]);
});

test('by day an offer does not wait for the end of quiet hours, because it would be over', async () => {
  const ann = await world.user();
  const browser = await subscribe(ann);
  const quietHours = { from: '13:00', until: '15:00', timeZone };
  expect((await ann.client.patch('/api/me/message-choices', { quietHours })).status).toBe(200);
  moveTo('13:10');
  const { free } = await waitFor([ann]);
  await free();
  await world.drain();
  expect(browser.received).toHaveLength(1);
});

test('a guest without an address hears of the offer in the browser, and a guest with one also by mail', async () => {
  moveTo('11:00');
  const [silent, named] = [await world.guest(), await world.guest()];
  const [first, second] = [await subscribe(silent), await subscribe(named)];
  const { event, free } = await waitFor([silent, named], (person) =>
    person === named ? { email: 'named-guest@example.com' } : {},
  );
  await free();
  await world.drain();
  expect(first.received).toHaveLength(1);
  expect(smtp.received).toEqual([]);
  expect(second.received).toEqual([]);
  const { id } = await mine(silent, event);
  expect((await silent.client.delete(`/api/waitlist-entries/${id}`)).status).toBe(204);
  await world.drain();
  expect(second.received).toHaveLength(1);
  expect(mailsTo('named-guest@example.com')).toHaveLength(1);
});

test('the same offer delivered three times at one instant, in two processes, is one mail and one notification', async () => {
  moveTo('11:00');
  const ann = await world.user();
  const browser = await subscribe(ann);
  const { free, entryIds } = await waitFor([ann]);
  await free();
  const other = await world.another(world.connectionString, { push: pushSender() });
  const job = { kind: 'waitlist-offer' as const, entryId: entryIds[0] as `wle_${string}` };
  // The mail server has not accepted the first mail while the other jobs try.
  const gate = Promise.withResolvers<void>();
  smtp.onMail = () => gate.promise;
  const sent = [world.app, world.app, other.app].map((app) => sendMail(app, job));
  const refused = Promise.withResolvers<void>();
  let refusals = 0;
  for (const each of sent)
    each.catch(() => {
      if (++refusals === 2) refused.resolve();
    });
  await refused.promise;
  gate.resolve();
  const outcomes = await Promise.allSettled(sent);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await retry();
  await world.drain();
  expect(mailsTo(ann.email)).toHaveLength(1);
  expect(browser.received).toHaveLength(1);
});

test('a browser that is gone during an offer is forgotten; the other browser and the mail get the offer', async () => {
  moveTo('11:00');
  const ann = await world.user();
  const [gone, alive] = [await subscribe(ann), await subscribe(ann)];
  service.answer = (endpoint) => ({ status: endpoint === gone.subscription.endpoint ? 410 : 201 });
  const { event, free } = await waitFor([ann]);
  await free();
  await world.drain();
  expect(alive.received).toHaveLength(1);
  expect(mailsTo(ann.email)).toHaveLength(1);
  const left = await world.app.db.query<{ endpoint: string }>(
    'select endpoint from push_subscriptions where user_id = $1',
    [ann.userId],
  );
  expect(left).toEqual([{ endpoint: alive.subscription.endpoint }]);
  expect(await mine(ann, event)).toMatchObject({ status: 'offered' });
});

test('a mail server that is down for an hour: a long offer is mailed once; a short one goes on, and is never mailed', async () => {
  const [night, ann, bob] = [await world.user(), await world.user(), await world.user()];
  moveTo('23:10');
  const long = await waitFor([night]);
  const port = Number(new URL(smtp.url).port);
  await smtp.close();
  await long.free();
  await world.drain();
  expect(await deliveryOf(long.entryIds[0] as string)).toMatchObject({ state: 'waiting' });
  world.clock.advance(hours(1));
  await retry();
  smtp = await startSmtp(port);
  await retry();
  await retry();
  expect(mailsTo(night.email)).toHaveLength(1);
  expect(await deliveryOf(long.entryIds[0] as string)).toMatchObject({ state: 'sent' });

  moveTo('11:00');
  const short = await waitFor([ann, bob]);
  await smtp.close();
  await short.free();
  await world.drain();
  world.clock.advance(minutes(20));
  await retry();
  world.clock.advance(minutes(11));
  await sweepHolds(world.app);
  expect(await mine(ann, short.event)).toMatchObject({ status: 'expired' });
  expect(await mine(bob, short.event)).toMatchObject({ status: 'offered' });
  await retry();
  smtp = await startSmtp(port);
  world.clock.advance(minutes(15));
  await retry();
  await retry();
  expect(mailsTo(ann.email)).toEqual([]);
  expect(mailsTo(bob.email)).toHaveLength(1);
  // Nobody looks for a mail that will never come.
  expect(await deliveryOf(short.entryIds[0] as string)).toMatchObject({
    state: 'withheld',
    error: 'The offer was over before the mail could be sent.',
  });
});
