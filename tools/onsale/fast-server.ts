/**
 * The server of a rehearsal: the real one, in a process of its own, with a clock that runs faster. CLOCK_FROM_MS says from which
 * instant on, CLOCK_SPEED how fast. See own-shop.ts.
 */
import { systemClock } from '../../server/clock.ts';
import { readConfig } from '../../server/config.ts';
import { startMessage, stopOnSignal } from '../../server/process.ts';
import { startAdmit } from '../../server/start.ts';
import { fastClock } from './fast-clock.ts';

const speed = Number(process.env.CLOCK_SPEED ?? 1);
const fromMs = Number(process.env.CLOCK_FROM_MS ?? systemClock.now().getTime());

try {
  const running = await startAdmit(readConfig(), { clock: fastClock(fromMs, speed) });
  stopOnSignal(running.stop);
  process.send?.({ url: running.app.config.listenUrl });
  // If the parent is gone, the server ends too.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
} catch (error) {
  process.stderr.write(`${startMessage(error)}\n`);
  process.exit(1);
}
