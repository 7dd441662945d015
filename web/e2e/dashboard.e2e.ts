import { expect, test } from 'vitest';
import { proof } from '../../server/testing/thorough.ts';
import { isAccessible } from './testing/axe.ts';
import { cards, findEvent, giveDetails, newBuyer, payWith, seesTickets } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';
import { enter } from './testing/organising.ts';

const house = setUpHouse();
const night = 'Night Shift';

test('a buyer in a second browser buys, and the figures move without a reload', async () => {
  const organiser = await enter(house);
  // By keyboard: to the event, to its figures, and into the table behind the chart.
  await organiser.page.getByRole('link', { name: night }).focus();
  await organiser.page.keyboard.press('Enter');
  // The list has a heading of this name too, but of another level.
  await organiser.page.getByRole('heading', { level: 1, name: night }).waitFor();
  await organiser.page.getByRole('link', { name: 'Figures' }).focus();
  await organiser.page.keyboard.press('Enter');
  await organiser.sees('heading', 'Figures');
  await organiser.page.getByText('Live: the figures move by themselves.').waitFor();
  const tile = organiser.page.locator('dt:text-is("Sold") + dd');
  const sold = async () => Number((await tile.innerText()).replaceAll(/\D/g, ''));
  const before = await sold();
  await organiser.page.evaluate(() => Object.assign(window, { sameDocument: true }));

  const buyer = await house.person({ phone: true });
  await findEvent(buyer, night);
  const { pathname } = new URL(buyer.page.url());
  await buyer.open(`${pathname}?ref=poster`);
  for (let i = 0; i < 2; i++) await buyer.press('More: Regular');
  await buyer.press('Continue with 2 tickets');
  await giveDetails(buyer, newBuyer());
  await payWith(buyer, cards.good);
  await seesTickets(buyer, 2);

  await expect.poll(sold, { timeout: 60_000 }).toBe(before + 2);
  await organiser.page.getByRole('rowheader', { name: 'poster' }).waitFor();
  // The demo's buyers have no browser.
  const began = organiser.page
    .getByRole('row', { name: /^Began to choose/ })
    .getByRole('cell')
    .first();
  await expect.poll(() => began.innerText(), { timeout: 60_000 }).toBe('1');
  expect(await organiser.page.evaluate(() => 'sameDocument' in window)).toBe(true);
  await organiser.page.getByText('Show as a table').first().focus();
  await organiser.page.keyboard.press('Enter');
  await organiser.page.getByRole('table', { name: 'Sales over time' }).waitFor();
  await isAccessible(organiser);
});

proof('the figures of all events fit a narrow phone', async () => {
  const organiser = await enter(house, { phone: true });
  await organiser.page.setViewportSize({ width: 320, height: 700 });
  await organiser.follow('Figures');
  await organiser.sees('heading', 'Figures');
  await organiser.sees('heading', 'Events');
  expect(await organiser.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await isAccessible(organiser);
});
