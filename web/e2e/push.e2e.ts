import { expect, test } from 'vitest';
import { findBarriers } from './testing/axe.ts';
import type { Person } from './testing/browsers.ts';
import { cards, findEvent, giveDetails, newBuyer, payWith, seesTickets } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';

const house = setUpHouse();

/** There is no push service here, so the browser's request for an endpoint is answered by the page. */
const subscribesAt = (endpoint: string) => `
  PushManager.prototype.subscribe = async () => subscription;
  PushManager.prototype.getSubscription = async () => (localStorage.getItem('subscribed') ? subscription : null);
  const subscription = {
    endpoint: ${JSON.stringify(endpoint)},
    toJSON: () => {
      localStorage.setItem('subscribed', '1');
      return { endpoint: subscription.endpoint, keys: {
        p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
        auth: 'BTBZMqHH6r4Tts7J_aSIgg' } };
    },
    unsubscribe: async () => localStorage.removeItem('subscribed'),
  };`;

async function buyTicket(person: Person): Promise<string> {
  await findEvent(person, 'Night Shift');
  await person.press('More: Regular');
  await person.page.locator('#tickets button.bg-accent:visible').click();
  await giveDetails(person, newBuyer());
  await payWith(person, cards.good);
  return seesTickets(person, 1);
}

test('notifications are offered after buying and not before, and the server learns of the browser', async () => {
  const buyer = await house.person({ phone: true, permissions: ['notifications'] });
  await buyer.context.addInitScript(subscribesAt('https://push.example.com/send/one'));
  await buyer.open('/');
  expect(await buyer.page.getByText('Notifications on this device').count()).toBe(0);
  const orderId = await buyTicket(buyer);
  await buyer.sees('heading', 'Notifications on this device');
  expect(await findBarriers(buyer)).toEqual([]);
  await buyer.press('Notify me on this device');
  await buyer.hears('status', 'This device shows notifications.');
  const rows = await house.app.db.query(
    `select endpoint from push_subscriptions where user_id = (select buyer_id from orders where id = $1)`,
    [orderId],
  );
  expect(rows).toEqual([{ endpoint: 'https://push.example.com/send/one' }]);
});

test('a push message is shown, and opens its page', async () => {
  const buyer = await house.person({ permissions: ['notifications'] });
  const orderId = await buyTicket(buyer);
  await buyer.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const devtools = await buyer.context.newCDPSession(buyer.page);
  const registrationId = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations;
      if (first) resolve(first.registrationId);
    });
  });
  await devtools.send('ServiceWorker.enable');
  await devtools.send('ServiceWorker.deliverPushMessage', {
    origin: house.url,
    registrationId: await registrationId,
    data: JSON.stringify({
      title: 'New time or place: Night Shift',
      body: 'Now: Friday',
      path: `/orders/${orderId}`,
      tag: `event-moved:${orderId}`,
      language: 'en',
    }),
  });
  const shown = () =>
    buyer.page.evaluate(async () =>
      (await (await navigator.serviceWorker.ready).getNotifications()).map(({ title, body, tag, lang }) => ({
        title,
        body,
        tag,
        lang,
      })),
    );
  await expect.poll(shown, { timeout: 30_000 }).toEqual([
    {
      title: 'New time or place: Night Shift',
      body: 'Now: Friday',
      tag: `event-moved:${orderId}`,
      lang: 'en',
    },
  ]);

  // Only a real press may open or focus a window, so the worker's wish is recorded and not carried out.
  const [worker] = buyer.context.serviceWorkers();
  const opened = await worker?.evaluate(async () => {
    const scope = self as unknown as {
      registration: { getNotifications(): Promise<unknown[]> };
      clients: { matchAll(): Promise<unknown[]>; openWindow(url: string): Promise<void> };
      dispatchEvent(event: Event): void;
    };
    const wished = Promise.withResolvers<string>();
    scope.clients.matchAll = async () => [];
    scope.clients.openWindow = async (url) => wished.resolve(url);
    const [notification] = await scope.registration.getNotifications();
    const Clicked = (self as unknown as { NotificationEvent: new (type: string, init: object) => Event })
      .NotificationEvent;
    scope.dispatchEvent(new Clicked('notificationclick', { notification }));
    return wished.promise;
  });
  expect(opened).toBe(`${house.url}/orders/${orderId}`);
  await expect.poll(shown).toEqual([]);
});
