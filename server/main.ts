import cluster from 'node:cluster';
import { readConfig } from './config.ts';
import { giveBackMemory, startMessage, stopOnSignal } from './process.ts';

// The entry point of a production process; the README lists the Node settings. `npm start` (tools/start.ts) adds what
// a person at a terminal needs: the built web app and some lines on what to try.
const ending = new AbortController();
try {
  const config = readConfig();
  if (config.webConcurrency > 1 && cluster.isPrimary) {
    const { runProcesses } = await import('./processes.ts');
    await runProcesses(config);
  } else await runAdmit();
} catch (error) {
  if (!ending.signal.aborted) {
    process.stderr.write(`${startMessage(error)}\n`);
    process.exit(1);
  }
}

async function runAdmit(): Promise<void> {
  const { startAdmit } = await import('./start.ts');
  const siblings = cluster.isWorker ? await import('./processes.ts') : null;
  const config = siblings ? siblings.asSibling(readConfig()) : readConfig();
  const starting = startAdmit(config, { signal: ending.signal });
  const stop = async (how: 'stop' | 'handOver') => {
    ending.abort();
    await (await starting.catch(() => null))?.[how]();
  };
  stopOnSignal(() => stop('stop'));
  const { app, seeded } = await starting;
  app.log.info({ url: app.config.publicUrl, roles: app.config.roles }, 'Admit is up');
  siblings?.joinSiblings(() => void stop('handOver').finally(() => process.exit(0)));
  giveBackMemory({ seeded });
}
