import { expect, test } from 'vitest';
import { isAccessible } from './testing/axe.ts';
import type { Person } from './testing/browsers.ts';
import { cards, findEvent, giveDetails, newBuyer, payWith, seesTickets } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';
import { enter } from './testing/organising.ts';

const house = setUpHouse();

/** The payouts of the organiser as the API has them. */
async function figures(organiser: Person) {
  const me = await (await organiser.context.request.get('/api/me')).json();
  const at = `/api/organisations/${me.organisations[0].id}/payouts`;
  return (await (await organiser.context.request.get(at)).json()).balances[0];
}

test('an organiser connects an account with the keyboard, and sees whether information is missing', async () => {
  const { db } = house.app;
  const organiser = await enter(house, { phone: true });
  await organiser.open('/organise/payouts');
  await organiser.page.getByText('Not connected', { exact: true }).waitFor();
  await isAccessible(organiser);
  await organiser.page.getByRole('button', { name: 'Connect an account' }).focus();
  await organiser.page.keyboard.press('Enter');
  // The sandbox knows everybody, and sends the organiser back at once.
  await organiser.page.getByText('Ready', { exact: true }).waitFor();
  await isAccessible(organiser);
  await db.run('update payout_accounts set is_ready = false');
  await organiser.open('/organise/payouts');
  await organiser.page.getByText('Information missing', { exact: true }).waitFor();
  await isAccessible(organiser);
  await organiser.press('Give the missing information');
  await organiser.page.getByText('Ready', { exact: true }).waitFor();
});

test('an organiser sees what is owed, and an admin marks it as paid with the keyboard, once', async () => {
  const buyer = await house.person({ phone: true });
  await findEvent(buyer, 'Night Shift');
  await buyer.press('More: Regular');
  await buyer.press(/^Continue with/);
  await giveDetails(buyer, newBuyer('Paula Paid'));
  await payWith(buyer, cards.good);
  await seesTickets(buyer, 1);
  await house.app.db.run(`update users set role = 'admin' where email = 'organiser@example.com'`);

  const organiser = await enter(house, { phone: true });
  await organiser.follow('Payouts');
  await organiser.sees('heading', 'Payouts');
  await organiser.page.getByText('Due later').waitFor();
  await organiser.page.getByText('Nothing was paid out yet.').waitFor();
  await organiser.page.getByRole('link', { name: 'Night Shift', exact: true }).waitFor();
  await isAccessible(organiser);

  // The event is long over.
  await house.app.db.run(
    `update events set starts_at = now() - interval '40 days', ends_at = now() - interval '39 days' where slug = 'night-shift'`,
  );
  const before = await figures(organiser);
  expect(before.due.amount).toBeGreaterThan(0);
  const due = new Intl.NumberFormat('en', {
    style: 'currency',
    currency: before.due.currency,
    minimumFractionDigits: before.due.amount % 100 === 0 ? 0 : 2,
  }).format(before.due.amount / 100);

  const admin = await enter(house, { dark: true });
  await admin.open('/account');
  await admin.follow('Payouts to organisers');
  await admin.sees('heading', 'Payouts to organisers');
  const { page } = admin;
  const mark = page.getByRole('button', { name: `Mark ${due} as paid` });
  await mark.focus();
  await page.keyboard.press('Enter');
  await page.getByText('Write the reference.').waitFor();
  await isAccessible(admin);
  // The provider refuses a transfer, so an admin pays by hand.
  await house.app.db.run('update sandbox.accounts set is_ready = false');
  await page.getByRole('button', { name: `Transfer ${due} now` }).focus();
  await page.keyboard.press('Enter');
  await page.getByText(/ is being transferred\./).waitFor();
  const failed = `select from payouts where state = 'failed'`;
  await expect.poll(async () => (await house.app.db.query(failed)).length).toBe(1);
  await admin.open('/admin/payouts');
  await page.getByText('This account gets no transfers.').waitFor();
  await page.getByRole('button', { name: `Transfer ${due} again` }).waitFor();
  await isAccessible(admin);
  await organiser.open('/organise/payouts');
  await organiser.page.getByText('The transfer failed. Everything in it is due again.').waitFor();
  await isAccessible(organiser);
  const other = await enter(house);
  await other.open('/admin/payouts');
  await other.page.getByRole('button', { name: `Mark ${due} as paid` }).waitFor();

  await page.getByLabel('Reference', { exact: true }).focus();
  await page.keyboard.type('SEPA 2027/1');
  await admin.pressTwice(`Mark ${due} as paid`);
  await page.getByText(/is marked as paid\.$/).waitFor();
  await page.getByText('Nothing is due.').waitFor();
  await isAccessible(admin);

  // The page of another admin still shows what was due.
  other.expects({ status: 409, path: '/payouts' });
  await other.fill('Reference', 'SEPA 2027/2');
  await other.press(`Mark ${due} as paid`);
  await other.page.getByText(/Another amount is due now\./).waitFor();
  await other.page.getByText('Nothing is due.').waitFor();

  await organiser.open('/organise/payouts');
  await organiser.page.getByText('Reference: SEPA 2027/1').waitFor();
  await organiser.page.getByText('2 events', { exact: true }).first().click();
  await isAccessible(organiser);
  const after = await figures(organiser);
  expect([after.due.amount, after.paid.amount]).toEqual([0, before.due.amount]);
  const link = organiser.page.getByRole('link', { name: `Statement of the payout of ${due}` });
  const pdf = await organiser.context.request.get((await link.getAttribute('href')) ?? '');
  expect(pdf.headers()['content-type']).toBe('application/pdf');
  const csv = organiser.page.getByRole('link', { name: 'All payouts as CSV' });
  const file = await (await organiser.context.request.get((await csv.getAttribute('href')) ?? '')).text();
  expect(file).toContain('SEPA 2027/1');
});
