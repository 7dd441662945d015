import { setTimeout as wait } from 'node:timers/promises';
import { call, openOrganiser, openPeople, type Person, publishEvent } from '../cast.ts';
import { auditOf, unexpected } from '../comparison.ts';
import { createHoldLoad, placesOf } from '../hold-load.ts';
import { percentile } from '../percentiles.ts';
import { cpuSeconds, rssMb } from '../process-stats.ts';
import type { Report } from '../report.ts';
import type { BenchOptions } from '../run.ts';
import { openStage } from '../stage.ts';
import { startWatchers } from '../watchers-process.ts';

const watching = 5000;
const connections = 64;
/** A connection that has not heard of a change by then counts as this late. */
const patienceMs = 5000;

/**
 * How long a change takes to reach 5,000 live connections of two processes, while holds of the same event run at half of
 * the rate that they reach alone. Time runs from the answer to the buyer. Also the memory of an idle connection.
 */
export async function fanOut(options: BenchOptions): Promise<Report> {
  // All load and all watchers come from one address.
  const stage = await openStage({ ...options, profile: false, env: { RATE_LIMIT_FACTOR: '1000' } });
  const watchers = startWatchers();
  try {
    const servers = [stage.server, await stage.another()];
    const ports = servers.map(({ port }) => port);
    const event = await publishEvent(stage, await openOrganiser(stage), {
      pools: [
        { key: 'floor', name: 'Floor', capacity: 1_000_000 },
        { key: 'balcony', name: 'Balcony', capacity: 1000 },
      ],
      ticketTypes: [
        { name: 'Regular', priceMinor: 2500, pools: ['floor'] },
        { name: 'Balcony', priceMinor: 2500, pools: ['balcony'] },
      ],
    });
    const typeOf = (wanted: string) => event.ticketTypes.find(({ name }) => name === wanted)?.id ?? '';
    const load = createHoldLoad(stage, () => placesOf({ ...event, ticketTypeId: typeOf('Regular') }));
    await load.slice({ seconds: 2, connections, ports });
    const alone = await load.slice({ seconds: options.seconds / 2, connections, ports });

    const memory = () => servers.reduce((sum, { pid }) => sum + rssMb(pid), 0);
    await wait(2000);
    const before = memory();
    const joined = await watchers.join(ports, event.id, watching);
    if (joined !== watching) throw new Error(`${joined} of ${watching} live connections joined`);
    await wait(2000);
    const kilobytesEach = ((memory() - before) * 1024) / watching;

    // Only this loop buys for the balcony, so its count names each change.
    const guests = await openPeople(stage, options.seconds * 4);
    const late: number[] = [];
    let left = 1000;
    const change = async (guest: Person): Promise<void> => {
      left--;
      const text = `"${typeOf('Balcony')}","available":${left}}`;
      const seen = watchers.see(text, patienceMs);
      const items = [{ ticketTypeId: typeOf('Balcony'), quantity: 1 }];
      await call(stage, guest, 'POST', `/api/events/${event.id}/holds`, { items });
      const answeredMs = performance.timeOrigin + performance.now();
      const atMs = await seen;
      for (const at of atMs) late.push(Math.max(0, at - answeredMs));
      for (let i = atMs.length; i < watching; i++) late.push(patienceMs);
    };
    const quiet: number[] = [];
    for (const guest of guests.slice(0, 10)) await change(guest);
    quiet.push(...late.splice(0));

    const pids = { first: servers[0]!.pid, second: servers[1]!.pid, watchers: watchers.pid };
    const cpu = () => Object.values(pids).map((pid) => cpuSeconds(pid));
    const cpuBefore = cpu();
    let isOver = false;
    const changes = (async () => {
      await wait(1000);
      for (const guest of guests.slice(10)) {
        if (isOver) break;
        await change(guest);
        await wait(250);
      }
    })();
    const everyMs = (connections * 1000) / (alone.rate / 2);
    const beside = await load.slice({ seconds: options.seconds, connections, ports, everyMs });
    const [firstCores, secondCores, watcherCores] = cpu().map(
      (seconds, i) => (seconds - (cpuBefore[i] ?? 0)) / options.seconds,
    );
    isOver = true;
    await changes;
    const sorted = late.toSorted((a, b) => a - b);
    const still = quiet.toSorted((a, b) => a - b);
    return {
      bench: 'fan-out',
      rate: beside.rate,
      emptyRate: null,
      ratioToEmpty: null,
      singleTxRate: null,
      ratioToSingleTx: null,
      p50Ms: percentile(sorted, 0.5),
      p99Ms: percentile(sorted, 0.99),
      serverRssMb: rssMb(stage.server.pid),
      audit: await auditOf(stage, { acknowledged: load.acknowledged }),
      targets: [
        { what: 'ms until 95 % of 5,000 have seen a change', value: percentile(sorted, 0.95), most: 300 },
        { what: 'holds that were refused', value: unexpected([alone, beside]), most: 0 },
      ],
      more: {
        changes: sorted.length / watching,
        quietP95Ms: percentile(still, 0.95),
        holdsAloneRate: alone.rate,
        holdsBesideRate: beside.rate,
        holdsBesideP99Ms: beside.p99Ms,
        kilobytesEach,
        firstCores: firstCores ?? null,
        secondCores: secondCores ?? null,
        watcherCores: watcherCores ?? null,
        postgresCores: beside.postgresCpu,
      },
      notes: [
        '`p50` and `p99` are ms from the answer to a buyer until one of the live connections has the change.',
        `A connection that missed a change counts with ${patienceMs} ms.`,
      ],
    };
  } finally {
    watchers.stop();
    await stage.close();
  }
}
