import { beforeAll, expect, test } from 'vitest';
import { demoPassword } from '../../server/demo/accounts.ts';
import { readPdfText } from '../../server/features/tickets/testing/read-pdf.ts';
import type { Person } from './testing/browsers.ts';
import { cards, payWith, seesTickets } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';
import { scrollsSideways } from './testing/sideways.ts';

const house = setUpHouse();

/** The longest word of a German law. */
const word = 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz';
/** Where a field holds fewer letters. */
const cut = (most: number) => word.slice(0, most);

let event: { id: string; slug: string; version: number };
beforeAll(async () => {
  const { request } = (await house.person()).context;
  await request.post('/api/auth/sign-in/email', {
    data: { email: 'organiser@example.com', password: demoPassword },
  });
  const { id: organisationId } = await (
    await request.post('/api/organisations', { data: { name: `${word} GmbH` } })
  ).json();
  const startsAt = house.app.clock.now().getTime() + 3_600_000;
  const row = {
    label: cut(8),
    zone: 'near',
    labels: ['1', '2', '3', '4'],
    x: [20, 30, 40, 50],
    y: [50, 50, 50, 50],
  };
  const created = await request.post('/api/events', {
    data: {
      organisationId,
      title: word,
      summary: word,
      description: word,
      category: 'other',
      startsAt: new Date(startsAt).toISOString(),
      endsAt: new Date(startsAt + 7_200_000).toISOString(),
      timeZone: 'Europe/Berlin',
      venue: { name: word, address: word, city: word, country: 'DE' },
      currency: 'EUR',
      asksAttendeeNames: true,
      seatLayout: {
        width: 100,
        height: 100,
        zones: [{ key: 'near', name: cut(40), color: '#112233' }],
        sections: [{ key: 'stalls', name: cut(60), rows: [row] }],
      },
      pools: [{ key: 'all', name: 'All', capacity: 50 }],
      ticketTypes: [
        { name: cut(60), description: word, priceMinor: 4900, zone: 'near' },
        { name: `Steh${cut(56)}`, description: word, priceMinor: 2900, pools: ['all'] },
      ],
    },
  });
  event = await created.json();
  expect(created.status(), JSON.stringify(event)).toBe(201);
  const published = await request.post(`/api/events/${event.id}/publication`, {
    headers: { 'if-match': `"${event.version}"` },
  });
  expect(published.status()).toBe(200);
});

test('a word of 63 letters in every field widens no page of a buyer and of the door, nor the PDF', async () => {
  const wide: string[] = [];
  const check = async (person: Person, page: string) => {
    const found = await scrollsSideways(person, { 'own letters': '', 'wide letters': 'sans-serif' });
    wide.push(...found.filter((what) => !what.includes('broken:')).map((what) => `${page}, ${what}`));
  };
  const buyer = await house.person({ narrow: true });
  const email = `${cut(50).replaceAll('ü', 'u')}@example.org`;
  await buyer.open(`/?q=${word}`);
  await buyer.sees('link', word);
  await check(buyer, 'explore');
  await buyer.open(`/e/${event.slug}`);
  await buyer.sees('heading', word);
  await check(buyer, 'event');
  await buyer.page.getByRole('main').getByRole('link', { name: /GmbH/ }).click();
  await buyer.sees('heading', `${word} GmbH`);
  await check(buyer, 'organiser');
  await buyer.open(`/e/${event.slug}/seats`);
  await buyer.press('List');
  await check(buyer, 'seats');
  await buyer.page
    .getByRole('button', { name: new RegExp(`^${cut(20)}`) })
    .first()
    .click();
  await buyer.page
    .getByRole('button', { name: /4,900|€49/ })
    .first()
    .click();
  await check(buyer, 'seats: chosen');
  await buyer.press(/^Continue/);
  await buyer.sees('heading', 'Checkout');
  await buyer.fill('Name', word);
  await buyer.fill('E-mail', email);
  await check(buyer, 'checkout');
  for (const field of await buyer.page.getByLabel(/^Name for ticket/).all()) await field.fill(word);
  await buyer.press('Continue to payment');
  await buyer.page.getByLabel('Card number').waitFor();
  await check(buyer, 'payment');
  await payWith(buyer, cards.good);
  const orderId = await seesTickets(buyer, 1);
  await check(buyer, 'order');
  await buyer.press('Correct the address or send again');
  await check(buyer, 'order: address');
  await buyer.press('Close');
  await buyer.press('End the links in my mails');
  await check(buyer, 'order: links');
  await buyer.press('Keep the links');
  await buyer.open('/orders');
  await buyer.sees('link', word);
  await check(buyer, 'my tickets');
  const mails = async () =>
    (await (await buyer.context.request.get(`/api/mailbox?to=${encodeURIComponent(email)}`)).json()).items;
  await expect.poll(async () => (await mails()).length, { timeout: 60_000 }).toBe(1);
  await buyer.open(`/mailbox/${(await mails())[0].id}`);
  await buyer.page.frameLocator('iframe').getByRole('heading').first().waitFor();
  await check(buyer, 'mail');
  const sideways = await buyer.page
    .frameLocator('iframe')
    .locator('html')
    .evaluate((root) => root.scrollWidth - root.clientWidth);
  expect(sideways, 'the mail itself').toBe(0);

  const pdf = await (await buyer.context.request.get(`/api/orders/${orderId}/tickets.pdf`)).body();
  // The whole title is on the ticket, on as many lines as it takes.
  expect(readPdfText(pdf).replaceAll(/\s/g, '')).toContain(cut(20));

  const door = await house.person({ narrow: true });
  await door.context.request.post('/api/auth/sign-in/email', {
    data: { email: 'organiser@example.com', password: demoPassword },
  });
  await door.open('/door');
  await door.sees('link', new RegExp(word));
  await check(door, 'door');
  await door.open(`/door/${event.id}`);
  const { tickets } = await (await buyer.context.request.get(`/api/orders/${orderId}`)).json();
  const { code } = await (await buyer.context.request.get(`/api/tickets/${tickets[0].id}`)).json();
  await door.fill('Ticket code', code);
  await door.press('Check in');
  await door.hears('status', 'Admitted');
  await check(door, 'door: admitted');
  expect(wide).toEqual([]);
}, 600_000);
