import { randomInt } from 'node:crypto';
import { type EventId, seatId } from '../../../contract/ids.ts';
import { arenaLayout } from '../../../server/demo/arena-layout.ts';
import { transactions } from '../baselines.ts';
import { type BenchEvent, type Organiser, openOrganiser, openPeople, publishEvent } from '../cast.ts';
import { answersOf, auditOf, compare, unexpected } from '../comparison.ts';
import { createEmptyLoad, encodeHold, type HoldWish } from '../hold-load.ts';
import { printProfile } from '../profile.ts';
import type { Report, Target } from '../report.ts';
import { interleave, type MeasuredSlice, measured, over, ratioOver } from '../rounds.ts';
import type { BenchOptions } from '../run.ts';
import { openStage, type Stage } from '../stage.ts';
import { startStatements } from '../statements.ts';

const connections = 128;
const seatCount = 18_000;
/** A slice ends when the arena is sold out. This limit only stops a broken run. */
const patienceSeconds = 60;

/** Sells pairs until the arena is sold out: random pairs in one lane, the best available block in the other. */
export async function seats(options: BenchOptions): Promise<Report> {
  const stage = await openStage(options);
  try {
    const organiser = await openOrganiser(stage);
    const windowsUs: [number, number][] = [];
    const acknowledged: string[] = [];
    const run = async (wishesOf: (event: BenchEvent) => HoldWish[]) => {
      const wishes = wishesOf(await openArena(stage, organiser));
      const buyers = await openPeople(stage, wishes.length);
      const requests = wishes.map((wish, i) => encodeHold(buyers[i]!, wish));
      const load = { ports: [stage.server.port], connections, seconds: patienceSeconds, keepIds: true };
      const slice = await measured(stage, () => stage.load.send(requests, load));
      windowsUs.push(slice.windowUs);
      acknowledged.push(...((slice.notes.ids as string).match(/hld_\w{26}/g) ?? []));
      await stage.settle();
      return slice;
    };
    const sample = await openArena(stage, organiser);
    const empty = await createEmptyLoad(stage, randomPairs(sample)[0]!);
    await run(randomPairs);
    await run(bestPairs);
    await empty.slice(1, connections);
    windowsUs.length = 0;
    if (options.profile) await startStatements(stage.db);
    const lanes = await interleave(Math.max(2, Math.round(options.seconds / 4)), {
      admit: () => run(randomPairs),
      empty: () => empty.slice(1.5, connections),
      best: () => run(bestPairs),
      transaction: () => stage.baselines.run('transaction', transactions, 1),
    });
    const report = compare('seats', lanes);
    report.targets = [
      { what: 'random pairs to the empty route', value: report.ratioToEmpty!, least: 0.35 },
      {
        what: 'the same best block to the empty route',
        value: ratioOver(lanes.best, lanes.empty),
        least: 0.35,
      },
      ...(await soldOutTargets(stage, lanes)),
    ];
    report.more = {
      ...report.more,
      answers: answersOf(lanes.admit),
      bestRate: over(lanes.best, (slice) => slice.rate),
      bestP99Ms: over(lanes.best, (slice) => slice.p99Ms),
      bestSlices: lanes.best.map((slice) => Math.round(slice.rate)).join(' '),
    };
    const audit = await auditOf(stage, { acknowledged });
    if (options.profile) await printProfile(stage, windowsUs);
    return { ...report, audit };
  } finally {
    await stage.close();
  }
}

const freeSql = `
  select coalesce(sum(case when free >= 2 then free else 0 end), 0)::int as free from (
    select capacity - held - sold as free from pools join events on events.id = pools.event_id
    where events.title = 'Arena' and held > 2) as pools`;

/** Nobody may be refused while a pair is free. As many pairs are wanted as there are. */
async function soldOutTargets(
  stage: Stage,
  lanes: { admit: MeasuredSlice[]; best: MeasuredSlice[] },
): Promise<Target[]> {
  const [left] = await stage.db.query<{ free: number }>(freeSql);
  return [
    { what: 'best pairs that were refused though free', value: unexpected(lanes.best), most: 0 },
    {
      what: 'refusals of random pairs that are not seats_taken',
      value: unexpected(lanes.admit, 'seats_taken'),
      most: 0,
    },
    { what: 'seats left in pools that were to be sold out', value: left!.free, most: 0 },
  ];
}

const openArena = (stage: Stage, organiser: Organiser): Promise<BenchEvent> =>
  publishEvent(stage, organiser, {
    title: 'Arena',
    pools: [],
    seatLayout: arenaLayout(seatCount),
    ticketTypes: ['lower-front', 'lower-rear', 'upper-front', 'upper-rear'].map((zone) => ({
      name: zone,
      priceMinor: 5000,
      zone,
    })),
  });

/** Every pair of neighbours once and half of them twice, in random order. The second buyer of a pair is refused. */
function randomPairs(event: BenchEvent): HoldWish[] {
  const pairs = Array.from({ length: seatCount / 2 }, (_, i) => i * 2);
  const again = pairs.filter(() => randomInt(2) === 0);
  return shuffle([...pairs, ...again]).map((first) => ({
    eventId: event.id,
    body: { seats: [first, first + 1].map((index) => ({ seatId: seatId(event.id, index) })) },
  }));
}

/** First all pairs of the best zone, then all of the next. */
function bestPairs(event: BenchEvent): HoldWish[] {
  const layout = arenaLayout(seatCount);
  return event.ticketTypes.flatMap(({ id, zone }) => {
    const rows = layout.sections.flatMap((section) => section.rows).filter((row) => row.zone === zone);
    const places = rows.reduce((sum, row) => sum + row.labels.length, 0);
    const wish = { eventId: event.id as EventId, body: { bestAvailable: { ticketTypeId: id, quantity: 2 } } };
    return Array.from({ length: Math.floor(places / 2) }, () => wish);
  });
}

function shuffle<T>(values: T[]): T[] {
  for (let i = values.length - 1; i > 0; i--) {
    const other = randomInt(i + 1);
    [values[i], values[other]] = [values[other] as T, values[i] as T];
  }
  return values;
}
