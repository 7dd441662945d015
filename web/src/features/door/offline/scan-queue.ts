import type { OfflineScan } from '../../../../../contract/check-ins.ts';
import type { TicketId } from '../../../../../contract/ids.ts';
import type { OwnMovement } from './decide-here.ts';
import type { DeviceDatabase } from './device-database.ts';

/** A scan that this device decided, and that the server has not taken yet. */
export interface QueuedScan {
  nonce: string;
  /** The place in the order of this device's scans. */
  number: number;
  ticketId: TicketId;
  body: OfflineScan;
  /** See GateClock: with it the hand-in corrects the time of the scan by what the gate has learned since. */
  shiftedMs: number;
}

/** What a scan did to its ticket. */
export const movementOf = ({ ticketId, body }: QueuedScan): OwnMovement => ({
  ticketId,
  atMs: Date.parse(body.scannedAt ?? ''),
  gate: body.gate ?? null,
  direction: body.direction ?? 'in',
  checkpointId: body.checkpointId ?? null,
});

export interface ScanQueue {
  /** Resolves when the scan is on the disk, or in memory if the disk takes nothing. */
  add(scan: QueuedScan): Promise<void>;
  /** The oldest first. */
  all(): readonly QueuedScan[];
  remove(scans: readonly QueuedScan[]): Promise<void>;
  /** False while some scans are in memory only: closing the page would lose them. */
  isKept(): boolean;
}

/**
 * The queue of one scope: an event and who scans at it. Scans that the disk has from before a crash or a restart come first.
 */
export async function openScanQueue(database: DeviceDatabase | null, scope: string): Promise<ScanQueue> {
  const waiting = (await database?.all<QueuedScan>('scans', scope).catch(() => [])) ?? [];
  waiting.sort((a, b) => a.number - b.number);
  const unkept = new Set<QueuedScan>();
  let generation = database?.generation();
  const keyOf = (scan: QueuedScan) => [scope, scan.nonce];
  const keep = async (scan: QueuedScan) => {
    if (!database) return;
    // A guest must not wait outside because a disk is full. The page says that it must stay open.
    const isKept = await database.put('scans', keyOf(scan), scan).then(
      () => true,
      () => false,
    );
    if (isKept) unkept.delete(scan);
  };
  return {
    async add(scan) {
      waiting.push(scan);
      unkept.add(scan);
      await keep(scan);
      if (database && database.generation() !== generation) {
        generation = database.generation();
        for (const each of waiting) if (each !== scan) unkept.add(each);
      }
      // The disk takes something again, so it gets what it did not take before.
      if (!unkept.has(scan)) for (const each of unkept) await keep(each);
    },
    all: () => waiting,
    async remove(scans) {
      const gone = new Set(scans);
      waiting.splice(0, waiting.length, ...waiting.filter((scan) => !gone.has(scan)));
      for (const scan of scans) unkept.delete(scan);
      // If this fails, the scans are handed in once more after a restart, which changes nothing.
      await database?.remove('scans', scans.map(keyOf)).catch(() => {});
    },
    isKept: () => unkept.size === 0,
  };
}
