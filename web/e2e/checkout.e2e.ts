import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readPdfText } from '../../server/features/tickets/testing/read-pdf.ts';
import { signIn } from './testing/accounts.ts';
import type { Person } from './testing/browsers.ts';
import { cards, findEvent, giveDetails, newBuyer, payWith, seesTickets } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';

const house = setUpHouse();
const minuteMs = 60_000;

test('the organiser asks who comes; the names stand on the tickets, on the PDF, and behind no other event', async () => {
  const organiser = await house.person();
  await organiser.open('/sign-in?next=%2Forganise');
  await signIn(organiser, 'organiser@example.com');
  await organiser.follow('Night Shift');
  await organiser.choose('Names of those who come', 'Ask for one on each ticket');
  await organiser.press('Save');
  await organiser.hears('status', 'Saved');

  const guest = await house.person({ phone: true });
  await holdPlaces(guest, 2);
  await guest.fill('Name for ticket 1 (Regular)', 'Zoë Ångström');
  await guest.fill('Name for ticket 2 (Regular)', 'محمد علي');
  await giveDetails(guest, newBuyer());
  await payWith(guest, cards.good);
  await seesTickets(guest, 2);
  await guest.page.getByText('محمد علي').waitFor();
  const { path } = await guest.download('Tickets as PDF');
  expect(readPdfText(await readFile(path))).toContain('Zoë Ångström');

  await organiser.choose('Names of those who come', 'Only the buyer’s');
  await organiser.press('Save');
  await organiser.hears('status', 'Saved');
});

test('a double click pays once, and Back after paying leads to no second payment', async () => {
  const guest = await house.person();
  await holdPlaces(guest, 1);
  await giveDetails(guest, newBuyer());
  let sent = 0;
  guest.page.on('request', (request) => {
    if (request.url().endsWith('/confirmation')) sent++;
  });
  await guest.fill('Card number', cards.good);
  await guest.page.getByRole('button', { name: /^Pay / }).dblclick();
  await seesTickets(guest, 1);
  expect(sent).toBe(1);

  await guest.page.goBack();
  await guest.sees('heading', 'Night Shift');
  expect(await guest.page.getByText('We are holding').count()).toBe(0);
  expect(new URL(guest.page.url()).pathname).toMatch(/^\/e\//);
  const orders = await (await guest.context.request.get('/api/orders')).json();
  expect(orders.items).toHaveLength(1);
});

test('an answer that is lost after the money went leads to the tickets', async () => {
  const guest = await house.person({ phone: true });
  await holdPlaces(guest, 1);
  await giveDetails(guest, newBuyer());
  // The request arrives, the answer does not, and then there is no connection.
  await guest.page.route('**/confirmation', async (route) => {
    await route.fetch();
    await guest.context.setOffline(true);
    await route.abort('internetdisconnected');
  });
  await payWith(guest, cards.good);
  const notice = await guest.hears('status', 'The connection is gone');
  expect(await notice.textContent()).toContain('don’t pay again');
  expect(await (await guest.sees('button', /^Pay /)).getAttribute('aria-disabled')).toBe('true');
  await guest.context.setOffline(false);
  await seesTickets(guest, 1);
});

test('a payment that never left is not charged, and can be made when the connection is back', async () => {
  const guest = await house.person({ phone: true });
  await holdPlaces(guest, 1);
  await giveDetails(guest, newBuyer());
  await guest.fill('Card number', cards.good);
  await guest.context.setOffline(true);
  await guest.press(/^Pay /);
  await guest.hears('status', 'The connection is gone');
  await guest.context.setOffline(false);
  await guest.hears('status', 'Nothing was charged');
  await guest.press(/^Pay /);
  await seesTickets(guest, 1);
});

// These move the clock on, so they come last.
test('the countdown ends while the bank asks: approving still pays; without a payment one tap tries again', async () => {
  const slow = await house.person({ phone: true });
  const idle = await house.person({ phone: true });
  for (const person of [slow, idle]) {
    await holdPlaces(person, 1);
    await giveDetails(person, newBuyer());
  }
  await payWith(slow, cards.secure);
  await slow.sees('dialog', 'Your bank asks: is it you?');
  const first = idle.page.url();
  house.advance(10 * minuteMs + 5_000);
  await idle.page.reload();
  await idle.hears('status', 'The time ran out');
  await idle.press('Try the same places again');
  await idle.page.waitForURL((url) => url.href !== first);
  await idle.sees('timer', 'left to pay');

  await slow.press('Approve');
  await seesTickets(slow, 1);
});

/** From the front page to the checkout, with so many places of the club night. */
async function holdPlaces(person: Person, count: number): Promise<void> {
  await findEvent(person, 'Night Shift');
  for (let i = 0; i < count; i++) await person.press('More: Regular');
  await person.press(/^Continue/);
  await person.sees('heading', 'Checkout');
}
