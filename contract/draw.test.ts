import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commitmentTo, type DrawEntry, drawOrder, findDrawFault, listHashOf, withLanes } from './draw.ts';

const hex = (bytes: number) => randomBytes(bytes).toString('hex');
const terms = (seed = hex(32)) => ({ eventId: 'evt_01K9ZC4V7R8W3T5XN2M6QHJDEF', seed, beacon: null });
const people = (count: number): DrawEntry[] =>
  Array.from({ length: count }, (_, i) => ({ id: `que_${String(i).padStart(8, '0')}`, salt: hex(16) }));

/** The rules again, by other means: Node's own hash and cipher, and big integers. */
function drawnByHand({ eventId, seed, beacon }: ReturnType<typeof terms>, entries: DrawEntry[]): string[] {
  const hash = (...parts: string[]) => createHash('sha256').update(parts.join('\n')).digest();
  const list = [...entries].sort((a, b) => (a.id < b.id ? -1 : 1));
  const listed = hash('admit-draw-1', 'entries', ...list.map(({ id, salt }) => `${id} ${salt}`)).toString(
    'hex',
  );
  const key = hash('admit-draw-1', 'key', eventId, seed, listed, beacon ?? '');
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  const word = () => BigInt(`0x${cipher.update(Buffer.alloc(4)).toString('hex')}`);
  const ids = list.map(({ id }) => id);
  for (let last = ids.length - 1; last > 0; last--) {
    const bound = BigInt(last + 1);
    let drawn = word();
    while (drawn >= ((1n << 32n) / bound) * bound) drawn = word();
    const chosen = Number(drawn % bound);
    [ids[last], ids[chosen]] = [ids[chosen] as string, ids[last] as string];
  }
  return ids;
}

test('everybody is drawn once, and the order of joining does not matter', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 300 }), async (count) => {
      const entries = people(count);
      const of = terms();
      const order = await drawOrder(of, entries);
      expect(order.toSorted()).toEqual(entries.map(({ id }) => id));
      expect(await drawOrder(of, entries.toReversed())).toEqual(order);
      expect(order).toEqual(drawnByHand(of, entries));
    }),
    { numRuns: 30 },
  );
});

test('each of five people gets each place equally often, by chi-squared over many seeds', async () => {
  const entries = people(5);
  const draws = 4000;
  const counts = Array.from({ length: 25 }, () => 0);
  for (let n = 0; n < draws; n++) {
    const of = terms(createHash('sha256').update(`seed ${n}`).digest('hex'));
    for (const [place, id] of (await drawOrder(of, entries)).entries()) {
      const at = place * 5 + entries.findIndex((each) => each.id === id);
      counts[at] = (counts[at] ?? 0) + 1;
    }
  }
  const expected = draws / 5;
  const chiSquared = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  // 16 degrees of freedom: the bound is the 99.9th percentile. The salts are random, so one run in a thousand may exceed it.
  expect(chiSquared).toBeLessThan(39.25);
});

test('one salt changes the whole order, so nobody knows it before the list is closed', async () => {
  const entries = people(1000);
  const of = terms();
  const order = await drawOrder(of, entries);
  const other = await drawOrder(of, [
    ...entries.slice(0, -1),
    { ...(entries.at(-1) as DrawEntry), salt: hex(16) },
  ]);
  const kept = order.filter((id, place) => other[place] === id).length;
  expect(kept).toBeLessThan(15);
});

test('a published draw that was changed anywhere does not verify', async () => {
  const entries = people(50);
  const of = { ...terms(), beacon: 'round 4711: 8f3c' };
  const published = { commitment: await commitmentTo(of), entries, order: await drawOrder(of, entries) };
  expect(await findDrawFault(of, published)).toBeNull();
  const [first, second, ...rest] = published.order as [string, string, ...string[]];
  expect(await findDrawFault({ ...of, seed: hex(32) }, published)).toBe('commitment');
  expect(await findDrawFault({ ...of, eventId: 'evt_0000' }, published)).toBe('commitment');
  expect(await findDrawFault({ ...of, beacon: 'round 4712: 11aa' }, published)).toBe('order');
  expect(await findDrawFault(of, { ...published, order: [second, first, ...rest] })).toBe('order');
  expect(await findDrawFault(of, { ...published, order: published.order.slice(1) })).toBe('order');
  expect(await findDrawFault(of, { ...published, entries: entries.slice(1) })).toBe('order');
  expect(await findDrawFault(of, { ...published, entries: [...entries, entries[0] as DrawEntry] })).toBe(
    'entries',
  );
  expect(await listHashOf(entries)).not.toBe(await listHashOf(entries.slice(1)));
});

const lanesOf = fc
  .array(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 2 })
  .map((percents) => percents.map((percent, i) => ({ key: `lane-${i}`, percent })));

test('lanes have their share of the first positions, keep the drawn order inside, and take from nobody what is not theirs', () => {
  fc.assert(
    fc.property(
      lanesOf,
      fc.array(fc.integer({ min: -1, max: 1 }), { maxLength: 200, size: 'max' }),
      fc.boolean(),
      (lanes, drawn, isLast) => {
        // Chance may have put everybody of a lane at the end.
        const inLane = isLast ? drawn.toSorted((a, b) => a - b) : drawn;
        const entries = inLane.map((n, i) => ({ id: `que_${i}`, salt: '', lane: lanes[n]?.key ?? null }));
        const laneOf = new Map(entries.map(({ id, lane }) => [id, lane]));
        const shuffled = entries.map(({ id }) => id);
        const order = withLanes(shuffled, entries, lanes);
        expect(order.toSorted()).toEqual(shuffled.toSorted());
        const rest = (ids: string[], lane: string | null) => ids.filter((id) => laneOf.get(id) === lane);
        // Inside a lane, and among those without one, the order is the drawn one.
        for (const lane of [null, ...lanes.map(({ key }) => key)])
          expect(rest(order, lane)).toEqual(rest(shuffled, lane));
        for (const { key, percent } of lanes) {
          const all = rest(order, key).length;
          for (let n = 1; n <= order.length; n++) {
            const due = Math.min(all, Math.floor((percent * n) / 100));
            // Another lane may have been due at the same position.
            expect(rest(order.slice(0, n), key).length).toBeGreaterThanOrEqual(due - (lanes.length - 1));
          }
        }
        // With one lane, nobody of it stands further back than without lanes.
        if (lanes.length === 1)
          for (const id of rest(order, 'lane-0'))
            expect(order.indexOf(id)).toBeLessThanOrEqual(shuffled.indexOf(id));
      },
    ),
  );
});

test('a lane that is named without people in it changes the rules, and a queue without lanes keeps them', async () => {
  const entries = people(9);
  const of = terms();
  expect(await drawOrder({ ...of, lanes: [] }, entries)).toEqual(await drawOrder(of, entries));
  expect(await drawOrder({ ...of, lanes: [{ key: 'fans', percent: 10 }] }, entries)).not.toEqual(
    await drawOrder(of, entries),
  );
  const inLane = entries.map((entry, i) => ({ ...entry, lane: i === 0 ? 'fans' : null }));
  const lanes = { lanes: [{ key: 'fans', percent: 10 }] };
  expect(await listHashOf(inLane, lanes)).not.toBe(await listHashOf(entries, lanes));
  expect(await drawOrder({ ...of, ...lanes }, inLane.toReversed())).toEqual(
    await drawOrder({ ...of, ...lanes }, inLane),
  );
});
