import type { Log } from '../log.ts';

/**
 * Takes a step every `everyMs` until stopped, and never two at once. If a step fails, `failed` says so in the log, and the next
 * one tries again.
 */
export function repeat(
  step: () => Promise<void>,
  { everyMs, log, failed }: { everyMs: number; log: Pick<Log, 'warn'>; failed: string },
): { stop(): Promise<void> } {
  let running: Promise<void> | null = null;
  const timer = setInterval(() => {
    running ??= step()
      .catch((error) => log.warn({ err: error }, failed))
      .finally(() => {
        running = null;
      });
  }, everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
