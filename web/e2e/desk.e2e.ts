import { expect, test } from 'vitest';
import { cards, findEvent, giveDetails, newBuyer, payWith, seesTickets } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';
import { enter } from './testing/organising.ts';

const house = setUpHouse();

test('an organiser finds an order by its name, refunds a ticket and sees the money in the books', async () => {
  const buyer = await house.person({ phone: true });
  await findEvent(buyer, 'Night Shift');
  for (let i = 0; i < 2; i++) await buyer.press('More: Regular');
  await buyer.press('Continue with 2 tickets');
  await giveDetails(buyer, newBuyer('Zoë Quistgaard'));
  await payWith(buyer, cards.good);
  const orderId = await seesTickets(buyer, 2);
  const { number } = await (await buyer.context.request.get(`/api/orders/${orderId}`)).json();

  const organiser = await enter(house);
  await organiser.open('/organise');
  await organiser.follow('Orders');
  await organiser.sees('heading', 'Orders');
  await organiser.fill('Order number, address or name', 'zoe quist');
  await organiser.follow(new RegExp(number));
  await organiser.sees('heading', `Order ${number}`);
  await organiser.page.getByLabel('Some tickets', { exact: true }).check();
  // Nothing is sent without a ticket and a reason.
  await organiser.press(/^Refund/);
  await organiser.page.getByText('Choose at least one ticket.', { exact: true }).waitFor();
  await organiser.page.getByText('Write a reason. The buyer reads it.').waitFor();
  await organiser.page
    .getByRole('checkbox', { name: /^Regular/ })
    .first()
    .check();
  await organiser.fill('Reason', 'This seat has no view.');
  await organiser.page.getByText('One ticket ends. Its place is free again.').waitFor();
  const price = await organiser.page.locator('main form strong').innerText();
  await organiser.press(`Refund ${price}`);
  await organiser.page.getByText(`Refunded: ${price}. The buyer gets a mail.`).waitFor();
  await organiser.page.getByText('This seat has no view.').waitFor();

  await buyer.page.reload();
  await buyer.sees('heading', 'Night Shift');
  const order = await (await buyer.context.request.get(`/api/orders/${orderId}`)).json();
  expect(order.tickets.map(({ status }: { status: string }) => status).sort()).toEqual([
    'cancelled',
    'valid',
  ]);

  await organiser.follow('Orders');
  expect(await organiser.page.getByRole('searchbox').inputValue()).toBe('zoe quist');
  await organiser.follow('Organise');
  await organiser.follow('Books');
  await organiser.sees('link', `Order ${number}`);
  await organiser.page.getByText('Refund: from “Owed to you” to “Refunds on their way”').first().waitFor();
});
