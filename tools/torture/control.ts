import { type TortureOptions, type TortureResult, torture } from './run.ts';

/**
 * The same with a PostgreSQL that answers before anything is on the disk. What it has not yet written lies in
 * its shared memory, which goes when all of its processes do. Its writer would follow within 200 ms; at ten
 * seconds the loss is certain, and so is that it must be caught.
 */
export const controlRun = (options: TortureOptions): Promise<TortureResult> =>
  torture({
    ...options,
    only: ['kill -9 of all of PostgreSQL'],
    settings: { synchronous_commit: 'off', wal_writer_delay: '10s' },
  });
