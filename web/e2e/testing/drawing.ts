import type { Person } from './browsers.ts';
import { draft } from './organising.ts';

/* What the tests of the designer of seat plans do alike. Uses nothing of Vitest, because the pictures of the guide draw too. */

/** A draft without numbered seats; its id. */
export async function newEvent(organiser: Person, title: string): Promise<string> {
  await draft(organiser, title);
  await organiser.press('Save the draft');
  await organiser.sees('heading', title);
  await organiser.page.waitForURL(/\/organise\/events\/evt_/);
  return /evt_[0-9A-Z]+/.exec(organiser.page.url())?.[0] ?? '';
}

/** Draws with a tool from one point of the drawing to another, as shares of its width and height. */
export async function drag(
  person: Person,
  tool: string,
  from: readonly [number, number],
  to: readonly [number, number],
): Promise<void> {
  await person.page.getByRole('button', { name: tool, exact: true }).click();
  const box = await person.page.getByRole('application').boundingBox();
  if (!box) throw new Error('there is no drawing');
  const at = ([x, y]: readonly [number, number]) => [box.x + box.width * x, box.y + box.height * y] as const;
  await person.page.mouse.move(...at(from));
  await person.page.mouse.down();
  await person.page.mouse.move(...at(to), { steps: 4 });
  await person.page.mouse.up();
}

/** One finger that goes down, moves and is lifted. */
export async function finger(
  person: Person,
  from: readonly [number, number],
  to: readonly [number, number],
): Promise<void> {
  const session = await person.context.newCDPSession(person.page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: readonly [number, number]) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: at ? [{ x: at[0], y: at[1] }] : [],
    });
  await touch('touchStart', from);
  await touch('touchMove', [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]);
  await touch('touchMove', to);
  await touch('touchEnd');
  await session.detach();
}

export const isSaved = (person: Person) => person.page.locator('[data-saved=true]').waitFor();

export async function read<Reply>(person: Person, path: string): Promise<Reply> {
  const response = await person.page.request.get(path);
  return (await response.json()) as Reply;
}

/** From the choice of templates: a stage, three zones of rows, and a standing area that the pool sells. */
export async function drawHall(person: Person, pool: string): Promise<void> {
  await person.press('Begin with an empty plan');
  await drag(person, 'Draw a stage', [0.42, 0.3], [0.58, 0.35]);
  for (const [section, zone, top] of [
    ['Front', null, 0.38],
    ['Middle', 'Zone 2', 0.48],
    ['Back', 'Zone 3', 0.58],
  ] as const) {
    if (zone) {
      await person.press('Zones');
      await person.press('Add a zone');
      await person.press('Selection');
    }
    await drag(person, 'Draw rows', [0.43, top], [0.57, top + 0.06]);
    await person.fill('Name of the section', section);
    await person.fill('Rows', '5');
    await person.fill('Seats per row', '16');
    if (zone) await person.choose('Price zone', zone);
  }
  await drag(person, 'Draw a standing area', [0.6, 0.38], [0.68, 0.64]);
  await person.choose('Sold from the pool', pool);
  await person.press('Show everything');
  await isSaved(person);
}

/** Makes the drawing the event's seat map, with a price for each zone. */
export async function applyPlan(person: Person, prices: Record<string, string>): Promise<void> {
  await person.press('Use this plan');
  for (const [zone, price] of Object.entries(prices)) await person.fill(`${zone}: price in EUR`, price);
  await person.press('Use it now');
  await person.page.getByText('The event has this seat plan now.').waitFor();
}
