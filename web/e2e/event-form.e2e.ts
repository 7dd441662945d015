import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import type { ManagedEvent } from '../../contract/events.ts';
import { proof } from '../../server/testing/thorough.ts';
import { isAccessible } from './testing/axe.ts';
import type { Person } from './testing/browsers.ts';
import { newYork } from './testing/clock-changes.ts';
import { setUpHouse } from './testing/house.ts';
import { draft, enter, onOnePage } from './testing/organising.ts';

const house = setUpHouse();

test('of two who edit the same event both keep what they typed, and each sees what the other changed', async () => {
  const first = await enter(house);
  await draft(first, 'Low Tide');
  await first.press('Save the draft');
  const second = await enter(house);
  await second.open(new URL(first.page.url()).pathname);
  await second.sees('heading', 'Low Tide');

  await first.fill('Title', 'High Tide');
  await first.fill('Name of the pool', 'Pier');
  await first.press('Save changes');
  await first.sees('heading', 'High Tide');

  second.expects({ status: 412, path: '/api/events/' });
  await second.fill('One line about it', 'Ebb and flow.');
  await second.fill('Name of the pool', 'Quay');
  await second.press('Save changes');
  const notice = second.page.getByRole('status').filter({ hasText: 'Someone else changed this event' });
  await notice.getByText('Low Tide').waitFor();
  await expect.poll(() => notice.innerText()).toMatch(/Title\s+Before:\s*Low Tide\s+Now:\s*High Tide/);
  expect(await notice.innerText()).toMatch(/Name of the pool\s+Before:\s*Floor\s+Now:\s*Pier/);
  expect(await isInView(notice)).toBe(true);
  await isAccessible(second);
  expect(await typedIn(second, 'Title')).toBe('High Tide');
  expect(await typedIn(second, 'One line about it')).toBe('Ebb and flow.');
  expect(await typedIn(second, 'Name of the pool')).toBe('Quay');
  await second.press('Take theirs');
  expect(await typedIn(second, 'Name of the pool')).toBe('Pier');

  const sent = second.page.waitForRequest((request) => request.method() === 'PATCH');
  await second.press('Save changes');
  expect((await sent).postDataJSON()).toEqual({ summary: 'Ebb and flow.' });
  await second.hears('status', 'Saved');
  expect(await managed(second)).toMatchObject({
    title: 'High Tide',
    summary: 'Ebb and flow.',
    pools: [{ name: 'Pier' }],
  });

  // A conflict with what the buttons at the top do keeps the text too.
  await first.fill('One line about it', 'Typed before.');
  first.expects({ status: 412, path: '/publication' });
  await first.press('Publish');
  await first.page.getByText('Nothing was published or taken off sale.').waitFor();
  expect(await typedIn(first, 'One line about it')).toBe('Typed before.');
  await first.press('Publish');
  await first.page.getByText('Published. Buyers can find it').waitFor();
  expect(await typedIn(first, 'One line about it')).toBe('Typed before.');
});

proof('a form asks before it is left with text that is not saved', async () => {
  const organiser = await enter(house);
  await onOnePage(organiser);
  // Nothing was typed yet.
  await organiser.follow('All events');
  await draft(organiser, 'Unsaved');
  const path = new URL(organiser.page.url()).pathname;
  for (const leave of [() => organiser.follow('All events'), () => organiser.page.goBack()]) {
    await leave();
    await organiser.sees('dialog', 'Leave without saving?');
    await isAccessible(organiser);
    await organiser.page.getByRole('dialog').getByRole('button', { name: 'Stay here' }).last().click();
    await organiser.page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(new URL(organiser.page.url()).pathname).toBe(path);
    expect(await typedIn(organiser, 'Title')).toBe('Unsaved');
  }
  // Another language renders the page anew.
  organiser.page.once('dialog', (question) => void question.dismiss());
  const language = organiser.page.getByRole('combobox', { name: 'Language' });
  await language.selectOption('de');
  expect(await typedIn(organiser, 'Title')).toBe('Unsaved');
  expect(await language.inputValue()).toBe('en');
  // The tab is closed: the browser asks.
  const asked = organiser.page.waitForEvent('dialog');
  const closing = organiser.page.close({ runBeforeUnload: true });
  const question = await asked;
  expect(question.type()).toBe('beforeunload');
  await question.dismiss();
  await closing;
  await organiser.press('Save the draft');
  await organiser.sees('button', 'Publish');
  await organiser.follow('All events');
  await organiser.sees('link', 'New event');

  // The same for the profile and the team's records.
  await organiser.open('/account');
  await organiser.fill('Home city', 'Bristol');
  await organiser.page.getByRole('link', { name: 'Admit, to the front page' }).click();
  await organiser.sees('dialog', 'Leave without saving?');
  await organiser.press('Leave');
  await organiser.page.getByRole('searchbox').waitFor();
});

test('the time zone follows the place, and times that occur twice are asked about and kept', async () => {
  const organiser = await enter(house, { timeZone: 'Europe/London' });
  await draft(organiser, 'Fall Back');
  const zone = organiser.page.getByLabel('Time zone', { exact: true });
  expect(await zone.inputValue()).toBe('Europe/London');
  await organiser.fill('City', 'Köln');
  await organiser.fill('Country', 'DE');
  await expect.poll(() => zone.inputValue()).toBe('Europe/Berlin');
  // What the person chose stays; the difference is shown.
  await organiser.fill('Time zone', 'America/Chicago');
  await organiser.fill('City', 'New York');
  await organiser.fill('Country', 'US');
  await organiser.page.getByText('The time in New York is that of America/New_York.').waitFor();
  expect(await zone.inputValue()).toBe('America/Chicago');
  // With all fields of money that there may be.
  await organiser.choose('Tax', 'On top of the price');
  await organiser.choose('Who pays it', 'The buyer');
  await organiser.fill('Tax rate in the fee, or empty', '19');
  await isAccessible(organiser);
  await organiser.choose('Tax', 'No tax');
  await organiser.choose('Who pays it', 'There is none');
  await organiser.press('Use America/New_York');
  expect(await zone.inputValue()).toBe('America/New_York');

  await organiser.fill('Starts', `${newYork.back}T01:30`);
  await organiser.fill('Ends', `${newYork.back}T05:00`);
  const which = 'Starts: the clocks go back that night. Which one?';
  await organiser.choose(which, 'The second 01:30 (GMT-5)');
  await organiser.fill('Doors open', `${newYork.forward}T02:30`);
  await organiser.page.getByText('skip 02:30. It counts as 03:30.').waitFor();
  await organiser.fill('Doors open', '');
  await organiser.press('Save the draft');
  await organiser.sees('button', 'Publish');
  expect(await managed(organiser)).toMatchObject({
    startsAt: `${newYork.back}T06:30:00.000Z`,
    endsAt: `${newYork.back}T10:00:00.000Z`,
    timeZone: 'America/New_York',
  });

  await organiser.page.reload();
  expect(await organiser.page.getByLabel(which).inputValue()).toBe('second');
  const sent = organiser.page.waitForRequest((request) => request.method() === 'PATCH');
  await organiser.fill('Title', 'Spring Forward');
  await organiser.press('Save changes');
  expect((await sent).postDataJSON()).toEqual({ title: 'Spring Forward' });
  await organiser.hears('status', 'Saved');
  await organiser.press('Save changes');
  await organiser.hears('status', 'There was nothing to save.');
});

proof(
  'sections are added to a layout, replaced only by their name, and everything can be undone',
  async () => {
    const organiser = await enter(house);
    await draft(organiser, 'Two Halls');
    await organiser.choose('Seating', 'Numbered seats');
    await organiser.fill('Rows', '2');
    await organiser.fill('Seats per row', '5');
    await organiser.press('Make the layout');
    await organiser.hears('status', 'Stalls was added.');
    await organiser.press('Add the section');
    await organiser.hears('status', 'Stalls 2 was added.');
    await organiser.fill('Name of the section', 'Circle');
    await organiser.press('Add the section');
    await organiser.page.getByText('30 seats in Stalls, Stalls 2, Circle').waitFor();
    await organiser.press('Remove Stalls 2');
    await organiser.page.getByText('20 seats in Stalls, Circle').waitFor();
    await organiser.press('Undo');
    await organiser.page.getByText('30 seats in Stalls, Stalls 2, Circle').waitFor();
    await organiser.press('Remove Stalls 2');
    await isAccessible(organiser);
    await organiser.press('Save the draft');
    await organiser.sees('button', 'Publish');

    // The saved layout gets one more section, and a section of the same name is replaced by a button that says so.
    await organiser.page.reload();
    await organiser.page.getByText('20 seats in Stalls, Circle').waitFor();
    await organiser.fill('Name of the section', 'Balcony');
    await organiser.fill('Rows', '1');
    await organiser.press('Add the section');
    await organiser.fill('Name of the section', 'Circle');
    await organiser.press('Replace Circle');
    await organiser.hears('status', 'Circle was replaced.');
    await organiser.press('Save changes');
    await organiser.hears('status', 'Saved');
    const { pools } = await managed(organiser);
    expect(pools.map(({ name, capacity }) => `${name} ${capacity}`).sort()).toEqual([
      'Balcony 20',
      'Circle 20',
      'Stalls 10',
    ]);
  },
);

proof('a member of the team is removed after a question', async () => {
  const owner = await enter(house);
  await owner.follow('Team');
  await owner.page
    .getByRole('button', { name: /^Remove / })
    .first()
    .waitFor();
  const members = owner.page.getByRole('main').getByRole('button', { name: /^Remove / });
  const before = await members.count();
  await members.last().click();
  await owner.sees('dialog', /from the team\?$/);
  await isAccessible(owner);
  await owner.page.getByRole('dialog').getByRole('button', { name: 'Keep' }).last().click();
  await owner.page.getByRole('dialog').waitFor({ state: 'hidden' });
  expect(await members.count()).toBe(before);
  await members.last().click();
  await owner.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).last().click();
  await owner.hears('status', 'is no longer on the team.');
  await expect.poll(() => members.count()).toBe(before - 1);
});

const typedIn = ({ page }: Person, label: string) => page.getByLabel(label, { exact: true }).inputValue();

/** The event whose form is open, as the API has it. */
async function managed({ page, context }: Person): Promise<ManagedEvent> {
  const id = new URL(page.url()).pathname.split('/').pop();
  return (await context.request.get(`/api/events/${id}/management`)).json();
}

const isInView = (part: Locator): Promise<boolean> =>
  part.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top < innerHeight && bottom > 0;
  });
