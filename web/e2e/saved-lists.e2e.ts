import { expect, test } from 'vitest';
import { isAccessible } from './testing/axe.ts';
import { cards, findEvent, giveDetails, newBuyer, payWith, seesTickets } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';
import { enter } from './testing/organising.ts';

const house = setUpHouse();

test('an organiser chooses columns, saves the list, opens it by its link, renames and deletes it, on a phone', async () => {
  const buyer = await house.person({ phone: true });
  await findEvent(buyer, 'Night Shift');
  await buyer.press('More: Regular');
  await buyer.press(/^Continue with/);
  await giveDetails(buyer, newBuyer('Zoë Quistgaard'));
  await payWith(buyer, cards.good);
  await seesTickets(buyer, 1);

  const organiser = await enter(house, { phone: true });
  const { page } = organiser;
  await organiser.open('/organise/orders');
  await page.getByRole('row', { name: /Zoë Quistgaard/ }).waitFor();
  await page.locator('summary', { hasText: 'Columns' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('checkbox', { name: 'Tickets', exact: true }).focus();
  await page.keyboard.press('Space');
  await page.getByRole('columnheader', { name: 'Tickets' }).waitFor();
  await page.getByRole('checkbox', { name: 'E-mail address' }).uncheck();
  await page.locator('summary', { hasText: 'Filters' }).click();
  await page.getByLabel('Refunds', { exact: true }).selectOption('none');
  await page.locator('summary', { hasText: 'Filters (1)' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);

  await organiser.press('Save as new list');
  await organiser.press('Save list');
  await page.getByText('Give the list a name.').waitFor();
  await page.getByLabel('Name of the list').fill('Not refunded');
  await page.getByLabel('Share with the team').check();
  await isAccessible(organiser);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const list = page.getByLabel('Saved list', { exact: true });
  await expect
    .poll(() => list.evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.text))
    .toBe('Not refunded');
  const link = page.url();
  expect(new URL(link).searchParams.has('refunded')).toBe(false);

  await list.selectOption({ label: 'All orders' });
  await page.locator('summary', { hasText: /^Filters$/ }).waitFor();
  const { pathname, search } = new URL(link);
  await organiser.open(`${pathname}${search}`);
  await page.locator('summary', { hasText: 'Filters (1)' }).waitFor();
  await page.getByRole('columnheader', { name: 'Tickets' }).waitFor();
  expect(await page.getByRole('columnheader', { name: 'E-mail address' }).count()).toBe(0);
  await isAccessible(organiser);

  await page.locator('summary', { hasText: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Tags', exact: true }).check();
  await organiser.press('Save changes');
  await page.getByRole('button', { name: 'Save changes' }).waitFor({ state: 'detached' });
  await organiser.press('Change list');
  await page.getByLabel('Name of the list').fill('Kept');
  await organiser.press('Save list');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await list.locator('option', { hasText: 'Kept' }).waitFor({ state: 'attached' });

  await page.reload();
  await page.getByRole('columnheader', { name: 'Tags' }).waitFor();
  await organiser.press('Change list');
  await organiser.press('Delete list');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await list.locator('option', { hasText: 'Kept' }).waitFor({ state: 'detached' });
  expect(new URL(page.url()).searchParams.has('view')).toBe(false);
  await organiser.open(`${pathname}${search}`);
  await page.getByText('This list was deleted, or it is not shared with you.').waitFor();
});
