import { expect, test } from 'vitest';
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
  // The second one's line is dead: nothing tells them that the seat is going.
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

/** Until two frames in a row look the same. */
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

async function mapBox(guest: Person) {
  const box = await (await guest.sees('application', /^Seat map/)).boundingBox();
  if (!box) throw new Error('the map is not to be seen');
  return box;
}

/** Points around the middle until a seat is hit, as somebody does who does not aim well. Returns its name. */
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

/** One finger, by what a touch screen sends. */
async function drag({ page, context }: Person, from: Point, to: Point): Promise<void> {
  const screen = await context.newCDPSession(page);
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: Point[]) =>
    screen.send('Input.dispatchTouchEvent', { type, touchPoints: points });
  await send('touchStart', [from]);
  for (let step = 1; step <= 8; step++) {
    const share = step / 8;
    await send('touchMove', [{ x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }]);
  }
  await send('touchEnd', []);
}
