import type { QueueBeacon } from '../../../../contract/queue-beacon.ts';

/** What this browser noted of a draw before it took place, so that nobody can change it afterwards. */
export interface Noted {
  commitment: string;
  entryId: string;
  salt: string;
  beacon?: NotedBeacon | null;
}

/** What was announced of a public beacon. Round and list are final once the list is closed. */
interface NotedBeacon {
  hash: string;
  publicKey: string;
  round: number;
  listHash: string | null;
}

const key = (eventId: string) => `admit.queue.draw.${eventId}`;

export function rememberNoted(eventId: string, noted: Noted): void {
  try {
    localStorage.setItem(key(eventId), JSON.stringify(noted));
  } catch {
    // If storage is forbidden, the check compares with what the server says of the own place.
  }
}

/** Notes the beacon of a queue that this browser has joined, until the round comes: what is published later may have been made to fit. */
export function noteBeacon(eventId: string, beacon: QueueBeacon, nowMs: number): void {
  const noted = knownNoted(eventId);
  if (!noted || nowMs >= Date.parse(beacon.roundAt) || noted.beacon?.listHash) return;
  const { hash, publicKey, round, listHash } = beacon;
  rememberNoted(eventId, { ...noted, beacon: { hash, publicKey, round, listHash } });
}

export function knownNoted(eventId: string): Noted | null {
  try {
    return JSON.parse(localStorage.getItem(key(eventId)) ?? 'null');
  } catch {
    return null;
  }
}
