import type { Caller } from '../../../../../client/call.ts';
import type { EventId } from '../../../../../contract/ids.ts';
import type { DeviceDatabase } from './device-database.ts';
import type { GateClock } from './gate-clock.ts';
import type { Surprise } from './gate-state.ts';
import type { GateTime } from './gate-time.ts';
import { handIn } from './hand-in.ts';
import { openOwnMovements } from './own-admissions.ts';
import { movementOf, openScanQueue } from './scan-queue.ts';
import { holdScope } from './tab-lock.ts';

/** The access with which scans of somebody may be handed in; null if this device has none any more. */
export type Credentials = (whoId: string, eventId: EventId) => Promise<Record<string, string> | null>;

interface Others {
  database: DeviceDatabase | null;
  call: Caller;
  credentials: Credentials;
  /** The scope of the open gate, which hands in by itself. */
  but: string;
  /** The time of the open gate: all gates of a device have the same clock. */
  time: GateTime;
  isMeasured: boolean;
}

/**
 * Hands in what other gates of this device have left on it: another door link was opened since, or another event. Returns the guests
 * whom the server refuses. A gate that is open in another tab is left to that tab.
 */
export async function handInOthers(others: Others): Promise<Surprise[]> {
  const { database, but } = others;
  const surprises: Surprise[] = [];
  for (const scope of (await database?.scopes('scans')) ?? []) {
    if (scope === but || !database) continue;
    const [eventId, whoId] = scope.split(' ') as [EventId, string];
    // One that fails must not keep the others.
    const headers = await others.credentials(whoId, eventId).catch(() => null);
    if (!headers) continue;
    const hold = await holdScope(scope, { mayGo: () => false, leave: async () => {} }, false).catch(
      () => null,
    );
    if (!hold) continue;
    const refused = await handInScope(others, database, { scope, eventId, headers })
      .catch(() => [])
      .finally(hold.release);
    surprises.push(...refused);
  }
  return surprises;
}

async function handInScope(
  { call, time, isMeasured }: Others,
  database: DeviceDatabase,
  { scope, eventId, headers }: { scope: string; eventId: EventId; headers: Record<string, string> },
): Promise<Surprise[]> {
  const [queue, own, clock] = await Promise.all([
    openScanQueue(database, scope),
    openOwnMovements(database, scope, () => 0),
    database.get<GateClock>('clock', scope),
  ]);
  // What that gate had learned of the clock, and what this one has learned since.
  const sinceMs = (clock?.shiftedMs ?? 0) + (clock?.aheadMs ?? 0) - time.clock().aheadMs;
  return handIn(
    {
      call,
      eventId,
      queue,
      headers,
      nowMs: time.now,
      laterMs: (scan) => sinceMs - scan.shiftedMs,
      isMeasured,
    },
    (scans) => {
      // Until a manifest has them: that gate may be opened again without a network.
      for (const scan of scans) own.add(scan.nonce, movementOf(scan));
    },
  );
}
