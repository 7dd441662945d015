import { type ChildProcess, fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LoadOrder, LoadReport, ScriptName } from './load.ts';
import type { DriveOptions, Slice } from './load-engine.ts';

export interface LoadProcess {
  pid: number;
  /** Runs a script. Rejects if a connection broke. */
  run(script: ScriptName, options: DriveOptions): Promise<Slice>;
  /** Prepares requests and sends each once. With `keepIds` it notes the ids that the server created. */
  send(
    requests: string[],
    options: DriveOptions & { keepIds?: boolean; everyMs?: number | undefined },
  ): Promise<Slice>;
  /** Writes requests to files for a script. */
  lay(requests: string[]): { requests: string; ends: string };
  stop(): void;
}

export function startLoad(directory: string): LoadProcess {
  const child: ChildProcess = fork(fileURLToPath(new URL('load.ts', import.meta.url)), {
    serialization: 'advanced',
    execArgv: [],
  });
  let count = 0;
  const waiting = new Map<number, (report: LoadReport) => void>();
  child.on('message', (report: LoadReport) => {
    waiting.get(report.id)?.(report);
    waiting.delete(report.id);
  });

  async function run(script: ScriptName, options: DriveOptions): Promise<Slice> {
    const order: LoadOrder = { id: ++count, script, ...options };
    const report = await new Promise<LoadReport>((resolve, reject) => {
      waiting.set(order.id, resolve);
      child.once('exit', () => reject(new Error('the load generator ended by itself')));
      child.send(order);
    });
    child.removeAllListeners('exit');
    if ('error' in report) throw new Error(`The load generator failed: ${report.error}`);
    return report.slice;
  }

  let laid = 0;
  function lay(requests: string[]) {
    // Two loads may run at once. The load process has read the files before a third one begins.
    const place = laid++ % 2;
    const files = { requests: join(directory, `requests-${place}`), ends: join(directory, `ends-${place}`) };
    writeRequests(requests, files);
    return files;
  }

  return {
    pid: child.pid as number,
    run,
    lay,
    send: (requests, { keepIds = false, everyMs, ...options }) =>
      run({ kind: 'prepared', ...lay(requests), keepIds, everyMs }, options),
    stop: () => child.disconnect(),
  };
}

/** Requests are ASCII: their length in characters is their length in bytes. */
function writeRequests(requests: string[], files: { requests: string; ends: string }): void {
  const ends = new Uint32Array(requests.length);
  let end = 0;
  for (const [i, request] of requests.entries()) {
    end += request.length;
    ends[i] = end;
  }
  const bytes = Buffer.allocUnsafe(end);
  for (const [i, request] of requests.entries())
    bytes.write(request, i === 0 ? 0 : (ends[i - 1] as number), 'latin1');
  writeFileSync(files.requests, bytes);
  writeFileSync(files.ends, new Uint8Array(ends.buffer));
}
