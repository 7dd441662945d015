import { afterAll, beforeAll, expect, test } from 'vitest';
import { newVisit, type Sample, summariseWaits } from '../../server/features/rehearsals/journal.ts';
import { personOf } from '../../server/features/rehearsals/plan.ts';
import { verdictOf } from '../../server/features/rehearsals/verdict.ts';
import { simulateSale } from '../../server/features/rehearsals/virtual-sale.ts';
import { createTestDatabase, type TestDatabase } from '../../server/testing/database.ts';
import { compareRuns } from './compare.ts';
import { openShop } from './own-shop.ts';
import type { Recount } from './recount.ts';
import { recountTheirs } from './recount-theirs.ts';
import { isKept, reportOf } from './report.ts';
import { openRequests } from './requests.ts';
import { runOnSale, runTheirs } from './run.ts';
import { openTheirShop, rowsOf } from './their-shop.ts';
import { whyWrong } from './why-wrong.ts';

let database: TestDatabase;
let other: TestDatabase;
beforeAll(async () => {
  [database, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
});
afterAll(() => Promise.all([database.drop(), other.drop()]));

const minute = 60_000;
const plan = {
  people: 60,
  seats: 20,
  bots: 0.3,
  seed: 3,
  opensMs: minute / 2,
  lastArrivalMs: minute,
  endsMs: 4 * minute,
  peoplePerMinute: null,
};

test('a small on-sale keeps every promise, and a tampered database is found out', async () => {
  const spoilt: string[] = [];
  const outcome = await runOnSale({
    plan,
    speed: 30,
    connectionString: database.connectionString,
    async afterRecount({ db, eventId }, again) {
      const broken = async () => namesOf(await again());
      await db.run(`update queue_draws set position = position + 1000 where event_id = $1 and position = 1`, [
        eventId,
      ]);
      spoilt.push(...(await broken()));
      await db.run(`update queue_draws set position = 1 where event_id = $1 and position = 1001`, [eventId]);
      expect(await broken()).toEqual([]);
      await db.run(`delete from tickets where event_id = $1`, [eventId]);
      spoilt.push(...(await broken()));
    },
  });
  expect(outcome.promises.flatMap(({ broken }) => broken)).toEqual([]);
  expect(isKept(outcome)).toBe(true);
  expect(spoilt).toEqual([
    expect.stringMatching(/^Every seat was sold once/),
    expect.stringMatching(/^The order of the draw/),
    expect.stringMatching(/^Every place that was told/),
    expect.stringMatching(/^Every seat was sold once/),
    expect.stringMatching(/^Whoever was told that they bought/),
  ]);
  const { honest, bots } = outcome.tickets;
  expect(honest + bots).toBe(plan.seats);
  expect(outcome.journal.arrived).toBe(plan.people);
  const report = reportOf(outcome);
  expect(report).toContain('Every promise was kept.');
  expect(report).not.toMatch(/<script|https?:\/\//);
  expect(reportOf({ ...outcome, promises: [{ name: '<b>', how: '', broken: ['a & b'] }] })).toMatch(
    /A PROMISE WAS BROKEN[\s\S]*&lt;b&gt;[\s\S]*BROKEN 1 times: a &amp; b/,
  );
});

test('guests rehearse the on-sale of a shop that runs already, over its public API', async () => {
  const small = { ...plan, people: 24, seats: 12 };
  const own = await openShop({ plan: small, speed: 30, connectionString: other.connectionString });
  const requests = openRequests(own.url);
  try {
    const asked = {
      url: own.url,
      event: own.eventId as string,
      people: small.people,
      bots: small.bots,
      seed: small.seed,
      endsMs: small.endsMs,
      timeMs: () => own.fromMs + own.nowMs(),
    };
    const outcome = await runTheirs({ ...asked, speed: 30 });
    expect(outcome.promises.flatMap(({ broken }) => broken)).toEqual([]);
    expect(outcome.promises).toHaveLength(5);
    expect(outcome.tickets.honest + outcome.tickets.bots).toBe(small.seats);
    expect(outcome.journal.stepMs['get a challenge']?.length).toBeGreaterThanOrEqual(small.people);
    const sold = await own.db.query(`select from tickets where event_id = $1`, [own.eventId]);
    expect(sold).toHaveLength(small.seats);
    // Nothing is left, and a shop that is not there, has no such event or takes real money is refused in plain words.
    const refused = (of: Partial<typeof asked>) => openTheirShop({ requests, ...asked, ...of });
    await expect(refused({})).rejects.toThrow('the event has no free places');
    await expect(refused({ event: 'nothing-here' })).rejects.toThrow('there is no such event');
    // What the shop tells a person at the end is compared: here nobody has a session any more.
    const visit = { ...newVisit(personOf(small, 0)), entryId: 'que_1', position: 3, orderId: 'ord_1' };
    visit.end = 'bought';
    const { promises } = await recountTheirs({
      shop: own,
      journal: outcome.journal,
      visits: [visit],
      cookies: new Map(),
      requests: { ...requests, send: async () => ({ status: 404, body: null, setCookies: [] }) },
    });
    expect(namesOf({ promises })).toEqual([
      expect.stringMatching(/^Every place that was told/),
      expect.stringMatching(/^Whoever was told that they bought/),
    ]);
  } finally {
    requests.close();
    await own.close();
  }
});

test('neighbours are parts of a row without an aisle, and without places for wheelchairs', () => {
  const seat = (n: number, of = {}) => ({ id: `evt_1_${n}` as never, label: String(n), x: n, y: 0, ...of });
  const seats = [seat(0), seat(1, { aisleAfter: true }), seat(2), seat(3, { accessible: true }), seat(4)];
  const section = { key: 'a', name: 'A', rows: [{ label: '1', zone: 'z', seats }] };
  expect(rowsOf({ sections: [section] })).toEqual([[0, 1], [2], [4]]);
});

const namesOf = ({ promises }: Pick<Recount, 'promises'>) =>
  promises.filter(({ broken }) => broken.length > 0).map(({ name }) => name);

test('in virtual time the same people buy the same seats, again and again alike', async () => {
  const large = {
    ...plan,
    people: 2000,
    seats: 720,
    opensMs: minute,
    endsMs: 40 * minute,
    peoplePerMinute: 120,
  };
  const [first, second] = [await simulateSale(large), await simulateSale(large)];
  expect(first.promises.flatMap(({ broken }) => broken)).toEqual([]);
  expect(first.tickets.honest + first.tickets.bots).toBeGreaterThan(700);
  // Estimates are Admit's own, and scores find most orders of the bots.
  expect(Math.abs(summariseWaits(first.journal.waits).medianError)).toBeLessThan(0.2);
  expect(first.tickets.bots).toBeLessThan(0.15 * 720);
  expect(second.journal.samples).toEqual(first.journal.samples);
  expect(compareRuns(first.journal, second.journal).map(({ apart }) => apart)).toEqual([0, 0, 0, null]);
  const [other] = compareRuns(first.journal, (await simulateSale({ ...large, seats: 100 })).journal);
  expect(other?.apart).toBeGreaterThan(0.02);
  expect(reportOf({ ...first, simulated: second.journal })).toContain('Compared with the simulation');
  const { ends, admitted } = first.journal;
  const all = [ends.honest, ends.bots].flatMap((of) => Object.values(of));
  expect(all.reduce((sum, count) => sum + count, 0)).toBe(2000);
  expect(admitted.honest + admitted.bots).toBeGreaterThanOrEqual(
    (ends.honest.bought ?? 0) + (ends.bots.bought ?? 0),
  );
});

const sample = (atMs: number, sold: number): Sample => ({
  atMs,
  arrived: 0,
  waiting: 0,
  admitted: 0,
  holds: 0,
  sold,
});
const refusal = { n: 1, isBot: false, step: 'hold', sentMs: 10_000, atMs: 10_500, quantity: 2, quietMs: 0 };

test.each<[string, Partial<Parameters<typeof whyWrong>[0]>, number, string | null]>([
  ['sold out while nothing was free', { code: 'sold_out' }, 20, null],
  ['sold out while everything was free', { code: 'sold_out' }, 0, 'while 100 places were free'],
  ['a seat that somebody had', { code: 'seats_taken', seats: [4, 5] }, 0, null],
  ['seats that nobody had', { code: 'seats_taken', seats: [5] }, 0, 'and nobody had held one of these seats'],
  [
    'not admitted during the admission',
    { code: 'not_admitted', reason: 'expired' },
    0,
    'with an admission until 20 s (expired)',
  ],
  [
    'not admitted after five silent minutes',
    { code: 'not_admitted', reason: 'ended', quietMs: 300_000 },
    0,
    null,
  ],
  ['not admitted after it', { code: 'not_admitted', sentMs: 21_000, atMs: 21_500 }, 0, null],
  ['asked to come back, and served then', { code: 'busy' }, 0, null],
  ['a limit', { code: 'limit_reached' }, 0, 'and keeps every limit'],
])('an honest buyer is refused: %s', (_, of, sold, expected) => {
  const seen = {
    samples: [sample(8000, 0), sample(10_000, sold * 5), sample(12_000, 0)],
    plan: { ...plan, seats: 100 },
  };
  const visit = { activeUntilMs: 20_000, end: 'bought' as const };
  expect(whyWrong({ code: '', ...refusal, ...of }, visit, seen, new Map([[4, 9000]]))).toBe(expected);
});

test.each([
  ['held between two looks', [sample(8900, 0), sample(15_000, 100)], null],
  ['free at both looks', [sample(8900, 0), sample(11_600, 0)], 'while 100 places were free'],
  ['never looked at afterwards', [sample(8900, 0), sample(11_000, 0)], null],
])('an honest buyer is told that all is sold out: places that were %s', (_, samples, expected) => {
  const visit = { activeUntilMs: 20_000, end: 'bought' as const };
  const seen = { samples, plan: { ...plan, seats: 100 } };
  expect(whyWrong({ ...refusal, code: 'sold_out' }, visit, seen, null)).toBe(expected);
});

test.each<[string[], boolean, number, ReturnType<typeof verdictOf>]>([
  [['shared_card', 'address_pattern'], true, 0, 'refund'],
  [['address_pattern', 'fast_order'], false, 10_000, 'wait'],
  [['address_pattern', 'fast_order'], true, 10_000, 'confirm'],
  [['address_pattern', 'fast_order'], false, 180_000, 'refund'],
  [['shared_network'], false, 600_000, 'confirm'],
  [['fast_order'], false, 600_000, 'confirm'],
])('the team decides about %j, appealed %s, after %i ms: %s', (signals, appealed, ageMs, expected) => {
  const reasons = signals.map((signal) => ({ signal }) as Parameters<typeof verdictOf>[0][number]);
  expect(verdictOf(reasons, { appealed, ageMs })).toBe(expected);
});

test('the same seed gives the same people, with the wished share of bots', () => {
  const large = { ...plan, people: 2000 };
  const people = Array.from({ length: large.people }, (_, n) => personOf(large, n));
  expect(people.filter(({ isBot }) => isBot)).toHaveLength(600);
  expect(personOf(large, 77)).toEqual(people[77]);
  expect(personOf({ ...large, seed: 4 }, 77)).not.toEqual(people[77]);
  expect(new Set(people.map(({ email }) => email)).size).toBe(large.people);
  for (const { arriveMs } of people) {
    expect(arriveMs).toBeGreaterThanOrEqual(0);
    expect(arriveMs).toBeLessThanOrEqual(large.opensMs + large.lastArrivalMs);
  }
});
