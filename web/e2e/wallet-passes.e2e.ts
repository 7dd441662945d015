import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  appleEnv,
  makePassCertificates,
  type PassCertificates,
  startGoogleWallet,
  type TestGoogleWallet,
} from '../../server/testing/pass-services.ts';
import { findBarriers } from './testing/axe.ts';
import type { Person, PersonOptions } from './testing/browsers.ts';
import { cards, codesOf, findEvent, giveDetails, newBuyer, payWith, seesTickets } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';
import { scrollsSideways } from './testing/sideways.ts';

let made: PassCertificates;
let google: TestGoogleWallet;
beforeAll(async () => {
  made = makePassCertificates();
  google = await startGoogleWallet();
});
afterAll(async () => {
  await google.close();
  made.remove();
});

const house = setUpHouse({
  env: () => ({ ...appleEnv(made, 'https://localhost:1'), ...google.env }),
});

const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';
const android =
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36';

async function buys(options: PersonOptions): Promise<{ guest: Person; orderId: string }> {
  const guest = await house.person(options);
  await findEvent(guest, 'Night Shift');
  await guest.press('More: Regular');
  await guest.page.locator('#tickets button.bg-accent:visible').click();
  await giveDetails(guest, newBuyer());
  await payWith(guest, cards.good);
  return { guest, orderId: await seesTickets(guest, 1) };
}

async function downloads(person: Person): Promise<{ name: string; path: string }> {
  const [download] = await Promise.all([
    person.page.waitForEvent('download'),
    person.press('Add to Apple Wallet'),
  ]);
  return { name: download.suggestedFilename(), path: await download.path() };
}

test('on an iPhone, a guest downloads the pass with the code of their ticket', async () => {
  const { guest, orderId } = await buys({ phone: true, userAgent: iphone });
  expect(await guest.page.getByText('Add to Google Wallet').count()).toBe(0);
  const { name, path } = await downloads(guest);
  expect(name).toMatch(/^ticket-[0-9A-Z]{8}\.pkpass$/);
  const pass = JSON.parse(spawnSync('unzip', ['-p', path, 'pass.json']).stdout.toString());
  expect([pass.barcodes[0].message]).toEqual(await codesOf(guest, orderId));
  expect(await findBarriers(guest)).toEqual([]);
});

test('on Android, the button leads to Google with a signed link', async () => {
  const { guest, orderId } = await buys({ phone: true, userAgent: android, dark: true });
  expect(await guest.page.getByText('Add to Apple Wallet').count()).toBe(0);
  expect(await findBarriers(guest)).toEqual([]);
  await guest.context.route('https://pay.google.com/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>Google Wallet</title>' }),
  );
  await guest.press('Add to Google Wallet');
  await guest.page.waitForURL('https://pay.google.com/gp/v/save/**');
  const { payload } = await google.readSaveUrl(guest.page.url());
  const [object] = (payload as { eventTicketObjects: { id: string }[] }).eventTicketObjects;
  expect(google.objects.get(object?.id ?? '')).toMatchObject({ state: 'ACTIVE' });
  const { barcode } = google.objects.get(object?.id ?? '') as unknown as { barcode: { value: string } };
  expect([barcode.value]).toEqual(await codesOf(guest, orderId));
});

test('if Google does not answer, the page says so, and the button works again', async () => {
  const { guest } = await buys({ phone: true, userAgent: android });
  google.answer = () => 503;
  // The page tries an act four times before it says that it failed.
  for (let i = 0; i < 4; i++) guest.expects({ status: 503, path: '/google-passes' });
  await guest.press('Add to Google Wallet');
  await guest.hears('alert', 'Google Wallet does not answer');
  google.answer = () => null;
  await guest.context.route('https://pay.google.com/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>Google Wallet</title>' }),
  );
  await guest.press('Add to Google Wallet');
  await guest.page.waitForURL('https://pay.google.com/gp/v/save/**');
});

test('a refusal is said on the page of the order, and the page stays', async () => {
  const { guest, orderId } = await buys({ phone: true, userAgent: iphone });
  // The server's answer to somebody whose session has ended. Only for this file: the page fetches others by itself.
  await guest.page.route('**/ticket.pkpass', async (route) => {
    const answer = await fetch(route.request().url());
    const headers = Object.fromEntries(answer.headers);
    await route.fulfill({ status: answer.status, headers, body: await answer.text() });
  });
  guest.expects({ status: 401, path: '/ticket.pkpass' });
  await guest.press('Add to Apple Wallet');
  await guest.hears('alert', 'Sign in or continue as a guest first.');
  expect(new URL(guest.page.url()).pathname).toBe(`/orders/${orderId}`);
});

test('after the event there is no button', async () => {
  const { guest, orderId } = await buys({ phone: true, userAgent: iphone });
  const order = await (await guest.context.request.get(`/api/orders/${orderId}`)).json();
  const later = await house.person({
    phone: true,
    userAgent: iphone,
    signedInAs: await guest.context.storageState(),
  });
  await later.page.clock.setFixedTime(Date.parse(order.event.endsAt) - 60_000);
  await later.open(`/orders/${orderId}`);
  await later.sees('button', 'Add to Apple Wallet');
  await later.page.clock.setFixedTime(Date.parse(order.event.endsAt) + 60_000);
  await later.page.reload();
  await later.sees('img', 'QR code of ticket 1');
  expect(await later.page.getByText('Add to Apple Wallet').count()).toBe(0);
});

test('the button is there from the first frame, so nothing moves', async () => {
  const { guest, orderId } = await buys({ phone: true, userAgent: iphone });
  await guest.page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { places: seen });
    const look = () => {
      const card = document.querySelector('article');
      if (card) {
        const parts = [...card.querySelectorAll('h2, dl, a, button')].map((part) => {
          const { top, height } = part.getBoundingClientRect();
          return `${part.tagName} ${Math.round(top - card.getBoundingClientRect().top)} ${Math.round(height)}`;
        });
        if (seen.at(-1) !== parts.join()) seen.push(parts.join());
      }
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await guest.open(`/orders/${orderId}`);
  await guest.sees('button', 'Add to Apple Wallet');
  await guest.sees('img', 'QR code of ticket 1');
  await guest.page.waitForLoadState('networkidle');
  const places = await guest.page.evaluate(() => (window as unknown as { places: string[] }).places);
  expect(places).toHaveLength(1);
});

test.each(['en-GB', 'de-DE', 'fr-FR', 'es-ES', 'ar'])(
  '%s: the button fits the narrowest phone',
  async (locale) => {
    const { guest: buyer, orderId } = await buys({ userAgent: iphone });
    const signedInAs = await buyer.context.storageState();
    for (const userAgent of [iphone, android]) {
      const guest = await house.person({ narrow: true, userAgent, locale, signedInAs });
      await guest.open(`/orders/${orderId}`);
      const button = guest.page.getByText(/(Apple|Google) Wallet|Cartera de Apple|محفظة Google/).first();
      await button.waitFor();
      const { height = 0 } = (await button.boundingBox()) ?? {};
      expect(height).toBeGreaterThanOrEqual(48);
      expect(await scrollsSideways(guest, { 'the page’s own fonts': '' })).toEqual([]);
    }
  },
);

test('the mail with the tickets leads to the buttons, also in a browser that knows nobody', async () => {
  const buyer = newBuyer();
  const guest = await house.person();
  await findEvent(guest, 'Night Shift');
  await guest.press('More: Regular');
  await guest.page.locator('#tickets button.bg-accent:visible').click();
  await giveDetails(guest, buyer);
  await payWith(guest, cards.good);
  const orderId = await seesTickets(guest, 1);
  const mails = async () =>
    (await (await guest.context.request.get(`/api/mailbox?to=${encodeURIComponent(buyer.email)}`)).json())
      .items;
  await expect.poll(async () => (await mails()).length).toBeGreaterThan(0);
  const [{ id }] = await mails();
  const { html } = await (await guest.context.request.get(`/api/mailbox/${id}`)).json();
  const links = [...(html as string).matchAll(/<a href="([^"]+)"[^>]*>(Add to [^<]+)<\/a>/g)];
  expect(links.map(([, , label]) => label)).toEqual(['Add to Apple Wallet', 'Add to Google Wallet']);
  const phone = await house.person({ phone: true, userAgent: iphone });
  await phone.open(links[0]?.[1]?.slice(house.url.length) ?? '');
  await phone.sees('button', 'Add to Apple Wallet');
  const { path } = await downloads(phone);
  const pass = JSON.parse(spawnSync('unzip', ['-p', path, 'pass.json']).stdout.toString());
  expect([pass.barcodes[0].message]).toEqual(await codesOf(phone, orderId));
});
