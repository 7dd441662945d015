import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AvailabilityDelta } from '../../contract/holds.ts';
import { createCoalescer, merge } from './realtime.ts';

type Change = Pick<AvailabilityDelta, 'freed' | 'taken'>;
const eventId = 'evt_00000000000000000000000001';
const delta = (version: number, change: Change, of = eventId) =>
  ({ eventId: of, from: version - 1, version, pools: [], ...change }) as unknown as AvailabilityDelta;

/** Applies a change to the set of taken seats, as a browser does. */
function apply(taken: Set<number>, { freed, taken: more }: Change): Set<number> {
  const next = new Set(taken);
  for (const seat of freed) next.delete(seat);
  for (const seat of more) next.add(seat);
  return next;
}

describe('two changes as one', () => {
  test('begin where the first began and carry the figures of the last', () => {
    const one = merge(delta(4, { freed: [1], taken: [2] }), delta(5, { freed: [3], taken: [4] }));
    expect(one).toEqual({ ...delta(5, { freed: [1, 3], taken: [2, 4] }), from: 3 });
  });

  test('tell a seat that went and came back by its last state', () => {
    expect(merge(delta(1, { freed: [7], taken: [] }), delta(2, { freed: [], taken: [7] }))).toMatchObject({
      freed: [],
      taken: [7],
    });
    expect(merge(delta(1, { freed: [], taken: [7] }), delta(2, { freed: [7], taken: [] }))).toMatchObject({
      freed: [7],
      taken: [],
    });
  });

  test('change neither of the two that they were made of', () => {
    const [first, second] = [delta(1, { freed: [1], taken: [2] }), delta(2, { freed: [2], taken: [1] })];
    merge(first, second);
    expect([first.freed, first.taken, second.freed, second.taken]).toEqual([[1], [2], [2], [1]]);
  });

  test('any run of changes, merged in any grouping, leaves the seats as they are one by one', () => {
    const seats = fc.uniqueArray(fc.integer({ min: 0, max: 8 }), { maxLength: 9 });
    const change = fc.tuple(seats, fc.integer({ min: 0, max: 9 })).map(([all, at]) => ({
      freed: all.slice(0, at),
      taken: all.slice(at),
    }));
    const run = fc.array(change, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        run,
        seats,
        fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
        (changes, begun, cuts) => {
          const deltas = changes.map((each, i) => delta(i + 1, each));
          const groups: AvailabilityDelta[] = [];
          for (const [i, each] of deltas.entries()) {
            const last = groups.at(-1);
            if (last && !cuts[i]) groups[groups.length - 1] = merge(last, each);
            else groups.push(each);
          }
          const oneByOne = deltas.reduce(apply, new Set(begun));
          const grouped = groups.reduce(apply, new Set(begun));
          expect([...grouped].sort()).toEqual([...oneByOne].sort());
          // No gap between two messages, and no seat is said to be both.
          for (const [i, group] of groups.entries()) {
            expect(group.from).toBe(groups[i - 1]?.version ?? 0);
            expect(group.freed.filter((seat) => group.taken.includes(seat))).toEqual([]);
          }
        },
      ),
    );
  });
});

describe('the coalescer', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('sends the first change at once, those of the next tenth of a second as one, and is then at rest', () => {
    const sent: AvailabilityDelta[] = [];
    const tell = createCoalescer((each) => sent.push(each));
    for (let version = 1; version <= 5; version++) tell(delta(version, { freed: [], taken: [version] }));
    expect(sent.map(({ version }) => version)).toEqual([1]);
    vi.advanceTimersByTime(100);
    expect(sent[1]).toMatchObject({ from: 1, version: 5, taken: [2, 3, 4, 5] });
    vi.advanceTimersByTime(100);
    expect([sent.length, vi.getTimerCount()]).toEqual([2, 0]);
    tell(delta(6, { freed: [1], taken: [] }));
    expect(sent.length).toBe(3);
  });

  test('one event’s rush holds up no other event', () => {
    const sent: string[] = [];
    const tell = createCoalescer((each) => sent.push(each.eventId));
    const other = 'evt_00000000000000000000000002';
    tell(delta(1, { freed: [], taken: [1] }));
    tell(delta(2, { freed: [], taken: [2] }));
    tell(delta(1, { freed: [], taken: [1] }, other));
    expect(sent).toEqual([eventId, other]);
  });
});
