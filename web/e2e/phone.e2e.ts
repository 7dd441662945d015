import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { readPdfText, readQrCodes } from '../../server/features/tickets/testing/read-pdf.ts';
import { proof, sampleOf } from '../../server/testing/thorough.ts';
import type { Person } from './testing/browsers.ts';
import { cards, codesOf, findEvent, giveDetails, newBuyer, payWith, seesTickets } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';

const house = setUpHouse({ smtp: true });

test('a guest buys on a phone; a card that is declined costs nobody the places', async () => {
  const guest = await house.person({ phone: true });
  await holdPlaces(guest, 'Regular', 2);
  const held = guest.page.url();
  await giveDetails(guest, newBuyer());
  // The form of the first step is gone, so the focus is at the heading of the next one.
  await isFocused(guest.page.getByRole('heading', { name: 'Payment' }));

  // Each fault stands at its own field, and the first one has the focus.
  await guest.fill('Expires (MM/YY)', '10/20');
  await guest.fill('Security code', '12');
  await payWith(guest, '4242 4242 4242 4241');
  const number = guest.page.getByLabel('Card number');
  await isFocused(number);
  expect(await faultOf(number)).toBe('Check the number: a digit is missing or wrong.');
  expect(await faultOf(guest.page.getByLabel('Expires'))).toBe('This card has expired. Use another card.');
  expect(await faultOf(guest.page.getByLabel('Security code'))).toContain('3 digits');
  await guest.fill('Expires (MM/YY)', '12/30');
  await guest.fill('Security code', '123');

  await payWith(guest, cards.declined);
  const refusal = await guest.hears('alert', 'Your card was declined.');
  expect(await refusal.textContent()).toContain('Your places are still held');
  await guest.sees('timer', 'left to pay');
  expect(guest.page.url()).toBe(held);

  await payWith(guest, cards.good);
  await seesTickets(guest, 2);
  expect(await widerThanScreen(guest)).toBe(false);
});

test('with a mail server the tickets arrive over SMTP, as a PDF whose codes a stranger can read', async () => {
  const guest = await house.person({ phone: true });
  const buyer = newBuyer('Zoë Ångström');
  await holdPlaces(guest, 'Regular', 2);
  await giveDetails(guest, buyer);
  await payWith(guest, cards.good);
  const orderId = await seesTickets(guest, 2);

  const mail = await house.mailTo(buyer.email);
  expect(mail.subject).toBe('Your tickets: Night Shift');
  expect(mail.from?.address).toBe('tickets@localhost');
  expect(mail.text).toContain('Thank you, Zoë Ångström.');
  expect(mail.html).toContain(`${house.url}/orders/${orderId}`);
  const types = mail.attachments.map(({ mimeType }) => mimeType);
  expect(types).toEqual(['application/pdf', 'text/calendar']);
  const [pdf, calendar] = mail.attachments.map(({ content }) => Buffer.from(content as ArrayBuffer));
  expect(readQrCodes(pdf as Buffer)).toEqual(await codesOf(guest, orderId));
  expect(readPdfText(pdf as Buffer)).toContain('Night Shift');
  expect(String(calendar)).toContain('SUMMARY:Night Shift');

  guest.expects({ status: 404, path: '/api/mailbox' });
  await guest.open('/mailbox');
  await guest.sees('heading', 'This page isn’t here');
});

test('3-D Secure: approving pays', async () => {
  const guest = await house.person({ phone: true });
  await holdPlaces(guest, 'Early bird', 1);
  await giveDetails(guest, newBuyer());
  await payWith(guest, cards.secure);
  await guest.sees('dialog', 'Your bank asks: is it you?');
  await guest.press('Approve');
  await seesTickets(guest, 1);
});

test('3-D Secure: denying leaves the places held, and another card pays', async () => {
  const guest = await house.person({ phone: true });
  await holdPlaces(guest, 'Early bird', 1);
  await giveDetails(guest, newBuyer());
  await payWith(guest, cards.secure);
  await guest.sees('dialog', 'Your bank asks: is it you?');
  await guest.press('Deny');
  await guest.hears('alert', 'The bank did not approve the payment.');
  await payWith(guest, cards.good);
  await seesTickets(guest, 1);
});

test.each(sampleOf(['ar', 'en-GB'], 1))('text twice as large fits the screen (%s)', async (locale) => {
  const reader = await house.person({ phone: true, locale });
  const pages = [
    '/',
    '/e/night-shift',
    '/e/the-cartographer-s-daughter/seats',
    '/orders',
    '/sign-in',
    '/sign-up',
  ];
  const tooWide: string[] = [];
  for (const path of pages) {
    await reader.open(path);
    // The program adds the controls at the top; the server's first screen has none.
    await reader.page.locator('header select').waitFor();
    await reader.page.locator('main h1, main [role=application]').first().waitFor();
    await reader.page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    if (await widerThanScreen(reader)) tooWide.push(path);
  }
  expect(tooWide).toEqual([]);
});

proof(
  'the time to pay runs out: the page says so, and one tap holds the same places again while many are left',
  async () => {
    const guest = await house.person({ phone: true });
    await holdPlaces(guest, 'Regular', 3);
    const first = guest.page.url();
    house.advance(10 * 60_000 - 6_000);
    await guest.page.reload();
    await guest.sees('timer', 'left to pay');
    await guest.hears('status', 'The time ran out');
    expect(await guest.page.getByRole('timer').count()).toBe(0);

    await guest.press('Try the same places again');
    await guest.sees('timer', 'left to pay');
    await guest.page.waitForURL((url) => url.href !== first);
    await guest.sees('heading', 'Checkout');
    expect(await guest.page.getByRole('complementary').textContent()).toContain('3 × Regular');
  },
);

/** Goes from the front page to the checkout, with this many places of the club night. */
async function holdPlaces(person: Person, type: string, count: number): Promise<void> {
  await findEvent(person, 'Night Shift');
  for (let i = 0; i < count; i++) await person.press(`More: ${type}`);
  await person.press(count === 1 ? 'Continue with 1 ticket' : `Continue with ${count} tickets`);
  await person.sees('heading', 'Checkout');
}

const widerThanScreen = ({ page }: Person): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

const isFocused = (element: Locator) =>
  expect.poll(() => element.evaluate((found) => found === document.activeElement)).toBe(true);

/** The text that a screen reader reads with an invalid field. */
const faultOf = (field: Locator): Promise<string | null> =>
  field.evaluate((input) => {
    if (input.getAttribute('aria-invalid') !== 'true') return null;
    return document.getElementById(input.getAttribute('aria-describedby') ?? '')?.textContent ?? null;
  });
