/**
 * Some connections hold places at a steady pace while the others read. Because both are in one process, it
 * knows at each moment what the truth is, and how old what it reads is.
 */
import { readFileSync } from 'node:fs';
import type { Script } from './load-engine.ts';
import { percentile } from './percentiles.ts';

export interface StampedeScript {
  kind: 'stampede';
  /** Holds, end to end, sent by the first `writers` connections. */
  requests: string;
  ends: string;
  writers: number;
  holdsPerSecond: number;
  /** What the other connections ask for, in turn. */
  reads: string[];
  /** Which of the reads is the availability; -1 for none. */
  availability: number;
  /** Places free when it starts, and how many each hold takes. */
  free: number;
  placesPerHold: number;
}

/** Reading every answer would cost the load more than it costs the server. */
const lookEvery = 20;

export function stampede(script: StampedeScript): Script {
  const { writers, holdsPerSecond, reads, availability, free, placesPerHold } = script;
  const holds = readFileSync(script.requests);
  const file = readFileSync(script.ends);
  const ends = new Uint32Array(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength));
  const requests = reads.map((read) => Buffer.from(read, 'latin1'));
  /** When each hold was acknowledged, in order. */
  const acknowledgedMs: number[] = [];
  const agesMs: number[] = [];
  const asked: { read: number; sentMs: number }[] = [];
  const busy: boolean[] = [];
  let sent = 0;
  let startMs = 0;
  let answered = 0;
  let looked = 0;
  let impossible = 0;

  function write(slot: number, status: number): Buffer | number | null {
    const nowMs = performance.now();
    if (busy[slot] && status > 0) {
      busy[slot] = false;
      if (status < 300) acknowledgedMs.push(nowMs);
    }
    const dueMs = startMs + (sent / holdsPerSecond) * 1000;
    if (sent >= ends.length) return null;
    if (dueMs > nowMs) return Math.max(1, dueMs - nowMs);
    busy[slot] = true;
    const from = sent === 0 ? 0 : (ends[sent - 1] as number);
    return holds.subarray(from, ends[sent++]);
  }

  function look(body: Buffer, sentMs: number): void {
    const shown = (JSON.parse(body.toString()) as { ticketTypes: { available: number }[] }).ticketTypes[0]!
      .available;
    const holdsShown = (free - shown) / placesPerHold;
    looked++;
    // It can't know of more holds than were sent, nor of a part of one.
    if (holdsShown > sent || holdsShown < 0 || !Number.isInteger(holdsShown)) impossible++;
    // The next hold that it does not show had been acknowledged for so long when it was asked for.
    const missedMs = acknowledgedMs[holdsShown];
    agesMs.push(missedMs !== undefined && missedMs < sentMs ? sentMs - missedMs : 0);
  }

  return {
    next(slot, status, body) {
      if (startMs === 0) startMs = performance.now();
      if (slot < writers) return write(slot, status);
      const last = asked[slot];
      if (last && body) {
        answered++;
        if (last.read === availability && answered % lookEvery === 0) look(body, last.sentMs);
      }
      const read = (last ? last.read + 1 : slot) % requests.length;
      asked[slot] = { read, sentMs: performance.now() };
      return requests[read] as Buffer;
    },
    notes() {
      const sorted = Float64Array.from(agesMs).sort();
      return {
        reads: answered,
        held: acknowledgedMs.length,
        looked,
        impossible,
        ageP99Ms: percentile(sorted, 0.99),
        ageMaxMs: percentile(sorted, 1),
      };
    },
  };
}
