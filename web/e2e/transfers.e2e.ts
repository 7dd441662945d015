import { expect, test } from 'vitest';
import { proof } from '../../server/testing/thorough.ts';
import { signIn } from './testing/accounts.ts';
import { isAccessible } from './testing/axe.ts';
import type { Person } from './testing/browsers.ts';
import { cards, newBuyer, payWith, seesTickets } from './testing/buying.ts';
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
  await buyer.pressTwice('Send the offer');
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

  // In flight mode the received ticket opens with its code, and what needs the server says so.
  await isReadyForFlight(friend);
  const ticketPage = friend.page.url();
  await friend.context.setOffline(true);
  await friend.open('/orders');
  await friend.sees('heading', 'Passed on to you');
  await friend.follow('Passed along');
  await friend.page.getByText('You are offline').waitFor();
  await friend.page.reload();
  await friend.page.getByAltText('QR code of ticket 1').waitFor();
  expect(friend.page.url()).toBe(ticketPage);
  expect(await (await friend.sees('button', 'Pass on')).getAttribute('title')).toBe(
    'This needs a connection.',
  );
  await friend.context.setOffline(false);

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

test('all tickets of an order are passed on with one mail and accepted at once', async () => {
  const { buyer } = await buyTickets('All along', 'nora-all@example.org', 3);
  await buyer.press('Pass on all 3 tickets');
  await buyer.sees('dialog', 'Pass 3 tickets on');
  await buyer.fill('E-mail address', 'grace-all@example.org');
  await buyer.press('Send the offer');
  await expect
    .poll(() => buyer.page.getByText('Offered to grace-all@example.org', { exact: false }).count())
    .toBe(3);
  const friend = await house.person({ phone: true });
  await friend.open(await linkTo(house.url, 'grace-all@example.org', offerLink));
  await friend.sees('heading', 'Nora Lindholm has 3 tickets for you');
  await isAccessible(friend);
  await friend.fill('Your name', 'Grace Hopper');
  await friend.press('Accept the tickets');
  await friend.sees('heading', 'Passed on to you');
  expect(await friend.page.getByRole('link', { name: 'All along' }).count()).toBe(3);
});

const seats = (key: string, label: string, y: number) => ({
  key,
  name: label,
  rows: [{ label: 'A', zone: key, labels: ['1', '2', '3', '4'], x: [20, 30, 40, 50], y: [y, y, y, y] }],
});

test('a ticket is offered for resale on a phone with what comes back, taken back, and sold to who waits', async () => {
  const address = await publishSale(house, 'Cannot come', {
    resale: { allowed: true, feePercent: 10, feePerTicketMinor: 100 },
    pools: [{ key: 'all', name: 'All', capacity: 1 }],
    promoCodes: [{ code: 'HALF', percentOff: 50, maxTickets: 5 }],
    ticketTypes: [{ name: 'In', priceMinor: 2500, pools: ['all'] }],
  });
  const buyer = await house.person({ phone: true });
  await buyer.open(address);
  const event = await (await buyer.context.request.get(`/api/events/${address.slice(3)}`)).json();
  await buyer.open(`/orders/${await buyByRequest(buyer, event.id, event.ticketTypes[0].id)}`);
  await buyer.press('Offer for resale');
  const dialog = buyer.page.getByRole('dialog', { name: 'Offer for resale' });
  await dialog.getByText('€3.50', { exact: true }).waitFor();
  await dialog.getByText('€21.50', { exact: true }).waitFor();
  await isAccessible(buyer);
  await buyer.press('Offer the ticket');
  await dialog.waitFor({ state: 'hidden' });
  await buyer.page.getByText('Offered to the people in the waitlist.').waitFor();
  await buyer.page.getByRole('button', { name: 'Pass on', disabled: true }).waitFor();
  await isAccessible(buyer);
  await buyer.press('Keep the ticket');
  await buyer.page.getByRole('button', { name: 'Pass on', disabled: false }).waitFor();
  await buyer.press('Offer for resale');
  await buyer.press('Offer the ticket');
  await buyer.page.getByText('Offered to the people in the waitlist.').waitFor();

  const other = await house.person({ phone: true });
  await other.open(address);
  await other.press('Join the waitlist: In');
  await other.fill('Your e-mail address', 'second-hand@example.org');
  await other.press('Join the waitlist');
  await other.follow('Buy now');
  await other.page.getByText('From another person, at the price that they paid.').waitFor();
  await other.page.getByRole('button', { name: 'Do you have a promo code?', disabled: true }).waitFor();
  await isAccessible(other);
  await other.fill('Name', 'Grace Hopper');
  await other.fill('E-mail', 'second-hand@example.org');
  await other.press('Continue to payment');
  await payWith(other, cards.good);
  await seesTickets(other, 1);
  await other.page.getByText('From another person, at the price that they paid.').waitFor();
  await buyer.page.reload();
  await buyer.page.getByText('Cancelled', { exact: true }).first().waitFor();
});

test('a ticket is exchanged on a phone: the difference comes before the button, and the checkout takes it', async () => {
  const address = await publishSale(house, 'Better seats', {
    exchanges: { allowed: true },
    refundPolicy: { steps: [{ hoursBefore: 24, refundPercent: 100 }] },
    seatLayout: {
      width: 80,
      height: 90,
      zones: ['stalls', 'balcony'].map((key) => ({ key, name: key, color: '#3366cc' })),
      sections: [seats('stalls', 'Stalls', 40), seats('balcony', 'Balcony', 70)],
    },
    ticketTypes: [
      { name: 'Stalls seat', priceMinor: 2500, zone: 'stalls' },
      { name: 'Stalls with dinner', priceMinor: 4000, zone: 'stalls' },
      { name: 'Balcony seat', priceMinor: 6000, zone: 'balcony' },
    ],
  });
  const buyer = await house.person({ phone: true });
  await buyer.open(address);
  const event = await (await buyer.context.request.get(`/api/events/${address.slice(3)}`)).json();
  const orderId = await buyByRequest(buyer, event.id, event.ticketTypes[0].id);
  await buyer.open(`/orders/${orderId}`);
  await buyer.follow('Exchange the ticket');
  await buyer.sees('heading', 'Exchange your ticket');
  await buyer.sees('button', /^Change the ticket/);
  await isAccessible(buyer);

  // The same seat with dinner, and then a seat of the other zone.
  await buyer.page.getByRole('radio', { name: /Stalls with dinner/ }).check();
  await buyer.page.getByText(/^You keep your seat: Stalls, row A, seat/).waitFor();
  await buyer.sees('button', 'Change and pay €15');
  await buyer.page.getByRole('radio', { name: /Balcony seat/ }).check();
  await buyer.press('List');
  await buyer.press(/^Balcony/);
  await buyer.press(/^Balcony, row A, seat 2/);
  await buyer.page.getByText('You pay €35.', { exact: false }).waitFor();
  await isAccessible(buyer);
  await buyer.press('Change and pay €35');
  await buyer.sees('heading', 'Checkout');
  await buyer.page.getByText('You pay the difference.', { exact: false }).waitFor();

  // Until the payment comes, the ticket is as it was.
  await payWith(buyer, cards.declined);
  await buyer.hears('alert', /declined/);
  await payWith(buyer, cards.good);
  await buyer.page.getByText('This ticket came by an exchange.').waitFor();
  await seesTickets(buyer, 1);
  await buyer.page.getByText('Balcony seat', { exact: true }).first().waitFor();
  await isAccessible(buyer);
  await buyer.follow('To the earlier order');
  await buyer.page.getByText('Cancelled', { exact: true }).first().waitFor();
});

/** Waits until the service worker and the code of a ticket are on the device. */
const isReadyForFlight = ({ page }: Person) =>
  expect
    .poll(
      () =>
        page.evaluate(async () => {
          if (!navigator.serviceWorker.controller) return 0;
          const name = (await caches.keys()).find((each) => each.startsWith('wallet:'));
          const saved = name ? await (await caches.open(name)).keys() : [];
          return saved.filter(({ url }) => url.endsWith('/qr.svg')).length;
        }),
      { timeout: 30_000 },
    )
    .toBe(1);

/** Buys a seat as a guest without the pages, and returns the order's id. */
async function buyByRequest({ context }: Person, eventId: string, ticketTypeId: string): Promise<string> {
  const post = async (path: string, data: object) => (await context.request.post(path, { data })).json();
  await post('/api/auth/sign-in/anonymous', {});
  const hold = await post(`/api/events/${eventId}/holds`, { bestAvailable: { ticketTypeId, quantity: 1 } });
  const { order, payment } = await post('/api/orders', { holdId: hold.id, buyer: newBuyer() });
  await post(`/api/sandbox/payments/${payment.id}/confirmation`, {
    clientSecret: payment.clientSecret,
    card: { number: cards.good.replaceAll(' ', '') },
  });
  await expect
    .poll(async () => (await (await context.request.get(`/api/orders/${order.id}`)).json()).status, {
      timeout: 30_000,
    })
    .toBe('confirmed');
  return order.id;
}

proof('an offer is taken back, and its link says so; a declined one stays with the sender', async () => {
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

proof('the name on a ticket is changed, and a received ticket is returned', async () => {
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
