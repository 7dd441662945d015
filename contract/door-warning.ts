/** When an event takes place, as far as the door must know. */
export interface DoorTimes {
  /** When the doors open, or else the start. */
  opensAt: Date;
  endsAt: Date;
}

/** A scan at an unlikely time. `at` is when the doors open, or when the event ended. */
export interface DoorWarning {
  code: 'long_before_doors' | 'long_after_end';
  at: Date;
}

const dayMs = 24 * 3_600_000;

/**
 * Decision: whether a scan at this time is more likely a mistake than a guest: more than 24 hours before the doors open or
 * after the event has ended. It is a warning and no refusal, because an event may be moved at short notice, and the guest
 * at the gate must not pay for a wrong date.
 */
export function doorWarning({ opensAt, endsAt }: DoorTimes, scannedAt: Date): DoorWarning | null {
  if (opensAt.getTime() - scannedAt.getTime() > dayMs) return { code: 'long_before_doors', at: opensAt };
  if (scannedAt.getTime() - endsAt.getTime() > dayMs) return { code: 'long_after_end', at: endsAt };
  return null;
}
