import type { DeviceDatabase } from './device-database.ts';
import type { Platform } from './gate.ts';
import { compare, type GateClock, lookAt, startClock, timeOf } from './gate-clock.ts';

export type GateTime = Awaited<ReturnType<typeof openTime>>;

/** The gate's time, which the device keeps through a restart. */
export async function openTime(database: DeviceDatabase | null, scope: string, platform: Platform) {
  const kept = await database?.get<GateClock>('clock', scope).catch(() => undefined);
  let wasHidden = false;
  const look = () => ({ wallMs: platform.wallMs(), steadyMs: platform.steadyMs(), mayHaveSlept: wasHidden });
  let clock = startClock(look(), kept ?? null);
  return {
    now(): number {
      clock = lookAt(clock, look());
      wasHidden = !platform.isVisible();
      return timeOf(clock);
    },
    clock: (): GateClock => clock,
    /** Does something that tells the server's time, and learns how far the device's clock is off. False if it told none. */
    async compareWhile(ask: () => Promise<number | null>): Promise<boolean> {
      const sentWallMs = platform.wallMs();
      const serverMs = await ask();
      if (serverMs === null) return false;
      clock = compare(lookAt(clock, look()), { sentWallMs, gotWallMs: platform.wallMs(), serverMs });
      return true;
    },
    keep: async (): Promise<void> => database?.put('clock', scope, clock).catch(() => {}),
  };
}
