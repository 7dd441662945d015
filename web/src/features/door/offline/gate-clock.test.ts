import { expect, test } from 'vitest';
import { compare, lookAt, startClock, timeOf } from './gate-clock.ts';

const look = (wallMs: number, steadyMs: number, mayHaveSlept = false) => ({ wallMs, steadyMs, mayHaveSlept });

test('the gate learns how far its clock is ahead, within the error of the measurement', () => {
  const clock = compare(startClock(look(7_200_000, 0), null), {
    sentWallMs: 7_200_000,
    gotWallMs: 7_200_200,
    serverMs: 100,
  });
  expect(clock.aheadMs).toBe(7_200_000);
  const again = compare(clock, { sentWallMs: 7_300_000, gotWallMs: 7_300_400, serverMs: 100_000 });
  expect(again).toBe(clock);
});

test('a clock that is set back or forward while the page is shown changes nothing; a sleep does', () => {
  const clock = lookAt(startClock(look(1_000_000, 0), null), look(1_001_000, 1_000));
  expect(timeOf(lookAt(clock, look(1_000, 2_000)))).toBe(1_002_000);
  expect(timeOf(lookAt(clock, look(9_002_000, 2_000)))).toBe(1_002_000);
  // Steady clocks stand still while the device sleeps, so the device's clock is right when it wakes up.
  expect(timeOf(lookAt(clock, look(9_002_000, 2_000, true)))).toBe(9_002_000);
});

test('time never goes back over a restart with a clock that was set back', () => {
  const before = lookAt(startClock(look(5_000_000, 0), null), look(5_000_500, 500));
  const after = lookAt(startClock(look(1_000, 0), before), look(2_000, 1_000));
  expect(timeOf(after)).toBe(5_000_500);
});
