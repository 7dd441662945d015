import { expect, test } from 'vitest';
import { isAccessible } from './testing/axe.ts';
import { setUpHouse } from './testing/house.ts';
import { enter } from './testing/organising.ts';
import { placeOf, publishQueue } from './testing/queues.ts';

const house = setUpHouse();
const minute = 60_000;

test('the team makes a lane, a fan opens it with the code on a phone, and everybody checks it in the draw', async () => {
  const queue = await publishQueue(house, 'An evening with a lane', { opensInMs: 30 * minute });
  const organiser = await enter(house, { phone: true });
  const desk = organiser.page;
  await organiser.open(queue.api.replace('/api', '/organise'));
  await desk.getByRole('button', { name: 'Add a lane' }).click();
  await desk.getByRole('button', { name: 'Save the lanes' }).click();
  await desk.getByText('Give each lane a name', { exact: false }).waitFor();
  await desk.getByLabel('Name, for everybody').fill('Members');
  await desk.getByLabel('Code', { exact: true }).fill('MEMBERS-27');
  await desk.getByRole('button', { name: 'Save the lanes' }).click();
  await desk.getByText('Saved. Everybody sees the lanes.').waitFor();
  expect(await desk.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  await isAccessible(organiser);

  const fan = await house.person({ phone: true });
  const { page } = fan;
  await fan.open(`${queue.address}/queue`);
  await page.getByText('Members: 20 % of the first positions', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Join the queue' }).click();
  await page.getByLabel('Code of a lane').waitFor();
  fan.expects({ status: 404, path: '/queue/mine/lane' });
  await page.getByLabel('Code of a lane').fill('WRONG-CODE');
  await page.keyboard.press('Enter');
  await page.getByText('This queue has no lane with this code.', { exact: false }).waitFor();
  await page.getByLabel('Code of a lane').fill('members-27');
  await page.getByRole('button', { name: 'Use the code' }).click();
  await page.getByText('You are in this lane.').waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  await isAccessible(fan);

  house.advance(31 * minute);
  await expect.poll(async () => (await placeOf(fan, queue)).position, { timeout: 30_000 }).toBe(1);
  await fan.open(`${queue.address}/queue/draw`);
  await page.getByText('lane Members').waitFor();
  await page.getByText('If there are lanes', { exact: false }).waitFor();
  await isAccessible(fan);
});

test('the team rehearses the sale on a phone and sees what came out', async () => {
  const queue = await publishQueue(house, 'An evening to rehearse', { opensInMs: 30 * minute });
  const organiser = await enter(house, { phone: true });
  const { page } = organiser;
  await organiser.open(queue.api.replace('/api', '/organise'));
  await page.getByLabel('People', { exact: true }).fill('5');
  await page.getByRole('button', { name: 'Rehearse', exact: true }).click();
  await page.getByText('Give a whole number from 10 to 20,000.').waitFor();
  await page.getByLabel('People', { exact: true }).fill('200');
  await page.keyboard.press('Enter');
  await page.getByText('Every promise was kept', { exact: false }).waitFor({ timeout: 60_000 });
  await page.getByText('200 people, 30% programs', { exact: false }).waitFor();
  await page.getByText(/^\d+ of 50$/).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  await isAccessible(organiser);
});
