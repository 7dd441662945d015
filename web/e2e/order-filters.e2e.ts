import { expect, test } from 'vitest';
import { isAccessible } from './testing/axe.ts';
import { cards, findEvent, giveDetails, newBuyer, payWith, seesTickets } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';
import { enter } from './testing/organising.ts';

const house = setUpHouse();

test('an organiser narrows the orders by filters, with the keyboard, and comes back to them from an order', async () => {
  const buyer = await house.person({ phone: true });
  await findEvent(buyer, 'Night Shift');
  await buyer.press('More: Regular');
  await buyer.press(/^Continue with/);
  await giveDetails(buyer, newBuyer('Zoë Quistgaard'));
  await payWith(buyer, cards.good);
  const orderId = await seesTickets(buyer, 1);
  const { number } = await (await buyer.context.request.get(`/api/orders/${orderId}`)).json();

  const organiser = await enter(house, { phone: true });
  const { page } = organiser;
  await organiser.open('/organise/orders');
  await page.getByRole('link', { name: new RegExp(number) }).waitFor();
  await page.locator('summary', { hasText: 'Filters' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Event', exact: true }).selectOption({ label: 'Night Shift' });
  await page.getByLabel('Ticket type', { exact: true }).selectOption({ label: 'Regular' });
  await page.getByLabel(/^Total from/).fill('1');
  await page.keyboard.press('Enter');
  await page.locator('summary', { hasText: 'Filters (3)' }).waitFor();
  await page.getByRole('link', { name: new RegExp(number) }).waitFor();
  await isAccessible(organiser);

  await page.getByLabel('Refunds', { exact: true }).selectOption('whole');
  await page.getByText('No order found').waitFor();
  await page.getByLabel('Refunds', { exact: true }).selectOption('none');
  await organiser.follow(new RegExp(number));
  await organiser.sees('heading', `Order ${number}`);
  await organiser.follow('Orders');
  await page.locator('summary', { hasText: 'Filters (4)' }).waitFor();
  expect(await page.getByLabel('Refunds', { exact: true }).inputValue()).toBe('none');
  await page.getByRole('button', { name: 'Clear filters' }).focus();
  await page.keyboard.press('Enter');
  await page.locator('summary', { hasText: /^Filters$/ }).waitFor();
  expect(new URL(page.url()).searchParams.has('refunded')).toBe(false);
});
