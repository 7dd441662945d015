import { flushCompileCache } from 'node:module';
import { systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import type { Point } from '../points.ts';
import { startMessage, stopOnSignal } from '../process.ts';
import { startAdmit } from '../start.ts';

// The server of crash tests: the real one in a separate process, configured by its environment. Its parent can step
// its clock and make it die at a point. See child.ts.

/** What a parent may send. */
export type Order = { stepClockTo: number } | { dieAt: Point; after: number };

let offsetMs = Number(process.env.CLOCK_OFFSET_MS ?? 0);
let armed: { point: Point; left: number } | null = null;

process.on('message', (order: Order) => {
  if ('stepClockTo' in order) offsetMs = order.stepClockTo;
  else armed = { point: order.dieAt, left: order.after };
  process.send?.({ done: true });
});

const clock = { ...systemClock, now: () => new Date(systemClock.now().getTime() + offsetMs) };

function onPoint(point: Point): void | Promise<void> {
  if (armed?.point !== point || armed.left-- > 0) return;
  process.kill(process.pid, 'SIGKILL');
  // The signal may arrive some instructions later, and nothing more may happen here.
  return new Promise(() => {});
}

try {
  const running = await startAdmit(readConfig(), { clock, onPoint });
  // Before the parent knows of this server: its signal would end a process that does not listen for it.
  stopOnSignal(running.stop);
  process.send?.({ url: running.app.config.listenUrl });
  // Most of these servers are killed, and Node fills the cache only at an end of its own.
  flushCompileCache();
  // If the parent is gone, the server ends too.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
} catch (error) {
  process.stderr.write(`${startMessage(error)}\n`);
  process.exit(1);
}
