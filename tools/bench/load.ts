/** The load process. It gets messages that say what to run, and answers each with a slice. */
import { readFileSync } from 'node:fs';
import { type DriveOptions, drive, type Script, type Slice } from './load-engine.ts';
import { type PurchaseScript, purchases } from './load-purchase.ts';
import { type StampedeScript, stampede } from './load-stampede.ts';

/** The scripts. A file contains requests one after the other; `ends` contains the end of each as 32-bit integers. */
export type ScriptName =
  | {
      kind: 'prepared';
      requests: string;
      ends: string;
      keepIds: boolean;
      /** A connection sends one request in so many ms at most; without it, at once after each answer. */
      everyMs?: number | undefined;
    }
  | { kind: 'repeated'; request: string }
  | { kind: 'sized'; request: string }
  | PurchaseScript
  | StampedeScript;

export interface LoadOrder extends DriveOptions {
  id: number;
  script: ScriptName;
}
export type LoadReport = { id: number; slice: Slice } | { id: number; error: string };

process.on('message', (order: LoadOrder) => {
  drive(createScript(order.script), order)
    .then((slice): LoadReport => ({ id: order.id, slice }))
    .catch((error): LoadReport => ({ id: order.id, error: (error as Error).stack ?? String(error) }))
    .then((report) => process.send?.(report));
});
process.on('disconnect', () => process.exit(0));

function createScript(script: ScriptName): Script {
  switch (script.kind) {
    case 'prepared':
      return prepared(script);
    case 'repeated':
      return repeated(script.request);
    case 'sized':
      return sized(script.request);
    case 'purchases':
      return purchases(script);
    case 'stampede':
      return stampede(script);
  }
}

/** Sends one request and notes the size of the answer's body. */
function sized(request: string): Script {
  let bytes = 0;
  return {
    next(_slot, status, body) {
      bytes = body?.length ?? 0;
      return status === 0 ? request : null;
    },
    notes: () => ({ bytes }),
  };
}

/** Every connection repeats the same request. */
function repeated(request: string): Script {
  const bytes = Buffer.from(request, 'latin1');
  return { next: () => bytes };
}

/** Each connection takes the next request that was not sent yet. */
function prepared({
  requests,
  ends,
  keepIds,
  everyMs = 0,
}: Extract<ScriptName, { kind: 'prepared' }>): Script {
  const bytes = readFileSync(requests);
  const file = readFileSync(ends);
  const endOf = new Uint32Array(file.buffer, file.byteOffset, file.byteLength / 4);
  const ids = keepIds ? Buffer.allocUnsafe(endOf.length * 31) : null;
  let used = 0;
  let kept = 0;
  const dueMs: number[] = [];
  return {
    next(slot, status, body) {
      // The reply starts with {"id":"…". The audit checks at the end that every acknowledged id exists.
      if (ids && body && status < 300) kept += body.copy(ids, kept, 7, 37) + 1;
      if (used === endOf.length) return null;
      if (everyMs > 0) {
        const nowMs = performance.now();
        // The connections begin one after the other.
        const due = dueMs[slot] ?? nowMs + (everyMs * (slot % 64)) / 64;
        dueMs[slot] = due;
        if (due > nowMs + 0.5) return due - nowMs;
        dueMs[slot] = Math.max(due, nowMs - everyMs) + everyMs;
      }
      const from = used === 0 ? 0 : (endOf[used - 1] as number);
      return bytes.subarray(from, endOf[used++]);
    },
    notes: () => ({ ids: ids ? ids.toString('latin1', 0, kept) : '', used }),
  };
}
