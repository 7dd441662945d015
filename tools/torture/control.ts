import { type TortureOptions, type TortureResult, torture } from './run.ts';

/**
 * The same run on a PostgreSQL that answers before anything is on disk. Unwritten data lies in its shared memory, which is
 * lost when all of its processes end. The log writer normally writes within 200 ms. With ten seconds the loss is certain,
 * and the checks must find it.
 */
export const controlRun = (options: TortureOptions): Promise<TortureResult> =>
  torture({
    ...options,
    only: ['kill -9 of all of PostgreSQL'],
    settings: { synchronous_commit: 'off', wal_writer_delay: '10s' },
  });
