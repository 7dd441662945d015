import { expect, test } from 'vitest';
import { isAccessible } from './testing/axe.ts';
import type { Person } from './testing/browsers.ts';
import { newBuyer } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';
import { publishSale } from './testing/sales.ts';
import { scrollsSideways } from './testing/sideways.ts';

const house = setUpHouse();
const theatre = '/e/the-cartographer-s-daughter';

async function orders({ page }: Person, button: string): Promise<void> {
  const { name, email } = newBuyer();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('E-mail', { exact: true }).fill(email);
  await page.getByRole('button', { name: button, exact: true }).click();
}

test('without JavaScript a person buys from the front page to the tickets, and pays', async () => {
  const guest = await house.person({ withoutScripts: true, phone: true });
  await guest.open('/');
  await guest.follow('Night Shift');
  await guest.sees('heading', 'Night Shift');
  await guest.follow('Buy tickets without JavaScript');
  const most = guest.page.getByRole('spinbutton').first();
  await most.fill('2');
  await guest.press('Continue');
  await guest.sees('heading', 'Checkout');
  await orders(guest, 'Continue to payment');
  await guest.follow(/^Pay /);
  await guest.sees('heading', 'Sandbox payment');
  await guest.fill('Card number', '4000 0000 0000 0002');
  guest.expects({ status: 402, path: '/sandbox/pay/' });
  await guest.press(/^Pay /);
  await guest.hears('alert', 'Your card was declined.');
  await guest.fill('Card number', '4242 4242 4242 4242');
  await guest.press(/^Pay /);
  // The webhook may come after the person.
  await expect
    .poll(async () => {
      const codes = await guest.page.getByRole('img', { name: /^QR code of ticket/ }).count();
      if (codes === 0) await guest.follow('Look again').catch(() => {});
      return codes;
    })
    .toBe(2);
  const pdf = await guest.page.getByRole('link', { name: 'Tickets as PDF' }).getAttribute('href');
  const file = await guest.context.request.get(pdf ?? '');
  expect(file.headers()['content-type']).toBe('application/pdf');
});

test('without JavaScript seats are chosen by the house, and a free order needs no payment', async () => {
  const guest = await house.person({ withoutScripts: true });
  await guest.open(`${theatre}/buy`);
  await guest.fill('How many seats?', '2');
  await guest.press('Continue');
  await guest.sees('heading', 'Checkout');
  expect(await guest.page.getByText(/, row \w+, seat \d+/).count()).toBe(2);
  await guest.press('Give the places back');
  await guest.sees('heading', 'The Cartographer’s Daughter');

  const free = await publishSale(house, 'Open day', {
    pools: [{ key: 'all', name: 'All', capacity: 20 }],
    ticketTypes: [{ name: 'Visitor', priceMinor: 0, pools: ['all'] }],
  });
  await guest.open(`${free}/buy`);
  await guest.page.getByRole('spinbutton').fill('1');
  await guest.press('Continue');
  await orders(guest, 'Get the tickets');
  await guest.sees('img', 'QR code of ticket 1');
});

test('these pages are accessible, and no phone scrolls them sideways, in any direction of writing', async () => {
  // The pages have no scripts of their own. The tests need some to measure them.
  for (const [locale, go, pay] of [
    ['en-GB', 'Continue', 'Continue to payment'],
    ['de-DE', 'Weiter', 'Weiter zur Zahlung'],
    ['ar-EG', 'متابعة', 'تابع إلى الدفع'],
  ] as const) {
    const guest = await house.person({ locale, phone: true });
    const looks = async (what: string) => {
      await isAccessible(guest);
      const letters = { 'own letters': '', 'wide letters': 'sans-serif' };
      expect(await scrollsSideways(guest, letters, 'header a'), `${locale}, ${what}`).toEqual([]);
    };
    await guest.open(`${theatre}/buy`);
    await looks('seats');
    await guest.open('/e/night-shift/buy');
    await looks('places');
    guest.expects({ status: 400, path: '/buy' });
    await guest.press(go);
    await guest.page.getByRole('alert').waitFor();
    await looks('refused');
    await guest.page.getByRole('spinbutton').first().fill('1');
    await guest.press(go);
    await guest.page.waitForURL(/\/buy\/hld_/);
    await looks('checkout');
    const { name, email } = newBuyer();
    await guest.page.locator('[name=name]').fill(name);
    await guest.page.locator('[name=email]').fill(email);
    await guest.press(pay);
    await guest.page.locator('a[href*="/sandbox/pay/"]').waitFor();
    await looks('payment');
    await guest.open((await guest.page.url()).replace('hld_', 'ord_'));
    await looks('order');
  }
});
