import { describe, expect, it, test } from 'vitest';
import type { Queue } from '../../../../contract/waiting-room.ts';
import { isWorthSaying, nothingSaid } from './announce.ts';
import { estimateAfter, nothingTold, roundedMinutes } from './estimate.ts';
import { askAgainMs, newerOf, type OwnEntry, pollMs, type Stage, stageOf } from './stage.ts';

const minute = 60_000;
const nowMs = Date.parse('2027-01-15T20:00:00Z');
const at = (ms: number) => new Date(nowMs + ms).toISOString();

const queue: Queue = {
  eventId: 'evt_1',
  version: 5,
  state: 'open',
  opensAt: null,
  nowServing: 10,
  lastPosition: 500,
  waiting: 480,
  peoplePerMinute: 20,
  reach: 90,
  isSteady: false,
  left: 100,
  paying: 3,
  windowSeconds: 600,
  idleSeconds: 300,
  message: '',
  isPaused: false,
  wishedPerMinute: null,
  beacon: null,
  commitment: 'c',
  drawnAt: null,
  lanes: [],
};
const entry: OwnEntry = {
  id: 'que_1',
  eventId: 'evt_1',
  status: 'waiting',
  position: 50,
  ahead: 39,
  estimatedWaitSeconds: null,
  activeUntil: null,
  endReason: null,
  joinedAt: at(-minute),
  now: at(0),
  lane: null,
  salt: '0'.repeat(32),
  token: 't',
  offsetMs: 0,
};
const active = { ...entry, status: 'active', position: 9, activeUntil: at(5 * minute) } as const;

test.each<[Stage, Queue | null, OwnEntry | null]>([
  ['none', null, null],
  ['join', queue, null],
  ['join', queue, { ...entry, status: 'ended', endReason: 'left' }],
  ['join', { ...queue, state: 'sold_out' }, null],
  ['before_draw', { ...queue, state: 'before_draw' }, { ...entry, status: 'before_draw', position: null }],
  ['drawing', { ...queue, state: 'drawing' }, { ...entry, status: 'before_draw', position: null }],
  // Everybody is told of the draw before each one knows their own position.
  ['drawing', queue, { ...entry, status: 'before_draw', position: null }],
  ['waiting', queue, entry],
  ['paused', { ...queue, state: 'paused' }, entry],
  ['all_held', { ...queue, state: 'all_held' }, entry],
  ['sold_out', { ...queue, state: 'sold_out' }, entry],
  ['called', { ...queue, nowServing: 50 }, entry],
  ['active', queue, active],
  ['active', { ...queue, state: 'paused' }, active],
  ['active', { ...queue, state: 'sold_out' }, active],
  ['join', queue, { ...active, activeUntil: at(-1) }],
  // The device's clock is ten minutes ahead of the server's.
  ['active', queue, { ...active, activeUntil: at(-5 * minute), offsetMs: -10 * minute }],
  ['bought', queue, { ...entry, status: 'ended', endReason: 'bought' }],
  ['bought', { ...queue, state: 'ended' }, { ...entry, status: 'ended', endReason: 'bought' }],
  ['over', { ...queue, state: 'ended' }, { ...entry, status: 'ended', endReason: 'queue_over' }],
  ['standby', { ...queue, state: 'standby' }, null],
])('the page shows %s', (stage, of, own) => {
  expect(stageOf(of, own, nowMs)).toBe(stage);
});

test('a cache that answers with an older state does not undo what the live connection has told', () => {
  const older = { ...queue, version: 4, nowServing: 3 };
  expect(newerOf(queue, older)).toBe(queue);
  expect(newerOf(older, queue)).toBe(queue);
  expect(newerOf(queue, null)).toBeNull();
});

test('whoever waits does not ask about their place until the public answer says that it is their turn', () => {
  expect(askAgainMs(queue, entry, 0.5)).toBe(false);
  expect(askAgainMs({ ...queue, state: 'paused' }, entry, 0.5)).toBe(false);
  expect(askAgainMs({ ...queue, nowServing: 50 }, entry, 0)).toBeLessThan(1000);
  const undrawn: OwnEntry = { ...entry, status: 'before_draw', position: null };
  expect(askAgainMs({ ...queue, state: 'before_draw' }, undrawn, 0.5)).toBe(false);
  // A million people do not ask at once when they were drawn, and none of them waits longer than a minute.
  const crowd = { ...queue, lastPosition: 1_000_000 };
  expect(askAgainMs(crowd, undrawn, 0)).toBe(500);
  expect(askAgainMs(crowd, undrawn, 1)).toBe(60_500);
});

test('a page polls slowly if it is told of changes, if nobody looks at it, and if the server does not answer', () => {
  const of = { isLive: false, isHidden: false, failures: 0, part: 0.5 };
  const usual = pollMs(of);
  expect(pollMs({ ...of, isLive: true })).toBeGreaterThan(10 * usual);
  expect(pollMs({ ...of, isHidden: true })).toBeGreaterThan(5 * usual);
  expect(pollMs({ ...of, failures: 2 })).toBe(4 * usual);
  expect(pollMs({ ...of, failures: 40 })).toBe(60_000);
  expect(pollMs({ ...of, part: 1 })).not.toBe(usual);
});

describe('the estimate', () => {
  const told = estimateAfter(nothingTold, queue, 40, nowMs);

  it('is told beyond the free places only when the rate is steady, as the server does', () => {
    const rush = { ...queue, peoplePerMinute: 9000, reach: 18_000 };
    expect(estimateAfter(nothingTold, rush, 17_999, nowMs).turnMs).toBe(nowMs + 2 * minute - 1000 / 150);
    expect(estimateAfter(nothingTold, rush, 18_000, nowMs).turnMs).toBeNull();
    expect(estimateAfter(nothingTold, { ...rush, isSteady: true }, 18_000, nowMs).turnMs).toBe(
      nowMs + 2 * minute,
    );
  });

  it('is the people ahead through how many are let in per minute', () => {
    expect(told).toMatchObject({ turnMs: nowMs + 2 * minute, later: null });
  });

  it('becomes earlier at any time, and stays where a later one differs by chance', () => {
    expect(estimateAfter(told, queue, 20, nowMs).turnMs).toBe(nowMs + minute);
    expect(estimateAfter(told, { ...queue, peoplePerMinute: 18 }, 40, nowMs)).toBe(told);
  });

  it('never becomes later without the reason, however it gets there', () => {
    const slow = estimateAfter(told, { ...queue, peoplePerMinute: 4 }, 40, nowMs);
    expect(slow).toMatchObject({ turnMs: nowMs + 10 * minute, later: { reason: 'slower' } });
    for (const state of ['paused', 'all_held'] as const) {
      const unknown = estimateAfter(told, { ...queue, state }, 40, nowMs);
      expect(unknown.turnMs).toBeNull();
      const resumed = estimateAfter(unknown, queue, 40, nowMs + 10 * minute);
      expect(resumed).toMatchObject({ turnMs: nowMs + 12 * minute, later: { reason: state } });
    }
    // In small steps, each within the slack.
    let estimate = told;
    for (let rate = 20; rate >= 2; rate -= 0.25) {
      const next = estimateAfter(estimate, { ...queue, peoplePerMinute: rate }, 40, nowMs);
      if ((next.turnMs ?? 0) > (estimate.turnMs ?? 0)) expect(next.later).not.toBeNull();
      estimate = next;
    }
    expect(estimate.turnMs).toBeGreaterThan(nowMs + 10 * minute);
  });

  it('tells nothing before anybody was let in, and forgets a reason after a while', () => {
    expect(estimateAfter(nothingTold, { ...queue, peoplePerMinute: null }, 40, nowMs)).toBe(nothingTold);
    const slow = estimateAfter(told, { ...queue, peoplePerMinute: 4 }, 40, nowMs);
    expect(estimateAfter(slow, queue, 5, nowMs + 4 * minute).later).toBeNull();
  });

  it('is rounded up as a person would say it', () => {
    expect([30_000, 9.2 * minute, 41 * minute, 130 * minute].map(roundedMinutes)).toEqual([1, 10, 45, 135]);
  });
});

test('a screen reader hears each stage at once, and the people ahead every two minutes at most', () => {
  const said = { ...nothingSaid, stage: 'waiting' as const, ahead: 40, atMs: nowMs };
  const now = { stage: 'waiting' as const, ahead: 39 };
  expect(isWorthSaying(said, now, nowMs + minute)).toBe(false);
  expect(isWorthSaying(said, now, nowMs + 2 * minute)).toBe(true);
  expect(isWorthSaying(said, { ...now, ahead: 40 }, nowMs + 9 * minute)).toBe(false);
  expect(isWorthSaying(said, { ...now, ahead: 0 }, nowMs + 1)).toBe(true);
  expect(isWorthSaying(said, { stage: 'paused', ahead: 40 }, nowMs + 1)).toBe(true);
});
