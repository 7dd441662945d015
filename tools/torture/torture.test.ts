import { expect, test } from 'vitest';
import { proof } from '../../server/testing/thorough.ts';
import { controlRun } from './control.ts';
import { torture } from './run.ts';

// Short versions of `npm run torture`.
const short = { buyers: 8, answersPerFault: 60 };

test('a round of kills, stops and cuts lose, double and leak nothing', {
  timeout: 480_000,
}, async () => {
  const result = await torture({
    ...short,
    rounds: 1,
    seed: 1,
    enough: ({ calledOff, outside, disputed }) =>
      calledOff.length > 0 && outside.length > 0 && disputed.length > 0,
  });
  const { broken, acknowledged, unanswered } = result;
  expect(broken).toEqual([]);
  expect(result.calledOff).toBeGreaterThan(0);
  expect(result.movedEvents).toBe(1);
  expect(result.doorSales).toBeGreaterThan(0);
  expect(acknowledged).toBeGreaterThan(20);
  expect(unanswered).toBeGreaterThan(0);
});

proof(
  'ten restarts of PostgreSQL under every kind of load end no process and lose nothing',
  {
    timeout: 480_000,
  },
  async () => {
    const restarts = Array.from({ length: 5 }, () => [
      'restart of PostgreSQL, fast',
      'restart of PostgreSQL, at once',
    ]).flat();
    const terminated = ['accounts', 'the ledger', 'workers'].map(
      (name) => `connections of ${name} terminated`,
    );
    const faults = [...restarts, 'all connections terminated', ...terminated];
    // Data that the operating system has survives PostgreSQL's own end, so nothing must reach the disk here.
    const settings = { fsync: 'off' };
    const result = await torture({
      rounds: 1,
      seed: 1,
      buyers: 6,
      answersPerFault: 15,
      all: faults,
      settings,
      enough: ({ entries, signedUp, admitted }) =>
        entries.filter(({ held }) => held).length > 20 && signedUp.length > 0 && admitted.length > 0,
    });
    expect(result.broken).toEqual([]);
    // The process survived, and every request got an answer.
    expect(result).toMatchObject({ starts: 0, silent: 0 });
    expect(result.acknowledged).toBeGreaterThan(20);
    expect(result.signedUp).toBeGreaterThan(0);
    expect(result.admitted).toBeGreaterThan(0);
  },
);

proof(
  'a database that answers before it writes loses acknowledged data, and the checks find it',
  {
    timeout: 480_000,
  },
  async () => {
    const { broken } = await controlRun({ ...short, rounds: 1, seed: 1 });
    expect(broken.join('\n')).toMatch(
      /what was acknowledged is there|is gone|not_found|was paid, is expired/,
    );
  },
);
