import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { SinkAnswer } from './smtp-sink.ts';

/** Starts the mail server of a bench in a process of its own. */
export async function startSink() {
  const child = fork(fileURLToPath(new URL('./smtp-sink.ts', import.meta.url)), { execArgv: [] });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return {
    port,
    /** When the last mail to each address arrived. */
    async arrived(): Promise<Record<string, number>> {
      child.send('count');
      const [answer] = (await once(child, 'message')) as [SinkAnswer];
      return 'arrivedMs' in answer ? answer.arrivedMs : {};
    },
    stop: () => child.disconnect(),
  };
}
