import { useCallback, useState } from 'react';
import type { SignalChoice } from './signals.ts';

/** What the steward sets on this device. It stays here. */
export interface DeviceChoices extends SignalChoice {
  gate: string;
  /** Where this device scans: a checkpoint's id; empty for the main entrance. */
  checkpointId: string;
  /** The camera's id; empty for the one at the back. */
  cameraId: string;
}

const KEPT = 'admit.door';
const first: DeviceChoices = { gate: '', checkpointId: '', cameraId: '', sound: true, vibration: true };

export function useDeviceChoices(): [DeviceChoices, (change: Partial<DeviceChoices>) => void] {
  const [choices, setChoices] = useState(read);
  const change = useCallback(
    (changed: Partial<DeviceChoices>) =>
      setChoices((before) => {
        const next = { ...before, ...changed };
        write(next);
        return next;
      }),
    [],
  );
  return [choices, change];
}

function read(): DeviceChoices {
  try {
    return { ...first, ...JSON.parse(localStorage.getItem(KEPT) ?? '{}') };
  } catch {
    return first;
  }
}

function write(choices: DeviceChoices): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify(choices));
  } catch {
    // If storage is forbidden, the steward chooses again next time.
  }
}
