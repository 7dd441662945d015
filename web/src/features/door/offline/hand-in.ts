import type { Caller } from '../../../../../client/call.ts';
import { checkInBatch } from '../../../../../client/endpoints.generated.ts';
import type { EventId } from '../../../../../contract/ids.ts';
import type { Surprise } from './gate-state.ts';
import type { QueuedScan, ScanQueue } from './scan-queue.ts';

/** The most that the server takes at once. */
const batchSize = 500;

interface Hands {
  call: Caller;
  eventId: EventId;
  queue: ScanQueue;
  headers: Record<string, string>;
  /** The gate's time. */
  nowMs: () => number;
  /** How much later than it was noted a scan was made, by the gate's time of now. */
  laterMs: (scan: QueuedScan) => number;
  /** The clocks were compared in this meeting, so a slow upload must not make the gate's time look slow. */
  isMeasured: boolean;
}

/**
 * Hands in what waits, the oldest first, and returns the scans that the server refuses. It is safe to stop at any moment and to
 * send everything again: the nonce of a scan makes it count once.
 */
export async function handIn(
  { call, eventId, queue, headers, nowMs, laterMs, isMeasured }: Hands,
  taken: (scans: QueuedScan[]) => void,
): Promise<Surprise[]> {
  const surprises: Surprise[] = [];
  const waiting = [...queue.all()];
  for (let start = 0; start < waiting.length; start += batchSize) {
    const scans = waiting.slice(start, start + batchSize);
    // The times of the scans are by the gate's time, so the server is told that one.
    const sentAt = new Date(nowMs()).toISOString();
    const { results } = await call(checkInBatch, {
      params: { eventId },
      body: {
        scans: scans.map((scan) => ({ ...scan.body, scannedAt: timeOf(scan, laterMs(scan)) })),
        device: { sentAt, ...(isMeasured && { skewMs: 0 }) },
      },
      headers,
      retries: 0,
    });
    const byNonce = new Map(results.map((result) => [result.nonce, result]));
    const settled = scans.filter((scan) => isSettled(byNonce.get(scan.nonce)));
    for (const scan of settled) {
      const result = byNonce.get(scan.nonce);
      if (result?.outcome === 'refused') surprises.push(surpriseOf(scan, result));
    }
    // First remembered and then removed: a guest with the same ticket may stand at the gate in this moment.
    taken(settled);
    await queue.remove(settled);
  }
  return surprises;
}

/** A scan at which the server failed is handed in again at the next meeting. */
const isSettled = (result: { code?: string | undefined } | undefined): boolean =>
  result !== undefined && result.code !== 'internal';

const timeOf = ({ body: { scannedAt = '' } }: QueuedScan, laterMs: number): string =>
  laterMs === 0 ? scannedAt : new Date(Date.parse(scannedAt) + laterMs).toISOString();

const surpriseOf = (
  { nonce, ticketId, body }: QueuedScan,
  {
    code = 'other_refusal',
    usedAt,
    gate,
    by,
  }: {
    code?: string | undefined;
    usedAt?: string | undefined;
    gate?: string | null | undefined;
    by?: string | undefined;
  },
): Surprise => ({ nonce, ticketId, atMs: Date.parse(body.scannedAt ?? ''), code, usedAt, gate, by });
