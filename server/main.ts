import { readConfig } from './config.ts';
import { giveBackMemory, startMessage, stopOnSignal } from './process.ts';
import { startAdmit } from './start.ts';

// The entry point of a production process; the README lists the Node settings. `npm start` (tools/start.ts) adds what
// a person at a terminal needs: the built web app and some lines on what to try.
const ending = new AbortController();
try {
  const starting = startAdmit(readConfig(), { signal: ending.signal });
  stopOnSignal(async () => {
    ending.abort();
    await (await starting.catch(() => null))?.stop();
  });
  const { app, seeded } = await starting;
  app.log.info({ url: app.config.publicUrl, roles: app.config.roles }, 'Admit is up');
  giveBackMemory({ seeded });
} catch (error) {
  if (!ending.signal.aborted) {
    process.stderr.write(`${startMessage(error)}\n`);
    process.exit(1);
  }
}
