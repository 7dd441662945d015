import { describe, expect, test } from 'vitest';
import type { EventDates } from '../../../contract/event-dates.ts';
import type { EventDraft } from '../catalog/draft.ts';
import { judgeDates, listDates, newDates } from './plan-dates.ts';

const like = (timeZone: string, startsAt: string, hours = 3): EventDraft =>
  ({
    title: 'Night Walk',
    timeZone,
    startsAt,
    endsAt: new Date(Date.parse(startsAt) + hours * 3_600_000).toISOString(),
    doorsAt: null,
    undecided: [],
    venue: { name: 'Dock', city: 'Hamburg' },
  }) as unknown as EventDraft;
const asked = (given: Partial<EventDates>): EventDates => ({
  from: null,
  rule: null,
  extraDates: [],
  exceptDates: [],
  run: null,
  ...given,
});
const starts = (draft: EventDraft, given: Partial<EventDates>) =>
  listDates(draft, asked(given), 100).items.map(({ local, startsAt, clock }) => [local, startsAt, clock]);

describe('the hour stays the same while the clocks change', () => {
  test('in Berlin, in spring and in autumn', () => {
    expect(starts(like('Europe/Berlin', '2027-03-21T19:00:00Z'), { rule: 'FREQ=WEEKLY;COUNT=2' })).toEqual([
      ['2027-03-21T20:00', '2027-03-21T19:00:00.000Z', 'shown'],
      ['2027-03-28T20:00', '2027-03-28T18:00:00.000Z', 'shown'],
    ]);
    expect(starts(like('Europe/Berlin', '2027-10-30T18:00:00Z'), { rule: 'FREQ=DAILY;COUNT=2' })).toEqual([
      ['2027-10-30T20:00', '2027-10-30T18:00:00.000Z', 'shown'],
      ['2027-10-31T20:00', '2027-10-31T19:00:00.000Z', 'shown'],
    ]);
  });

  test('in New York, at a time that the clocks skip, and at one that they show twice', () => {
    expect(starts(like('America/New_York', '2027-03-13T07:30:00Z'), { rule: 'FREQ=DAILY;COUNT=3' })).toEqual([
      ['2027-03-13T02:30', '2027-03-13T07:30:00.000Z', 'shown'],
      ['2027-03-14T02:30', '2027-03-14T07:30:00.000Z', 'skipped'],
      ['2027-03-15T02:30', '2027-03-15T06:30:00.000Z', 'shown'],
    ]);
    expect(starts(like('America/New_York', '2027-11-06T05:30:00Z'), { rule: 'FREQ=DAILY;COUNT=3' })).toEqual([
      ['2027-11-06T01:30', '2027-11-06T05:30:00.000Z', 'shown'],
      ['2027-11-07T01:30', '2027-11-07T05:30:00.000Z', 'repeated'],
      ['2027-11-08T01:30', '2027-11-08T06:30:00.000Z', 'shown'],
    ]);
  });

  test('where the day has no midnight (Santiago, Beirut), and half an hour twice (Lord Howe)', () => {
    expect(starts(like('America/Santiago', '2027-09-04T04:00:00Z'), { rule: 'FREQ=DAILY;COUNT=3' })).toEqual([
      ['2027-09-04T00:00', '2027-09-04T04:00:00.000Z', 'shown'],
      ['2027-09-05T00:00', '2027-09-05T04:00:00.000Z', 'skipped'],
      ['2027-09-06T00:00', '2027-09-06T03:00:00.000Z', 'shown'],
    ]);
    expect(starts(like('Asia/Beirut', '2027-03-26T22:00:00Z'), { rule: 'FREQ=DAILY;COUNT=2' })).toEqual([
      ['2027-03-27T00:00', '2027-03-26T22:00:00.000Z', 'shown'],
      ['2027-03-28T00:00', '2027-03-27T22:00:00.000Z', 'skipped'],
    ]);
    const [, second] = starts(like('Australia/Lord_Howe', '2027-04-02T14:45:00Z'), {
      rule: 'FREQ=DAILY;COUNT=2',
    });
    expect(second).toEqual(['2027-04-04T01:45', '2027-04-03T14:45:00.000Z', 'repeated']);
  });
});

test('dates are taken out and added, and each is there once', () => {
  const given = {
    rule: 'FREQ=WEEKLY;COUNT=3',
    exceptDates: ['2027-03-28T20:00'],
    extraDates: ['2027-03-21T20:00', '2027-03-25T18:30'],
  };
  const { items } = listDates(like('Europe/Berlin', '2027-03-21T19:00:00Z'), asked(given), 100);
  expect(items.map(({ local, fromRule, endsAt }) => [local, fromRule, endsAt])).toEqual([
    ['2027-03-21T20:00', true, '2027-03-21T22:00:00.000Z'],
    ['2027-03-25T18:30', false, '2027-03-25T20:30:00.000Z'],
    ['2027-04-04T20:00', true, '2027-04-04T21:00:00.000Z'],
  ]);
});

test('a date names what stands in its way', () => {
  const draft = like('Europe/Berlin', '2027-03-21T19:00:00Z');
  const { items } = listDates(draft, asked({ rule: 'FREQ=DAILY;COUNT=5' }), 100);
  const event = (id: string, startsAt: string, more = {}) => ({
    ...{ id: id as `evt_${string}`, title: id, run: null, venue: 'Dock', city: 'Hamburg' },
    ...{ startsAt: new Date(startsAt), endsAt: new Date(Date.parse(startsAt) + 3_600_000), ...more },
  });
  const judged = judgeDates(items, {
    like: draft,
    eventId: 'evt_like',
    run: 'Walks',
    now: new Date('2027-03-20T00:00:00Z'),
    near: [
      event('evt_same', '2027-03-22T19:00:00Z', { run: 'Walks' }),
      event('evt_beside', '2027-03-23T21:30:00Z'),
      event('evt_after', '2027-03-24T22:00:00Z'),
      event('evt_elsewhere', '2027-03-25T19:00:00Z', { venue: 'Roof' }),
    ],
  });
  expect(judged.map(({ problem, clashes }) => [problem, clashes.map(({ eventId }) => eventId)])).toEqual([
    ['exists', []],
    ['exists', []],
    [null, ['evt_beside']],
    [null, []],
    [null, []],
  ]);
  expect(newDates(judged)).toHaveLength(3);
  const late = judgeDates(items, {
    like: draft,
    eventId: 'evt_like',
    run: 'Walks',
    now: new Date('2027-03-23T19:00:00Z'),
    near: [],
  });
  expect(late.map(({ problem }) => problem)).toEqual(['exists', 'past', 'past', null, null]);
});

test('of two local times that are one instant, because the clocks skip the first one, the first is made', () => {
  const draft = like('Europe/Berlin', '2027-03-21T19:00:00Z');
  const { items } = listDates(
    draft,
    asked({ extraDates: ['2027-03-28T02:30', '2027-03-28T03:30', '2027-03-28T03:31'] }),
    100,
  );
  const judged = judgeDates(items, {
    like: draft,
    eventId: 'evt_like',
    run: 'Walks',
    now: new Date('2027-03-20T00:00:00Z'),
    near: [],
  });
  expect(judged.map(({ startsAt, problem }) => [startsAt, problem])).toEqual([
    ['2027-03-28T01:30:00.000Z', null],
    ['2027-03-28T01:30:00.000Z', 'exists'],
    ['2027-03-28T01:31:00.000Z', null],
  ]);
});

test('dates that are longer than the time between them overlap with each other', () => {
  const draft = like('Europe/Berlin', '2027-03-21T19:00:00Z', 30);
  const { items } = listDates(draft, asked({ rule: 'FREQ=DAILY;COUNT=3' }), 100);
  const around = { like: draft, eventId: 'evt_x' as const, run: 'Walks', now: new Date(0), near: [] };
  expect(judgeDates(items, around).map(({ clashes }) => clashes.map(({ eventId }) => eventId))).toEqual([
    [],
    [null],
    [null],
  ]);
});
