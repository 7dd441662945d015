import { expect, test } from 'vitest';
import { isAccessible } from './testing/axe.ts';
import { cards, giveDetails, newBuyer, payWith, seesTickets } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';
import { draft, enter } from './testing/organising.ts';
import { publishSale } from './testing/sales.ts';

const house = setUpHouse();

const floor = { pools: [{ key: 'all', name: 'All', capacity: 40 }] };
const early = {
  ...floor,
  ticketTypes: [
    {
      name: 'Entry',
      priceMinor: 3000,
      pools: ['all'],
      priceSteps: [{ name: 'Early bird', priceMinor: 1000, places: 2 }],
    },
  ],
};
const own = {
  ...floor,
  ticketTypes: [
    { name: 'Solidarity', priceMinor: 1500, pools: ['all'], payWhatYouWant: { minMinor: 500 } },
    {
      name: 'Group',
      priceMinor: 2000,
      pools: ['all'],
      minPerOrder: 2,
      groupPrices: [{ from: 3, priceMinor: 1200 }],
    },
  ],
};

test('an organiser sets early prices, and buyers see what is left of them, live, and pay each at its price', async () => {
  const organiser = await enter(house, { phone: true });
  await draft(organiser, 'First Light');
  await organiser.choose('How it is priced', 'Early prices');
  await organiser.press('Add a price step');
  await organiser.fill('Name of step 1', 'Early bird');
  await organiser.fill('Step 1 costs (EUR)', '10');
  await organiser.press('Save the draft');
  await organiser.page.getByText('Give a time, a number of tickets, or both.').waitFor();
  await organiser.fill('Step 1 has so many tickets', '2');
  await isAccessible(organiser);
  await organiser.press('Save the draft');
  await organiser.sees('heading', 'First Light');
  await organiser.press('Publish');
  await organiser.page.getByText('Published. Buyers can find it and buy tickets from now on.').waitFor();
  expect(await organiser.page.getByLabel('Step 1 costs (EUR)').inputValue()).toBe('10');

  const event = await publishSale(house, 'Second Light', early);
  const watcher = await house.person({ phone: true });
  await watcher.open(event);
  await watcher.page.getByText('Early bird · 2 left at this price · then €30').waitFor();
  const guest = await house.person();
  await guest.open(event);
  const more = guest.page.getByRole('button', { name: 'More: Entry' });
  await more.click();
  await more.click();
  await more.click();
  await guest.press('Continue · €50');
  await guest.sees('heading', 'Checkout');
  const summary = await guest.sees('complementary', 'Your order');
  expect(await summary.textContent()).toMatch(/2 ×\s*Entry.*€20.*1 ×\s*Entry.*€30/);
  // The price of the page that is open follows.
  await watcher.page.getByText('Early bird').waitFor({ state: 'detached' });
  await watcher.page.getByRole('region', { name: 'Tickets' }).getByText('€30').first().waitFor();
  await giveDetails(guest, newBuyer());
  await payWith(guest, cards.good);
  await seesTickets(guest, 3);
});

test('a buyer names a price within its bounds, and a group of three is cheaper', async () => {
  const event = await publishSale(house, 'What You Want', own);
  const guest = await house.person({ phone: true });
  await guest.open(event);
  await guest.press('More: Solidarity');
  await guest.fill('Your price for Solidarity (EUR)', '4');
  await guest.page.getByText('Enter a price of at least €5.').waitFor();
  await guest.press(/^Continue/);
  expect(await guest.page.evaluate(() => document.activeElement?.getAttribute('inputmode'))).toBe('decimal');
  await guest.fill('Your price for Solidarity (EUR)', '7,50');
  await isAccessible(guest);
  // The first step is to the smallest order.
  await guest.press('More: Group');
  expect(await guest.page.getByRole('group', { name: 'Group' }).getByRole('status').textContent()).toBe('2');
  await guest.press('More: Group');
  await guest.press(/^Continue/);
  await guest.sees('heading', 'Checkout');
  expect(await guest.page.getByText('€43.50').count()).toBeGreaterThan(0);
  await giveDetails(guest, newBuyer());
  await payWith(guest, cards.good);
  await seesTickets(guest, 4);
});

test('without JavaScript the steps, the groups and the own price are there too', async () => {
  const event = await publishSale(house, 'Plain Prices', own);
  const guest = await house.person({ withoutScripts: true, phone: true });
  await guest.open(`${event}/buy`);
  await guest.page.getByText('From 3 tickets: €12.00 each').waitFor();
  await guest.page.getByRole('spinbutton').first().fill('1');
  await guest.fill('Your price for Solidarity (EUR)', '3');
  guest.expects({ status: 409, path: '/buy' });
  await guest.press('Continue');
  await guest.hears('alert', 'These tickets cost more than this. Enter a higher price.');
  await guest.fill('Your price for Solidarity (EUR)', '9');
  await guest.press('Continue');
  await guest.sees('heading', 'Checkout');
  expect(await guest.page.getByText('€9').count()).toBeGreaterThan(0);
  const other = await publishSale(house, 'Plain Steps', early);
  await guest.open(`${other}/buy`);
  await guest.page.getByText('Early bird · 2 left at this price · then €30.00').waitFor();
});
