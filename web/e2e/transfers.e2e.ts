import { expect, test } from 'vitest';
import { signIn } from './testing/accounts.ts';
import { isAccessible } from './testing/axe.ts';
import { seesTickets } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';
import { linkTo } from './testing/mailbox.ts';
import { publishSale } from './testing/sales.ts';

const house = setUpHouse();
const offerLink = /http\S+\/t\/ttr_\w+#[\w-]+/;

/** A guest on a phone with tickets of a new event. */
async function buyTickets(title: string, email: string, howMany = 2) {
  const address = await publishSale(house, title, {
    pools: [{ key: 'all', name: 'All', capacity: 10 }],
    ticketTypes: [{ name: 'In', priceMinor: 0, pools: ['all'] }],
  });
  const buyer = await house.person({ phone: true });
  await buyer.open(address);
  for (let i = 0; i < howMany; i++) await buyer.press('More: In');
  await buyer.page
    .getByRole('button', { name: /^Continue/ })
    .filter({ visible: true })
    .first()
    .click();
  await buyer.fill('Name', 'Nora Lindholm');
  await buyer.fill('E-mail', email);
  await buyer.press('Get the tickets');
  return { buyer, orderId: await seesTickets(buyer, howMany) };
}

test('a ticket is offered on a phone, accepted on another from the mail, and opened again from it', async () => {
  const { buyer, orderId } = await buyTickets('Passed along', 'nora-transfer@example.org');
  await buyer.page.getByRole('button', { name: 'Pass on', exact: true }).first().click();
  await buyer.sees('dialog', 'Pass this ticket on');
  await isAccessible(buyer);
  await buyer.fill('E-mail address', 'grace-transfer@example.org');
  await buyer.fill('Message', 'See you there');
  await buyer.press('Send the offer');
  await buyer.page.getByText(/^Offered to grace-transfer@example.org/).waitFor();
  await isAccessible(buyer);

  const link = await linkTo(house.url, 'grace-transfer@example.org', offerLink);
  const friend = await house.person({ phone: true });
  await friend.open(link);
  await friend.sees('heading', 'Nora Lindholm has a ticket for you');
  await friend.page.getByText('See you there').waitFor();
  // The secret leaves the address at once.
  expect(new URL(friend.page.url()).hash).toBe('');
  await isAccessible(friend);
  await friend.press('Accept the ticket');
  await friend.page.locator('[aria-invalid=true]').waitFor();
  await friend.fill('Your name', 'Grace Hopper');
  await friend.press('Accept the ticket');
  await friend.sees('heading', 'Passed along');
  await friend.page.getByAltText('QR code of ticket 1').waitFor();
  await friend.page.getByText('From Nora Lindholm').waitFor();
  await isAccessible(friend);

  // The buyer sees to whom it went, and no code of it.
  await buyer.page.reload();
  await buyer.page.getByText('Passed on to Grace Hopper').waitFor();
  expect(await buyer.page.getByRole('img', { name: /^QR code/ }).count()).toBe(1);
  await isAccessible(buyer);

  // The same link opens the ticket on another device.
  const laptop = await house.person();
  await laptop.open(link);
  await laptop.page.getByAltText('QR code of ticket 1').waitFor();
  await laptop.open('/orders');
  await laptop.sees('heading', 'Passed on to you');
  expect(await laptop.page.getByText('No tickets yet').count()).toBe(0);

  const organiser = await house.person();
  await organiser.open('/sign-in');
  await signIn(organiser, 'organiser@example.com');
  await organiser.open(`/organise/orders/${orderId}`);
  await organiser.page.getByText('Nora Lindholm → Grace Hopper (grace-transfer@example.org)').waitFor();
});

test('an offer is taken back, and its link says so; a declined one stays with the sender', async () => {
  const { buyer } = await buyTickets('Taken back', 'nora-back@example.org', 1);
  const offerTo = async (email: string) => {
    await buyer.press('Pass on');
    await buyer.fill('E-mail address', email);
    await buyer.press('Send the offer');
    await buyer.page.getByText(`Offered to ${email}`, { exact: false }).waitFor();
    return linkTo(house.url, email, offerLink);
  };
  const link = await offerTo('first-back@example.org');
  await buyer.press('Take it back');
  await buyer.page.getByRole('button', { name: 'Pass on', exact: true }).waitFor();
  const friend = await house.person({ phone: true });
  await friend.open(link);
  await friend.sees('heading', 'The offer was taken back');

  await friend.open(await offerTo('second-back@example.org'));
  await friend.press('No, thanks');
  await friend.sees('heading', 'Declined');
  await buyer.page.reload();
  await buyer.page.getByRole('button', { name: 'Pass on', exact: true }).waitFor();
});

test('the name on a ticket is changed, and a received ticket is returned', async () => {
  const { buyer } = await buyTickets('Renamed', 'nora-rename@example.org', 1);
  await buyer.press('Add a name');
  await buyer.fill('Name', 'Zoë Ångström');
  await buyer.press('Save');
  await buyer.page.getByText('Zoë Ångström').waitFor();
  await buyer.press('Pass on');
  await buyer.fill('E-mail address', 'grace-return@example.org');
  await buyer.press('Send the offer');
  const friend = await house.person({ phone: true });
  await friend.open(await linkTo(house.url, 'grace-return@example.org', offerLink));
  await friend.fill('Your name', 'Grace Hopper');
  await friend.press('Accept the ticket');
  await friend.sees('heading', 'Renamed');
  // The buyer holds no ticket any more, so there is no PDF.
  await buyer.page.reload();
  await buyer.page.getByRole('button', { name: 'Tickets as PDF', disabled: true }).waitFor();
  await friend.press('Return the ticket');
  await friend.sees('dialog', 'Return this ticket?');
  await isAccessible(friend);
  await friend.page.getByRole('dialog').getByRole('button', { name: 'Return the ticket' }).click();
  await friend.page.getByText('Cancelled', { exact: true }).waitFor();
});
