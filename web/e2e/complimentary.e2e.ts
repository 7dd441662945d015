import { expect, test } from 'vitest';
import { isAccessible } from './testing/axe.ts';
import { setUpHouse } from './testing/house.ts';
import { enter } from './testing/organising.ts';
import { publishSale } from './testing/sales.ts';

const house = setUpHouse();

test('an organiser issues complimentary tickets with the keyboard, also out of a block, and finds them again', async () => {
  const address = await publishSale(house, 'Night of Friends', {
    pools: [{ key: 'hall', name: 'Hall', capacity: 10 }],
    ticketTypes: [{ name: 'Standing', priceMinor: 1500, pools: ['hall'] }],
  });
  const organiser = await enter(house, { phone: true });
  const { page, context } = organiser;
  const { id, ticketTypes } = await (
    await context.request.get(`/api/events/${address.split('/').at(-1)}`)
  ).json();
  const free = async () =>
    (await (await context.request.get(`/api/events/${id}/availability`)).json()).ticketTypes[0].available;

  await organiser.open(`/organise/events/${id}`);
  await page.getByRole('link', { name: 'Complimentary tickets' }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Name of the recipient').focus();
  await page.keyboard.type('Ada Osei');
  await page.keyboard.press('Tab');
  await page.keyboard.type('ada@example.com');
  await page.getByLabel('How many places').fill('3');
  await page.getByLabel('Why').focus();
  await page.keyboard.type('Press');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.getByText('3 tickets are on the way to ada@example.com.').waitFor();
  expect(await free()).toBe(7);
  await isAccessible(organiser);

  const blocked = await context.request.post(`/api/events/${id}/blocks`, {
    data: { label: 'House', items: [{ ticketTypeId: ticketTypes[0].id, quantity: 4 }] },
    headers: { origin: new URL(page.url()).origin },
  });
  expect(blocked.status()).toBe(201);
  await organiser.open(`/organise/events/${id}/complimentary`);
  await page
    .getByLabel('Ticket type or row')
    .locator('option', { hasText: 'House' })
    .waitFor({ state: 'attached' });
  await page.getByLabel('Ticket type or row').selectOption({ label: 'House · Standing (4)' });
  await page.getByLabel('How many places').fill('2');
  await page.getByLabel('Name of the recipient').fill('Ben Ito');
  await page.getByLabel('Email address').fill('ben@example.com');
  await organiser.pressTwice('Issue tickets');
  await page.getByText('2 tickets are on the way to ben@example.com.').waitFor();
  expect(await free()).toBe(3);

  await page.getByRole('link', { name: 'Complimentary tickets so far' }).click();
  await page.getByText('Ben Ito').waitFor();
  await page.getByText('Ada Osei').waitFor();
});
