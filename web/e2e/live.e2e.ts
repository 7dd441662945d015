import { expect, test } from 'vitest';
import type { Person } from './testing/browsers.ts';
import { setUpHouse } from './testing/house.ts';

const house = setUpHouse();
const seat = 'Stalls, row D, seat 5, £89.50';

test('a seat that somebody takes is gone on every other screen within a second', async () => {
  const [quick, slow] = await Promise.all([house.person(), house.person({ phone: true })]);
  await Promise.all([openList(quick), openList(slow)]);
  await slow.press(seat);
  await quick.press(seat);
  await quick.press('Continue · £89.50');
  await quick.sees('heading', 'Checkout');

  const takenMs = performance.now();
  await slow.page.getByRole('button', { name: seat, disabled: true }).waitFor();
  expect(performance.now() - takenMs).toBeLessThan(1000);
  const tray = await slow.sees('region', 'Your seats');
  expect(await tray.textContent()).toContain('Stalls, row D, seat 5 was just taken by someone else.');

  await quick.press('Give the places back');
  await slow.page.getByRole('button', { name: seat, disabled: false }).waitFor();
});

/** The list of the theatre's seats, once the live channel stands. */
async function openList(person: Person): Promise<void> {
  const live = person.page.waitForEvent('websocket', (socket) => socket.url().includes('/socket.io/'));
  await person.open('/e/the-cartographer-s-daughter/seats');
  const socket = await live;
  await socket.waitForEvent('framereceived', ({ payload }) => String(payload).startsWith('40'));
  await person.press('List');
  await person.press(/^Stalls/);
  await person.sees('button', seat);
}
