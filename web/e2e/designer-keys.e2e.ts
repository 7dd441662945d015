import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Person } from './testing/browsers.ts';
import { drag, isSaved } from './testing/drawing.ts';
import { readManaged } from './testing/first-event.ts';
import { setUpHouse } from './testing/house.ts';
import { draft, enter } from './testing/organising.ts';

const house = setUpHouse();

test('by keyboard alone, from an empty plan to an event on sale with two zones and a standing area', async () => {
  const organiser = await enter(house);
  const eventId = await newEvent(organiser, 'By Keys Alone');
  await organiser.open(`/organise/events/${eventId}/edit/seats`);
  const { page } = organiser;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const field = (label: string) => page.getByLabel(label, { exact: true });
  const canvas = page.getByRole('application');
  const enterOn = async (target: Locator) => {
    await tabTo(organiser, target);
    await page.keyboard.press('Enter');
  };
  const type = async (label: string, text: string) => {
    await tabTo(organiser, field(label));
    await page.keyboard.press('Control+a');
    await page.keyboard.type(text);
  };
  /** Draws an object of the usual size, and moves it by whole seats. */
  const draw = async (tool: string, arrow: string, seats: number) => {
    await tabTo(organiser, canvas);
    for (const key of [tool, 'Enter']) await page.keyboard.press(key);
    for (let i = 0; i < seats; i++) await page.keyboard.press(`Shift+Arrow${arrow}`);
  };

  await enterOn(page.getByRole('link', { name: 'Draw the seat plan' }));
  await enterOn(button('Begin with an empty plan'));
  await draw('g', 'Up', 20);
  await draw('r', 'Up', 5);
  // Enter in the list of objects leads to the fields of the chosen one.
  await enterOn(page.getByRole('listbox', { name: 'Objects' }));
  await type('Name of the section', 'Parquet');
  await enterOn(button('Zones'));
  await enterOn(button('Add a zone'));
  await enterOn(button('Selection'));
  await draw('r', 'Down', 15);
  await type('Name of the section', 'Circle');
  await tabTo(organiser, field('Price zone'));
  await page.keyboard.type('Zone 2');
  await draw('a', 'Right', 40);
  await enterOn(button('Make a pool'));
  await type('Places', '50');
  await type('Price in EUR', '15');
  await enterOn(button('Make pool and ticket'));
  await button('Make a pool').waitFor({ state: 'hidden' });
  await isSaved(organiser);

  await enterOn(button('Use this plan'));
  await type('Zone 1: price in EUR', '40');
  await type('Zone 2: price in EUR', '25,50');
  await enterOn(button('Use it now'));
  await page.getByText('The event has this seat plan now.').waitFor();
  await enterOn(button('Go on drawing'));
  await enterOn(page.getByRole('link', { name: 'By Keys Alone' }));
  await enterOn(button('Publish'));
  await page.getByText('Published. Buyers can find it').waitFor();
  const { status, ticketTypes, pools } = await readManaged(organiser, eventId);
  const zones = ticketTypes.filter(({ zone }) => zone !== null);
  expect([status, zones.map(({ price }) => price.amount)]).toEqual(['published', [4000, 2550]]);
  expect(pools.find(({ name }) => name === 'Standing')?.capacity).toBe(50);
});

test('what is wrong with a plan is named with its row and seat, and a press leads there', async () => {
  const organiser = await enter(house);
  const eventId = await newEvent(organiser, 'Twice the Same');
  await organiser.open(`/organise/events/${eventId}/seat-plan`);
  await organiser.press('Begin with an empty plan');
  await drag(organiser, 'Draw rows', [0.3, 0.2], [0.7, 0.35]);
  await organiser.fill('Name of the section', 'Parquet');
  await drag(organiser, 'Draw rows', [0.3, 0.55], [0.7, 0.7]);
  await organiser.choose('Section', 'Parquet');
  await organiser.press(/^Problems \(/);
  const problem = await organiser.sees('button', /Row A, seat 1 is there twice in its section/);
  const apply = organiser.page.getByRole('button', { name: 'Use this plan' });
  expect(await apply.getAttribute('aria-disabled')).toBe('true');
  await problem.click();
  await organiser.hears('status', /Row A, seat 1 is there twice in its section/);
  await organiser.press('Selection');
  expect(await organiser.page.getByLabel('Number of the seat', { exact: true }).inputValue()).toBe('1');

  await (await organiser.sees('option', /Rows · Parquet/)).click();
  await organiser.fill('First number', '101');
  await expect.poll(() => apply.getAttribute('aria-disabled')).not.toBe('true');
});

/** A draft without numbered seats; its id. */
async function newEvent(organiser: Person, title: string): Promise<string> {
  await draft(organiser, title);
  await organiser.press('Save the draft');
  await organiser.page.waitForURL(/\/organise\/events\/evt_/);
  await organiser.sees('heading', title);
  return /evt_[0-9A-Z]+/.exec(organiser.page.url())?.[0] ?? '';
}

/** Presses Tab until the target has the focus, as somebody without a pointer does. */
async function tabTo(person: Person, target: Locator): Promise<void> {
  await target.first().waitFor();
  for (let presses = 0; presses < 300; presses++) {
    if (await target.first().evaluate((element) => element === document.activeElement)) return;
    await person.page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${target}`);
}
