import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { proof, sampleOf } from '../../server/testing/thorough.ts';
import { bankCards } from '../src/features/buy/test-cards.ts';
import { isAccessible } from './testing/axe.ts';
import type { Person } from './testing/browsers.ts';
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
  await organiser.fill('Order number, address, name, seat or last four digits of the card', 'zoe quist');
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
  await organiser.pressTwice(`Refund ${price}`);
  await organiser.page.getByText(`Refunded: ${price}. The buyer gets a mail.`).waitFor();
  await organiser.page.getByText('This seat has no view.').waitFor();
  await organiser.fill('New note', 'Comes late');
  await organiser.pressTwice('Add note');
  await organiser.page.getByText('Comes late', { exact: true }).waitFor();
  await organiser.fill('Tags, with commas between them', 'press, vip');
  await organiser.press('Save tags');
  await organiser.page.getByRole('list', { name: 'Tags' }).getByText('vip').waitFor();
  await organiser.page.getByText(/^History \(/).click();
  await organiser.page.getByText('Tags of an order changed').waitFor();
  await isAccessible(organiser);

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

  await organiser.open(`/organise/events/${order.event.id}`);
  const file = await organiser.download('Attendees as CSV');
  const rows = readFileSync(file.path, 'utf8').split('\r\n');
  const own = rows.filter((row) => row.includes('Zoë Quistgaard'));
  expect(own.map((row) => row.split(',')[2]).sort()).toEqual(['cancelled', 'valid']);
  await organiser.page.getByRole('link', { name: 'Orders as Excel' }).focus();
  const [workbook] = await Promise.all([
    organiser.page.waitForEvent('download'),
    organiser.page.keyboard.press('Enter'),
  ]);
  expect(workbook.suggestedFilename()).toMatch(/ orders\.xlsx$/);
  const settlement = await organiser.download('Settlement as PDF');
  expect(readFileSync(settlement.path).subarray(0, 5).toString()).toBe('%PDF-');
  await isAccessible(organiser);
});

/** A ticket for one, paid with a card of the pay form whose bank acts five seconds later. */
async function buyWith(card: string): Promise<{ buyer: Person; orderId: string }> {
  const buyer = await house.person({ phone: true });
  await findEvent(buyer, 'Night Shift');
  await buyer.press('More: Regular');
  await buyer.press(/^Continue with/);
  await giveDetails(buyer, newBuyer('Uma Disputa'));
  await buyer.page.getByText('Cards whose bank acts later').click();
  await buyer.press(new RegExp(`^${card}`));
  await isAccessible(buyer);
  await buyer.press(/^Pay /);
  return { buyer, orderId: await seesTickets(buyer, 1) };
}

/** Opens the order again and again until the page says so. What it says comes some time after the page. */
async function opensUntil(organiser: Person, orderId: string, says: string): Promise<void> {
  const isSaid = async () => {
    await organiser.open(`/organise/orders/${orderId}`);
    await organiser.sees('heading', 'Payment');
    return organiser.page
      .getByText(says)
      .waitFor({ timeout: 4_000 })
      .then(
        () => true,
        () => false,
      );
  };
  await expect.poll(isSaid, { timeout: 60_000, interval: 100 }).toBe(true);
}

const disputes = [
  { card: bankCards[1][0], says: 'The buyer disputes this payment · open', due: true },
  { card: bankCards[2][0], says: 'The bank asks about this payment · open', due: true },
  { card: bankCards[3][0], says: 'The bank warns of fraud · open', due: false },
];

test.each(sampleOf(disputes, 1))('an organiser reads at the order: $says', async ({ card, says, due }) => {
  // Before the purchase, because the bank of a test card decides a minute after it opened the dispute.
  const organiser = await enter(house, { phone: true });
  const { orderId } = await buyWith(card);
  await opensUntil(organiser, orderId, says);
  // The dispute may have come between the page's requests. The form to refund would begin anew with the next news of the order.
  await organiser.open(`/organise/orders/${orderId}`);
  await organiser.page.getByText(says).waitFor();
  const deadline = organiser.page.getByText(/^Send your evidence at the payment provider by /);
  expect(await deadline.count()).toBe(due ? 1 : 0);
  if (card !== bankCards[1][0]) return isAccessible(organiser);
  // Axe takes long on a busy machine, so it looks only after the refusal, for which the dispute must still be open.
  await organiser.page.getByText('The payment provider keeps a fee of €15.').waitFor();
  // Nothing of a disputed payment can be refunded.
  organiser.expects({ status: 409, path: `/api/orders/${orderId}/refunds` });
  await organiser.page.getByLabel('Everything that is left', { exact: true }).check();
  await organiser.fill('Reason', 'Never mind the bank.');
  await organiser.press(/^Refund/);
  await organiser.page.getByText(/^The buyer['’]s bank disputes €22/).waitFor();
  await isAccessible(organiser);
  await organiser.open('/organise/books');
  await organiser.page
    .getByText('Fee of a dispute: from “Fees of disputes” to “With the payment provider”')
    .waitFor();
  await isAccessible(organiser);
});

proof('an organiser sees a refund that somebody made at the payment provider', async () => {
  const buyer = await house.person({ phone: true });
  await findEvent(buyer, 'Night Shift');
  await buyer.press('More: Regular');
  await buyer.press(/^Continue with/);
  const placed = buyer.page.waitForResponse(
    (response) => response.request().method() === 'POST' && response.url().endsWith('/api/orders'),
  );
  await giveDetails(buyer, newBuyer('Otto Outside'));
  const { payment } = await (await placed).json();
  await payWith(buyer, cards.good);
  const orderId = await seesTickets(buyer, 1);
  // The page would still ask for the QR code of a ticket that has just ended.
  await buyer.page.goto('about:blank');
  const answer = await buyer.context.request.post(`/api/sandbox/payments/${payment.id}/refunds`, {
    data: { clientSecret: payment.clientSecret },
    headers: { origin: house.url },
  });
  expect(answer.status()).toBe(201);

  const organiser = await enter(house, { phone: true, dark: true });
  await opensUntil(organiser, orderId, 'Refunded at the payment provider');
  await isAccessible(organiser);
});
