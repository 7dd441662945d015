import { expect, test } from 'vitest';
import { commitmentTo, drawOrder } from '../../../../contract/draw.ts';
import { checkDraw, type PublishedDraw } from './check-draw.ts';

const eventId = 'evt_1';
const seed = 'a'.repeat(64);
const list = Array.from({ length: 9 }, (_, i) => ({ id: `que_${i}`, salt: String(i).repeat(32) }));
const order = await drawOrder({ eventId, seed, beacon: null }, list);
const entries = order.map((id) => list.find((entry) => entry.id === id) as (typeof list)[0]);
const commitment = await commitmentTo({ eventId, seed });
const draw: PublishedDraw = { eventId, seed, commitment, beacon: null, lanes: [], count: 9, entries };
const [first, second] = entries as [(typeof list)[0], (typeof list)[0]];
const own = { ...second, position: 2 };
const noted = { commitment, entryId: second.id, salt: second.salt };

/** What does not hold. */
async function faults(changed: Partial<PublishedDraw>, knows: Partial<Parameters<typeof checkDraw>[1]> = {}) {
  const checks = await checkDraw({ ...draw, ...changed }, { own, noted, ...knows });
  return checks.filter(({ holds }) => holds === false);
}

test('a draw that follows the rules holds in everything', async () => {
  const checks = await checkDraw(draw, { own, noted });
  expect(checks.map(({ of, holds }) => [of, holds])).toEqual([
    ['secret', true],
    ['noted', true],
    ['complete', true],
    ['order', true],
    ['own', true],
  ]);
});

test('whoever knows nothing checks the rest', async () => {
  const checks = await checkDraw(draw, { own: null, noted: null });
  expect(checks.filter(({ holds }) => holds === null).map(({ of }) => of)).toEqual(['noted', 'own']);
  // Whoever came after the draw stands behind the list.
  const late = { id: 'que_late', salt: '0'.repeat(32), position: 10 };
  expect(await faults({}, { own: late, noted: null })).toEqual([]);
});

test('each thing that was tampered with is named', async () => {
  const swapped = [second, first, ...entries.slice(2)];
  expect(await faults({ entries: swapped })).toEqual([
    { of: 'order', holds: false, position: 1 },
    { of: 'own', holds: false, fault: 'position' },
  ]);
  expect((await faults({ seed: 'b'.repeat(64) })).map(({ of }) => of)).toEqual(['secret', 'order']);
  const other = await commitmentTo({ eventId, seed: 'b'.repeat(64) });
  expect(await faults({ commitment: other, seed: 'b'.repeat(64), entries })).toEqual(
    expect.arrayContaining([{ of: 'noted', holds: false }]),
  );
  const without = entries.filter(({ id }) => id !== own.id);
  expect(await faults({ entries: without })).toEqual(
    expect.arrayContaining([
      { of: 'complete', holds: false },
      { of: 'own', holds: false, fault: 'missing' },
    ]),
  );
  const resalted = entries.map((entry) => (entry.id === own.id ? { ...entry, salt: 'f'.repeat(32) } : entry));
  expect(await faults({ entries: resalted })).toEqual(
    expect.arrayContaining([{ of: 'own', holds: false, fault: 'salt' }]),
  );
  expect(await faults({ entries: [...entries.slice(0, -1), first] })).toEqual(
    expect.arrayContaining([{ of: 'complete', holds: false }]),
  );
});
