import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decidesWait } from '../../../contract/queue-wait.ts';
import { busyAtOf, decideStep, phaseUnderLoad, ratePerMinute } from './admission.ts';
import { estimateWait } from './estimate.ts';
import { keepingOf } from './keeping.ts';
import { type RoomRow, showQueue } from './waiting-room.ts';

/* How many people the keeper lets in, without a database. */

const start = new Date('2027-01-01T10:00:00Z');
const room: RoomRow = {
  event_id: 'evt_01K9ZC4V7R8W3T5XN2M6QHJDEF',
  mode: 'always',
  phase: 'open',
  opens_at: null,
  closes_at: new Date('2027-02-01T00:00:00Z'),
  commitment: '',
  beacon: null,
  beacon_chain: null,
  beacon_round: null,
  list_hash: null,
  beacon_dropped_at: null,
  drawn_at: null,
  drawn: 0,
  next_position: 100_001,
  now_serving: 0,
  waiting: 100_000,
  paused: false,
  message: '',
  people_per_minute: null,
  window_seconds: 600,
  kept_at: start,
  kept_since: null,
  allowance: 0,
  pace: 1200,
  let_in_per_minute: null,
  places_left: 0,
  paying: 0,
  vacancies: 0,
  full_since: null,
  is_ending: false,
  lanes: [],
  version: 1,
};
const seen = { isOnSale: true, left: 1_000_000, paying: 0, choosing: 0, letIn: 0, queued: 0 };

/** Plays steps of these lengths. Returns how many people were let in, and in how many milliseconds. */
function play(of: RoomRow, steps: number[], look = seen): { letIn: number; ms: number } {
  let now = start.getTime();
  let letIn = 0;
  let at = of;
  for (const ms of steps) {
    now += ms;
    const step = decideStep(at, look, new Date(now));
    letIn += step.letIn;
    at = { ...at, ...step, waiting: at.waiting - step.letIn, kept_at: new Date(now) };
  }
  return { letIn, ms: now - start.getTime() };
}

test('however the keeper’s steps fall, people come at the speed that was wished, to one person', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6000 }),
      fc.array(fc.integer({ min: 1, max: 3000 }), { maxLength: 60 }),
      (perMinute, steps) => {
        const { letIn, ms } = play({ ...room, people_per_minute: perMinute }, steps);
        const due = (perMinute * ms) / 60_000;
        expect(letIn).toBeLessThanOrEqual(due + 1e-6);
        expect(letIn).toBeGreaterThan(due - 1 - 1e-6);
      },
    ),
  );
});

test('never more people choose than places are free, and nobody comes while it is paused or before the sale', () => {
  fc.assert(
    fc.property(
      fc.record({
        left: fc.nat(50),
        choosing: fc.nat(60),
        waiting: fc.nat(60),
        paused: fc.boolean(),
        isOnSale: fc.boolean(),
        ms: fc.nat(60_000),
        allowance: fc.double({ min: 0, max: 1000, noNaN: true }),
      }),
      ({ left, choosing, waiting, paused, isOnSale, ms, allowance }) => {
        const at = { ...room, waiting, paused, allowance };
        const { letIn } = decideStep(
          at,
          { ...seen, left, choosing, isOnSale },
          new Date(start.getTime() + ms),
        );
        expect(letIn).toBeGreaterThanOrEqual(0);
        expect(letIn).toBeLessThanOrEqual(Math.max(0, left - choosing));
        expect(letIn).toBeLessThanOrEqual(waiting);
        if (paused || !isOnSale) expect(letIn).toBe(0);
      },
    ),
  );
});

test('without a wish, people come faster while the ledger keeps up, and half as fast while it does not', () => {
  const faster = decideStep(room, seen, new Date(start.getTime() + 1000));
  expect(faster.pace).toBeCloseTo(1320, 6);
  const slower = decideStep(room, { ...seen, queued: 5000 }, new Date(start.getTime() + 1000));
  expect(slower.pace).toBe(600);
  expect(decideStep({ ...room, pace: 60_000 }, seen, new Date(start.getTime() + 5000)).pace).toBe(60_000);
});

test('a keeper that was away lets no crowd in, and a clock that is behind lets nobody in', () => {
  const of = { ...room, people_per_minute: 60 };
  expect(play(of, [8000]).letIn).toBe(5);
  expect(play(of, [3_600_000, 500]).letIn).toBe(1);
  expect(decideStep(of, seen, new Date(start.getTime() - 2000)).letIn).toBe(0);
});

test('two keepers of whom one is half an hour ahead let people in at the speed, and neither stops the queue', () => {
  let at: RoomRow = { ...room, people_per_minute: 60 };
  let letIn = 0;
  for (let ms = 250; ms <= 600_000; ms += 250) {
    const now = new Date(start.getTime() + ms + (ms % 500 === 0 ? 1_800_000 : 0));
    const { isDone, keptSince } = keepingOf(at, now);
    if (isDone) continue;
    const step = decideStep(at, seen, now);
    letIn += step.letIn;
    at = {
      ...at,
      allowance: step.allowance,
      waiting: at.waiting - step.letIn,
      kept_at: now,
      kept_since: keptSince,
    };
  }
  expect(letIn).toBeGreaterThan(590);
  expect(letIn).toBeLessThanOrEqual(600);
});

test('a queue for load opens when a ledger is busy, and closes when nobody is there and all were quiet for two minutes', () => {
  const idle = { phase: 'standby', waiting: 0 } as const;
  const open = { phase: 'open', waiting: 0 } as const;
  const at = (ms: number) => ({ busyAt: start, now: new Date(start.getTime() + ms) });
  const never = { busyAt: null, now: start };
  expect(phaseUnderLoad(idle, seen, never)).toBe('standby');
  expect(phaseUnderLoad(idle, seen, at(0))).toBe('open');
  expect(phaseUnderLoad(idle, seen, at(500))).toBe('standby');
  expect(phaseUnderLoad({ ...open, waiting: 1 }, seen, never)).toBe('open');
  expect(phaseUnderLoad(open, { ...seen, choosing: 1 }, never)).toBe('open');
  expect(phaseUnderLoad(open, { ...seen, letIn: 1 }, never)).toBe('open');
  expect(phaseUnderLoad(open, seen, never)).toBe('standby');
  expect(phaseUnderLoad(open, seen, at(500))).toBe('open');
  expect(phaseUnderLoad(open, seen, at(119_999))).toBe('open');
  expect(phaseUnderLoad(open, seen, at(120_000))).toBe('standby');
  expect(busyAtOf(start, { queued: 499 }, new Date(start.getTime() + 500))).toBe(start);
  expect(busyAtOf(null, { queued: 500 }, start)).toBe(start);
});

test('the rate that estimates use looks back two minutes, or to the opening', () => {
  expect(ratePerMinute(0, 120_000)).toBeNull();
  expect(ratePerMinute(100, 600_000)).toBe(50);
  expect(ratePerMinute(100, 60_000)).toBe(100);
});

test('the speed decides how long it takes while there is room, and the estimate is right to a second', () => {
  for (const people_per_minute of [null, 600]) {
    let at: RoomRow = { ...room, people_per_minute, kept_at: start };
    const told = new Map<number, { atMs: number; waitS: number }>();
    let served = 0;
    for (let ms = 500; served < 20_000; ms += 500) {
      const now = new Date(start.getTime() + ms);
      const step = decideStep(at, { ...seen, left: 50_000 - served }, now);
      served += step.letIn;
      at = {
        ...at,
        allowance: step.allowance,
        pace: step.pace,
        vacancies: step.vacancies,
        full_since: step.fullSince,
        waiting: at.waiting - step.letIn,
        kept_at: now,
      };
      for (const position of [300, 3000, 20_000]) {
        const before = told.get(position);
        if (before && before.waitS >= 0 && position <= served) {
          expect(Math.abs((ms - before.atMs) / 1000 - before.waitS)).toBeLessThanOrEqual(1.5);
          told.set(position, { atMs: ms, waitS: -1 });
        }
        if (!before)
          told.set(position, { atMs: ms, waitS: estimateWait(position - 1 - served, at, now) ?? Number.NaN });
      }
    }
    expect([...told.values()].every(({ waitS }) => waitS === -1)).toBe(true);
  }
});

test('beyond the free places nobody can tell, until places alone have been the limit for two minutes', () => {
  const now = new Date(start.getTime() + 500);
  const full = decideStep({ ...room, allowance: 50 }, { ...seen, left: 100, choosing: 95 }, now);
  expect(full).toMatchObject({ letIn: 5, vacancies: 0, fullSince: now });
  const later = { ...room, vacancies: 0, full_since: full.fullSince, let_in_per_minute: 30 };
  expect(estimateWait(60, later, new Date(now.getTime() + 119_000))).toBeNull();
  expect(estimateWait(60, later, new Date(now.getTime() + 120_000))).toBe(120);
  expect(
    estimateWait(60, { ...later, let_in_per_minute: null }, new Date(now.getTime() + 120_000)),
  ).toBeNull();
  // It stays the limit until there is room again for all whom the speed would let in.
  const still = decideStep(
    { ...later, allowance: 9 },
    { ...seen, left: 100, choosing: 98 },
    new Date(now.getTime() + 900),
  );
  expect(still.fullSince).toEqual(now);
  const free = decideStep({ ...later, allowance: 0 }, seen, new Date(now.getTime() + 900));
  expect(free.fullSince).toBeNull();
  // Nobody can tell before the keeper has looked, and the first in an empty queue need not wait.
  expect(estimateWait(0, { ...room, kept_at: null, vacancies: 10 }, now)).toBeNull();
  expect(estimateWait(0, { ...room, vacancies: 10, allowance: 1 }, now)).toBe(0);
});

test('the public answer says up to whom the speed decides, and whether the rate is steady, so that a page can tell as much', () => {
  const now = new Date(start.getTime() + 130_000);
  fc.assert(
    fc.property(fc.nat(200), fc.nat(100), fc.option(fc.nat(130_000)), (ahead, vacancies, fullMs) => {
      const full_since = fullMs === null ? null : new Date(start.getTime() + fullMs);
      const at = { ...room, kept_at: now, vacancies, full_since, let_in_per_minute: 30 };
      const isTold = estimateWait(ahead, at, now) !== null;
      expect(decidesWait(ahead, showQueue(at)) !== null).toBe(isTold);
    }),
  );
});

test.each<[ReturnType<typeof showQueue>['state'], Partial<RoomRow>]>([
  ['before_draw', { phase: 'joining' }],
  ['drawing', { phase: 'closed' }],
  ['open', { kept_at: null }],
  ['open', { places_left: 1 }],
  ['paused', { paused: true, places_left: 1 }],
  ['all_held', { paying: 3 }],
  ['sold_out', {}],
  ['standby', { phase: 'standby' }],
  ['ended', { phase: 'ended' }],
])('the queue says %s', (state, change) => {
  expect(showQueue({ ...room, ...change }).state).toBe(state);
});
