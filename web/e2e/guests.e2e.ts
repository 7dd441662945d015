import type { Route } from 'playwright-core';
import { expect, test } from 'vitest';
import { proof } from '../../server/testing/thorough.ts';
import { personAt } from './testing/browsers.ts';
import { seesTickets } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';
import { linkTo } from './testing/mailbox.ts';
import { publishSale } from './testing/sales.ts';

const house = setUpHouse();

const openSale = (title: string, capacity: number, priceMinor = 0) =>
  publishSale(house, title, {
    pools: [{ key: 'all', name: 'All', capacity }],
    ticketTypes: [{ name: 'In', priceMinor, pools: ['all'] }],
  });

const countGuests = async () =>
  (await house.app.db.query<{ count: number }>('select count(*)::int from users where is_anonymous'))[0]
    ?.count as number;

test('a double click of a new visitor at the last place is one guest with one hold', async () => {
  const address = await openSale('One chair', 1);
  const before = await countGuests();
  const visitor = await house.person();
  await visitor.open(address);
  await visitor.press('More: In');
  // A phone's network: the second click comes before the first answer.
  await visitor.context.route(/holds$|sign-in/, async (route) => {
    await new Promise((done) => setTimeout(done, 500));
    await route.continue();
  });
  await visitor.page.getByRole('button', { name: /^Continue/ }).dblclick();
  await visitor.sees('heading', 'Checkout');
  expect(await countGuests()).toBe(before + 1);
  // The hold is this browser's after a reload too.
  await visitor.page.reload();
  await visitor.sees('heading', 'Checkout');
  await visitor.page.getByLabel('Name', { exact: true }).waitFor();
});

proof('two tabs of a new visitor at the same moment are one guest, and the hold stays theirs', async () => {
  const address = await openSale('Two tabs', 1);
  const before = await countGuests();
  const one = await house.person();
  const two = personAt(await one.context.newPage(), one.expects);
  one.expects({ status: 409, path: '/holds' });
  for (const tab of [one, two]) {
    await tab.open(address);
    await tab.press('More: In');
  }
  // Neither request of a kind reaches the server before both tabs have sent theirs.
  for (const kind of ['**/holds', '**/sign-in/anonymous']) {
    const sent: Route[] = [];
    await one.context.route(kind, async (route) => {
      sent.push(route);
      if (sent.length === 2) await Promise.all(sent.map((each) => each.continue()));
    });
  }
  await Promise.all([one, two].map((tab) => tab.page.getByRole('button', { name: /^Continue/ }).click()));
  await Promise.any([one, two].map((tab) => tab.page.waitForURL(/checkout/)));
  expect(await countGuests()).toBe(before + 1);
  const winner = [one, two].find((tab) => /checkout/.test(tab.page.url()));
  await winner?.page.reload();
  await winner?.page.getByLabel('Name', { exact: true }).waitFor();
});

test('a guest orders on one device, and the link of the mail opens the order on another', async () => {
  const address = await openSale('Small hall', 10);
  const laptop = await house.person();
  await laptop.open(address);
  await laptop.press('More: In');
  await laptop.page.getByRole('button', { name: /^Continue/ }).click();
  await laptop.fill('Name', 'Nora Lindholm');
  // A likely mistyped domain is asked about, and never refused.
  await laptop.fill('E-mail', 'nora-devices@gmial.com');
  await laptop.press('Get the tickets');
  await laptop.hears('status', 'Did you mean nora-devices@gmail.com?');
  await laptop.press('Keep nora-devices@gmial.com');
  const orderId = await seesTickets(laptop, 1);
  const wrongLink = await linkTo(house.url, 'nora-devices@gmial.com', /http\S+\/orders\/ord_\w+#[\w-]+/);

  // The buyer sees the mistake and corrects it: the tickets go to the right address.
  await laptop.press('Correct the address or send again');
  await laptop.page.getByRole('dialog').getByLabel('E-mail').fill('nora-devices@example.org');
  await laptop.press('Send the tickets');
  await laptop.hears('status', 'nora-devices@example.org');
  const link = await linkTo(house.url, 'nora-devices@example.org', /http\S+\/orders\/ord_\w+#[\w-]+/);

  const phone = await house.person({ phone: true });
  await phone.open(link);
  await seesTickets(phone, 1);
  // The secret is out of the address, and the order stays open without it.
  expect(phone.page.url()).toBe(`${house.url}/orders/${orderId}`);
  await phone.page.reload();
  await seesTickets(phone, 1);
  await phone.download('Tickets as PDF');
  await phone.open('/orders');
  await phone.sees('link', /Small hall/);

  // The phone's owner ends the links: the laptop is the buyer's own and keeps the order, and so does the phone.
  await phone.open(`/orders/${orderId}`);
  await phone.press('End the links in my mails');
  await phone.page.getByRole('dialog').getByRole('button', { name: 'End the links' }).click();
  await phone.hears('status', 'A new link is on its way to nora-devices@example.org');
  await phone.page.reload();
  await seesTickets(phone, 1);
  const tablet = await house.person();
  tablet.expects({ status: 404, path: '/openings' });
  await tablet.open(link);
  await tablet.sees('heading', 'Open your order');

  // The link of the mail to the wrong address has ended; the page offers a fresh one.
  const stranger = await house.person({ phone: true });
  stranger.expects({ status: 404, path: '/openings' });
  await stranger.open(wrongLink);
  await stranger.sees('heading', 'Open your order');
  expect(await stranger.page.getByLabel('Order number').inputValue()).toBe(orderId.slice(-8));
  await stranger.fill('E-mail', 'nora-devices@example.org');
  await stranger.press('Send me the link');
  await stranger.hears('status', 'nora-devices@example.org');
});
