import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { AlreadyRunning } from './adapters/postgres/embedded.ts';
import { systemClock } from './clock.ts';
import { ConfigError } from './config.ts';
import { StartError } from './start-error.ts';

/**
 * One Ctrl-C under npm arrives twice, from the terminal and from npm. A signal so soon after the first is not a
 * second Ctrl-C.
 */
const sameSignalMs = 1000;

/** Shuts down in order on the first Ctrl-C or SIGTERM. A second one ends the process at once. */
export function stopOnSignal(stop: () => Promise<void>): void {
  let stoppingSinceMs: number | null = null;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      const nowMs = systemClock.monotonicMs();
      if (stoppingSinceMs !== null) {
        if (nowMs - stoppingSinceMs > sameSignalMs) process.exit(1);
        return;
      }
      stoppingSinceMs = nowMs;
      stop().then(
        () => process.exit(0),
        (error) => {
          process.stderr.write(`${(error as Error).stack}\n`);
          process.exit(1);
        },
      );
    });
  }
}

/** By then the webhooks and mails of a freshly filled demo are done, too. */
const settledMs = 10_000;

/**
 * Collects garbage after the start. V8 does not know yet how much memory is in use, and would let as much garbage
 * pile up again before its first collection: 70 MB in the middle of a sale. So this runs it now (50 ms), and once
 * more when a freshly filled demo has settled. Afterwards V8 collects whenever the heap has grown by half.
 */
export function giveBackMemory({ seeded }: { seeded: boolean }): void {
  setFlagsFromString('--expose-gc');
  setFlagsFromString('--heap-growing-percent=50');
  // For the thread that draws tickets. This thread keeps the semi-spaces that it was started with; a thread started later
  // would have as large ones, because a flag comes before its `resourceLimits`: 12 MB more.
  setFlagsFromString('--max-semi-space-size=2');
  const collect: NodeJS.GCFunction = runInNewContext('gc');
  const collectAll = () => void collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  collectAll();
  if (seeded) setTimeout(collectAll, settledMs).unref();
}

/** The text for a failed start: one plain message if a person can act on it, the stack otherwise. */
export function startMessage(error: unknown): string {
  const plain =
    error instanceof ConfigError || error instanceof StartError || error instanceof AlreadyRunning;
  return plain ? (error as Error).message : ((error as Error).stack ?? String(error));
}
