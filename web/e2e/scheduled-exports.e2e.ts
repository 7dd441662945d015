import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { orderDueExports } from '../../server/features/exports/order-due-exports.ts';
import { isAccessible } from './testing/axe.ts';
import { setUpHouse } from './testing/house.ts';
import { enter } from './testing/organising.ts';
import { publishSale } from './testing/sales.ts';

const house = setUpHouse();

test('an organiser schedules an export with the keyboard, on a phone, and downloads its file', async () => {
  const address = await publishSale(house, 'Weekly Figures', {
    pools: [{ key: 'hall', name: 'Hall', capacity: 10 }],
    ticketTypes: [{ name: 'Seatless', priceMinor: 0, pools: ['hall'] }],
  });
  const organiser = await enter(house, { phone: true });
  const { page, context } = organiser;
  const { id } = await (await context.request.get(`/api/events/${address.split('/').at(-1)}`)).json();
  await organiser.open(`/organise/events/${id}`);
  await organiser.follow('Have files made on schedule');
  await page.getByText('Nothing is scheduled.').waitFor();
  await page.getByRole('button', { name: 'Schedule an export' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Format', { exact: true }).selectOption('csv');
  await dialog.getByLabel('How often').selectOption('week');
  await dialog.getByLabel('Day of the week').selectOption('Wednesday');
  await dialog.getByLabel('Time', { exact: true }).selectOption('9');
  await dialog.getByRole('button', { name: 'Save' }).focus();
  await page.keyboard.press('Enter');
  await dialog.getByText('Choose at least one person.').waitFor();
  await isAccessible(organiser);
  await dialog.getByRole('checkbox').first().focus();
  await page.keyboard.press('Space');
  await dialog.getByRole('button', { name: 'Save' }).focus();
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await page.getByText(/^Every Wednesday at 0?9:00/).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);

  const press = async (name: string) => {
    await page.getByRole('button', { name: `${name}: Attendees, CSV` }).focus();
    await page.keyboard.press('Enter');
  };
  await press('Pause');
  await page.getByText('Paused', { exact: false }).waitFor();
  await press('Continue');
  await page.getByText(/^Next on/).waitFor();

  // It is due now.
  await house.app.db.run('update export_schedules set next_due_at = $2 where event_id = $1', [
    id,
    house.app.clock.now(),
  ]);
  await orderDueExports(house.app);
  const files = async () =>
    (await (await context.request.get(`/api/events/${id}/export-schedules`)).json()).items[0].files.length;
  await expect.poll(files, { timeout: 30_000 }).toBe(1);
  await page.reload();
  await page.getByRole('link', { name: /^Attendees, CSV of/ }).waitFor();
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: /^Attendees, CSV of/ }).click();
  const file = await (await downloading).path();
  expect(readFileSync(file, 'utf8')).toContain('ticket_id,order_number');
  await isAccessible(organiser);

  await press('Delete');
  await page.getByText('Nothing is scheduled.').waitFor();
});
