import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readPdfText } from '../../server/features/tickets/testing/read-pdf.ts';
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

test('an organiser changes codes, copies their links and prints them as cards', async () => {
  const address = await publishSale(house, 'Envelopes', {
    pools: [{ key: 'hall', name: 'Hall', capacity: 60 }],
    ticketTypes: [{ name: 'Seatless', priceMinor: 1500, pools: ['hall'] }],
  });
  const organiser = await enter(house, { phone: true });
  const { page, context } = organiser;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { id } = await (await context.request.get(`/api/events/${address.split('/').at(-1)}`)).json();
  await organiser.open(`/organise/events/${id}/codes`);
  for (const [count, tag] of [
    ['3', 'Radio'],
    ['2', 'Press'],
  ] as const) {
    await page.getByLabel('How many codes').fill(count);
    await page.getByRole('textbox', { name: 'Tag' }).fill(tag);
    await page.getByLabel('Price with the code').selectOption({ label: 'Per cent off' });
    await page.getByLabel('Per cent', { exact: true }).fill('20');
    await organiser.press('Make codes');
    await page.getByText(`${count} codes are made.`).waitFor();
  }
  const rows = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: /^Change / }) });
  await expect.poll(() => rows.count()).toBe(5);
  await page.getByLabel('With tag').selectOption({ label: 'Radio (3)' });
  await expect.poll(() => rows.count()).toBe(3);

  // All of a tag: another number of tickets, a limit, and an end.
  await organiser.press('Change all with this tag');
  const dialog = page.getByRole('dialog');
  await isAccessible(organiser);
  await dialog.getByLabel('Tickets per code').fill('1.5');
  await dialog.getByRole('button', { name: 'Change now' }).click();
  await dialog.getByText('Enter a whole number from 1 to 1000000.').waitFor();
  await dialog.getByLabel('Tickets per code').fill('٤');
  await dialog.getByLabel('Most money off per code', { exact: true }).selectOption('amount');
  await dialog.getByLabel('Most money off per code (EUR)').fill('12,50');
  await dialog.getByLabel('End', { exact: true }).selectOption('at');
  await dialog.getByLabel('New end').fill('2036-03-01T20:00');
  await dialog.getByRole('button', { name: 'Change now' }).click();
  await page.getByText('3 codes are changed.').waitFor();
  await expect.poll(() => rows.filter({ hasText: '0 of 4 uses' }).count()).toBe(3);
  await rows.first().getByText('€12.50').waitFor();

  // One of them: the dialog shows what it has, and changes only what is typed.
  await rows
    .first()
    .getByRole('button', { name: /^Change / })
    .click();
  expect(await dialog.getByLabel('New end').inputValue()).toBe('2036-03-01T20:00');
  expect(await dialog.getByLabel('Most money off per code (EUR)').inputValue()).toBe('12.50');
  await dialog.getByLabel('End', { exact: true }).selectOption('none');
  await dialog.getByRole('button', { name: 'Change now' }).click();
  await page.getByText('1 code is changed.').waitFor();
  await expect.poll(() => rows.filter({ hasText: 'until' }).count()).toBe(2);

  await organiser.press('Copy all links');
  await page.getByText('3 links copied').waitFor();
  const links = (await page.evaluate(() => navigator.clipboard.readText())).split('\n');
  expect(links).toHaveLength(3);
  for (const link of links) expect(new URL(link).pathname).toBe(address);

  const [sheet] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Print cards (PDF)' }).click(),
  ]);
  const pdf = await readFile(await sheet.path());
  const text = readPdfText(pdf);
  expect(text).toContain('Envelopes');
  for (const link of links) expect(text).toContain(new URL(link).searchParams.get('code'));
  await page.getByLabel('With tag').selectOption({ label: 'All tags' });
  const batch = page.getByLabel('Made', { exact: true });
  await batch.selectOption({ index: 1 });
  await expect.poll(() => rows.count()).toBe(2);
  await organiser.press('Revoke all of this batch');
  await organiser.press('Revoke now');
  await expect.poll(() => page.getByRole('listitem').filter({ hasText: 'Revoked' }).count()).toBe(2);
});

test('an organiser makes a code for each of two seats, which nobody else can buy', async () => {
  const address = await publishSale(house, 'Two Chairs', {
    seatLayout: {
      width: 80,
      height: 50,
      zones: [{ key: 'a', name: 'A', color: '#3366cc' }],
      sections: [
        {
          key: 'stalls',
          name: 'Stalls',
          rows: ['A', 'B'].map((label, row) => ({
            label,
            zone: 'a',
            labels: ['1', '2', '3', '4'],
            x: [10, 20, 30, 40],
            y: Array.from({ length: 4 }, () => 20 + row * 10),
          })),
        },
      ],
    },
    ticketTypes: [{ name: 'Chair', priceMinor: 1500, zone: 'a' }],
  });
  const organiser = await enter(house, { phone: true });
  const { page, context } = organiser;
  const { id } = await (await context.request.get(`/api/events/${address.split('/').at(-1)}`)).json();
  const free = async () =>
    (await (await context.request.get(`/api/events/${id}/availability`)).json()).ticketTypes[0].available;
  await organiser.open(`/organise/events/${id}/codes`);
  await page.getByLabel('Which codes').selectOption({ label: 'One code for each of these seats' });
  await page.getByLabel('Ticket type or row', { exact: true }).selectOption({ label: 'Stalls · B' });
  await page.getByLabel('First seat', { exact: true }).selectOption({ label: '2' });
  await page.getByLabel('Last seat', { exact: true }).selectOption({ label: '3' });
  await page.getByLabel('Keep places').selectOption({ index: 1 });
  await isAccessible(organiser);
  await organiser.press('Make codes');
  await page.getByText('2 codes are made.').waitFor();
  for (const seat of ['Stalls B2', 'Stalls B3'])
    await page.getByRole('listitem').filter({ hasText: seat }).waitFor();
  expect(await free()).toBe(6);
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
