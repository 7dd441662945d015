import { signIn } from './accounts.ts';
import type { Person, PersonOptions } from './browsers.ts';
import type { House } from './house.ts';

/** A person who is signed in as the organiser, on the page that lists the events. */
export async function enter(house: House, options?: PersonOptions): Promise<Person> {
  const person = await house.person(options);
  await person.open('/sign-in?next=/organise');
  await signIn(person, 'organiser@example.com');
  await person.sees('link', 'New event');
  return person;
}

/** Opens the form that has all fields of a new event on one page. */
export async function onOnePage(person: Person): Promise<void> {
  await person.follow('New event');
  await person.follow('Fill in everything on one page');
  await person.sees('button', 'Save the draft');
}

/** Fills in what every event needs, in a month's time, without saving. */
export async function draft(person: Person, title: string): Promise<void> {
  const day = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  await onOnePage(person);
  await person.fill('Title', title);
  await person.fill('Starts', `${day}T20:00`);
  await person.fill('Ends', `${day}T23:00`);
  await person.fill('Venue', 'The Boathouse');
  await person.fill('City', 'Bristol');
  await person.fill('Country', 'GB');
}
