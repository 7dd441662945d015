import { systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import type { Point } from '../points.ts';
import { startMessage, stopOnSignal } from '../process.ts';
import { startAdmit } from '../start.ts';

// The server of crash tests: the real one in a process of its own, configured by its environment, with a
// clock that its parent can step and points where the parent can have it die. See child.ts.

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
  // The signal comes at once, but not at this very instruction: nothing more may happen here.
  return new Promise(() => {});
}

try {
  const running = await startAdmit(readConfig(), { clock, onPoint });
  process.send?.({ url: running.app.config.listenUrl });
  stopOnSignal(running.stop);
  // A parent that is gone leaves no server behind.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
} catch (error) {
  process.stderr.write(`${startMessage(error)}\n`);
  process.exit(1);
}
