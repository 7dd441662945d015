import { expect, test } from 'vitest';
import { isAccessible } from './testing/axe.ts';
import { setUpHouse } from './testing/house.ts';
import { enter } from './testing/organising.ts';
import { publishSale } from './testing/sales.ts';

const house = setUpHouse();

test('an organiser blocks places with the keyboard, buyers cannot have them, and a release brings them back', async () => {
  const address = await publishSale(house, 'Hall of Echoes', {
    pools: [{ key: 'hall', name: 'Hall', capacity: 10 }],
    ticketTypes: [{ name: 'Seatless', priceMinor: 1500, pools: ['hall'] }],
  });
  const organiser = await enter(house, { phone: true });
  const { page, context } = organiser;
  const { id } = await (await context.request.get(`/api/events/${address.split('/').at(-1)}`)).json();
  const free = async () =>
    (await (await context.request.get(`/api/events/${id}/availability`)).json()).ticketTypes[0].available;

  await organiser.open(`/organise/events/${id}/blocks`);
  await page.getByText('No place is blocked.').waitFor();
  await page.getByLabel('What for').focus();
  await page.keyboard.type('House seats');
  await page.getByLabel('How many places').fill('4');
  await page.keyboard.press('Enter');
  await page.getByText('4 places are off sale.').waitFor();
  await page.getByRole('listitem').filter({ hasText: 'House seats' }).waitFor();
  expect(await free()).toBe(6);
  await isAccessible(organiser);

  await page.getByRole('button', { name: 'Release: House seats' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('No place is blocked.').waitFor();
  expect(await free()).toBe(10);
});

test('an organiser blocks neighbouring seats of a row', async () => {
  const address = await publishSale(house, 'Row of Chairs', {
    seatLayout: {
      width: 80,
      height: 50,
      zones: [{ key: 'a', name: 'A', color: '#3366cc' }],
      sections: [
        {
          key: 'stalls',
          name: 'Stalls',
          rows: ['A', 'B'].map((label, row) => ({
            label,
            zone: 'a',
            labels: ['1', '2', '3', '4'],
            x: [10, 20, 30, 40],
            y: Array.from({ length: 4 }, () => 20 + row * 10),
          })),
        },
      ],
    },
    ticketTypes: [{ name: 'Chair', priceMinor: 1500, zone: 'a' }],
  });
  const organiser = await enter(house);
  const { page, context } = organiser;
  const { id } = await (await context.request.get(`/api/events/${address.split('/').at(-1)}`)).json();
  await organiser.open(`/organise/events/${id}/blocks`);
  const where = page.getByLabel('Ticket type or row');
  await where.waitFor();
  await where.selectOption({ label: 'Stalls · B' });
  await page.getByLabel('What for').fill('Camera');
  await page.getByLabel('Last seat').selectOption({ index: 1 });
  await organiser.pressTwice('Block');
  await page.getByText('2 places are off sale.').waitFor();
  await page.getByRole('listitem').filter({ hasText: 'Camera · 2 places' }).waitFor();
  await isAccessible(organiser);
});
