import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkCharacterOf } from '../../contract/short-number.ts';
import { isAccessible } from './testing/axe.ts';
import { openDoorEvent, scan } from './testing/door.ts';
import { setUpHouse } from './testing/house.ts';

// With the limits of a real house.
const house = setUpHouse({ env: () => ({ RATE_LIMIT_FACTOR: '1' }) });

test('after twenty wrong numbers a device waits, says how long, and scans codes all the same', async () => {
  const { id, organiser: door, pdf, tickets } = await openDoorEvent(house, 'Guessed', 1);
  rmSync(pdf);
  door.expects({ status: 409, path: '/check-ins', often: true });
  door.expects({ status: 429, path: '/check-ins' });
  const guess = (n: number) => {
    const nine = String(n).padStart(9, '0');
    return nine + checkCharacterOf(nine);
  };
  await door.open(`/door/${id}`);
  await door.page.getByText('0 of 1 in').waitFor();
  const last = door.page.getByRole('region', { name: 'Last scans' }).getByRole('button');
  for (let n = 0; n <= 20; n++) {
    await scan(door, guess(n));
    await expect.poll(() => last.count()).toBe(Math.min(n + 1, 20));
    await door.page.getByText('Checking').waitFor({ state: 'hidden' });
  }
  await (await door.hears('status', 'Too many attempts')).getByText(/Again in \d+ seconds?/).waitFor();
  await isAccessible(door);
  await scan(door, tickets[0]?.code ?? '');
  await door.hears('status', 'Admitted');
});
