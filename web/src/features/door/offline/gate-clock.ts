/**
 * The time of a gate. The clock of a device may be wrong, and somebody may set it during the evening. So the gate measures how
 * far the clock is ahead of the server's, and notices when the clock jumps although no time has passed.
 */
export interface GateClock {
  /** How far the device's clock is ahead of the server's, as far as known. */
  aheadMs: number;
  /** When the clocks were compared last or looked at, by the device's clock and by one that only counts time. */
  wallMs: number;
  steadyMs: number;
  /** The latest time that the gate has given. Its time never goes back. */
  latestMs: number;
  /** By how much comparisons have moved the gate's time forward in all: what it noted before one is corrected by the difference. */
  shiftedMs: number;
}

/** One look at the device. `mayHaveSlept`: the page was hidden since the last look; steady clocks stand still in sleep. */
interface Look {
  wallMs: number;
  steadyMs: number;
  mayHaveSlept: boolean;
}

/** Differences below this are no jump: clocks are corrected a little all the time. */
const jumpMs = 2_000;

export const startClock = (
  look: Look,
  kept: Pick<GateClock, 'aheadMs' | 'latestMs' | 'shiftedMs'> | null,
): GateClock => ({
  aheadMs: kept?.aheadMs ?? 0,
  latestMs: kept?.latestMs ?? 0,
  shiftedMs: kept?.shiftedMs ?? 0,
  wallMs: look.wallMs,
  steadyMs: look.steadyMs,
});

/** Decision: what a look at the device's clocks says about the time. */
export function lookAt(clock: GateClock, look: Look): GateClock {
  const jumpedMs = look.wallMs - clock.wallMs - (look.steadyMs - clock.steadyMs);
  // A device that wakes up has a clock that is ahead of the steady one, and right.
  const isJump = Math.abs(jumpedMs) > jumpMs && !(jumpedMs > 0 && look.mayHaveSlept);
  const aheadMs = isJump ? clock.aheadMs + jumpedMs : clock.aheadMs;
  const latestMs = Math.max(clock.latestMs, look.wallMs - aheadMs);
  return { ...clock, aheadMs, wallMs: look.wallMs, steadyMs: look.steadyMs, latestMs };
}

/**
 * Decision: the clocks were compared. The server's time was true at some moment between the request and the answer, so at the
 * middle on average. A measurement that agrees with what is known within its own error changes nothing.
 */
export function compare(
  clock: GateClock,
  { sentWallMs, gotWallMs, serverMs }: { sentWallMs: number; gotWallMs: number; serverMs: number },
): GateClock {
  const errorMs = (gotWallMs - sentWallMs) / 2;
  const measuredMs = (sentWallMs + gotWallMs) / 2 - serverMs;
  if (Math.abs(measuredMs - clock.aheadMs) <= errorMs + 50) return clock;
  const aheadMs = Math.round(measuredMs);
  // The server knows the time: if the gate was ahead, its time may go back.
  const latestMs = clock.wallMs - aheadMs;
  return { ...clock, aheadMs, latestMs, shiftedMs: clock.shiftedMs + latestMs - clock.latestMs };
}

/** The server's time, as well as the gate knows it. */
export const timeOf = ({ latestMs }: GateClock): number => latestMs;
