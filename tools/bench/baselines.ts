import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { BaselineOrder, BaselineReport } from './baseline-postgres.ts';

/** Connections for the plain transactions. With more, they only wait longer for the one row. */
export const transactions = 4;

/** Measures holds without a ledger; baseline-postgres.ts has the statements. */
export interface Baselines {
  run(kind: BaselineOrder['kind'], connections: number, seconds: number): Promise<BaselineReport>;
  stop(): void;
}

/** The process starts with its first order, so benches without a baseline do not start it. */
export function startBaselines(connectionString: string): Baselines {
  let child: ChildProcess | undefined;
  return {
    async run(kind, connections, seconds) {
      child ??= fork(fileURLToPath(new URL('baseline-postgres.ts', import.meta.url)), { execArgv: [] });
      child.send({ kind, connections, seconds, connectionString } satisfies BaselineOrder);
      const [report] = (await once(child, 'message')) as [BaselineReport | { error: string }];
      if ('error' in report) throw new Error(`The baseline failed: ${report.error}`);
      return report;
    },
    stop: () => child?.disconnect(),
  };
}
