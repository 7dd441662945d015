import { transactions } from '../baselines.ts';
import { openOrganiser, publishEvent } from '../cast.ts';
import { answersOf, auditOf, compare, unexpected } from '../comparison.ts';
import { createEmptyLoad, placesOf } from '../hold-load.ts';
import { printProfile } from '../profile.ts';
import { buy } from '../purchase-load.ts';
import type { Report } from '../report.ts';
import { interleave, over } from '../rounds.ts';
import type { BenchOptions } from '../run.ts';
import { openStage } from '../stage.ts';
import { startStatements } from '../statements.ts';

const connections = 128;
/** More purchases a second than any slice completes. */
const firstGuess = 3000;

/** Whole purchases of two places (hold, order, card payment, signed webhook, tickets), counted when confirmed. */
export async function purchases(options: BenchOptions): Promise<Report> {
  const stage = await openStage(options);
  try {
    const event = await publishEvent(stage, await openOrganiser(stage));
    const empty = await createEmptyLoad(stage, placesOf(event));
    const paid: string[] = [];
    let expectedRate = firstGuess;
    const slice = async (seconds: number) => {
      const bought = await buy(stage, {
        event,
        seconds,
        connections,
        buyers: Math.ceil(expectedRate * seconds * 1.4) + connections * 2,
      });
      expectedRate = Math.max(bought.rate, bought.came / bought.seconds);
      paid.push(...bought.paid);
      return bought;
    };
    await slice(2);
    await empty.slice(1, connections);
    if (options.profile) await startStatements(stage.db);
    const seconds = options.seconds / 3;
    const lanes = await interleave(3, {
      admit: () => slice(seconds),
      // The server still writes mails for the sold tickets, and this must not slow down the empty route.
      empty: () => stage.server.paused(() => empty.slice(Math.min(2, seconds), connections)),
      transaction: () => stage.server.paused(() => stage.baselines.run('transaction', transactions, 1)),
    });
    const report = compare('purchases', lanes);
    const { admit } = lanes;
    report.targets = [
      { what: 'to the empty route', value: report.ratioToEmpty!, least: 0.05 },
      { what: 'answers that were no success', value: unexpected(admit), most: 0 },
      {
        what: 'paid, and not confirmed a minute later',
        value: Math.max(...admit.map((each) => each.unconfirmed)),
        most: 0,
      },
    ];
    report.more = {
      ...report.more,
      answers: answersOf(admit),
      holdP99Ms: over(admit, (each) => each.steps.hold.p99Ms),
      orderP99Ms: over(admit, (each) => each.steps.order.p99Ms),
      payP99Ms: over(admit, (each) => each.steps.pay.p99Ms),
      paidRate: over(admit, (each) => each.paid.length / each.seconds),
      mailsToWrite: (await stage.db.query<{ count: number }>(jobsSql))[0]!.count,
      lastConfirmedAfterMs: over(admit, (each) => each.behindMs),
    };
    const audit = await auditOf(stage, {
      acknowledged: paid,
      settled: admit.every((each) => each.unconfirmed === 0),
    });
    if (options.profile)
      await printProfile(
        stage,
        admit.map((each) => each.windowUs),
      );
    return { ...report, audit, notes: [boundBy(report.more)] };
  } finally {
    await stage.close();
  }
}

const jobsSql = `
  select coalesce(sum(json_array_length(payload)), 0)::int as count from graphile_worker._private_jobs
  where json_typeof(payload) = 'array'`;

function boundBy(more: Record<string, unknown>): string {
  const [server, postgres, load] = ['serverCores', 'postgresCores', 'loadCores'].map((name) =>
    Number(more[name]),
  );
  const cores = `the server kept ${server!.toFixed(2)} cores busy, PostgreSQL ${postgres!.toFixed(2)}, the load ${load!.toFixed(2)}`;
  if (server! > 0.85) return `Bound by the one thread of the server: ${cores}.`;
  if (server! + postgres! + load! > 1.7) return `Bound by the two cores: ${cores}.`;
  return `Bound by waiting (for the disk, or for cores that others used): ${cores}.`;
}
