import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Person } from './testing/browsers.ts';
import { openDoorEvent } from './testing/door.ts';
import { setUpHouse } from './testing/house.ts';

const house = setUpHouse();

test('a gate opens in flight mode, decides alone, keeps its scans through a restart, and hands them in', async () => {
  const { id, organiser: door, tickets, pdf } = await openDoorEvent(house, 'Flight Mode', 6);
  rmSync(pdf);
  const codes = tickets.map(({ code }) => code);
  await door.open(`/door/${id}`);
  await door.page.getByText('0 of 6 in').waitFor();
  await isReadyForFlight(door);
  await scan(door, codes[0] ?? '');
  await door.hears('status', 'Admitted');

  await door.context.setOffline(true);
  await door.open(`/door/${id}`);
  await door.page.getByText('6 tickets, as of').waitFor();
  await door.page.getByText('1 of 6 in').waitFor();
  await scan(door, codes[1] ?? '');
  await door.hears('status', 'Decided by this device');
  await scan(door, codes[1] ?? '');
  await door.hears('status', 'Used already');
  // The manifest came after the first scan, or the gate itself remembers it.
  await scan(door, codes[0] ?? '');
  await door.hears('status', 'Used already');
  await scan(door, `ADMIT1.${'0'.repeat(160)}`);
  await door.hears('status', 'Not our code');
  await door.hears('status', '1 scan not handed in');
  await door.page.reload();
  await door.hears('status', '1 scan not handed in');
  await scan(door, codes[1] ?? '');
  await door.hears('status', 'Used already');

  await door.context.setOffline(false);
  await door.hears('status', 'Connected');
  await expect.poll(() => door.page.getByText('not handed in').count()).toBe(0);
  await door.page.getByText('2 of 6 in').waitFor();
});

const scan = async (door: Person, code: string): Promise<void> => {
  await door.fill('Ticket code', code);
  await door.press('Check in');
};

/** Waits until the service worker has the pages of the door. */
const isReadyForFlight = ({ page }: Person) =>
  expect
    .poll(
      () => page.evaluate(async () => Boolean(navigator.serviceWorker.controller) && caches.has('gate')),
      {
        timeout: 30_000,
      },
    )
    .toBe(true);
