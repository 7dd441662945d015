import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { WatchOrder, WatchReport } from './watchers.ts';

/** Live connections that watch one event, in a process of their own. */
interface Watchers {
  pid: number;
  /** Opens so many connections, spread over these local ports. */
  join(ports: number[], eventId: string, count: number): Promise<number>;
  /** Begins to look for the text. Resolves when all have got it or the time is over. */
  see(text: string, forMs: number): Promise<number[]>;
  stop(): void;
}

export function startWatchers(): Watchers {
  const child: ChildProcess = fork(fileURLToPath(new URL('watchers.ts', import.meta.url)), { execArgv: [] });
  const ask = async (order: WatchOrder): Promise<WatchReport> => {
    const report = await new Promise<WatchReport>((resolve, reject) => {
      child.once('message', (said: WatchReport) => resolve(said));
      child.once('exit', () => reject(new Error('the watchers ended by themselves')));
      child.send(order);
    });
    child.removeAllListeners('exit');
    if (report.kind === 'failed') throw new Error(`the watchers failed: ${report.error}`);
    return report;
  };
  return {
    pid: child.pid as number,
    async join(ports, eventId, count) {
      const report = await ask({ kind: 'join', ports, eventId, count });
      return report.kind === 'joined' ? report.count : 0;
    },
    async see(text, forMs) {
      const report = await ask({ kind: 'see', text, forMs });
      return report.kind === 'seen' ? report.atMs : [];
    },
    stop: () => child.disconnect(),
  };
}
