import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { isAccessible } from './testing/axe.ts';
import { setUpHouse } from './testing/house.ts';
import { enter } from './testing/organising.ts';
import { publishSale } from './testing/sales.ts';

const house = setUpHouse();

test('an organiser makes fifty codes and downloads them, and a buyer with a link buys what is hidden, once', async () => {
  const address = await publishSale(house, 'Behind the Curtain', {
    pools: [{ key: 'hall', name: 'Hall', capacity: 60 }],
    ticketTypes: [
      { name: 'Seatless', priceMinor: 1500, pools: ['hall'] },
      { name: 'Backstage', priceMinor: 9000, pools: ['hall'], hidden: true },
    ],
  });
  const organiser = await enter(house, { phone: true });
  const { page, context } = organiser;
  const { id } = await (await context.request.get(`/api/events/${address.split('/').at(-1)}`)).json();
  await organiser.open(`/organise/events/${id}/codes`);
  await page.getByText('No codes yet.').waitFor();
  await isAccessible(organiser);
  await page.getByLabel('For which tickets').selectOption({ label: 'Backstage (hidden)' });
  await page.getByRole('textbox', { name: 'Tag' }).fill('Radio');
  await page.getByLabel('Price with the code').selectOption({ label: 'Another price' });
  await page.getByLabel('Amount (EUR)').fill('60,00');
  await page.getByLabel('Keep places').selectOption({ index: 1 });
  await organiser.press('Make codes');
  await page.getByText('50 codes are made.').waitFor();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download as CSV' }).click(),
  ]);
  const [names = '', first = '', ...rest] = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
  expect(rest).toHaveLength(49);
  expect(names.replace('\uFEFF', '').split(',').slice(0, 4)).toEqual(['code', 'tag', 'state', 'link']);
  const [code = '', , , link = ''] = first.split(',');

  const buyer = await house.person({ phone: true });
  await buyer.open(`${new URL(link).pathname}${new URL(link).search}`);
  await buyer.page.getByText(`The code ${code} is applied.`).waitFor();
  await buyer.page.waitForURL((url) => url.search === '' && url.pathname === `${address}/code`);
  await buyer.page.getByText('Places are kept for you.').waitFor();
  await isAccessible(buyer);
  await buyer.press('More: Backstage');
  await buyer.press('Continue');
  await buyer.page.waitForURL(/\/checkout\//);
  await buyer.page.getByText('€60').first().waitFor();
  await buyer.page.getByText(code).first().waitFor();

  const other = await house.person();
  other.expects({ status: 409, path: '/code-checks' });
  await other.open(`${address}?code=${code}`);
  await other.page.getByText('This code is used up.').waitFor();

  await page.reload();
  await page.getByLabel('Code begins with').fill(code);
  const row = page.getByRole('listitem').filter({ hasText: code });
  await row.getByText('1 held').waitFor();
  await page.getByRole('button', { name: `Revoke ${code}` }).click();
  await organiser.press('Revoke now');
  await row.getByText('Revoked').waitFor();
});

test('a file of codes names its wrong rows before anything is made', async () => {
  const address = await publishSale(house, 'Guest List', {
    pools: [{ key: 'hall', name: 'Hall', capacity: 10 }],
    ticketTypes: [{ name: 'Seatless', priceMinor: 1500, pools: ['hall'] }],
  });
  const organiser = await enter(house);
  const { page, context } = organiser;
  const { id } = await (await context.request.get(`/api/events/${address.split('/').at(-1)}`)).json();
  await organiser.open(`/organise/events/${id}/codes`);
  await page.getByLabel('Which codes').selectOption({ index: 1 });
  await page.getByLabel('Codes, one per row').fill('code,tag\nGUEST-1,Press\nx\nGUEST-1\n');
  await organiser.press('Check the rows');
  await page.getByText('2 rows are wrong. No code was made.').waitFor();
  await page.getByText('Row 3, x: 3 to 32 letters, digits and hyphens').waitFor();
  await page.getByLabel('Codes, one per row').fill('GUEST-1,Press\nGUEST-2\n');
  await organiser.press('Make codes');
  await page.getByText('2 codes are made.').waitFor();
  await page.getByRole('listitem').filter({ hasText: 'GUEST-2' }).waitFor();
});
