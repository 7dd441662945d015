import { expect, test } from 'vitest';
import type { ManagedEvent } from '../../contract/events.ts';
import type { EventPlan, LibraryPlan } from '../../contract/seat-plans.ts';
import { isAccessible } from './testing/axe.ts';
import type { Person } from './testing/browsers.ts';
import { isSaved, newEvent, read } from './testing/drawing.ts';
import { setUpHouse } from './testing/house.ts';
import { enter } from './testing/organising.ts';

const house = setUpHouse();

test('a plan of the library is drawn in the designer, saved as versions, taken back to an earlier one, and deleted after a question', async () => {
  const organiser = await enter(house);
  await organiser.open('/organise/seat-plans');
  await organiser.fill('Name of the new plan', 'Rehearsal stage');
  await organiser.press('Draw a new plan');
  await organiser.press('Use Cinema');
  await organiser.sees('option', /Screen/);
  await isAccessible(organiser);
  // Nothing is saved by itself here: each saving is a version.
  await organiser.page.getByText('Not saved', { exact: true }).waitFor();
  await organiser.press('Save as a new version');
  await isSaved(organiser);
  const address = new URL(organiser.page.url());
  const [org, plan] = [address.searchParams.get('org'), address.searchParams.get('plan')];
  const kept = () => read<LibraryPlan>(organiser, `/api/organisations/${org}/seat-plans/${plan}`);
  const cinema = await kept();
  expect([cinema.version, cinema.versions.length]).toEqual([2, 2]);

  await (await organiser.sees('option', /Screen/)).click();
  await organiser.page.getByRole('application').focus();
  await organiser.page.keyboard.press('Delete');
  await organiser.press('Save as a new version');
  await isSaved(organiser);
  expect((await kept()).plan.objects.length).toBe(cinema.plan.objects.length - 1);

  await organiser.press('Versions');
  await organiser.press(/^Version 2, /);
  await isAccessible(organiser);
  await organiser.press('Take version 2 back');
  await organiser.sees('option', /Screen/);
  await organiser.press('Save as a new version');
  await isSaved(organiser);
  const restored = await kept();
  expect([restored.version, restored.plan]).toEqual([4, cinema.plan]);

  // A colleague saves a version while the question is open, so nothing is deleted unseen.
  await organiser.open('/organise/seat-plans');
  await organiser.press('Delete Rehearsal stage');
  await organiser.page.getByText(/All 4 versions that are kept go with the plan/).waitFor();
  await isAccessible(organiser);
  const saved = await organiser.page.request.put(`/api/organisations/${org}/seat-plans/${plan}`, {
    headers: { 'if-match': '"4"', origin: address.origin },
    data: { name: restored.name, plan: restored.plan },
  });
  expect(saved.status()).toBe(200);
  organiser.expects({ status: 412, path: '/seat-plans/' });
  await organiser.press('Delete the plan');
  await organiser.page.getByText(/has just saved another version/).waitFor();
  await organiser.press('Keep it');
  await organiser.page.getByText(/^Version 5, /).waitFor();
  await organiser.press('Delete Rehearsal stage');
  await organiser.press('Delete the plan');
  await organiser.page.getByText('No plan is in the library yet.').waitFor();
});

test('seats that the form of the event has changed are taken over or replaced, and never overwritten unseen', async () => {
  const organiser = await enter(house);
  const eventId = await newEvent(organiser, 'Drawn and typed');
  await organiser.open(`/organise/events/${eventId}/seat-plan`);
  await organiser.press('Use Cinema');
  await organiser.sees('option', /Screen/);
  await isSaved(organiser);
  await apply(organiser);
  const mapNow = () =>
    read<{ sections: { name: string }[] }>(organiser, `/api/events/${eventId}/seat-layout`);
  const drawn = await mapNow();
  const rename = async (name: string) => {
    const layout = await mapNow();
    const { version } = await read<ManagedEvent>(organiser, `/api/events/${eventId}/management`);
    const sections = layout.sections.map((section, i) => (i === 0 ? { ...section, name } : section));
    const { origin } = new URL(organiser.page.url());
    const answer = await organiser.page.request.patch(`/api/events/${eventId}`, {
      headers: { 'if-match': `"${version}"`, origin },
      data: { seatLayout: { ...layout, sections } },
    });
    expect(answer.status()).toBe(200);
  };
  await rename('Typed in the form');
  await organiser.open(`/organise/events/${eventId}/seat-plan`);
  await organiser.page.getByText('The seat map was changed in another way').waitFor();
  await isAccessible(organiser);
  await organiser.press('Take over the seats of the form');
  await organiser.sees('option', /Typed in the form/);
  await organiser.page.getByText('The seat map was changed in another way').waitFor({ state: 'hidden' });
  await isSaved(organiser);

  // Somebody types again while the page is open: the use is refused, and the page asks.
  await rename('Typed once more');
  organiser.expects({ status: 409, path: '/applications' });
  await organiser.page.reload();
  await organiser.page.getByText('The seat map was changed in another way').waitFor();
  await organiser.press('Use this plan');
  await organiser.press(/^Use it/);
  await organiser.page.getByText(/Say first whether the drawing replaces it/).waitFor();
  await organiser.page.keyboard.press('Escape');
  await organiser.press('Keep this drawing');
  await organiser.page.getByText('The seat map was changed in another way').waitFor({ state: 'hidden' });
  await apply(organiser);
  expect((await mapNow()).sections.map(({ name }) => name)).toContain('Typed in the form');
  expect(drawn.sections.length).toBeGreaterThan(0);
});

test('tickets whose zone the drawing does not have get another one in the same step', async () => {
  const organiser = await enter(house);
  const eventId = await newEvent(organiser, 'Other zones');
  await organiser.open(`/organise/events/${eventId}/seat-plan`);
  await organiser.press('Use Cinema');
  await organiser.sees('option', /Screen/);
  await isSaved(organiser);
  await organiser.press('Use this plan');
  const prices = organiser.page.getByRole('dialog').getByLabel(/: price in EUR$/);
  await prices.first().waitFor();
  for (let i = 0; i < (await prices.count()); i++) await prices.nth(i).fill('12');
  await organiser.press('Use it now');
  await organiser.page.getByText('The event has this seat plan now.').waitFor();
  await organiser.press('Go on drawing');
  const zoned = async () =>
    (await read<ManagedEvent>(organiser, `/api/events/${eventId}/management`)).ticketTypes.filter(
      ({ zone }) => zone !== null,
    );
  const before = await zoned();

  // A room with a zone of its own takes the place of the first one.
  const { plan } = await read<EventPlan>(organiser, `/api/events/${eventId}/seat-plan`);
  const zones = [{ key: 'only', name: 'Only zone', color: '#aa8800' }];
  const other = JSON.stringify({ ...plan, zones }).replaceAll(/"zone":"[^"]*"/g, '"zone":"only"');
  await organiser.press('Files and library');
  await organiser.page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: 'other.json',
      mimeType: 'application/json',
      buffer: Buffer.from(other),
    });
  await organiser.page.getByText(/^other.json is on the drawing/).waitFor();
  await organiser.page.keyboard.press('Escape');
  await isSaved(organiser);
  await organiser.press('Use this plan');
  await organiser.page.getByText('Tickets without a zone').waitFor();
  await isAccessible(organiser);
  await organiser.press('Use it now');
  await organiser.page.getByText('This is needed.').first().waitFor();
  const choices = organiser.page.getByRole('dialog').getByLabel(/^Zone of/);
  expect(await choices.count()).toBe(before.length);
  for (let i = 0; i < before.length; i++)
    await choices.nth(i).selectOption({ label: i === 0 ? 'Only zone' : 'None: the ticket goes' });
  await organiser.press('Use it now');
  await organiser.page.getByText('The event has this seat plan now.').waitFor();
  expect((await zoned()).map(({ id, zone }) => [id, zone])).toEqual([[before[0]?.id, 'only']]);
});

test('two names of one section are asked about, and nothing is overwritten unseen', async () => {
  const first = await enter(house);
  const eventId = await newEvent(first, 'Two names');
  await first.open(`/organise/events/${eventId}/seat-plan`);
  await first.press('Use Cinema');
  await isSaved(first);
  const second = await enter(house);
  await second.open(`/organise/events/${eventId}/seat-plan`);
  await (await second.sees('option', /Rows/)).click();
  await (await first.sees('option', /Rows/)).click();
  await first.fill('Name of the section', 'Parquet');
  await isSaved(first);
  second.expects({ status: 412, path: '/seat-plan' });
  await second.fill('Name of the section', 'Parterre');
  await second.page.getByText('Two people changed the same').waitFor();
  await second.page.getByText('Section · Parterre').waitFor();
  await isAccessible(second);
  await second.press('Take theirs');
  await isSaved(second);
  const { plan } = await read<EventPlan>(second, `/api/events/${eventId}/seat-plan`);
  expect(plan.sections.map(({ name }) => name)).toContain('Parquet');
  expect(plan.sections.map(({ name }) => name)).not.toContain('Parterre');
});

/** Makes the drawing the seat map, and closes the dialog. */
async function apply(organiser: Person): Promise<void> {
  await organiser.press('Use this plan');
  await organiser.press(/^Use it/);
  await organiser.page.getByText('The event has this seat plan now.').waitFor();
  await organiser.press('Go on drawing');
}
