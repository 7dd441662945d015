import { transactions } from '../baselines.ts';
import { call, openOrganiser, openPeople, type Person, publishEvent } from '../cast.ts';
import { answersOf, auditOf, compare, unexpected } from '../comparison.ts';
import { createEmptyLoad, createHoldLoad, placesOf } from '../hold-load.ts';
import { printProfile } from '../profile.ts';
import type { Report } from '../report.ts';
import { interleave } from '../rounds.ts';
import type { BenchOptions } from '../run.ts';
import { openStage } from '../stage.ts';
import { startStatements } from '../statements.ts';

const connections = 128;
/** Requests of one buyer. The rate limit is 30 in ten seconds. */
const visits = 20;

/** Everyone wants two places of a sold-out event. */
export async function refusals(options: BenchOptions): Promise<Report> {
  const stage = await openStage(options);
  try {
    const event = await publishEvent(stage, await openOrganiser(stage), {
      pools: [{ key: 'floor', name: 'Floor', capacity: 10 }],
    });
    const [quick] = (await openPeople(stage, 1)) as [Person];
    await call(stage, quick, 'POST', `/api/events/${event.id}/holds`, placesOf(event, 10).body);

    const load = createHoldLoad(stage, () => placesOf(event), visits);
    const empty = await createEmptyLoad(stage, placesOf(event), 409);
    await load.slice({ seconds: 2, connections });
    await empty.slice(1, connections);
    load.windowsUs.length = 0;
    if (options.profile) await startStatements(stage.db);
    const seconds = options.seconds / 4;
    const lanes = await interleave(4, {
      admit: () => load.slice({ seconds, connections }),
      empty: () => empty.slice(seconds, connections),
      transaction: () => stage.baselines.run('transaction', transactions, 1),
    });
    const report = compare('refusals', lanes);
    const successes = lanes.admit.reduce((sum, slice) => sum + (slice.statuses[201] ?? 0), 0);
    report.targets = [
      { what: 'to the empty route', value: report.ratioToEmpty!, least: 0.6 },
      {
        what: 'answers that are not sold_out',
        value: successes + unexpected(lanes.admit, 'sold_out'),
        most: 0,
      },
    ];
    report.more = { ...report.more, answers: answersOf(lanes.admit) };
    const audit = await auditOf(stage);
    if (options.profile) await printProfile(stage, load.windowsUs);
    return { ...report, audit };
  } finally {
    await stage.close();
  }
}
