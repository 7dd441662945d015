import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { AlreadyRunning } from './adapters/postgres/embedded.ts';
import { systemClock } from './clock.ts';
import { ConfigError } from './config.ts';
import { StartError } from './start-error.ts';

/** One Ctrl-C below npm arrives twice, from the terminal and from npm: so soon after the first it is no second one. */
const sameSignalMs = 1000;

/** Stops in order on the first Ctrl-C or SIGTERM; a second one ends the process at once. */
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

/** When the webhooks and mails of a demo that was just filled are done with, too. */
const settledMs = 10_000;

/**
 * Starting leaves garbage. V8 has no measure yet of how much is in use, and would let as much again pile up
 * before it first looks: 70 MB in the middle of a sale. So it is made to look now (50 ms), and once more when
 * a demo that was filled has come to rest; afterwards it looks whenever the heap has grown by half.
 */
export function giveBackMemory({ seeded }: { seeded: boolean }): void {
  setFlagsFromString('--expose-gc');
  setFlagsFromString('--heap-growing-percent=50');
  const collect: NodeJS.GCFunction = runInNewContext('gc');
  const collectAll = () => void collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  collectAll();
  if (seeded) setTimeout(collectAll, settledMs).unref();
}

/** What a failed start says: one plain message where a person can act on it, the stack otherwise. */
export function startMessage(error: unknown): string {
  const plain =
    error instanceof ConfigError || error instanceof StartError || error instanceof AlreadyRunning;
  return plain ? (error as Error).message : ((error as Error).stack ?? String(error));
}
