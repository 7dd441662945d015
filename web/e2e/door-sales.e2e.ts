import { expect, test } from 'vitest';
import { isAccessible } from './testing/axe.ts';
import { setUpHouse } from './testing/house.ts';
import { enter } from './testing/organising.ts';
import { publishSale } from './testing/sales.ts';

const house = setUpHouse();

test('a seller sells at the door with the keyboard on a phone, shows the codes, cashes up, and gives money back', async () => {
  const address = await publishSale(house, 'Night at the Door', {
    pools: [{ key: 'hall', name: 'Hall', capacity: 10 }],
    ticketTypes: [{ name: 'Standing', priceMinor: 1500, pools: ['hall'] }],
  });
  const organiser = await enter(house, { phone: true });
  const { page, context } = organiser;
  const { id } = await (await context.request.get(`/api/events/${address.split('/').at(-1)}`)).json();
  const free = async () =>
    (await (await context.request.get(`/api/events/${id}/availability`)).json()).ticketTypes[0].available;

  await organiser.open(`/organise/events/${id}`);
  await page.getByRole('link', { name: 'Door sales' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Nothing was sold at the door yet.').waitFor();
  await page.getByLabel('How many places').focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('2');
  await page.getByRole('button', { name: 'Sell for €30' }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type('20');
  await page.getByText('This is less than the price.').first().waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('50');
  await page.getByText('Change due: €20').waitFor();
  await isAccessible(organiser);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '2 tickets sold for €30' }).waitFor();
  await page.keyboard.press('Enter');
  expect(await page.getByRole('img', { name: /Code of ticket/ }).count()).toBe(2);
  expect(await free()).toBe(8);
  await page.getByText('1 sale').waitFor();
  await isAccessible(organiser);
  const paper = await page.getByRole('link', { name: 'Print tickets' }).getAttribute('href');
  const pdf = await context.request.get(paper ?? '');
  expect(pdf.headers()['content-type']).toBe('application/pdf');

  await page.getByRole('button', { name: 'Next sale' }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Paid with').selectOption('card_terminal');
  await page.getByLabel('Name').fill('Ben Ito');
  await organiser.pressTwice('Sell for €15');
  await page.getByRole('heading', { name: '1 ticket sold for €15' }).waitFor();
  expect(await free()).toBe(7);

  await organiser.open(`/organise/orders?event=${id}&origin=box_office`);
  await page.getByRole('link', { name: /Ben Ito/ }).click();
  await organiser.fill('Reason', 'Ill');
  await organiser.press('Refund €15');
  await page.getByText('Waits until you give the money back').waitFor();
  await isAccessible(organiser);
  await page.getByRole('button', { name: 'I have given the money back' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'I have given the money back' }).waitFor({ state: 'detached' });
  await organiser.open(`/organise/events/${id}/door-sales`);
  await page.getByText('left €0').waitFor();
});
