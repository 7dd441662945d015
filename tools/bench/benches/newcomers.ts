import { openOrganiser, publishEvent } from '../cast.ts';
import { answersOf, auditOf, compare, unexpected } from '../comparison.ts';
import { createEmptyLoad, createHoldLoad, placesOf } from '../hold-load.ts';
import { newcomersEnv, openNewcomers } from '../newcomers.ts';
import { printProfile } from '../profile.ts';
import { buy } from '../purchase-load.ts';
import type { Report } from '../report.ts';
import { interleave, over, ratioOver } from '../rounds.ts';
import type { BenchOptions } from '../run.ts';
import { openStage } from '../stage.ts';
import { startStatements } from '../statements.ts';

const connections = 128;
/** More free purchases a second than any slice completes. */
const mostPurchases = 4000;

/**
 * The first second of a rush: every buyer is new. One request with a guest key opens the guest's session and holds two
 * places. It is compared with holds of people who have a session. Then new guests buy free tickets.
 */
export async function newcomers(options: BenchOptions): Promise<Report> {
  const { seconds, profile } = options;
  const stage = await openStage({ ...options, env: newcomersEnv });
  try {
    const organiser = await openOrganiser(stage);
    const event = await publishEvent(stage, organiser);
    const free = await publishEvent(stage, organiser, {
      ticketTypes: [{ name: 'Free', priceMinor: 0, pools: ['floor'] }],
    });
    const fresh = createHoldLoad(
      stage,
      () => placesOf(event),
      1,
      (_, count) => openNewcomers(count),
    );
    const known = createHoldLoad(stage, () => placesOf(event));
    const empty = await createEmptyLoad(stage, placesOf(event));
    const sliceSeconds = seconds / 4;
    const buyFree = (how: 'guest-key' | 'sign-in') =>
      buy(stage, {
        event: free,
        seconds: sliceSeconds,
        connections,
        buyers: Math.ceil(mostPurchases * sliceSeconds),
        newcomers: how,
      });
    const afterMails = <T>(work: () => Promise<T>) => stage.server.paused(work);

    await fresh.slice({ seconds: 2, connections });
    await known.slice({ seconds: 2, connections });
    await empty.slice(1, connections);
    if (profile) {
      await buyFree('guest-key');
      await startStatements(stage.db);
      const bought = [await buyFree('guest-key'), await buyFree('guest-key')];
      await printProfile(
        stage,
        bought.map((slice) => slice.windowUs),
      );
      const report = compare('newcomers', { admit: bought, empty: [] });
      return { ...report, audit: 'not run', notes: ['Profiled: only the free purchases.'] };
    }
    const lanes = await interleave(4, {
      admit: () => fresh.slice({ seconds: sliceSeconds, connections }),
      known: () => known.slice({ seconds: sliceSeconds, connections }),
      empty: () => empty.slice(Math.min(1.5, sliceSeconds), connections),
    });
    const report = compare('newcomers', lanes);

    await buyFree('guest-key');
    const purchases = await interleave(3, {
      oneRequest: () => buyFree('guest-key'),
      emptyAfter: () => afterMails(() => empty.slice(Math.min(1.5, sliceSeconds), connections)),
      signIn: () => buyFree('sign-in'),
    });
    const bought = [...purchases.oneRequest, ...purchases.signIn];
    report.targets = [
      { what: 'answers that were no success', value: unexpected(lanes.admit), most: 0 },
      {
        what: 'to the holds of people who have a session',
        value: ratioOver(lanes.admit, lanes.known),
        least: 0.4,
      },
      {
        what: 'free purchases a second, with a guest key',
        value: over(purchases.oneRequest, (slice) => slice.rate),
        least: 600,
      },
      {
        what: 'free purchases a second, signing in first',
        value: over(purchases.signIn, (slice) => slice.rate),
        least: 600,
      },
      { what: 'purchases that were refused', value: unexpected(bought), most: 0 },
    ];
    report.more = {
      ...report.more,
      answers: answersOf(bought),
      rateOfKnown: over(lanes.known, (slice) => slice.rate),
      cpuUs: over(lanes.admit, cpuUs),
      cpuUsOfKnown: over(lanes.known, cpuUs),
      purchaseCpuUs: over(purchases.oneRequest, cpuUs),
      purchaseSignInCpuUs: over(purchases.signIn, cpuUs),
      purchasesToEmpty: ratioOver(purchases.oneRequest, purchases.emptyAfter),
      orderP99Ms: over(purchases.oneRequest, (slice) => slice.steps.order.p99Ms),
    };
    const acknowledged = [...fresh.acknowledged, ...known.acknowledged];
    return { ...report, audit: await auditOf(stage, { acknowledged }) };
  } finally {
    await stage.close();
  }
}

/** CPU time of server and PostgreSQL for one answer, in µs. */
const cpuUs = ({ serverCpu, postgresCpu, rate }: { serverCpu: number; postgresCpu: number; rate: number }) =>
  ((serverCpu + postgresCpu) / rate) * 1e6;
