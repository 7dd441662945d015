import { expect, test } from 'vitest';
import { failedJob, parkedMessage, unmatchedMoney } from '../../server/testing/failed-work.ts';
import { isAccessible } from './testing/axe.ts';
import { setUpHouse } from './testing/house.ts';
import { enter } from './testing/organising.ts';

const house = setUpHouse();

test('an admin settles money that matches nothing, and has failed work done again, with the keyboard', async () => {
  await house.app.db.run(`update users set role = 'admin' where email = 'organiser@example.com'`);
  const admin = await enter(house, { phone: true });
  const event = await (await admin.context.request.get('/api/events/night-shift')).json();
  const reference = await unmatchedMoney(house);
  await failedJob(house);
  await parkedMessage(house, event.id);

  await admin.open('/account');
  await admin.follow('Waits for an admin');
  await admin.sees('heading', 'What waits for you');
  const { page } = admin;
  await page.getByText('Payment for no order · €1').waitFor();
  await page.getByText(reference).first().waitFor();
  await isAccessible(admin);

  const close = page.getByRole('button', { name: 'Close without a refund' });
  await close.focus();
  await page.keyboard.press('Enter');
  await page.getByText('Write why, with at least 3 letters.').waitFor();
  // The provider does not know the payment, so it cannot be refunded.
  admin.expects({ status: 409, path: '/settlement' });
  await admin.fill('Why', 'A test of the terminal');
  await admin.press('Refund €1');
  await admin.sees('alert');
  await isAccessible(admin);
  await close.focus();
  await page.keyboard.press('Enter');
  await page.getByText('All money matches an order.').waitFor();
  await admin.press('Show what was settled');
  await page.getByText('A test of the terminal').waitFor();

  await page.getByText('the provider was away').waitFor();
  await page.getByRole('button', { name: 'Run again' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('It runs again.').waitFor();
  await page.getByRole('button', { name: 'Deliver again' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('It is delivered again.').waitFor();
  await isAccessible(admin);
  await expect
    .poll(async () => (await admin.context.request.get('/api/admin/failed-jobs')).json())
    .toEqual({
      items: [],
      nextCursor: null,
    });
});
