import { expect, test } from 'vitest';
import type { ManagedEvent } from '../../contract/events.ts';
import { isAccessible } from './testing/axe.ts';
import type { Person } from './testing/browsers.ts';
import { setUpHouse } from './testing/house.ts';
import { enter } from './testing/organising.ts';

const house = setUpHouse();

/** A save waits for a pause in the typing, and a busy machine is slow. */
const patient = { timeout: 20_000 };
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const idIn = (person: Person) => /evt_\w+/.exec(person.page.url())?.[0] ?? '';
const managed = async (person: Person, id = idIn(person)): Promise<ManagedEvent> =>
  (await person.context.request.get(`/api/events/${id}/management`)).json();
/** Goes to a step through the list of steps. */
const goTo = (person: Person, step: string) =>
  person.page
    .getByRole('navigation', { name: 'Steps' })
    .getByRole('link', { name: new RegExp(`^${step}`) })
    .click();
const typedIn = (person: Person, label: string) =>
  person.page.getByLabel(label, { exact: true }).inputValue();
const isSaved = (person: Person) => person.hears('status', /^(Saved \d|Everything is saved)/);

async function begin(person: Person, title: string): Promise<void> {
  await person.follow('New event');
  await person.fill('Title', title);
  await person.press('Start');
  await person.sees('heading', 'Basics');
}

async function fillIn(person: Person): Promise<void> {
  await goTo(person, 'When and where');
  await person.fill('Starts', `${inDays(30)}T20:00`);
  await person.fill('Ends', `${inDays(30)}T23:00`);
  await person.fill('Venue', 'The Boathouse');
  await person.fill('City', 'Bristol');
  await person.fill('Country', 'GB');
  await goTo(person, 'Tickets');
  await person.press('Add a ticket type');
  await person.fill('Name', 'Regular');
  await person.fill('Price (EUR)', '12.50');
}

test.each([{ phone: true }, { phone: false }])(
  'a new organiser makes an event in steps and publishes it (on a phone: $phone)',
  async ({ phone }) => {
    const organiser = await enter(house, { phone });
    await begin(organiser, phone ? 'By Thumb' : 'By Mouse');
    // The draft exists already, and says what is missing and where.
    await goTo(organiser, 'Publish');
    await organiser.page.getByText('Still missing').waitFor();
    await isAccessible(organiser);
    expect(await organiser.page.getByRole('link', { name: 'venue', exact: true }).count()).toBe(1);
    await organiser.page.getByRole('link', { name: 'venue', exact: true }).click();
    await organiser.sees('heading', 'When and where');
    await fillIn(organiser);
    // What is typed is saved by itself, and the field that is being typed in keeps the focus.
    await expect
      .poll(async () => (await managed(organiser)).ticketTypes[0]?.listPrice.amount, patient)
      .toBe(1250);
    expect(await organiser.page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe(
      '12.50',
    );
    await isSaved(organiser);
    const isWide = () => document.documentElement.scrollWidth > document.documentElement.clientWidth;
    expect(await organiser.page.evaluate(isWide)).toBe(false);
    if (phone) await organiser.press('Show preview');
    const preview = organiser.page.frameLocator('iframe[title="Preview"]');
    await preview.getByText('€12.50').waitFor();
    // The preview follows what is typed, before it is saved.
    await organiser.fill('Name', 'Standing');
    await preview.getByText('Standing').waitFor();
    await isSaved(organiser);
    await goTo(organiser, 'Publish');
    await organiser.page.getByText('Nothing is missing').waitFor();
    await organiser.press('Publish now');
    await organiser.page.getByText('Published: buyers can find it.').waitFor();
    await isAccessible(organiser);
    const { slug } = await managed(organiser);
    const buyer = await house.person({ phone });
    await buyer.open(`/e/${slug}`);
    await buyer.sees('button', 'More: Standing');
  },
);

test('an incomplete field does not keep the others from being saved, and comes back after a reload', async () => {
  const organiser = await enter(house);
  await begin(organiser, 'Half');
  await goTo(organiser, 'Tickets');
  await organiser.fill('Name of the pool', '');
  await goTo(organiser, 'When and where');
  await organiser.fill('Venue', 'The Boathouse ');
  await organiser.hears('status', 'Saved, except for what is marked');
  expect(await managed(organiser)).toMatchObject({
    venue: { name: 'The Boathouse' },
    pools: [{ name: 'Floor' }],
  });
  // A space at the end is still being typed.
  expect(await typedIn(organiser, 'Venue')).toBe('The Boathouse ');
  await organiser.page.reload();
  await organiser.page.getByText('had not been saved. Here it is again').waitFor();
  await goTo(organiser, 'Tickets');
  expect(await typedIn(organiser, 'Name of the pool')).toBe('');
  await organiser.fill('Name of the pool', 'Quay');
  await isSaved(organiser);
  expect((await managed(organiser)).pools).toMatchObject([{ name: 'Quay' }]);
});

test('two people edit at once: different fields merge, and of the same field each value can be chosen', async () => {
  const first = await enter(house);
  await begin(first, 'Low Tide');
  const second = await enter(house);
  await second.open(new URL(first.page.url()).pathname);
  await second.sees('heading', 'Basics');
  await first.fill('Title', 'High Tide');
  await isSaved(first);
  await expect.poll(async () => (await managed(first)).title, patient).toBe('High Tide');

  second.expects({ status: 412, path: '/api/events/' });
  await second.fill('One line about it', 'Ebb and flow.');
  await expect.poll(async () => (await managed(first)).summary, patient).toBe('Ebb and flow.');
  expect(await typedIn(second, 'Title')).toBe('High Tide');

  // The same field: nothing is overwritten until the person has chosen.
  await first.page.reload();
  await first.sees('heading', 'Basics');
  await second.fill('Title', 'Spring Tide');
  await expect.poll(async () => (await managed(first)).title, patient).toBe('Spring Tide');
  first.expects({ status: 412, path: '/api/events/' });
  await first.fill('Title', 'Neap Tide');
  await first.sees('button', 'Keep mine');
  await isAccessible(first);
  expect(await typedIn(first, 'Title')).toBe('Neap Tide');
  await first.fill('One line about it', 'Calm.');
  await expect.poll(async () => (await managed(first)).summary, patient).toBe('Calm.');
  expect((await managed(first)).title).toBe('Spring Tide');
  await first.press('Keep mine');
  await expect.poll(async () => (await managed(first)).title, patient).toBe('Neap Tide');
});

test('nothing is published while something that was typed is not saved', async () => {
  const organiser = await enter(house);
  await begin(organiser, 'Half a Price');
  await fillIn(organiser);
  await isSaved(organiser);
  await organiser.fill('Price (EUR)', '1O0');
  await organiser.hears('status', 'Saved, except for what is marked');
  await goTo(organiser, 'Publish');
  for (const button of ['Publish now', 'Publish at this time']) {
    if (button !== 'Publish now') await organiser.fill('Publish at', `${inDays(2)}T10:00`);
    await organiser.press(button);
    await expect
      .poll(() => organiser.page.getByText('Not published, because').count(), patient)
      .toBe(button === 'Publish now' ? 1 : 2);
    expect(await managed(organiser)).toMatchObject({ status: 'draft', scheduledPublication: null });
  }
  await isAccessible(organiser);
  await organiser.page.getByRole('main').getByRole('link', { name: 'Tickets', exact: true }).last().click();
  await organiser.sees('heading', 'Tickets');
  await organiser.fill('Price (EUR)', '100');
  await goTo(organiser, 'Publish');
  await organiser.press('Publish now');
  await organiser.page.getByText('Published: buyers can find it.').waitFor();
  expect((await managed(organiser)).ticketTypes[0]?.listPrice.amount).toBe(10_000);
});

test('a publication waits until what was typed is saved onto the version of somebody else', async () => {
  const first = await enter(house);
  await begin(first, 'Ebb');
  await fillIn(first);
  await isSaved(first);
  await goTo(first, 'Basics');
  const second = await enter(house);
  await second.open(new URL(first.page.url()).pathname);
  await second.sees('heading', 'Basics');
  await second.fill('Title', 'Flood');
  await expect.poll(async () => (await managed(first)).title, patient).toBe('Flood');

  // The first save of what is typed reaches the server only after the button was pressed, and meets the other version.
  first.expects({ status: 412, path: '/api/events/' });
  const pressed = Promise.withResolvers<void>();
  const asked = first.page.waitForRequest((request) => request.method() === 'PATCH');
  await first.page.route('**/api/events/*', async (route) => {
    if (route.request().method() === 'PATCH') await pressed.promise;
    await route.continue();
  });
  await first.fill('One line about it', 'Typed at the last moment.');
  await asked;
  await goTo(first, 'Publish');
  await first.press('Publish now');
  pressed.resolve();
  await first.page.getByText('Published: buyers can find it.').waitFor();
  expect(await managed(first)).toMatchObject({ title: 'Flood', summary: 'Typed at the last moment.' });
});

test('without a network what is typed stays, and is saved when the network is back', async () => {
  const organiser = await enter(house);
  await begin(organiser, 'Offline');
  await organiser.context.setOffline(true);
  await organiser.fill('One line about it', 'Typed in a tunnel.');
  await organiser.hears('status', 'Not saved: no connection');
  await organiser.context.setOffline(false);
  await expect.poll(async () => (await managed(organiser)).summary, patient).toBe('Typed in a tunnel.');
  await isSaved(organiser);
  // The tab is closed before the save, and another one opens.
  await organiser.context.setOffline(true);
  await organiser.fill('One line about it', 'Typed before the battery died.');
  const path = new URL(organiser.page.url()).pathname;
  await organiser.page.close();
  await organiser.context.setOffline(false);
  organiser.page = await organiser.context.newPage();
  await organiser.open(path);
  await expect
    .poll(async () => (await managed(organiser)).summary, patient)
    .toBe('Typed before the battery died.');
  // Whoever signs out leaves nothing on the device.
  await organiser.context.setOffline(true);
  await organiser.fill('One line about it', 'Mine alone.');
  const kept = () =>
    organiser.page.evaluate(() =>
      Object.keys(localStorage).filter((name) => name.startsWith('admit.draft.')),
    );
  expect(await kept()).toHaveLength(1);
  await organiser.context.setOffline(false);
  await isSaved(organiser);
  expect(await kept()).toHaveLength(0);
});

test('a published event is saved with a button, and a colleague sees a draft by its link', async () => {
  const organiser = await enter(house);
  await begin(organiser, 'Two Faces');
  await fillIn(organiser);
  await isSaved(organiser);
  await goTo(organiser, 'Publish');
  await organiser.fill('Whom it is for', 'The band');
  await organiser.press('Make a link');
  const link = await organiser.page.getByText(/\/preview\/pvl_/).innerText();
  const colleague = await house.person({ phone: true });
  await colleague.page.goto(link);
  await colleague.sees('heading', 'Two Faces');
  await colleague.page.getByText('this event is not published').waitFor();
  await colleague.page.getByText('€12.50').waitFor();
  expect(await colleague.page.getByRole('button', { name: /Get tickets|More/ }).count()).toBe(0);
  await isAccessible(colleague);
  await organiser.press('Revoke the link “The band”');
  await organiser.page
    .getByRole('button', { name: 'Revoke the link “The band”' })
    .waitFor({ state: 'detached' });
  colleague.expects({ status: 404, path: '/api/preview-links/' });
  await colleague.page.reload();
  await colleague.page.getByText('This page isn’t here').waitFor();

  await organiser.press('Publish now');
  await organiser.page.getByText('Published: buyers can find it.').waitFor();
  await goTo(organiser, 'Basics');
  await organiser.fill('One line about it', 'For buyers.');
  await organiser.hears('status', 'Not saved yet');
  await organiser.press('Save changes');
  await isSaved(organiser);
  expect((await managed(organiser)).summary).toBe('For buyers.');
});

test('publishing at a time, taking off sale, a copy, the archive and a deletion', async () => {
  const organiser = await enter(house);
  await begin(organiser, 'By The Clock');
  await fillIn(organiser);
  await isSaved(organiser);
  const id = idIn(organiser);
  await goTo(organiser, 'Publish');
  await organiser.fill('Publish at', `${inDays(2)}T09:00`);
  await organiser.press('Publish at this time');
  await organiser.page.getByText('It is published by itself').waitFor();
  await isAccessible(organiser);
  await organiser.press('Do not publish then');
  await organiser.page.getByText('It is published by itself').waitFor({ state: 'detached' });
  await organiser.press('Publish now');
  await organiser.page.getByText('Published: buyers can find it.').waitFor();

  await organiser.press('Take off sale');
  await organiser.sees('dialog', 'Take off sale');
  await organiser.page.getByText('Nobody holds tickets yet.').waitFor();
  await isAccessible(organiser);
  await organiser.press('Stop the sale');
  await organiser.page.getByText('Off sale since').waitFor();
  const { slug } = await managed(organiser);
  const buyer = await house.person();
  await buyer.open(`/e/${slug}`);
  await buyer.page.getByText('The sale has ended').waitFor();
  await organiser.press('Put on sale again');
  await organiser.sees('button', 'Take off sale');

  await organiser.open(`/organise/events/${id}`);
  await organiser.press('Duplicate');
  await organiser.page.getByRole('dialog').getByLabel('Title').fill('By The Clock Again');
  await organiser.fill('Begins', `${inDays(60)}T21:00`);
  await organiser.press('Make the copy');
  await organiser.sees('heading', 'By The Clock Again');
  const copy = idIn(organiser);
  expect(copy).not.toBe(id);
  expect(await managed(organiser)).toMatchObject({
    status: 'draft',
    gaps: [],
    ticketTypes: [{ name: 'Regular' }],
  });

  await organiser.open(`/organise/events/${copy}`);
  await organiser.press('Archive');
  await organiser.page.getByText('Archived: your list').waitFor();
  await organiser.follow('All events');
  await organiser.sees('link', 'By The Clock');
  expect(await organiser.page.getByRole('link', { name: 'By The Clock Again' }).count()).toBe(0);
  await organiser.press('Archived events');
  await organiser.follow('By The Clock Again');
  await organiser.press('Delete');
  await organiser.sees('dialog', 'Delete “By The Clock Again”?');
  await isAccessible(organiser);
  await organiser.press('Delete it');
  await organiser.sees('link', 'New event');
  expect((await organiser.context.request.get(`/api/events/${copy}/management`)).status()).toBe(404);
});
