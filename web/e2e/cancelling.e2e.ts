import { test } from 'vitest';
import { isAccessible } from './testing/axe.ts';
import { cards, findEvent, giveDetails, newBuyer, payWith, seesTickets } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';

const house = setUpHouse();
/** 100% until 14 days before the start, 50% until 2 days before it; 5.00 kept of each ticket. */
const run = 'Fjord Night Half Marathon';

test('a buyer cancels one ticket, and the rest after less goes back than they saw', async () => {
  const ada = await house.person();
  await findEvent(ada, run);
  await ada.page.getByText('The full price goes back until 14 days before the start').waitFor();
  await ada.page.getByText('50% of the price goes back until 2 days before the start').waitFor();
  await ada.page.getByText(/^The organiser keeps .*5.* of each ticket\.$/).waitFor();
  for (let i = 0; i < 2; i++) await ada.press('More: Start number');
  await ada.press(/^Continue/);
  await ada.page.getByText('The full price goes back until 14 days before the start').waitFor();
  await giveDetails(ada, newBuyer());
  await payWith(ada, cards.good);
  const orderId = await seesTickets(ada, 2);
  await ada.page.getByText(/^Until .* you get back .*1,380.*; .*10.* is kept\.$/).waitFor();

  await ada.press('Cancel tickets');
  const dialog = await ada.sees('dialog', 'Cancel tickets?');
  await dialog.getByLabel(/^Ticket 2 of 2/).uncheck();
  await dialog.locator('strong', { hasText: /690/ }).waitFor();
  await dialog.getByText(/5.* of the price is kept\.$/).waitFor();
  await dialog.getByText(/^These figures hold until /).waitFor();
  await isAccessible(ada);
  await ada.press(/^Cancel and refund .*690/);
  await ada.page.getByText(/690.* (is on its way since|was sent back on) /).waitFor();
  await ada.page.getByText(/^Until .* you get back .*690.*; .*5.* is kept\.$/).waitFor();

  await ada.press('Cancel the order');
  const rest = await ada.sees('dialog', 'Cancel this order?');
  const order = await (await ada.context.request.get(`/api/orders/${orderId}`)).json();
  // The deadline of the first step passes while the dialog is open.
  house.advance(Date.parse(order.cancellation.until) + 60_000 - Date.now());
  ada.expects({ status: 409, path: '/cancellation' });
  await ada.press(/^Cancel and refund .*690/);
  await rest.getByText('Meanwhile less goes back.').waitFor();
  await ada.press(/^Cancel and refund .*342\.50/);
  await ada.page.getByText('This order was cancelled.').waitFor();
  await ada.page
    .getByText(/1,032\.50/)
    .first()
    .waitFor();
  await isAccessible(ada);
});
