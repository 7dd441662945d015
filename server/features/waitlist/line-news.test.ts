import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createPushSender } from '../../adapters/push/web-push.ts';
import { audit } from '../../audit/audit.ts';
import { days, hours } from '../../testing/clock.ts';
import { startPushService, type TestBrowser, type TestPushService } from '../../testing/push-service.ts';
import { startSmtp, type TestSmtp } from '../../testing/smtp-server.ts';
import { createWorld, type Person, secrets, type TestEvent, type World } from '../../testing/world.ts';
import { sweepHolds } from '../inventory/sweep-holds.ts';
import { sendMail } from '../notifications/send-mail.ts';
import { tellMoved } from '../notifications/tell-moved.ts';
import { mine, release, soldOut } from './testing/sold-out.ts';

/* What people who only wait hear of an event that is cancelled or moved. */

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
  await world.drain();
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
  await world.close();
  await Promise.all([smtp.close(), service.close()]);
});
beforeEach(() => {
  smtp.received.length = 0;
});

const subjectsTo = (address: string) =>
  smtp.received.filter(({ to }) => to?.[0]?.address === address).map(({ subject }) => subject);
const textTo = (address: string) =>
  smtp.received.findLast(({ to }) => to?.[0]?.address === address)?.text ?? '';

async function waiter(event: TestEvent, person: Person, more = {}, language?: string): Promise<string> {
  const body = { ticketTypeId: event.ticketTypeId, quantity: 1, ...more };
  const joined = await person.client.post(
    `/api/events/${event.id}/waitlist`,
    body,
    language === undefined ? {} : { 'accept-language': language },
  );
  expect(joined.status, JSON.stringify(joined.body)).toBe(201);
  return joined.body.id;
}

async function subscribe(person: Person): Promise<TestBrowser> {
  const browser = service.browser();
  const put = await person.client.put('/api/me/push-subscriptions', browser.subscription);
  expect(put.status, JSON.stringify(put.body)).toBe(204);
  return browser;
}

async function cancel({ organiser, id }: TestEvent): Promise<void> {
  const answer = await organiser.client.post(`/api/events/${id}/cancellation`, {
    reason: 'The singer is ill.',
    refund: 'full',
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(202);
  await sweepHolds(world.app);
  await world.drain();
}

async function move({ organiser, id }: TestEvent, startMs: number): Promise<void> {
  world.clock.advance(1000);
  const { version } = (await organiser.client.get(`/api/events/${id}/management`)).body;
  const at = (ms: number) => new Date(world.clock.now().getTime() + ms).toISOString();
  const plan = { startsAt: at(startMs), endsAt: at(startMs + hours(4)) };
  const answer = await organiser.client.patch(`/api/events/${id}`, plan, { 'if-match': `"${version}"` });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
}

const dayIn = (ms: number) =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'Europe/Berlin' }).format(
    new Date(world.clock.now().getTime() + ms),
  );

test('a cancelled event: each person who waits or has an offer gets one mail with the reason, and their entry has ended', async () => {
  const { event, holder, holdId } = await soldOut(world, 1);
  const [offered, waiting] = [await world.user(), await world.user()];
  const [german, silent, gone] = [await world.guest(), await world.guest(), await world.user()];
  const browser = await subscribe(silent);
  await waiter(event, offered);
  await waiter(event, waiting);
  await waiter(event, german, { email: 'wartet@example.com' }, 'de');
  await waiter(event, silent);
  const left = await waiter(event, gone);
  expect((await gone.client.delete(`/api/waitlist-entries/${left}`)).status).toBe(204);
  await release(holder, holdId);
  expect(await mine(offered, event)).toMatchObject({ status: 'offered' });
  await world.drain();
  smtp.received.length = 0;

  await cancel(event);
  for (const person of [offered, waiting, german, silent])
    expect(await mine(person, event)).toMatchObject({ status: 'ended', position: null });
  const { title } = (await world.client().get(`/api/events/${event.id}`)).body;
  for (const { email } of [offered, waiting])
    expect(subjectsTo(email)).toEqual([`Event cancelled: ${title}`]);
  expect(textTo(waiting.email)).toContain('The singer is ill.');
  expect(textTo(waiting.email)).toContain('you owe nothing');
  expect(subjectsTo('wartet@example.com')).toEqual([`Abgesagt: ${title}`]);
  expect(textTo('wartet@example.com')).toContain('die Warteliste beendet');
  expect(subjectsTo(gone.email)).toEqual([]);
  expect(smtp.received).toHaveLength(3);
  expect(browser.received).toMatchObject([{ title: `Event cancelled: ${title}`, path: `/e/${event.slug}` }]);
  // The organiser sees each message, and who got it.
  const listed = await event.organiser.client.get(`/api/events/${event.id}/messages`);
  const told = listed.body.items.filter(({ kind }: { kind: string }) => kind === 'event-cancelled');
  expect(told.map(({ channel }: { channel: string }) => channel).toSorted()).toEqual([
    'email',
    'email',
    'email',
    'push',
  ]);
  for (const message of told) expect(message).toMatchObject({ state: 'sent', order: null });
  // The ledger has erased the guest's address.
  const kept = await world.app.db.query(
    'select email from waitlist_entries where event_id = $1 and email is not null',
    [event.id],
  );
  expect(kept).toEqual([]);
});

test('a person who waits for two ticket types is told once, also if the job runs again', async () => {
  const types = ['Floor', 'Rail'].map((name) => ({ name, priceMinor: 0, pools: ['floor'] }));
  const { event, holder } = await soldOut(world, 1, { fields: { ticketTypes: types } });
  const ann = await world.user();
  const entryId = (await waiter(event, ann)) as `wle_${string}`;
  await waiter(event, ann, { ticketTypeId: event.ticketTypes[1]?.id });
  expect((await ann.client.get(`/api/events/${event.id}/waitlist/mine`)).body.items).toHaveLength(2);
  await cancel(event);
  expect(subjectsTo(ann.email)).toHaveLength(1);
  for (let i = 0; i < 3; i++)
    await sendMail(world.app, {
      kind: 'event-cancelled',
      entryId,
      eventId: event.id as `evt_${string}`,
      userId: ann.userId as `usr_${string}`,
    });
  expect(subjectsTo(ann.email)).toHaveLength(1);
  expect(subjectsTo(holder.email)).toEqual([]);
});

test('a moved event: whoever waits keeps their place and hears of the old and the new day, each move once', async () => {
  const { event } = await soldOut(world, 1);
  const [ann, bob, late] = [await world.user(), await world.user(), await world.user()];
  const browser = await subscribe(ann);
  await waiter(event, ann);
  await waiter(event, bob);
  await move(event, days(40));
  await tellMoved(world.app, { eventId: event.id as `evt_${string}` }, 1);
  await world.drain();
  const { title } = (await world.client().get(`/api/events/${event.id}`)).body;
  for (const { email } of [ann, bob]) expect(subjectsTo(email)).toEqual([`New time or place: ${title}`]);
  expect(textTo(ann.email)).toContain(dayIn(days(40)));
  expect(textTo(ann.email)).toContain('You keep your place in the waitlist');
  expect(browser.received).toMatchObject([
    { title: `New time or place: ${title}`, path: `/e/${event.slug}` },
  ]);
  expect(await mine(ann, event)).toMatchObject({ status: 'waiting', position: 1 });
  expect(await mine(bob, event)).toMatchObject({ status: 'waiting', position: 2 });

  // Two moves before the next mail are one; what was told is what they know.
  await waiter(event, late);
  await move(event, days(50));
  await move(event, days(60));
  await world.drain();
  for (const { email } of [ann, bob]) expect(subjectsTo(email)).toHaveLength(2);
  expect(subjectsTo(late.email)).toHaveLength(1);
  expect(textTo(ann.email)).toContain(dayIn(days(60)));
  expect(textTo(ann.email)).toContain(dayIn(days(40)));
  expect(textTo(ann.email)).not.toContain(dayIn(days(50)));
});

test('a move that was undone before the mail is not told, and neither is one to somebody who has left or chosen not to hear', async () => {
  const { event } = await soldOut(world, 1);
  const [ann, gone, quiet] = [await world.user(), await world.user(), await world.user()];
  const browser = await subscribe(quiet);
  const off = await quiet.client.patch('/api/me/message-choices', {
    choices: [{ kind: 'event-moved', channel: 'push', wanted: false }],
  });
  expect(off.status, JSON.stringify(off.body)).toBe(200);
  for (const person of [ann, quiet]) await waiter(event, person);
  const left = await waiter(event, gone);
  const { startsAt, endsAt } = (await world.client().get(`/api/events/${event.id}`)).body;
  await move(event, days(40));
  const { client } = event.organiser;
  const { version } = (await client.get(`/api/events/${event.id}/management`)).body;
  const back = await client.patch(
    `/api/events/${event.id}`,
    { startsAt, endsAt },
    { 'if-match': `"${version}"` },
  );
  expect(back.status).toBe(200);
  await world.drain();
  expect(smtp.received).toEqual([]);
  await move(event, days(45));
  expect((await gone.client.delete(`/api/waitlist-entries/${left}`)).status).toBe(204);
  await world.drain();
  expect(subjectsTo(ann.email)).toHaveLength(1);
  expect(subjectsTo(quiet.email)).toHaveLength(1);
  expect(subjectsTo(gone.email)).toEqual([]);
  expect(browser.received).toEqual([]);
  // The event is cancelled before the mail about a move was sent: only the cancellation is told.
  smtp.received.length = 0;
  await move(event, days(70));
  await cancel(event);
  expect(subjectsTo(ann.email)).toEqual([expect.stringMatching(/^Event cancelled/)]);
});
