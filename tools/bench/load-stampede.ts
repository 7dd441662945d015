/**
 * Some connections place holds at a steady rate while the others read. Both run in one process, so it knows the truth at
 * each moment and how old each answer is.
 */
import { readFileSync } from 'node:fs';
import type { Script } from './load-engine.ts';
import { percentile } from './percentiles.ts';

export interface StampedeScript {
  kind: 'stampede';
  /** Hold requests, one after the other in one buffer, sent by the first `writers` connections. */
  requests: string;
  ends: string;
  writers: number;
  holdsPerSecond: number;
  /** The requests of the other connections, in turn. */
  reads: string[];
  /** The index of the availability among the reads; -1 if it is not read. */
  availability: number;
  /** Free places at the start, and places per hold. */
  free: number;
  placesPerHold: number;
}

/** Parsing every answer would cost the load more than the server, so it parses one in so many. */
const lookEvery = 20;

export function stampede(script: StampedeScript): Script {
  const { writers, holdsPerSecond, reads, availability, free, placesPerHold } = script;
  const holds = readFileSync(script.requests);
  const file = readFileSync(script.ends);
  const ends = new Uint32Array(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength));
  const requests = reads.map((read) => Buffer.from(read, 'latin1'));
  /** When each hold was acknowledged, in that order. */
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
    // An answer can't show more holds than were sent, nor a part of one.
    if (holdsShown > sent || holdsShown < 0 || !Number.isInteger(holdsShown)) impossible++;
    // The age of the answer: how long before the request the first hold that it lacks was acknowledged.
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
