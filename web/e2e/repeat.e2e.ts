import { expect, test } from 'vitest';
import { isAccessible } from './testing/axe.ts';
import { setUpHouse } from './testing/house.ts';
import { draft, enter } from './testing/organising.ts';
import { publishSale } from './testing/sales.ts';
import { scrollsSideways } from './testing/sideways.ts';

const house = setUpHouse();

test('an organiser repeats an event on a phone: strikes out a date, moves one, adds one, and makes them', async () => {
  const organiser = await enter(house, { phone: true });
  await draft(organiser, 'Night of the Herons');
  const { page } = organiser;
  await page.getByLabel('Time zone').fill('Europe/London');
  await organiser.press('Save the draft');
  await organiser.sees('heading', 'Night of the Herons');
  await organiser.follow('Repeat');
  await organiser.sees('heading', 'Repeat this event');
  const first = await page.getByLabel('First date').inputValue();
  const after = (days: number, time = '20:00') =>
    `${new Date(Date.parse(`${first}Z`) + days * 86_400_000).toISOString().slice(0, 10)}T${time}`;

  // Each week on the day of the event, ten times. The event is the first of them.
  const dates = page.getByRole('region', { name: 'Dates' }).getByRole('listitem');
  await organiser.sees('button', 'Make 9 dates');
  expect(await dates.count()).toBe(10);
  expect(await dates.first().getByRole('checkbox').isDisabled()).toBe(true);
  await page.getByLabel('Number of dates').fill('4');
  await organiser.sees('button', 'Make 3 dates');
  await dates.nth(1).getByRole('checkbox').uncheck();
  await organiser.sees('button', 'Make 2 dates');

  await dates.nth(2).getByRole('button').click();
  await page.getByLabel('New time').fill(after(14, '18:30'));
  await organiser.press('Take it');
  await dates.nth(2).getByText('18:30').waitFor();
  await organiser.press('Add a date');
  await page.getByLabel('Add a date').fill(after(15, '11:00'));
  await organiser.press('Add');
  await organiser.sees('button', 'Make 3 dates');
  await isAccessible(organiser);
  expect(await scrollsSideways(organiser, { 'own letters': '' })).toEqual([]);

  await page.getByLabel('Name of the series').fill('Heron Nights');
  await organiser.sees('button', 'Make 3 dates');
  await organiser.press('Make 3 dates');
  await page.getByText('3 dates were made.').waitFor();
  await isAccessible(organiser);
  const made = await house.app.db.query<{ local: string; run: string; status: string }>(
    `select to_char(starts_at at time zone time_zone, 'YYYY-MM-DD"T"HH24:MI') as local, run, status
     from events where run = 'Heron Nights' order by starts_at`,
  );
  expect(made).toEqual(
    [first, after(14, '18:30'), after(15, '11:00'), after(21)].map((local) => ({
      local,
      run: 'Heron Nights',
      status: 'draft',
    })),
  );
});

test('somebody who knows the RFC types a rule with the keyboard, and is told what is wrong with it', async () => {
  const organiser = await enter(house);
  await draft(organiser, 'Rule Night');
  const { page } = organiser;
  await organiser.press('Save the draft');
  await organiser.sees('heading', 'Rule Night');
  await organiser.follow('Repeat');
  await organiser.sees('button', 'Make 9 dates');
  organiser.expects({ status: 422, path: '/dates/preview' });
  await page.getByLabel('How it repeats').focus();
  // The second of the three ways.
  await page.keyboard.press('ArrowDown');
  await page.getByLabel('Rule', { exact: true }).focus();
  await page.keyboard.type('FREQ=WEEKLY;BYDAY=TUE');
  await page.getByText('BYDAY has a value that is not possible.').waitFor();
  await isAccessible(organiser);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('FREQ=MONTHLY;BYDAY=1SU;COUNT=3');
  await organiser.sees('button', 'Make 3 dates');
  expect(await page.getByRole('region', { name: 'Dates' }).getByText('Sunday').count()).toBe(3);
  await page.getByRole('button', { name: 'Make 3 dates' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('3 dates were made.').waitFor();
});

test('tags lead from an event to others, and an organiser types them', async () => {
  const terms = {
    tags: ['Otters', 'river walk'],
    pools: [{ key: 'hall', name: 'Hall', capacity: 10 }],
    ticketTypes: [{ name: 'Seat', priceMinor: 1200, pools: ['hall'] }],
  };
  const address = await publishSale(house, 'Otters at Dusk', terms);
  await publishSale(house, 'Otters at Dawn', { ...terms, tags: ['otters'] });
  const person = await house.person({ phone: true });
  await person.open(address);
  await person.follow('#otters');
  await person.sees('heading', 'Found');
  await person.sees('link', /Otters at Dawn/);
  expect(new URL(person.page.url()).search).toBe('?tag=otters');
  expect(await person.page.getByRole('heading', { level: 3 }).count()).toBe(2);
  await isAccessible(person);
  expect(await scrollsSideways(person, { 'own letters': '' })).toEqual([]);
  await person.follow('Without otters');
  await person.sees('heading', 'Everything');
  await person.follow('#river walk');
  await person.sees('heading', 'Found');

  const organiser = await enter(house, { phone: true });
  await draft(organiser, 'Otters in Winter');
  await organiser.fill('Tags', ' #Otters, Ice ,otters');
  await organiser.press('Suggest texts and prices');
  await organiser.press('Use: Tags');
  const tags = organiser.page.getByLabel('Tags', { exact: true });
  await expect.poll(() => tags.inputValue()).toBe('otters, ice, river walk');
  await organiser.press('Save the draft');
  await organiser.sees('heading', 'Otters in Winter');
  const [row] = await house.app.db.query<{ tags: string[] }>(
    `select tags from events where title = 'Otters in Winter'`,
  );
  expect(row?.tags).toEqual(['otters', 'ice', 'river walk']);
});
