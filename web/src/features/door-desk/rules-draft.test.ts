import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkpointKinds, type DoorRules, handsOut, plainRules } from '../../../../contract/door-rules.ts';
import { doorSettingsBodySchema } from '../../../../contract/door-settings.ts';
import { makeId, type TicketTypeId } from '../../../../contract/ids.ts';
import { bodyOf, daysOf, differs, draftOf, faultsOf, newPlace, type RulesDraft } from './rules-draft.ts';

const idOf = <K extends 'checkpoint' | 'ticketType'>(kind: K, n: number) =>
  makeId(kind, n, new Uint8Array(10));
const orNull = <T>(given: fc.Arbitrary<T>) => fc.option(given, { nil: null });
const limit = fc.integer({ min: 1, max: 1_000_000 });
const days = fc.uniqueArray(fc.constantFrom<string>('2026-12-04', '2026-12-05', '2026-12-06'), {
  minLength: 1,
});

const rules: fc.Arbitrary<DoorRules> = fc.record({
  reEntry: fc.constantFrom('no', 'after-exit'),
  insideLimit: orNull(limit),
  warnInsideAt: fc.constant(null),
  disputed: fc.constantFrom('refuse', 'admit'),
  dayStartsHour: fc.nat(12),
  checkpoints: fc
    .array(
      fc.record({
        kind: fc.constantFrom(...checkpointKinds),
        ticketTypeIds: orNull(fc.constant<TicketTypeId[]>([idOf('ticketType', 1)])),
        perDay: fc.boolean(),
        days: orNull(days.map((each) => each.toSorted())),
        times: fc.integer({ min: 1, max: 100 }),
        countsInside: fc.boolean(),
        insideLimit: orNull(limit),
      }),
      { maxLength: 5 },
    )
    .map((places) =>
      places.map((place, n) => ({
        ...place,
        id: idOf('checkpoint', n + 1),
        name: `Place ${n}`,
        ...(handsOut(place.kind) && { countsInside: false, insideLimit: null }),
      })),
    ),
});

test('the form shows any rules and sends them back unchanged', () => {
  fc.assert(
    fc.property(rules, (given) => {
      const draft = draftOf(given);
      expect(faultsOf(draft)).toEqual({});
      expect(bodyOf(draft)).toEqual(given);
      expect(differs(draft, given)).toBe(false);
      expect(differs({ ...draft, disputed: given.disputed === 'admit' ? 'refuse' : 'admit' }, given)).toBe(
        true,
      );
    }),
  );
});

const typed = fc.constantFrom('', ' ', '0', '1', '12', '101', '1000001', '-3', '1.5', 'many', ' 7 ');
const place = fc.record({
  name: fc.constantFrom('', '  ', 'Bar', 'East'),
  kind: fc.constantFrom(...checkpointKinds),
  allTypes: fc.boolean(),
  typeIds: fc.constantFrom<TicketTypeId[]>([], [idOf('ticketType', 1)]),
  perDay: fc.boolean(),
  everyDay: fc.boolean(),
  days: fc.constantFrom<string[]>([], ['2026-12-05', '2026-12-04']),
  times: typed,
  countsInside: fc.boolean(),
  insideLimit: typed,
});

test('a draft without a fault is what the server takes, and a draft with one is not', () => {
  let [taken, faulty] = [0, 0];
  fc.assert(
    fc.property(fc.array(place, { maxLength: 3 }), typed, typed, (places, insideLimit, warnInsideAt) => {
      const draft: RulesDraft = {
        ...draftOf(plainRules),
        insideLimit,
        warnInsideAt,
        places: places.map((each, n) => ({ ...each, key: `place-${n}` })),
      };
      const faults = Object.values(faultsOf(draft));
      const { success } = doorSettingsBodySchema.safeParse(bodyOf(draft));
      if (faults.length === 0) {
        expect(success).toBe(true);
        taken++;
      } else if (!faults.some((fault) => fault === 'nameTwice' || fault === 'warnTooLate')) {
        expect(success).toBe(false);
        faulty++;
      }
    }),
    { numRuns: 2000 },
  );
  expect(Math.min(taken, faulty)).toBeGreaterThan(10);
});

test('a new place of each kind needs a name and nothing else', () => {
  for (const kind of checkpointKinds) {
    const draft = { ...draftOf(plainRules), places: [newPlace(kind, 'new')] };
    expect(faultsOf(draft)).toEqual({ 'new.name': 'nameMissing' });
    const named = { ...draft, places: [{ ...newPlace(kind, 'new'), name: 'East' }] };
    expect(doorSettingsBodySchema.safeParse(bodyOf(named)).success).toBe(true);
  }
});

test('the days of an event are those of its zone, and a night belongs to the evening before', () => {
  const night = {
    startsAt: '2026-12-04T21:00:00Z',
    endsAt: '2026-12-05T03:00:00Z',
    timeZone: 'Europe/Berlin',
  };
  expect(daysOf(night, 5)).toEqual(['2026-12-04']);
  const weekend = { ...night, startsAt: '2026-12-04T16:00:00Z', endsAt: '2026-12-06T22:30:00Z' };
  expect(daysOf(weekend, 5)).toEqual(['2026-12-04', '2026-12-05', '2026-12-06']);
  expect(daysOf({ ...weekend, endsAt: '2027-12-06T22:30:00Z' }, 5)).toHaveLength(14);
});
