import { expect, test } from 'vitest';
import type { ManagedEvent } from '../../contract/events.ts';
import type { EventPlan } from '../../contract/seat-plans.ts';
import { isAccessible } from './testing/axe.ts';
import type { Person } from './testing/browsers.ts';
import { cards, giveDetails, newBuyer, payWith, seesTickets } from './testing/buying.ts';
import { drag, finger, isSaved, newEvent, read } from './testing/drawing.ts';
import { setUpHouse } from './testing/house.ts';
import { enter } from './testing/organising.ts';

const house = setUpHouse();

test('an organiser draws three zones and a standing area, prices them, and a buyer buys a seat', async () => {
  const organiser = await enter(house);
  const eventId = await newEvent(organiser, 'Drawn by hand');
  await organiser.open(`/organise/events/${eventId}/seat-plan`);
  await organiser.press('Begin with an empty plan');
  await drag(organiser, 'Draw a stage', [0.3, 0.06], [0.7, 0.16]);
  await drag(organiser, 'Draw rows', [0.3, 0.25], [0.7, 0.4]);
  await organiser.fill('Name of the section', 'Front');
  await organiser.fill('Rows', '3');
  await organiser.fill('Seats per row', '10');
  for (const [at, section, zone] of [
    [0.5, 'Middle', 'Zone 2'],
    [0.7, 'Back', 'Zone 3'],
  ] as const) {
    await organiser.press('Zones');
    await organiser.press('Add a zone');
    await organiser.press('Selection');
    await drag(organiser, 'Draw rows', [0.3, at], [0.7, at + 0.12]);
    await organiser.fill('Name of the section', section);
    await organiser.choose('Price zone', zone);
  }
  await drag(organiser, 'Draw a standing area', [0.76, 0.3], [0.95, 0.7]);
  await organiser.press('Make a pool');
  const pool = organiser.page.getByRole('dialog');
  await pool.getByLabel('Places', { exact: true }).fill('50');
  await pool.getByLabel('Price in EUR', { exact: true }).fill('15');
  await pool.getByRole('button', { name: 'Make pool and ticket' }).click();
  await pool.waitFor({ state: 'hidden' });
  await isSaved(organiser);
  await isAccessible(organiser);

  await organiser.press('Use this plan');
  for (const [zone, price] of [
    ['Zone 1', '60'],
    ['Zone 2', '45,50'],
    ['Zone 3', '30'],
  ] as const)
    await organiser.fill(`${zone}: price in EUR`, price);
  await isAccessible(organiser);
  await organiser.press('Use it now');
  await organiser.page.getByText('The event has this seat plan now.').waitFor();
  const event = await managed(organiser, eventId);
  const priced = event.ticketTypes.filter(({ zone }) => zone !== null).map(({ price }) => price.amount);
  expect(priced).toEqual([6000, 4550, 3000]);
  expect(event.pools.find(({ name }) => name === 'Standing')?.capacity).toBe(50);

  await organiser.open(`/organise/events/${eventId}`);
  await organiser.press('Publish');
  await organiser.page.getByText('Published. Buyers can find it').waitFor();
  const buyer = await house.person();
  await buyer.open(`/e/${event.slug}/seats`);
  await buyer.press('List');
  await buyer.press(/^Front/);
  await buyer.press(/^Front, row A, seat 1, /);
  await buyer.press(/^Continue/);
  await giveDetails(buyer, newBuyer());
  await payWith(buyer, cards.good);
  await seesTickets(buyer, 1);
});

test('by keyboard alone: draw, choose, move, turn, undo and redo, and a reload keeps the drawing', async () => {
  const organiser = await enter(house);
  const eventId = await newEvent(organiser, 'Drawn by keys');
  await organiser.open(`/organise/events/${eventId}/seat-plan`);
  await organiser.page.getByRole('button', { name: 'Begin with an empty plan' }).focus();
  await organiser.page.keyboard.press('Enter');
  const canvas = organiser.page.getByRole('application');
  await canvas.focus();
  const { keyboard } = organiser.page;
  for (const key of ['g', 'Enter', 'r', 'Enter']) await keyboard.press(key);
  await organiser.sees('option', /Rows · Block/);
  const before = await rowsOf(organiser, eventId);
  await keyboard.press('Shift+ArrowRight');
  await keyboard.press('ArrowDown');
  await keyboard.press(']');
  await expect
    .poll(() => rowsOf(organiser, eventId))
    .toMatchObject({ x: expect.not.closeTo(before.x, 1), rotation: 15 });
  await keyboard.press('Control+z');
  await expect
    .poll(() => rowsOf(organiser, eventId))
    .toMatchObject({ x: before.x + 10, y: before.y + 1, rotation: 0 });
  await keyboard.press('Control+z');
  await expect.poll(() => rowsOf(organiser, eventId)).toMatchObject({ x: before.x, y: before.y });
  await keyboard.press('Control+Shift+z');
  await expect.poll(() => rowsOf(organiser, eventId)).toMatchObject({ x: before.x + 10, y: before.y + 1 });

  // The list has the same objects. Enter leads to the fields of the chosen one.
  const list = organiser.page.getByRole('listbox', { name: 'Objects' });
  await list.focus();
  await keyboard.press('Home');
  await keyboard.press('Control+Shift+ArrowRight');
  await expect.poll(() => rowsOf(organiser, eventId)).toMatchObject({ x: before.x + 20 });
  await keyboard.press('Enter');
  await expect.poll(() => organiser.page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
  await isSaved(organiser);
  await organiser.page.reload();
  await organiser.sees('option', /Rows · Block/);
  expect(await rowsOf(organiser, eventId)).toMatchObject({ x: before.x + 20 });
});

test('a template becomes a seat map, and a wrong file is refused with the place where it is wrong', async () => {
  const organiser = await enter(house);
  const eventId = await newEvent(organiser, 'From a template');
  await organiser.open(`/organise/events/${eventId}/seat-plan`);
  await organiser.sees('button', 'Use Theatre');
  await isAccessible(organiser);
  await organiser.press('Use Theatre');
  await isSaved(organiser);
  await organiser.press('Files and library');
  const wrong = {
    format: 1,
    width: 100,
    height: 100,
    zones: [],
    sections: [],
    objects: [{ kind: 'text', id: 'x' }],
  };
  await organiser.page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: 'wrong.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(wrong)),
    });
  await organiser.page
    .getByText(/cannot be opened. objects\.0/)
    .first()
    .waitFor();
  await organiser.page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();

  await organiser.press('See it as a buyer');
  await organiser.page.getByText('Choose a seat to read what buyers read.').waitFor();
  await isAccessible(organiser);
  await organiser.press('Back to the drawing');
  await organiser.press('Use this plan');
  await organiser.press('Use it now');
  await organiser.page.getByText('The event has this seat plan now.').waitFor();
  expect((await managed(organiser, eventId)).hasSeatMap).toBe(true);
});

test('on sale: a sold seat gets another name, its holder sees it, and the seat cannot be drawn away', async () => {
  const { organiser, eventId } = await parquetOnSale('Drawn on sale');
  const buyer = await buysParquet(organiser, eventId, newBuyer());

  await organiser.open(`/organise/events/${eventId}/seat-plan`);
  const option = await organiser.sees('option', /Rows · Parquet/);
  await option.click();
  await organiser.fill('First number', '101');
  await isSaved(organiser);
  await organiser.press('Use this plan');
  await organiser.page.getByText('1 held or sold seat gets another name.').waitFor();
  await organiser.press('Use it and tell the holders');
  await organiser.page.getByText('The event has this seat plan now.').waitFor();
  await organiser.press('Go on drawing');
  await buyer.page.reload();
  await buyer.page.getByRole('article').getByText('101').first().waitFor();

  // The tickets' seat cannot be drawn away.
  await option.click();
  await organiser.press('Delete');
  await organiser.press(/^Problems/);
  await organiser.page.getByText(/1 held or sold seats are not in the drawing/).waitFor();
  await organiser.press('Undo');
  await organiser.page.getByText(/not in the drawing/).waitFor({ state: 'hidden' });
});

test('whoever buys a seat while the dialog is open is told that it stands elsewhere', async () => {
  const { organiser, eventId } = await parquetOnSale('Bought meanwhile');
  await organiser.open(`/organise/events/${eventId}/seat-plan`);
  await (await organiser.sees('option', /Rows · Parquet/)).click();
  await organiser.page.getByRole('application').focus();
  for (const _ of [1, 2]) await organiser.page.keyboard.press('Shift+ArrowRight');
  await isSaved(organiser);
  await organiser.press('Use this plan');
  await organiser.page.getByText(/seats stand elsewhere/).waitFor();
  expect(await organiser.page.getByLabel('Tell the holders of seats that stand elsewhere').isChecked()).toBe(
    true,
  );
  await isAccessible(organiser);
  const details = newBuyer();
  await buysParquet(organiser, eventId, details);
  await organiser.press('Use it now');
  await organiser.page.getByText('The event has this seat plan now.').waitFor();
  const subjects = async () => {
    const { items } = await read<{ items: { subject: string }[] }>(
      organiser,
      `/api/mailbox?to=${details.email}`,
    );
    return items.map(({ subject }) => subject);
  };
  await expect.poll(subjects).toContainEqual(expect.stringMatching(/^New seat/));
});

test('a plan of the library is used by another event', async () => {
  const organiser = await enter(house);
  const eventId = await newEvent(organiser, 'From the library');
  await organiser.open(`/organise/events/${eventId}/seat-plan`);
  await organiser.press('Use Cinema');
  await organiser.sees('option', /Screen/);
  await isSaved(organiser);
  await organiser.press('Files and library');
  await organiser.fill('Name in the library', 'Small house');
  await organiser.press('Save in the library');
  await organiser.page.getByText('The plan is in the library.').waitFor();
  await organiser.page.keyboard.press('Escape');
  await organiser.open('/organise');
  const other = await newEvent(organiser, 'Another night');
  await organiser.open(`/organise/events/${other}/seat-plan`);
  await organiser.press('Use Small house');
  // Until the plan has come, the empty one counts as saved.
  await organiser.sees('option', /Screen/);
  await isSaved(organiser);
  const [mine, theirs] = [await planOf(organiser, eventId), await planOf(organiser, other)];
  expect(theirs.plan.objects).toEqual(mine.plan.objects);
});

test('of two who draw at once, both keep what they drew', async () => {
  const first = await enter(house);
  const eventId = await newEvent(first, 'Two at the table');
  await first.open(`/organise/events/${eventId}/seat-plan`);
  await first.press('Begin with an empty plan');
  await drag(first, 'Draw a stage', [0.3, 0.06], [0.7, 0.16]);
  await isSaved(first);
  const second = await enter(house);
  await second.open(`/organise/events/${eventId}/seat-plan`);
  await second.sees('option', /Stage/);

  await drag(first, 'Draw a table', [0.3, 0.4], [0.3, 0.4]);
  await first.sees('option', /Table/);
  await isSaved(first);
  second.expects({ status: 412, path: '/seat-plan' });
  await drag(second, 'Write a text', [0.6, 0.8], [0.6, 0.8]);
  await second.page.getByText(/changed this plan too/).waitFor();
  await second.sees('option', /Table/);
  await second.sees('option', /Text/);
  await isSaved(second);
  const { plan } = await planOf(second, eventId);
  expect(plan.objects.map(({ kind }) => kind).toSorted()).toEqual(['stage', 'table', 'text']);
});

test('handles resize and turn what is chosen, with a mouse and with a finger, and each is one step to undo', async () => {
  const organiser = await enter(house);
  const eventId = await newEvent(organiser, 'By the handles');
  await organiser.open(`/organise/events/${eventId}/seat-plan`);
  await organiser.press('Begin with an empty plan');
  await drag(organiser, 'Draw a stage', [0.35, 0.3], [0.6, 0.5]);
  await organiser.press('Select');
  await organiser.page.getByRole('button', { name: 'Grid', exact: true }).click();
  await (await organiser.sees('option', /Stage/)).click();
  const stage = async () => {
    const found = (await planOf(organiser, eventId)).plan.objects.find(({ kind }) => kind === 'stage');
    if (found?.kind !== 'stage') throw new Error('there is no stage');
    return found;
  };
  await isSaved(organiser);
  const before = await stage();
  const canvas = organiser.page.getByRole('application');
  const frame = await canvas.boundingBox();
  if (!frame) throw new Error('there is no drawing');
  const corner = [frame.x + frame.width * 0.6 + 6, frame.y + frame.height * 0.5 + 6] as const;
  await organiser.page.mouse.move(...corner);
  await organiser.page.mouse.down();
  await organiser.page.mouse.move(corner[0] + 60, corner[1] + 40, { steps: 4 });
  await organiser.page.mouse.up();
  await organiser.page
    .getByRole('status')
    .getByText(/^Made /)
    .waitFor({ state: 'attached' });
  await expect.poll(async () => (await stage()).width).toBeGreaterThan(before.width + 20);
  const larger = await stage();
  expect(larger.height).toBeGreaterThan(before.height + 10);
  // The opposite corner has stayed.
  expect(larger.x - larger.width / 2).toBeCloseTo(before.x - before.width / 2, 0);
  await organiser.press('Undo');
  await expect.poll(stage).toEqual(before);

  // A finger on the side handle makes it wider only.
  const right = [frame.x + frame.width * 0.6 + 6, frame.y + frame.height * 0.4] as const;
  await finger(organiser, right, [right[0] + 50, right[1] + 30]);
  await expect.poll(async () => (await stage()).width).toBeGreaterThan(before.width + 20);
  expect((await stage()).height).toBe(before.height);
  await organiser.press('Undo');
  await expect.poll(stage).toEqual(before);

  // The handle above it turns.
  const top = [frame.x + frame.width * 0.475, frame.y + frame.height * 0.3 - 28] as const;
  await organiser.page.mouse.move(...top);
  await organiser.page.mouse.down();
  await organiser.page.mouse.move(frame.x + frame.width * 0.7, frame.y + frame.height * 0.4, { steps: 4 });
  await organiser.page.mouse.up();
  await expect.poll(async () => (await stage()).rotation).toBe(90);
  await organiser.press('Undo');
  await expect.poll(stage).toEqual(before);

  // By keyboard: three steps larger are one step to undo.
  await canvas.focus();
  for (const _ of [1, 2, 3]) await organiser.page.keyboard.press('>');
  await expect.poll(async () => (await stage()).width).toBeCloseTo(before.width * 1.331, 0);
  await organiser.page.keyboard.press('Control+z');
  await expect.poll(stage).toEqual(before);
});

/** A published event with a block of rows in the section Parquet. */
async function parquetOnSale(title: string): Promise<{ organiser: Person; eventId: string }> {
  const organiser = await enter(house);
  const eventId = await newEvent(organiser, title);
  await organiser.open(`/organise/events/${eventId}/seat-plan`);
  await organiser.press('Begin with an empty plan');
  await drag(organiser, 'Draw rows', [0.3, 0.3], [0.7, 0.5]);
  await organiser.fill('Name of the section', 'Parquet');
  await isSaved(organiser);
  await organiser.press('Use this plan');
  await organiser.fill('Zone 1: price in EUR', '20');
  await organiser.press('Use it now');
  await organiser.page.getByText('The event has this seat plan now.').waitFor();
  await organiser.open(`/organise/events/${eventId}`);
  await organiser.press('Publish');
  await organiser.page.getByText('Published. Buyers can find it').waitFor();
  return { organiser, eventId };
}

/** Somebody who buys the first seat of it. */
async function buysParquet(
  organiser: Person,
  eventId: string,
  details: ReturnType<typeof newBuyer>,
): Promise<Person> {
  const { slug } = await managed(organiser, eventId);
  const buyer = await house.person();
  await buyer.open(`/e/${slug}/seats`);
  await buyer.press('List');
  await buyer.press(/^Parquet/);
  await buyer.press(/^Parquet, row A, seat 1, /);
  await buyer.press(/^Continue/);
  await giveDetails(buyer, details);
  await payWith(buyer, cards.good);
  await seesTickets(buyer, 1);
  return buyer;
}

const managed = (person: Person, eventId: string) =>
  read<ManagedEvent>(person, `/api/events/${eventId}/management`);

const planOf = (person: Person, eventId: string) =>
  read<EventPlan>(person, `/api/events/${eventId}/seat-plan`);

/** The only block of rows, once the server has it. */
async function rowsOf(person: Person, eventId: string) {
  await isSaved(person);
  const { plan } = await planOf(person, eventId);
  const rows = plan.objects.find(({ kind }) => kind === 'rows');
  if (!rows) throw new Error('there are no rows');
  return { x: rows.x, y: rows.y, rotation: rows.rotation };
}
