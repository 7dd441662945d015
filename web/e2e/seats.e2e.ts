import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { proof } from '../../server/testing/thorough.ts';
import type { View } from '../src/features/seats/seat-camera.ts';
import type { Person } from './testing/browsers.ts';
import { setUpHouse } from './testing/house.ts';

const theatre = '/e/the-cartographer-s-daughter/seats';
const arena = '/e/aurora-lines-the-glasshouse-tour/seats';
const house = setUpHouse();

test('a section is looked at by choosing it, a seat is taken by pointing at it, and a reload shows the same', async () => {
  const guest = await house.person();
  await openMap(guest, arena);
  await guest.page.getByText('Tap a section to see its seats.').waitFor();
  await guest.choose('Go to section', 'Block 109');
  await settled(guest);
  const name = await takeSeatNearMiddle(guest);
  expect(name).toContain('Block 109');
  await guest.sees('button', `Give back ${name}`);

  const before = await picture(guest);
  await guest.page.reload();
  await guest.sees('button', `Give back ${name}`);
  await settled(guest);
  expect(await picture(guest)).toBe(before);
  await guest.press('Show everything');
  await settled(guest);
  expect(await picture(guest)).not.toBe(before);
});

test('a phone comes closer by a tap, looks around with a finger, and chooses by a tap', async () => {
  const guest = await house.person({ phone: true });
  await openMap(guest, arena);
  await settled(guest);
  const { x, y, width, height } = await mapBox(guest);
  await guest.page.touchscreen.tap(x + width / 2, y + height * 0.72);
  await settled(guest);
  const close = await picture(guest);
  await drag(guest, { x: x + width / 2, y: y + height / 2 }, { x: x + width / 2, y: y + height / 2 - 90 });
  expect(await picture(guest)).not.toBe(close);
  await takeSeatNearMiddle(guest);
  await guest.sees('heading', '1 seat');
});

proof('two fingers zoom the map by as much as they part, about what is between them', async () => {
  const guest = await house.person({ phone: true });
  await openMap(guest, arena);
  await guest.choose('Go to section', 'Block 109');
  await settled(guest);
  const before = await viewOf(guest);
  const { x, y, width, height } = await mapBox(guest);
  const middle = { x: x + width * 0.4, y: y + height * 0.6 };
  const under = (view: View) => ({
    x: view.x + (middle.x - x - width / 2) / view.scale,
    y: view.y + (middle.y - y - height / 2) / view.scale,
  });
  const held = under(before);

  await pinch(guest, middle, 40, 80);
  await expect.poll(async () => (await viewOf(guest)).scale / before.scale).toBeCloseTo(2, 1);
  const close = await viewOf(guest);
  expect(Math.abs(under(close).x - held.x) * close.scale).toBeLessThan(3);
  expect(Math.abs(under(close).y - held.y) * close.scale).toBeLessThan(3);
  expect(await guest.page.getByRole('button', { name: /^Give back / }).count()).toBe(0);

  await pinch(guest, middle, 80, 40);
  await expect.poll(async () => (await viewOf(guest)).scale / before.scale).toBeCloseTo(1, 1);
  // The page itself was not zoomed together with the map.
  expect(await guest.page.evaluate(() => visualViewport?.scale)).toBe(1);
});

proof('the map goes where the minimap is dragged to, and stays there when it is let go', async () => {
  const guest = await house.person();
  await openMap(guest, arena);
  await guest.choose('Go to section', 'Block 109');
  await settled(guest);
  const before = await viewOf(guest);
  const small = guest.page.locator('[data-minimap]');
  const frame = small.locator('[data-frame]');
  const { x, y, width, height } = await boxOf(small);
  const { mouse } = guest.page;
  const isAt = async (px: number, py: number) => {
    const box = await boxOf(frame);
    expect(Math.abs(box.x + box.width / 2 - px)).toBeLessThan(2);
    expect(Math.abs(box.y + box.height / 2 - py)).toBeLessThan(2);
  };
  await mouse.move(x + width / 2, y + height / 2);
  await mouse.down();
  await isAt(x + width / 2, y + height / 2);
  const goal = { x: x + width * 0.3, y: y + height * 0.7 };
  await mouse.move(goal.x, goal.y, { steps: 5 });
  await isAt(goal.x, goal.y);
  await settled(guest);
  await expect.poll(async () => (await viewOf(guest)).x).not.toBeCloseTo(before.x, 0);
  const after = await viewOf(guest);
  expect(after.scale).toBe(before.scale);

  await mouse.up();
  await mouse.move(x + width * 0.8, y + height * 0.2, { steps: 5 });
  await isAt(goal.x, goal.y);
});

test('a price leaves only its seats in the list and in what is best, and is kept over a reload', async () => {
  const guest = await house.person();
  await openMap(guest, theatre);
  const all = await picture(guest);
  await guest.press(/^Value/);
  await settled(guest);
  expect(await picture(guest)).not.toBe(all);
  await guest.press('List');
  await guest.page.reload();
  await guest.sees('button', 'Show all');
  await guest.sees('button', /^Circle/);
  expect(await guest.page.getByRole('button', { name: /^Stalls/ }).count()).toBe(0);
  const best = guest.page.getByRole('region', { name: 'Best available' });
  const places = await best.getByRole('combobox').getByRole('option').allTextContents();
  expect(places.length).toBeGreaterThan(0);
  for (const place of places) expect(place).toMatch(/^Value/);
  await guest.press('Show all');
  await guest.sees('button', /^Stalls/);
});

test('the keyboard goes by seat and by row, hears what it is at, and finds the ends of a row', async () => {
  const guest = await house.person();
  await openMap(guest, theatre);
  await (await guest.sees('application', /^Seat map/)).focus();
  const { keyboard } = guest.page;
  const hears = (text: string) => guest.page.getByText(text, { exact: true }).waitFor({ state: 'attached' });
  await keyboard.press('ArrowRight');
  await hears('Stalls, row A, seat 1, £89.50');
  await keyboard.press('End');
  await hears('Stalls, row A, seat 25, £89.50');
  await keyboard.press('Home');
  await keyboard.press('ArrowDown');
  await hears('Stalls, row B, seat 1, £89.50');
  await keyboard.press(' ');
  await guest.sees('button', 'Give back Stalls, row B, seat 1');
});

test('places for wheelchairs and companions are called what they are', async () => {
  const guest = await house.person();
  await openMap(guest, theatre);
  await guest.press('List');
  await guest.choose('Go to section', 'Stalls');
  await guest.press('Stalls, row S, seat 1, £59.50 / £41.50, Wheelchair place');
  await guest.press('Stalls, row S, seat 3, £59.50 / £41.50, Companion seat');
  const tray = await guest.sees('region', '2 seats');
  expect(await tray.textContent()).toMatch(/Wheelchair place.*Companion seat/);
});

test('whoever would leave a single seat is asked, may choose again, and may go on', async () => {
  const guest = await house.person();
  await openMap(guest, theatre);
  await guest.press('List');
  await guest.press(/^Stalls/);
  await guest.press('Stalls, row F, seat 2, £89.50');
  await guest.press('Continue · £89.50');
  const dialog = await guest.sees('dialog', 'A single seat would be left');
  expect(await dialog.textContent()).toContain('Stalls, row F, seat 1');
  await guest.press('Choose again');
  await dialog.waitFor({ state: 'hidden' });
  await guest.press('Stalls, row F, seat 1, £89.50');
  await guest.press('Stalls, row F, seat 1, £89.50');
  await guest.press('Continue · £89.50');
  await guest.press('Continue anyway');
  await guest.sees('heading', 'Checkout');
});

test('of two who want one seat the second is told, keeps the rest and goes on', async () => {
  const [first, second] = await Promise.all([house.person(), house.person({ phone: true })]);
  // The second guest's connection is dead, so nothing tells them that the seat is taken.
  await second.page.routeWebSocket(/socket\.io/, () => {});
  await Promise.all([openMap(first, theatre), openMap(second, theatre)]);
  for (const guest of [first, second]) {
    await guest.press('List');
    await guest.press(/^Circle/);
    await guest.press('Circle, row CC, seat 5, £59.50 / £41.50');
  }
  await first.press('Circle, row CC, seat 4, £59.50 / £41.50');
  await second.press('Circle, row CC, seat 6, £59.50 / £41.50');
  second.expects({ status: 409, path: '/holds' });
  await first.press(/^Continue · /);
  await first.sees('heading', 'Checkout');
  await second.press(/^Continue · /);

  await second.hears('alert', 'Someone else has just taken a seat of yours.');
  const tray = await second.sees('region', '1 seat');
  await tray.getByText('Circle, row CC, seat 5 was just taken by someone else.').waitFor();
  await second.press('Continue · £59.50');
  await second.sees('heading', 'Checkout');
});

async function openMap(guest: Person, path: string): Promise<void> {
  await guest.open(path);
  await guest.sees('application', /^Seat map/);
  await settled(guest);
}

/** Waits until two frames in a row look the same. */
async function settled(guest: Person): Promise<void> {
  await guest.page.waitForFunction(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('canvas[role="application"]');
    if (!canvas || canvas.width === 0) return false;
    const page = window as unknown as { lastPicture?: string };
    const now = canvas.toDataURL();
    const same = page.lastPicture === now;
    page.lastPicture = now;
    return same;
  });
}

const picture = (guest: Person): Promise<string> =>
  guest.page
    .locator('canvas[role="application"]')
    .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());

const mapBox = async (guest: Person) => boxOf(await guest.sees('application', /^Seat map/));

async function boxOf(found: Locator) {
  const box = await found.boundingBox();
  if (!box) throw new Error(`${found} is not to be seen`);
  return box;
}

/** The map's view, as the tab stores it a moment later. */
const viewOf = (guest: Person): Promise<View> =>
  guest.page
    .waitForTimeout(400)
    .then(() =>
      guest.page.evaluate(
        () =>
          JSON.parse(Object.entries(sessionStorage).find(([key]) => key.startsWith('admit.look.'))?.[1] ?? '')
            .view,
      ),
    );

/** Tries points around the middle until it hits a seat, like an inexact finger. Returns the seat's name. */
async function takeSeatNearMiddle(guest: Person): Promise<string> {
  const { x, y, width, height } = await mapBox(guest);
  const given = guest.page.getByRole('button', { name: /^Give back / });
  for (let step = 0; step < 12; step++) {
    await guest.page.mouse.click(x + width / 2 + step * 5, y + height / 2 + step * 3);
    if ((await given.count()) > 0) break;
  }
  return ((await given.first().getAttribute('aria-label')) ?? '').replace('Give back ', '');
}

type Point = { x: number; y: number };

/** One finger, with the events of a touch screen. */
const drag = (guest: Person, from: Point, to: Point): Promise<void> =>
  touch(guest, (share) => [{ x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }]);

/** Two fingers around a point, with their distance from it at the start and at the end. */
const pinch = (guest: Person, { x, y }: Point, from: number, to: number): Promise<void> =>
  touch(guest, (share) => {
    const reach = from + (to - from) * share;
    return [
      { x: x - reach, y },
      { x: x + reach, y },
    ];
  });

async function touch({ page, context }: Person, fingers: (share: number) => Point[]): Promise<void> {
  const screen = await context.newCDPSession(page);
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: Point[]) =>
    screen.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: points.map((point, id) => ({ ...point, id })),
    });
  await send('touchStart', fingers(0));
  for (let step = 1; step <= 8; step++) await send('touchMove', fingers(step / 8));
  await send('touchEnd', []);
}
