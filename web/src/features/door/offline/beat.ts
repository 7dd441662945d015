import type { Caller } from '../../../../../client/call.ts';
import { noteDoorDevice } from '../../../../../client/endpoints.generated.ts';
import type { Platform } from './gate.ts';

const everyMs = 30_000;

interface Battery {
  level: number;
  charging: boolean;
}

/**
 * Tells the team every half minute that this device is alive, and before each hand-in how much is coming. Returns the server's
 * time if it did.
 */
export type Beat = (unsynced: number, manifestVersion: string | undefined) => Promise<number | null>;

export function createBeat(
  call: Caller,
  headers: () => Record<string, string>,
  { wallMs, steadyMs }: Pick<Platform, 'wallMs' | 'steadyMs'>,
): Beat {
  let lastMs = Number.NEGATIVE_INFINITY;
  let roundTripMs: number | undefined;
  return async (unsynced, manifestVersion) => {
    // A member whose device has no name yet tells nothing.
    const isDue = unsynced > 0 || steadyMs() - lastMs >= everyMs;
    if (!isDue || Object.keys(headers()).length === 0) return null;
    const battery = await readBattery();
    lastMs = steadyMs();
    const { now } = await call(noteDoorDevice, {
      headers: headers(),
      retries: 0,
      body: {
        unsynced,
        sentAt: new Date(wallMs()).toISOString(),
        ...(roundTripMs !== undefined && { roundTripMs }),
        ...(manifestVersion && { manifestVersion }),
        ...battery,
      },
    });
    roundTripMs = Math.round(steadyMs() - lastMs);
    return Date.parse(now);
  };
}

/** Only some browsers tell. */
async function readBattery(): Promise<{ batteryPercent?: number; isCharging?: boolean }> {
  const { getBattery } = navigator as { getBattery?: () => Promise<Battery> };
  const battery = await getBattery?.call(navigator).catch(() => undefined);
  return battery ? { batteryPercent: Math.round(battery.level * 100), isCharging: battery.charging } : {};
}
