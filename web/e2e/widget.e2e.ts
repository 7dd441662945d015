import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync } from 'node:zlib';
import type { FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPdfText } from '../../server/features/tickets/testing/read-pdf.ts';
import { findBarriers } from './testing/axe.ts';
import type { Person, PersonOptions } from './testing/browsers.ts';
import { cards, newBuyer } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';

/*
 * A venue's own site with a strict content policy, at another host and port than the shop, in a browser that blocks the cookies of
 * other sites.
 */
const house = setUpHouse({
  browserArgs: ['--host-resolver-rules=MAP venue.test 127.0.0.1', '--test-third-party-cookie-phaseout'],
});

let attributes = 'event="night-shift"';
const venue = createServer((request, response) => {
  if (request.url !== '/') {
    response.writeHead(204).end();
    return;
  }
  const policy = `default-src 'none'; script-src ${house.url}; frame-src ${house.url}; style-src 'self'; img-src data:; base-uri 'none'`;
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy });
  response.end(`<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width, initial-scale=1">
    <title>The venue</title><link rel="icon" href="data:,"><script src="${house.url}/widget.js" async></script></head>
    <body><main><h1>The venue</h1><admit-event ${attributes}><a href="${house.url}/e/night-shift">Tickets in the shop</a></admit-event></main></body></html>`);
});
let venueUrl = '';
beforeAll(async () => {
  await new Promise<void>((ready) => venue.listen(0, '127.0.0.1', ready));
  venueUrl = `http://venue.test:${(venue.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((closed) => venue.close(closed)));

interface Heard {
  heard: [string, Record<string, unknown>][];
}

async function visit(options: PersonOptions = {}, of = 'event="night-shift"'): Promise<Person> {
  attributes = of;
  const person = await house.person(options);
  await person.page.goto(venueUrl);
  await person.page.evaluate(() => {
    const here = window as unknown as Heard;
    here.heard = [];
    for (const name of ['open', 'bought', 'close'])
      document.addEventListener(`admit:${name}`, (event) =>
        here.heard.push([name, (event as CustomEvent).detail]),
      );
  });
  return person;
}
const heard = ({ page }: Person) => page.evaluate(() => (window as unknown as Heard).heard);
const names = async (person: Person) => (await heard(person)).map(([name]) => name);
const frameOf = ({ page }: Person): FrameLocator => page.frameLocator('admit-event iframe');

/** Chooses a ticket and gives a name and an address, up to the payment. */
async function toPayment(frame: FrameLocator): Promise<void> {
  await frame.getByRole('button', { name: 'More: Regular' }).click();
  await frame.locator('#tickets button.bg-accent:visible').click();
  await frame.getByRole('heading', { name: 'Checkout' }).waitFor();
  const { name, email } = newBuyer();
  await frame.getByLabel('Name', { exact: true }).fill(name);
  await frame.getByLabel('E-mail', { exact: true }).fill(email);
  await frame.getByRole('button', { name: 'Continue to payment' }).click();
}

async function pay(frame: FrameLocator, card: string): Promise<void> {
  await frame.getByLabel('Card number', { exact: true }).fill(card);
  await frame.getByRole('button', { name: /^Pay / }).click();
}

/** As in browsers that give a frame of another site no storage at all. */
const forbidStorage = () => {
  if (window.top === window) return;
  for (const name of ['localStorage', 'sessionStorage'])
    Object.defineProperty(window, name, {
      configurable: true,
      get: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    });
};

test.each([
  ['a desktop', {}, cards.secure],
  ['a phone, with storage forbidden', { phone: true, dark: true }, cards.good],
] as const)(
  'on %s a visitor buys to the end without leaving the venue’s page',
  async (device, options, card) => {
    const visitor = await visit(options);
    if ('phone' in options) {
      await visitor.page.addInitScript(forbidStorage);
      await visitor.page.reload();
      await visitor.page.evaluate(() => {
        (window as unknown as Heard).heard = [];
        document.addEventListener('admit:bought', (event) =>
          (window as unknown as Heard).heard.push(['bought', (event as CustomEvent).detail]),
        );
      });
    }
    await visitor.press('Get tickets');
    const frame = frameOf(visitor);
    await frame.getByRole('heading', { name: 'Night Shift' }).waitFor();
    expect(await frame.locator('header').first().isVisible()).toBe(false);
    // A cookie that other sites may have, and that this browser refuses all the same.
    const cookie = await frame.locator('body').evaluate(() => {
      // biome-ignore lint/suspicious/noDocumentCookie: whether a script can set one is the question
      document.cookie = 'probe=1; SameSite=None; Secure';
      return document.cookie;
    });
    expect(cookie).toBe('');

    await toPayment(frame);
    await pay(frame, card);
    if (card === cards.secure) {
      await frame.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
    }
    const code = frame.getByRole('img', { name: 'QR code of ticket 1' });
    await code.waitFor();
    await expect
      .poll(() => code.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(0);
    const [download] = await Promise.all([
      visitor.page.waitForEvent('download'),
      frame.getByRole('link', { name: 'Tickets as PDF' }).click(),
    ]);
    expect(readPdfText(await readFile(await download.path()))).toContain('Night Shift');

    const bought = (await heard(visitor)).filter(([name]) => name === 'bought');
    expect(bought, device).toEqual([
      [
        'bought',
        {
          orderId: expect.stringMatching(/^ord_/),
          tickets: 1,
          total: { amount: expect.any(Number), currency: 'EUR' },
        },
      ],
    ]);
    expect(new URL(visitor.page.url()).host).toBe(new URL(venueUrl).host);
    expect(await visitor.context.cookies(house.url)).toEqual([]);
    if ('phone' in options) {
      const { width, height } = visitor.page.viewportSize() as { width: number; height: number };
      const box = await visitor.page.getByRole('dialog').first().boundingBox();
      expect(box).toEqual({ x: 0, y: 0, width, height });
    }
  },
);

test('the dialog keeps the focus, closes by Escape from inside the frame too, and gives the focus back', async () => {
  const visitor = await visit();
  const opener = visitor.page.getByRole('button', { name: 'Get tickets' });
  await opener.focus();
  await visitor.page.keyboard.press('Enter');
  const frame = frameOf(visitor);
  await frame.getByRole('heading', { name: 'Night Shift' }).waitFor();
  const dialog = visitor.page.getByRole('dialog', { name: 'Tickets' });
  const isInside = () =>
    visitor.page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.closest('dialog') != null);
  expect(await isInside()).toBe(true);
  await frame.getByRole('button', { name: 'More: Regular' }).focus();
  await visitor.page.keyboard.press('Enter');
  expect(await isInside()).toBe(true);
  await visitor.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  expect(await visitor.page.evaluate(() => document.activeElement?.localName)).toBe('admit-event');
  expect(await names(visitor)).toEqual(['open', 'close']);

  // Opened again, what was chosen is still there.
  await visitor.page.keyboard.press('Enter');
  await frame.locator('#tickets button.bg-accent:visible').waitFor();
  await visitor.page.getByRole('button', { name: 'Close', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
});

test('the widget speaks the language and has the theme and the label that its page gives it', async () => {
  const visitor = await visit({ narrow: true }, 'event="night-shift" lang="ar" theme="dark" label="تذاكر"');
  await visitor.press('تذاكر');
  const frame = frameOf(visitor);
  await frame.getByRole('heading', { name: 'Night Shift' }).waitFor();
  expect(
    await frame.locator('html').evaluate((root: HTMLElement) => [root.lang, root.dir, root.dataset.theme]),
  ).toEqual(['ar', 'rtl', 'dark']);
  const isWide = () => document.documentElement.scrollWidth > document.documentElement.clientWidth;
  expect(await frame.locator('html').evaluate(isWide)).toBe(false);
  expect(await visitor.page.evaluate(isWide)).toBe(false);
  expect(await findBarriers(visitor)).toEqual([]);
});

test('messages of other frames and pages do nothing', async () => {
  const visitor = await visit();
  await visitor.press('Get tickets');
  await frameOf(visitor).getByRole('heading', { name: 'Night Shift' }).waitFor();
  await visitor.page.evaluate(() => window.postMessage({ admit: 1, type: 'close' }, '*'));
  await visitor.page.evaluate(() => window.postMessage({ admit: 1, type: 'bought', orderId: 'x' }, '*'));
  // A message of the frame itself comes after those.
  await frameOf(visitor)
    .locator('body')
    .evaluate((_, host) => parent.postMessage({ admit: 1, type: 'bought', orderId: 'own' }, host), venueUrl);
  await expect.poll(async () => (await heard(visitor)).length).toBe(2);
  expect((await heard(visitor))[1]).toMatchObject(['bought', { orderId: 'own' }]);
});

test('without JavaScript the link of the page leads to the shop', async () => {
  const visitor = await house.person({ withoutScripts: true });
  await visitor.page.goto(venueUrl);
  await visitor.sees('link', 'Tickets in the shop');
});

test('the file takes less than 15 KB, as it is sent', async () => {
  const answer = await fetch(`${house.url}/widget.js`, { headers: { 'accept-encoding': 'identity' } });
  const text = Buffer.from(await answer.arrayBuffer());
  expect(text.length).toBeLessThan(15_000);
  expect(brotliCompressSync(text).length).toBeLessThan(4_500);
  expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
});
