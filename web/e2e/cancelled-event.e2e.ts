import { expect, test } from 'vitest';
import { proof } from '../../server/testing/thorough.ts';
import { isAccessible } from './testing/axe.ts';
import type { Person } from './testing/browsers.ts';
import { cards, findEvent, giveDetails, newBuyer, payWith, seesTickets } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';
import { isLive } from './testing/live.ts';
import { enter } from './testing/organising.ts';

const house = setUpHouse();
const title = 'Night Shift';

test('an organiser moves an event with an offer, then cancels it, and its buyer sees both', async () => {
  const buyer = await house.person({ phone: true });
  await findEvent(buyer, title);
  const eventPage = new URL(buyer.page.url()).pathname;
  for (let i = 0; i < 2; i++) await buyer.press('More: Regular');
  await buyer.press(/^Continue/);
  await giveDetails(buyer, newBuyer());
  await payWith(buyer, cards.good);
  const orderId = await seesTickets(buyer, 2);

  const organiser = await enter(house);
  await organiser.follow(title);
  await organiser.sees('heading', title);
  await organiser.fill('Venue', 'Turbine Hall');
  await organiser.press('Save');
  const move = await organiser.sees('dialog', 'Move the event?');
  await move.getByText('Buyers who get a mail: 1. Valid tickets: 2.').waitFor();
  await move.getByLabel('Offer all of their money back').selectOption({ index: 1 });
  await isAccessible(organiser);
  await organiser.press('Save and tell the buyers');
  await organiser.hears('status', 'Saved');

  await buyer.page.reload();
  await buyer.page.getByText('The organiser has moved this event.').waitFor();
  await buyer.page.getByText(/^Until .* you can cancel and get back everything that you paid\.$/).waitFor();
  await isAccessible(buyer);

  const stranger = await house.person({ phone: true });
  await findEvent(stranger, title);
  await stranger.page.getByText(/^Moved\. Before: .*Kesselhaus Ost, Berlin$/).waitFor();
  await stranger.page.goBack();
  await stranger.page.getByText('New venue').first().waitFor();
  await isAccessible(stranger);
  await buyer.open('/orders');
  await buyer.page.getByText('Event moved').waitFor();
  await isAccessible(buyer);

  await organiser.press('Cancel the event');
  const dialog = await organiser.sees('dialog', 'Cancel the event');
  await organiser.press('Cancel the event for good');
  await dialog.getByText('Write a reason for your buyers.').waitFor();
  await dialog.getByText('This is not the title of the event.').waitFor();
  await organiser.fill('Reason', 'The hall was flooded.');
  await organiser.fill(`Type the title to confirm: ${title}`, title);
  await isAccessible(organiser);
  await organiser.press('Cancel the event for good');
  await organiser.page.getByText('The event is cancelled, and all orders are done.').waitFor();
  await organiser.page.getByText('Orders done: 1 of 1').waitFor();
  // Nobody can save a cancelled event, and its places are free again.
  expect(await organiser.page.getByRole('button', { name: /^Save/ }).count()).toBe(0);
  const numbers = organiser.page.getByRole('region', { name: 'Numbers' });
  await expect.poll(() => numbers.getByRole('definition').allInnerTexts()).toEqual(['0', '0', '600', '600']);
  await isAccessible(organiser);

  await buyer.page.reload();
  await buyer.page.getByText('Event cancelled').waitFor();
  await isAccessible(buyer);
  await buyer.open(`/orders/${orderId}`);
  await buyer.page.getByText('The organiser has cancelled this event.').waitFor();
  await buyer.page.getByText('The hall was flooded.').first().waitFor();
  await isAccessible(buyer);
  expect(await stateOf(buyer, orderId)).toEqual({ status: 'refunded', tickets: ['cancelled', 'cancelled'] });
  await buyer.open(eventPage);
  await buyer.page.getByText('The hall was flooded.').waitFor();
  await isAccessible(buyer);
});

proof(
  'open event pages, seat maps and checkouts hear that the event is cancelled, and lists mark it',
  async () => {
    const play = '/e/the-cartographer-s-daughter';
    const reader = await house.person({ phone: true, locale: 'ar' });
    const chooser = await house.person();
    const payer = await house.person({ phone: true, dark: true });
    await Promise.all([isLive(reader), reader.open(play)]);
    await Promise.all([isLive(chooser), chooser.open(`${play}/seats`)]);
    const mapHint = chooser.page.getByText(/^Tap (seats|a section)/);
    await mapHint.first().waitFor();
    await payer.open(`${play}/seats`);
    await payer.press(/^Find/);
    await Promise.all([isLive(payer, '/checkout/'), payer.press(/^Continue/)]);
    await payer.sees('heading', 'Checkout');

    const organiser = await enter(house);
    const { id, title: name } = await (
      await organiser.context.request.get(`/api/events/${play.slice(3)}`)
    ).json();
    const answer = await organiser.context.request.post(`/api/events/${id}/cancellation`, {
      data: { reason: 'The stage lift is broken.', refund: 'full' },
      headers: { origin: house.url, 'idempotency-key': 'the-stage-lift' },
    });
    expect(answer.status()).toBe(202);

    await payer.page.getByText(/^Your places are released\./).waitFor();
    expect(await payer.page.getByText('Try the same places again').count()).toBe(0);
    await chooser.page.getByText('This event was cancelled.').waitFor();
    expect(await chooser.page.getByRole('button', { name: /^(Find|Continue)/ }).count()).toBe(0);
    expect(await mapHint.count()).toBe(0);
    for (const person of [reader, chooser, payer]) {
      await person.page.getByText('The stage lift is broken.').first().waitFor();
      await isAccessible(person);
    }

    await payer.open(`/?q=${encodeURIComponent(name)}`);
    const card = payer.page.getByRole('article').filter({ hasText: name });
    await card.getByText('Cancelled', { exact: true }).waitFor();
    await isAccessible(payer);
  },
);

async function stateOf({ context }: Person, orderId: string) {
  const { status, tickets } = await (await context.request.get(`/api/orders/${orderId}`)).json();
  return { status, tickets: tickets.map((ticket: { status: string }) => ticket.status) };
}
