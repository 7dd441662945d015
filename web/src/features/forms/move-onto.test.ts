import fc from 'fast-check';
import { expect, test } from 'vitest';
import { moveOnto } from './move-onto.ts';

test('a field that only one side changed has the value of that side, and a field that both changed is reported', () => {
  const base = { city: 'Berlin', line2: null, days: 365, country: 'DE' };
  const typed = { city: 'Potsdam', line2: '', days: 365, country: 'NL' };
  const newer = { city: 'Berlin', line2: 'Hof 3', days: 60, country: 'FR' };
  expect(moveOnto<typeof base | typeof typed | typeof newer>(base, typed, newer)).toEqual({
    values: { city: 'Potsdam', line2: 'Hof 3', days: 60, country: 'NL' },
    contested: { country: 'FR' },
  });
});

test('nothing that a person typed is lost, and nothing that somebody else saved is lost unseen', () => {
  const value = fc.constantFrom(null, '', 'a', 'b', 1);
  const values = fc.record({ x: value, y: value });
  fc.assert(
    fc.property(values, values, values, (base, typed, newer) => {
      const { values: merged, contested } = moveOnto(base, typed, newer);
      for (const name of ['x', 'y'] as const) {
        const [was, mine, theirs, now] = [base, typed, newer, merged].map((each) => String(each[name] ?? ''));
        expect(now).toBe(mine === was ? theirs : mine);
        expect(name in contested).toBe(now !== theirs && theirs !== was);
      }
    }),
  );
});
