import { expect, test } from 'vitest';
import { csv } from '../../server/features/bank-transfers/testing/statements.ts';
import { isAccessible } from './testing/axe.ts';
import type { Person } from './testing/browsers.ts';
import { findEvent, giveDetails, newBuyer, seesTickets } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';
import { enter } from './testing/organising.ts';

const house = setUpHouse();

const label = (person: Person, text: string) => person.page.getByLabel(text, { exact: true });

/** A statement with the entries, chosen as a file. */
async function load(
  organiser: Person,
  lines: { minor: number; text: string; name: string }[],
): Promise<void> {
  const day = new Date(house.app.clock.now()).toISOString().slice(0, 10);
  await label(organiser, 'File from your bank').setInputFiles({
    name: 'statement.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(csv(lines.map((line) => ({ day, ...line })))),
  });
}

test('a buyer orders by bank transfer on a phone, and gets the tickets when the organiser imports a statement', async () => {
  const organiser = await enter(house, { phone: true });
  await organiser.open('/organise/bank');
  await organiser.sees('heading', 'Bank transfers');
  await isAccessible(organiser);
  await organiser.fill('Account holder', 'Kulturverein Kesselhaus e.V.');
  await organiser.fill('IBAN', 'DE89 3704 0044 0532 0130 01');
  await label(organiser, 'Offer payment by bank transfer').check();
  await organiser.press('Save');
  await organiser.page.getByText('This is no IBAN. Check each digit.').waitFor();
  await organiser.fill('IBAN', 'DE89 3704 0044 0532 0130 00');
  await organiser.press('Save');
  await organiser.page.getByText('Saved. It counts for orders from now on.').waitFor();

  const buyer = await house.person({ phone: true });
  await findEvent(buyer, 'Night Shift');
  await buyer.press('More: Regular');
  await buyer.press(/^Continue with/);
  await buyer.sees('heading', 'Checkout');
  await buyer.page.getByLabel(/Later, by bank transfer/).check();
  await isAccessible(buyer);
  const { name, email } = newBuyer('Tina Transfer');
  await giveDetails(buyer, { name, email });
  await buyer.page.getByText('Kulturverein Kesselhaus e.V.').waitFor();
  await buyer.page.getByAltText('QR code for banking apps').waitFor();
  await isAccessible(buyer);
  const reference = await buyer.page.getByText(/^RF\d\d [0-9A-Z ]+$/).innerText();
  const toPay = await buyer.page.getByRole('heading', { name: /^Please transfer/ }).innerText();
  const minor = Number(/[\d.]+/.exec(toPay.replaceAll(',', ''))?.[0]) * 100;

  await load(organiser, [
    { minor, text: `Tickets ${reference.toLowerCase()}`, name },
    { minor: 1234, text: 'Happy birthday', name: 'Aunt Agatha' },
  ]);
  await organiser.page.getByText('2 new entries').waitFor();
  await organiser.page.getByText('Happy birthday').waitFor();
  await isAccessible(organiser);
  await buyer.page.reload();
  await seesTickets(buyer, 1);

  // What matches nothing goes back.
  await organiser.press('Send back');
  await organiser.press('€12.34 to Aunt Agatha is sent');
  await organiser.page.getByText('Nothing has to be sent back.').waitFor();
  await label(organiser, 'Show').selectOption('done');
  await organiser.page.getByText('Aunt Agatha').waitFor();
  expect(await organiser.page.getByText(name).count()).toBeGreaterThan(0);
  await isAccessible(organiser);
});

test('an event stops offering bank transfers with terms of its own', async () => {
  const organiser = await enter(house, { phone: true });
  await organiser.page
    .getByRole('link', { name: /Night Shift/ })
    .first()
    .click();
  await organiser.press('Ways to pay');
  await label(organiser, 'Own terms for this event').check();
  const dialog = organiser.page.getByRole('dialog');
  await dialog.getByLabel('Days to pay', { exact: true }).fill('0');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await dialog.getByText('A whole number from 1 to 60').waitFor();
  await isAccessible(organiser);
  await label(organiser, 'Offer payment by bank transfer').uncheck();
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await dialog.getByText('Saved. It counts for orders from now on.').waitFor();
  const buyer = await house.person({ phone: true });
  await findEvent(buyer, 'Night Shift');
  await buyer.press('More: Regular');
  await buyer.press(/^Continue with/);
  await buyer.sees('heading', 'Checkout');
  await buyer.page.getByText('Continue to payment').waitFor();
  expect(await buyer.page.getByText('How do you want to pay?').count()).toBe(0);
});
