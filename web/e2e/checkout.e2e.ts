import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readPdfText } from '../../server/features/tickets/testing/read-pdf.ts';
import { proof, sampleOf } from '../../server/testing/thorough.ts';
import type buyWords from '../src/features/buy/en.ts';
import type checkoutWords from '../src/features/checkout/en.ts';
import type formWords from '../src/features/forms/en.ts';
import { signIn } from './testing/accounts.ts';
import type { Person } from './testing/browsers.ts';
import { cards, findEvent, giveDetails, newBuyer, payWith, seesTickets } from './testing/buying.ts';
import { faults, focused } from './testing/forms.ts';
import { setUpHouse } from './testing/house.ts';

const house = setUpHouse();
const minuteMs = 60_000;

test('the organiser asks who comes; the names stand on the tickets, on the PDF, and behind no other event', async () => {
  const organiser = await atDesk();
  await saveNames(organiser, 'Ask for one on each ticket');

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

  await saveNames(organiser, 'Only the buyer’s');
});

test.each(sampleOf(['ar', 'en'], 1))(
  'a faulty form says in %s what is wrong where it is wrong, and sends nothing',
  async (language) => {
    const [buy, checkout, forms]: [typeof buyWords, typeof checkoutWords, typeof formWords] =
      (await Promise.all(
        ['buy', 'checkout', 'forms'].map(
          async (each) => (await import(`../src/features/${each}/${language}.ts`)).default,
        ),
      )) as never;
    const guest = await house.person({ phone: true, locale: language });
    await guest.open('/e/night-shift');
    await guest.press(`${buy.more}: Regular`);
    await guest.page.locator('#tickets button.bg-accent:visible').click();
    await guest.sees('heading', checkout.checkout);
    const sent: string[] = [];
    guest.page.on('request', (request) =>
      sent.push(`${request.method()} ${new URL(request.url()).pathname}`),
    );

    await guest.press(checkout.toPayment);
    expect(await faults(guest)).toEqual({ [checkout.name]: forms.missing, [checkout.email]: forms.missing });
    expect(await focused(guest)).toBe(checkout.name);

    await guest.fill(checkout.name, 'Zoë Ångström');
    await guest.fill(checkout.email, 'zoe@example');
    await guest.press(checkout.toPayment);
    expect(await faults(guest)).toEqual({ [checkout.email]: forms.noAddress });
    expect(await focused(guest)).toBe(checkout.email);
    expect(sent).not.toContain('POST /api/orders');

    await guest.fill(checkout.email, '  zoe@example.org ');
    expect(await faults(guest)).toEqual({});
    await guest.press(checkout.toPayment);
    await guest.page.getByLabel(checkout.card).waitFor();
    await guest.page.getByText('zoe@example.org').waitFor();
  },
);

proof(
  'what the server refuses is said at its field, and what it begins to ask is asked; nothing typed is lost',
  async () => {
    const guest = await house.person({ phone: true });
    await holdPlaces(guest, 2);
    const { email } = newBuyer();
    await guest.fill('E-mail', email);
    // A lone surrogate, as a broken keyboard app sends it: valid text for the browser and not for the database.
    await guest.page.getByLabel('Name', { exact: true }).evaluate((input) => {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, 'Zoë \ud83d');
      input.dispatchEvent(new Event('input', { bubbles: true }));
    });
    guest.expects({ status: 400, path: '/api/orders' });
    await guest.press('Continue to payment');
    await guest.page.getByText('holds characters that are no text').waitFor();
    expect(await faults(guest)).toEqual({ Name: 'holds characters that are no text' });
    expect(await focused(guest)).toBe('Name');
    expect(await guest.page.getByRole('alert').count()).toBe(0);
    await guest.fill('Name', 'Zoë Ångström');
    expect(await faults(guest)).toEqual({});

    const organiser = await atDesk();
    await saveNames(organiser, 'Ask for one on each ticket');

    guest.expects({ status: 422, path: '/api/orders' });
    await guest.press('Continue to payment');
    await guest.page.getByLabel('Name for ticket 1 (Regular)').waitFor();
    expect(await guest.page.getByLabel('E-mail').inputValue()).toBe(email);
    expect(await guest.page.getByLabel('Name', { exact: true }).inputValue()).toBe('Zoë Ångström');
    await guest.press('Continue to payment');
    expect(await faults(guest)).toEqual({
      'Name for ticket 1 (Regular)': 'Fill this in.',
      'Name for ticket 2 (Regular)': 'Fill this in.',
    });
    expect(await focused(guest)).toBe('Name for ticket 1 (Regular)');
    await guest.fill('Name for ticket 1 (Regular)', 'Zoë Ångström');
    await guest.fill('Name for ticket 2 (Regular)', 'Nora Lindholm');
    await guest.press('Continue to payment');
    await payWith(guest, cards.good);
    await seesTickets(guest, 2);

    await saveNames(organiser, 'Only the buyer’s');
  },
);

test('a promo code makes it cheaper, from the summary to the receipt', async () => {
  const guest = await house.person({ phone: true });
  await holdPlaces(guest, 2);
  await guest.press('Do you have a promo code?');
  expect(await focused(guest)).toBe('Promo code');
  await guest.press('Redeem');
  expect(await faults(guest)).toEqual({ 'Promo code': 'A code has 3 to 32 letters, digits and hyphens.' });
  guest.expects({ status: 422, path: '/promo-code' });
  await guest.fill('Promo code', 'no-such');
  await guest.press('Redeem');
  await guest.page.getByText('This event has no such promo code.').waitFor();
  expect(await focused(guest)).toBe('Promo code');

  const summary = guest.page.getByRole('complementary', { name: 'Your order' });
  await guest.fill('Promo code', ' welcome');
  await guest.press('Redeem');
  await guest.hears('status', 'WELCOME: you save €8.80');
  expect(await summary.textContent()).toMatch(/2 × Regular€44.*WELCOME-€8\.80.*Total€35\.20/);
  await guest.press('Remove the code WELCOME');
  await guest.hears('status', 'The code is removed.');
  expect(await summary.textContent()).toMatch(/Total€44/);

  // The promo code belongs to the hold and not to this window.
  await guest.press('Do you have a promo code?');
  await guest.fill('Promo code', 'WELCOME');
  await guest.page.getByLabel('Promo code').press('Enter');
  await guest.hears('status', 'WELCOME: you save');
  await guest.page.reload();
  await guest.hears('status', 'WELCOME: you save €8.80');
  await giveDetails(guest, newBuyer());
  await guest.sees('button', 'Pay €35.20');
  expect(await guest.page.getByRole('button', { name: 'Remove the code WELCOME' }).count()).toBe(0);
  await payWith(guest, cards.good);
  await seesTickets(guest, 2);
  const receipt = await guest.sees('region', 'What you paid');
  expect(await receipt.textContent()).toMatch(/2 × Regular€44.*WELCOME-€8\.80.*Total €?35\.20/);
});

proof(
  'an address that would have too many places is told how many it has, and another address goes on',
  async () => {
    const [first, second] = await Promise.all([house.person({ phone: true }), house.person()]);
    const buyer = newBuyer();
    await holdPlaces(first, 2);
    await giveDetails(first, buyer);
    await first.page.getByLabel('Card number').waitFor();
    await holdPlaces(second, 5);
    second.expects({ status: 409, path: '/api/orders' });
    await giveDetails(second, buyer);
    await second.hears('alert', 'may have 6 tickets for this event, and this address already has 2.');
    await giveDetails(second, newBuyer());
    await second.page.getByLabel('Card number').waitFor();
  },
);

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
  // The request arrives, its answer is lost, and then there is no connection.
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

// These move the clock forward, so they come last.
proof(
  'the countdown ends while the bank asks: approving still pays; without a payment one tap tries again',
  async () => {
    const slow = await house.person({ phone: true });
    const idle = await house.person({ phone: true });
    for (const person of [slow, idle]) {
      await holdPlaces(person, 1);
      await giveDetails(person, newBuyer());
      await person.page.getByLabel('Card number').waitFor();
    }
    await payWith(slow, cards.secure);
    await slow.sees('dialog', 'Your bank asks: is it you?');
    const first = idle.page.url();
    house.advance(10 * minuteMs + 5_000);
    await idle.page.reload();
    await idle.hears('status', 'The time ran out');
    await idle.sees('button', 'Try the same places again');

    await slow.press('Approve');
    await seesTickets(slow, 1);

    house.advance(11 * minuteMs);
    await idle.page.reload();
    await idle.press('Try the same places again');
    await idle.page.waitForURL((url) => url.href !== first);
    await idle.sees('timer', 'left to pay');
  },
);

/** Goes from the front page to the checkout, with this many places of the club night. */
async function holdPlaces(person: Person, count: number): Promise<void> {
  await findEvent(person, 'Night Shift');
  for (let i = 0; i < count; i++) await person.press('More: Regular');
  await person.press(/^Continue/);
  await person.sees('heading', 'Checkout');
}

/** The club night's organiser on the page that edits it. */
async function atDesk(): Promise<Person> {
  const organiser = await house.person();
  await organiser.open('/sign-in?next=%2Forganise');
  await signIn(organiser, 'organiser@example.com');
  await organiser.follow('Night Shift');
  return organiser;
}

/** Sets whose names the checkout asks for. */
async function saveNames(organiser: Person, option: string): Promise<void> {
  await organiser.choose('Names of those who come', option);
  // The page still says "saved" for the previous change until the next request starts.
  const answer = organiser.page.waitForResponse((response) => response.request().method() === 'PATCH');
  await organiser.press('Save');
  expect((await answer).status()).toBe(200);
  await organiser.hears('status', 'Saved');
}
