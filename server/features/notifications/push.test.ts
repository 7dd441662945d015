import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createPushSender } from '../../adapters/push/web-push.ts';
import { hours, minutes } from '../../testing/clock.ts';
import { startPushService, type TestBrowser, type TestPushService } from '../../testing/push-service.ts';
import { createWorld, type Person, secrets, type TestEvent, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';
import { sendMail } from './send-mail.ts';

const path = '/api/me/push-subscriptions';

let world: World;
let service: TestPushService;
let buyer: Person;
let event: TestEvent;
beforeAll(async () => {
  service = await startPushService();
  world = await createWorld();
  world.app.push = createPushSender({
    secret: secrets.session,
    contact: 'mailto:operations@admit.example',
    agent: service.agent,
    mayUse: () => true,
  });
});
afterAll(async () => {
  await world.close();
  await service.close();
});
beforeEach(async () => {
  buyer = await world.user();
  event = await world.event({ priceMinor: 0, fields: { title: 'Night Shift' } });
  service.answer = () => ({ status: 201 });
});

async function subscribe(person = buyer, languages = 'en'): Promise<TestBrowser> {
  const browser = service.browser();
  const put = await person.client.put(path, browser.subscription, { 'accept-language': languages });
  expect(put.status, JSON.stringify(put.body)).toBe(204);
  return browser;
}
const order = (person = buyer) =>
  buy(world, person, event, { quantity: 2, buyer: { name: 'Ada', email: person.email } });
const deliveries = async () =>
  (await event.organiser.client.get(`/api/events/${event.id}/messages`)).body.items
    .filter(({ channel }: { channel: string }) => channel === 'push')
    .map(({ kind, state, error }: Record<string, unknown>) => [kind, state, error]);
const countSubscriptions = async () =>
  (await world.app.db.query('select from push_subscriptions where user_id = $1', [buyer.userId])).length;

describe('a notification', () => {
  test('reaches every browser of the buyer, encrypted and signed, once', async () => {
    const browsers = [await subscribe(), await subscribe()];
    const stranger = await subscribe(await world.user());
    const { orderId, number } = await order();
    for (const { received, headers } of browsers) {
      expect(received).toEqual([
        {
          title: 'Your tickets: Night Shift',
          body: `Your 2 tickets are ready. Order ${number}.`,
          path: `/orders/${orderId}`,
          tag: `order-confirmed:${orderId}`,
          language: 'en',
        },
      ]);
      expect(headers[0]).toMatchObject({ ttl: '43200', 'content-encoding': 'aes128gcm' });
    }
    expect(stranger.received).toEqual([]);
    const job = { kind: 'order-confirmed' as const, orderId: orderId as never };
    await Promise.allSettled([1, 2, 3].map(() => sendMail(world.app, job)));
    await world.drain();
    expect(browsers.map(({ received }) => received.length)).toEqual([1, 1]);
    expect(await deliveries()).toEqual([
      ['order-confirmed', 'sent', null],
      ['order-confirmed', 'sent', null],
    ]);
  });

  test('tells that the event was moved, and that it was cancelled', async () => {
    const browser = await subscribe();
    await order();
    const { body } = await event.organiser.client.get(`/api/events/${event.id}/management`);
    await event.organiser.client.patch(
      `/api/events/${event.id}`,
      { venue: { ...body.venue, name: 'The Other Hall' } },
      { 'if-match': `"${body.version}"` },
    );
    await world.drain();
    await event.organiser.client.post(`/api/events/${event.id}/cancellation`, {
      reason: 'The singer is ill.',
      refund: 'none',
    });
    await world.drain();
    expect(browser.received.map(({ title }) => title)).toEqual([
      'Your tickets: Night Shift',
      'New time or place: Night Shift',
      'Event cancelled: Night Shift',
    ]);
  });

  test('brings an offer of the waitlist to the browsers of whoever waits, once, and opens it', async () => {
    event = await world.event({ capacity: 1, priceMinor: 0, fields: { title: 'Night Shift' } });
    const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
    const holder = await world.user();
    const hold = await holder.client.post(`/api/events/${event.id}/holds`, { items });
    const browser = await subscribe();
    const joined = await buyer.client.post(`/api/events/${event.id}/waitlist`, items[0]);
    await holder.client.delete(`/api/holds/${hold.body.id}`);
    await world.drain();
    const { id } = joined.body;
    expect(browser.received).toMatchObject([
      { title: expect.stringContaining('Night Shift'), tag: `waitlist-offer:${id}` },
    ]);
    expect(browser.received[0]?.path).toMatch(new RegExp(`^/offers/${id}#[\\w-]{32}$`));
    await sendMail(world.app, { kind: 'waitlist-offer', entryId: id });
    await world.drain();
    expect(browser.received).toHaveLength(1);
  });

  test('a subscription that is gone ends, and the others get theirs', async () => {
    const [gone, alive] = [await subscribe(), await subscribe()];
    service.answer = (endpoint) => ({ status: endpoint === gone.subscription.endpoint ? 410 : 201 });
    await order();
    expect(alive.received).toHaveLength(1);
    expect(await countSubscriptions()).toBe(1);
    expect((await deliveries()).toSorted()).toEqual([
      ['order-confirmed', 'failed', 'the browser has ended its subscription'],
      ['order-confirmed', 'sent', null],
    ]);
  });

  test('a busy service is asked again when it says, and not before', async () => {
    const browser = await subscribe();
    service.answer = () => ({ status: 429, headers: { 'retry-after': '600' } });
    await order();
    const before = service.requests;
    world.clock.advance(minutes(9));
    await world.drain();
    expect(service.requests).toBe(before);
    expect(await deliveries()).toEqual([
      ['order-confirmed', 'waiting', 'the push service is busy for 600 s'],
    ]);
    service.answer = () => ({ status: 201 });
    world.clock.advance(minutes(2));
    await world.drain();
    expect(browser.received).toHaveLength(1);
    expect(await deliveries()).toEqual([['order-confirmed', 'sent', null]]);
  });

  test('a service with an error is tried again; one that refuses the notification is not', async () => {
    const browser = await subscribe();
    service.answer = () => ({ status: 500 });
    await order();
    service.answer = () => ({ status: 201 });
    world.clock.advance(hours(6));
    await world.drain();
    expect(browser.received).toHaveLength(1);

    service.answer = () => ({ status: 413 });
    await order();
    const before = service.requests;
    world.clock.advance(minutes(60));
    await world.drain();
    expect(service.requests).toBe(before);
    expect(await countSubscriptions()).toBe(1);
  });
});

const push = createPushSender({ secret: secrets.session, contact: 'mailto:operations@admit.example' });

describe('what a person has chosen', () => {
  const choose = async (body: object) => (await buyer.client.patch('/api/me/message-choices', body)).body;

  test('a kind that is switched off is not shown; the others are', async () => {
    const browser = await subscribe();
    const off = { kind: 'order-confirmed', channel: 'push', wanted: false };
    expect((await choose({ choices: [off] })).choices).toContainEqual(off);
    await order();
    expect(browser.received).toEqual([]);
    const reminder = { kind: 'event-reminder', channel: 'email', wanted: false };
    const { choices } = await choose({ choices: [{ ...off, wanted: true }, reminder] });
    expect(choices).toContainEqual(reminder);
    expect((await buyer.client.get('/api/me/profile')).body.mails.reminders).toBe(false);
    await order();
    expect(browser.received).toHaveLength(1);
    const tickets = { kind: 'order-confirmed', channel: 'email', wanted: false };
    expect((await choose({ choices: [tickets] })).code).toBe('message_not_optional');
  });

  test('in quiet hours nothing is shown, and afterwards everything is, once', async () => {
    const browser = await subscribe();
    const at = (ms: number) => new Date(world.clock.now().getTime() + ms).toISOString().slice(11, 16);
    const quietHours = { from: at(-hours(1)), until: at(hours(2)), timeZone: 'UTC' };
    expect((await choose({ quietHours })).quietHours).toEqual(quietHours);
    await order();
    world.clock.advance(hours(1));
    await world.drain();
    expect(browser.received).toEqual([]);
    world.clock.advance(hours(1) + minutes(1));
    await world.drain();
    expect(browser.received).toHaveLength(1);
    expect((await choose({ quietHours: null })).quietHours).toBeNull();
  });
});

describe('a subscription', () => {
  test('belongs to whoever put it last, and ends with its session', async () => {
    const browser = await subscribe();
    const next = await world.user();
    await next.client.put(path, browser.subscription);
    await order();
    expect(browser.received).toEqual([]);
    await order(next);
    expect(browser.received).toHaveLength(1);
    await next.client.post('/api/auth/sign-out', {});
    await order(next).catch(() => {});
    const left = await world.app.db.query('select from push_subscriptions where user_id = $1', [next.userId]);
    expect(left).toEqual([]);
  });

  test('ends when its owner says, and nobody else can end it', async () => {
    const browser = await subscribe();
    const query = `?endpoint=${encodeURIComponent(browser.subscription.endpoint)}`;
    expect((await (await world.user()).client.delete(`${path}${query}`)).status).toBe(204);
    expect(await countSubscriptions()).toBe(1);
    expect((await buyer.client.delete(`${path}${query}`)).status).toBe(204);
    expect(await countSubscriptions()).toBe(0);
  });

  test('a person has 20 at most; the oldest goes', async () => {
    const first = await subscribe();
    for (let i = 0; i < 20; i++) {
      world.clock.advance(1);
      await subscribe();
    }
    expect(await countSubscriptions()).toBe(20);
    await order();
    expect(first.received).toEqual([]);
  });

  test.each([
    'https://127.0.0.1/send',
    'https://10.1.2.3/send',
    'https://[::1]/send',
    'https://[::ffff:10.0.0.1]/send',
    'https://[fd00::1]/send',
    'https://169.254.169.254/latest',
    'https://2130706433/send',
    'https://0x7f.1/send',
    'https://localhost/send',
    'https://redis/send',
    'https://push.example:6379/send',
    'https://user:pass@push.example/send',
  ])('Admit opens no connection to %s', (endpoint) => {
    expect(push.mayUse(endpoint)).toBe(false);
    expect(push.mayUse('https://fcm.googleapis.com/fcm/send/abc')).toBe(true);
    expect(push.mayUse('https://[2a00:1450:4001::1]/send')).toBe(true);
  });

  test('a name that leads into a private network is refused when it is looked up', async () => {
    const { subscription } = service.browser();
    const target = { ...subscription.keys, endpoint: 'https://localhost/send' };
    const note = { title: '', body: '', path: '/', tag: '', language: 'en' };
    await expect(push.send(target, note)).rejects.toThrow('no address in the public internet');
  });

  test('keys that are no point of the curve are refused', async () => {
    const { subscription } = service.browser();
    const p256dh = Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 7)]).toString('base64url');
    const put = await buyer.client.put(path, { ...subscription, keys: { ...subscription.keys, p256dh } });
    expect(put.body.code).toBe('push_endpoint_refused');
  });
});

test('every process of an installation has the same key', async () => {
  const key = async (url: string) => (await (await fetch(`${url}/api/push/key`)).json()).publicKey;
  const other = await world.another();
  expect(await key(other.url)).toBe(await key(world.url));
  expect(Buffer.from(await key(world.url), 'base64url')).toHaveLength(65);
});
