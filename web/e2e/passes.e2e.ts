import { expect, test } from 'vitest';
import { isAccessible } from './testing/axe.ts';
import { cards, codesOf, giveDetails, newBuyer, payWith, seesTickets } from './testing/buying.ts';
import { scan } from './testing/door.ts';
import { setUpHouse } from './testing/house.ts';
import { enter } from './testing/organising.ts';
import { publishSale } from './testing/sales.ts';
import { scrollsSideways } from './testing/sideways.ts';

const house = setUpHouse();

const hall = {
  pools: [{ key: 'hall', name: 'Hall', capacity: 10 }],
  ticketTypes: [{ name: 'Standing', priceMinor: 1500, pools: ['hall'] }],
};

test('an organiser makes a pass, a buyer buys it and comes in on both dates, and on each only once', async () => {
  const first = await publishSale(house, 'Evening of Lanterns', hall);
  const second = await publishSale(house, 'Evening of Embers', hall);
  const organiser = await enter(house, { phone: true });
  const { page, context } = organiser;
  const idOf = async (address: string) =>
    (await (await context.request.get(`/api/events/${address.split('/').at(-1)}`)).json()).id as string;
  const [one, two] = [await idOf(first), await idOf(second)];

  await organiser.open(`/organise/events/${one}`);
  await organiser.follow('Pass for several dates');
  await organiser.sees('heading', 'Make a pass');
  await organiser.fill('Name of the pass', 'Pass of Light');
  await organiser.fill('Price in EUR', '25');
  await page.getByRole('checkbox', { name: /Evening of Embers/ }).check();
  await isAccessible(organiser);
  expect(await scrollsSideways(organiser, { 'own letters': '' })).toEqual([]);
  await organiser.press('Make a pass');
  await page.getByText('0 of 0 sold').waitFor();
  await organiser.fill('How many passes', '11');
  organiser.expects({ status: 409, path: '/pass/places' });
  await organiser.press('Save');
  await page.getByText(/has only 10 free places for this pass/).waitFor();
  await organiser.fill('How many passes', '4');
  await organiser.press('Save');
  await page.getByText('0 of 4 sold').waitFor();
  await isAccessible(organiser);
  expect(await scrollsSideways(organiser, { 'own letters': '' })).toEqual([]);
  await page.getByRole('link', { name: 'Pass of Light' }).click();
  await organiser.press('Publish');
  await page
    .getByText(/Published/)
    .first()
    .waitFor();
  const passId = page.url().split('/').at(-1) as string;
  const { slug } = await (await context.request.get(`/api/events/${passId}`)).json();

  const buyer = await house.person({ phone: true });
  await buyer.open(`/e/${slug}`);
  await buyer.sees('heading', 'Opens 2 dates');
  await isAccessible(buyer);
  expect(await scrollsSideways(buyer, { 'own letters': '' })).toEqual([]);
  await buyer.press('More: Pass of Light');
  await buyer.press('Continue with 1 ticket');
  await giveDetails(buyer, newBuyer());
  await payWith(buyer, cards.good);
  const [code] = (await codesOf(buyer, await seesTickets(buyer, 1))) as [string];

  for (const id of [one, two]) {
    await organiser.open(`/door/${id}`);
    await scan(organiser, code);
    await organiser.hears('status', 'Admitted');
  }
  organiser.expects({ status: 409, path: '/check-ins' });
  await scan(organiser, code);
  await organiser.hears('status', 'Used already');
  await organiser.open(`/organise/events/${passId}/pass`);
  await page.getByText('1 of 4 sold').waitFor();
  expect(await page.getByText('Tickets: 1, admitted: 1. Kept: 3. Free: 6.').count()).toBe(2);
});
