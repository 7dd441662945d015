import { expect, test } from 'vitest';
import { signIn } from './testing/accounts.ts';
import type { Person } from './testing/browsers.ts';
import { findEvent } from './testing/buying.ts';
import { setUpHouse } from './testing/house.ts';

const house = setUpHouse();

test('an organiser drafts and publishes an event with numbered seats, and anyone finds it', async () => {
  const organiser = await enter();
  await draft(organiser, 'Paper Boats');
  await organiser.choose('Seating', 'Numbered seats');
  await organiser.fill('Rows', '4');
  await organiser.fill('Seats per row', '10');
  await organiser.press('Make the layout');
  await organiser.page.getByText('40 seats in Stalls').waitFor();
  await organiser.press('Save the draft');
  await organiser.sees('heading', 'Paper Boats');

  const stranger = await house.person();
  await stranger.open('/');
  await stranger.page.getByRole('searchbox').fill('Paper Boats');
  await stranger.sees('heading', 'Nothing found for “Paper Boats”');
  await organiser.press('Publish');
  await organiser.page.getByText('Published. It is found and sold from now on.').waitFor();

  await findEvent(stranger, 'Paper Boats');
  await stranger.follow('Choose seats');
  await stranger.press('List');
  await stranger.sees('button', /^Stalls.*40 free/);
});

test('of two who edit the same event the second is told, and loses nothing without a word', async () => {
  const first = await enter();
  await draft(first, 'Low Tide');
  await first.press('Save the draft');
  await first.sees('heading', 'Low Tide');
  const second = await enter();
  await second.open(new URL(first.page.url()).pathname);
  await second.sees('heading', 'Low Tide');

  await first.fill('Title', 'High Tide');
  await first.press('Save changes');
  await first.sees('heading', 'High Tide');

  second.expects({ status: 412, path: '/api/events/' });
  await second.fill('One line about it', 'Ebb and flow.');
  await second.press('Save changes');
  await second.page.getByText('Someone else changed this event').waitFor();
  expect(await second.page.getByLabel('One line about it').inputValue()).toBe('Ebb and flow.');
  await second.press('Load the newest');
  await second.sees('heading', 'High Tide');
  expect(await second.page.getByLabel('Title', { exact: true }).inputValue()).toBe('High Tide');
});

/** Somebody who is signed in as the organiser, on the page that lists the events. */
async function enter(): Promise<Person> {
  const person = await house.person();
  await person.open('/sign-in?next=/organise');
  await signIn(person, 'organiser@example.com');
  await person.sees('link', 'New event');
  return person;
}

/** Fills in what every event needs, in a month's time; does not save. */
async function draft(person: Person, title: string): Promise<void> {
  const day = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  await person.follow('New event');
  await person.fill('Title', title);
  await person.fill('Starts', `${day}T20:00`);
  await person.fill('Ends', `${day}T23:00`);
  await person.fill('Venue', 'The Boathouse');
  await person.fill('City', 'Bristol');
  await person.fill('Country', 'GB');
}
