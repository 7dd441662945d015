import { setTimeout as pause } from 'node:timers/promises';
import type { ManagedEvent } from '../../../contract/events.ts';
import type { Person } from './browsers.ts';
import { linkTo } from './mailbox.ts';

/* The way of a new organiser to the first event. Uses nothing of Vitest, because the pictures of the guide go the same way. */

/** Opens an account, confirms its address by the link in the mail, and opens an organisation. */
export async function openOrganisation(
  person: Person,
  url: string,
  { name, email }: { name: string; email: string },
  organisation: string,
  shoot: (name: string) => Promise<void> = async () => {},
): Promise<void> {
  await person.open('/sign-up?next=/organise');
  await person.fill('Name', name);
  await person.fill('E-mail', email);
  await person.fill('Password', 'correct-horse-battery');
  await shoot('sign-up');
  await person.press('Open an account');
  await person.sees('heading', 'Sell tickets for your own events');
  await person.open(await linkTo(url, email, /https?:\S+\/verify-email\S+/));
  await person.sees('heading', 'Your address is confirmed');
  await person.open('/organise');
  await person.fill('Name of the organisation', organisation);
  await shoot('organisation');
  await person.press('Open the organisation');
  await person.sees('link', 'New event');
}

/** Makes a draft with nothing but a title. Returns its id. */
export async function startEvent(person: Person, title: string): Promise<string> {
  await person.follow('New event');
  await person.fill('Title', title);
  await person.press('Start');
  await person.sees('heading', 'Basics');
  return /evt_\w+/.exec(person.page.url())?.[0] ?? '';
}

/** Goes to a step of the editor through the list of steps. */
export async function goToStep(person: Person, step: string): Promise<void> {
  await person.page
    .getByRole('navigation', { name: 'Steps' })
    .getByRole('link', { name: new RegExp(`^${step}`) })
    .click();
  await person.page.getByRole('heading', { level: 2, name: step, exact: true }).first().waitFor();
}

export const readManaged = async ({ context }: Person, eventId: string): Promise<ManagedEvent> =>
  (await context.request.get(`/api/events/${eventId}/management`)).json();

/** Waits until the server has what was typed. */
export async function savesEvent(
  person: Person,
  eventId: string,
  isSaved: (event: ManagedEvent) => boolean,
): Promise<void> {
  const patienceMs = 60_000;
  for (const startMs = performance.now(); performance.now() - startMs < patienceMs; await pause(100))
    if (isSaved(await readManaged(person, eventId))) return;
  throw new Error(
    `the event ${eventId} was not saved: ${await person.page.getByRole('status').allInnerTexts()}`,
  );
}

/** When, where, and what is sold beside the seats: a pool for people who stand, and a T-shirt in two sizes. */
export async function fillSale(person: Person, day: string): Promise<void> {
  await goToStep(person, 'When and where');
  await person.fill('Starts', `${day}T19:30`);
  await person.fill('Ends', `${day}T22:30`);
  await person.fill('Venue', 'Lantern House');
  await person.fill('City', 'Bristol');
  await person.fill('Country', 'GB');
  await goToStep(person, 'Tickets');
  await person.fill('Name of the pool', 'Standing');
  await person.fill('Capacity', '50');
  await person.press('Add a ticket type');
  await person.fill('Name', 'Standing');
  await person.fill('Price (EUR)', '15');
  await person.press('Add extra');
  await person.fill('Name of the extra', 'T-shirt');
  const row = (label: string) => person.page.getByLabel(label, { exact: true }).last();
  for (const [size, stock] of [
    ['M', '10'],
    ['L', '5'],
  ] as const) {
    if (size !== 'M') await person.press('Add variant');
    await row('Variant, such as a size').fill(size);
    await row('Price of the extra (EUR)').fill('20');
    await row('Stock').fill(stock);
  }
}
