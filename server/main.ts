import { readConfig } from './config.ts';
import { giveBackMemory, startMessage, stopOnSignal } from './process.ts';
import { startAdmit } from './start.ts';

// The entry of a production process: `node server/main.ts`. `npm start` (tools/start.ts) adds what a person
// at a terminal wants: the built web app and a few lines on what to try.
try {
  const running = await startAdmit(readConfig());
  running.app.log.info({ url: running.app.config.publicUrl, roles: running.app.config.roles }, 'Admit is up');
  stopOnSignal(running.stop);
  giveBackMemory();
} catch (error) {
  process.stderr.write(`${startMessage(error)}\n`);
  process.exit(1);
}
