import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { removeEmbeddedPostgres } from '../../../server/adapters/postgres/embedded.ts';
import { openOrganiser, publishEvent } from '../cast.ts';
import { auditOf, unexpected } from '../comparison.ts';
import { createHoldLoad, placesOf } from '../hold-load.ts';
import { median } from '../percentiles.ts';
import { rssMb } from '../process-stats.ts';
import type { Report } from '../report.ts';
import type { BenchOptions } from '../run.ts';
import { productionEnv, startServer } from '../server-process.ts';
import { openStage } from '../stage.ts';

const starts = 3;

/** The time until a process answers, with a running PostgreSQL and with its embedded one; and its memory. */
export async function start(options: BenchOptions): Promise<Report> {
  const stage = await openStage({ ...options, profile: false });
  try {
    const event = await publishEvent(stage, await openOrganiser(stage));
    await wait(2000);
    const restMb = rssMb(stage.server.pid);
    const load = createHoldLoad(stage, () => placesOf(event));
    const slice = await load.slice({ seconds: options.seconds, connections: 128 });
    const startsMs: number[] = [];
    for (let i = 0; i < starts; i++) {
      const server = await startServer({ env: stage.env, directory: stage.directory });
      startsMs.push(server.startedInMs);
      await server.stop();
    }
    const embeddedMs = await startsWithDatabase();
    return {
      bench: 'start',
      rate: slice.rate,
      emptyRate: null,
      ratioToEmpty: null,
      singleTxRate: null,
      ratioToSingleTx: null,
      p50Ms: slice.p50Ms,
      p99Ms: slice.p99Ms,
      serverRssMb: slice.serverRssMb,
      audit: await auditOf(stage, { acknowledged: load.acknowledged }),
      targets: [
        { what: 'start to first answer, ms', value: median(startsMs), most: 3000 },
        { what: 'the same with its own PostgreSQL, ms', value: median(embeddedMs), most: 3000 },
        { what: 'memory during holds, MB', value: slice.serverRssMb, most: 200 },
        { what: 'holds that were refused', value: unexpected([slice]), most: 0 },
      ],
      more: {
        memoryAtRestMb: restMb,
        startsMs: startsMs.map(Math.round).join(' '),
        embeddedStartsMs: embeddedMs.map(Math.round).join(' '),
      },
    };
  } finally {
    await stage.close();
  }
}

/** Starts on a database that an earlier start has created. The earlier start is not measured. */
async function startsWithDatabase(): Promise<number[]> {
  const directory = mkdtempSync(join(tmpdir(), 'admit-bench-'));
  const dataDir = join(directory, 'data');
  const { DATABASE_URL: _, ...env } = productionEnv('postgresql://none');
  const took: number[] = [];
  try {
    for (let i = 0; i <= starts; i++) {
      const server = await startServer({ env: { ...env, DATA_DIR: dataDir }, directory });
      if (i > 0) took.push(server.startedInMs);
      await server.stop();
    }
  } finally {
    await removeEmbeddedPostgres(dataDir);
    rmSync(directory, { recursive: true, force: true });
  }
  return took;
}
