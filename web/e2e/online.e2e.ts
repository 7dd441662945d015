import { expect, test } from 'vitest';
import { isAccessible } from './testing/axe.ts';
import type { Person } from './testing/browsers.ts';
import { newEvent, read } from './testing/drawing.ts';
import { setUpHouse } from './testing/house.ts';
import { enter } from './testing/organising.ts';

const house = setUpHouse();

test('two who change how people attend: a new link of one stays when the other corrects the note, and two notes are asked about', async () => {
  const first = await enter(house);
  const eventId = await newEvent(first, 'Two at the link');
  const path = `/organise/events/${eventId}/online`;
  await first.open(path);
  await first.page.getByLabel('How people attend').selectOption('Online');
  await first.fill('Link', 'https://video.example.com/dead');
  await save(first);
  const second = await enter(house);
  await second.open(path);
  await second.page.getByLabel('Link').waitFor();

  await first.fill('Link', 'https://video.example.com/new');
  await save(first);
  for (const _ of [1, 2]) second.expects({ status: 412, path: '/online-access' });
  await second.fill('Note', 'Code: 4711');
  await second.press('Save');
  await second.page.getByText(/Somebody else has saved meanwhile/).waitFor();
  expect(await second.page.getByLabel('Link').inputValue()).toBe('https://video.example.com/new');
  await isAccessible(second);
  await save(second);
  const stored = () => read<{ url: string; note: string }>(second, `/api/events/${eventId}/online-access`);
  expect(await stored()).toMatchObject({ url: 'https://video.example.com/new', note: 'Code: 4711' });

  await first.page.reload();
  await first.page.getByLabel('Note').waitFor();
  await first.fill('Note', 'Code: 1');
  await save(first);
  await second.fill('Note', 'Code: 2');
  await second.press('Save');
  await second.page.getByText('Somebody else has changed the same. Say which counts.').first().waitFor();
  await second.page.getByText('Code: 1', { exact: true }).waitFor();
  await isAccessible(second);
  await second.press('Keep mine');
  await save(second);
  expect(await stored()).toMatchObject({ note: 'Code: 2' });
});

async function save(person: Person): Promise<void> {
  await person.press('Save');
  await person.page.getByText('Saved.', { exact: true }).waitFor();
}
