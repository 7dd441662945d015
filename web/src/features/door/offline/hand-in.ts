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
  nowMs: () => number;
}

/**
 * Hands in what waits, the oldest first, and returns the scans that the server refuses. It is safe to stop at any moment and to
 * send everything again: the nonce of a scan makes it count once.
 */
export async function handIn(
  { call, eventId, queue, headers, nowMs }: Hands,
  taken: (scans: QueuedScan[]) => void,
): Promise<Surprise[]> {
  const surprises: Surprise[] = [];
  for (let scans = queue.first(batchSize); scans.length > 0; scans = queue.first(batchSize)) {
    const { results } = await call(checkInBatch, {
      params: { eventId },
      // The times of the scans are by the gate's clock, so the server is told that one.
      body: { scans: scans.map(({ body }) => body), device: { sentAt: new Date(nowMs()).toISOString() } },
      headers,
      retries: 0,
    });
    const byNonce = new Map(results.map((result) => [result.nonce, result]));
    for (const scan of scans) {
      const result = byNonce.get(scan.nonce);
      if (result?.outcome === 'refused') surprises.push(surpriseOf(scan, result));
    }
    await queue.remove(scans);
    taken(scans);
  }
  return surprises;
}

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
