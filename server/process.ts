import { AlreadyRunning } from './adapters/postgres/embedded.ts';
import { systemClock } from './clock.ts';
import { ConfigError } from './config.ts';
import { StartError } from './start.ts';

/** One Ctrl-C below npm arrives twice, from the terminal and from npm: so soon after the first it is no second one. */
const sameSignalMs = 500;

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

/** What a failed start says: one plain message where a person can act on it, the stack otherwise. */
export function startMessage(error: unknown): string {
  const plain =
    error instanceof ConfigError || error instanceof StartError || error instanceof AlreadyRunning;
  return plain ? (error as Error).message : ((error as Error).stack ?? String(error));
}
