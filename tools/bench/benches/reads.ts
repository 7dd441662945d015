import { call, openOrganiser, openPeople, publishEvent } from '../cast.ts';
import { auditOf, compare, unexpected } from '../comparison.ts';
import { encodeHold, placesOf } from '../hold-load.ts';
import { encodeRequest } from '../http-requests.ts';
import { printProfile } from '../profile.ts';
import type { Report } from '../report.ts';
import { interleave, measured, over } from '../rounds.ts';
import type { BenchOptions } from '../run.ts';
import { openStage, type Stage } from '../stage.ts';
import { startStatements } from '../statements.ts';

const writers = 16;
const readers = 112;
const holdsPerSecond = 300;
const capacity = 1_000_000;

/**
 * Reads the event page and the availability while holds take places at a steady 300 a second. The empty GET route is read
 * during the same load, so that both have equal conditions.
 */
export async function reads(options: BenchOptions): Promise<Report> {
  const stage = await openStage(options);
  try {
    const { slice, pages } = await openReads(stage);
    const bodies = await Promise.all(pages.map((path) => call(stage, { cookie: '' }, 'GET', path)));
    const bytes = bodies.map((body) => Buffer.byteLength(JSON.stringify(body)));
    await stage.empty.answer('get', 200, Math.round((bytes[0]! + bytes[1]!) / 2));
    await slice(2, stage.server.port, pages);
    await slice(1, stage.empty.port, ['/empty']);
    if (options.profile) await startStatements(stage.db);
    const seconds = options.seconds / 4;
    const lanes = await interleave(4, {
      admit: () => slice(seconds, stage.server.port, pages),
      empty: () => slice(seconds, stage.empty.port, ['/empty']),
    });
    const report = compare('reads', lanes);
    const { admit } = lanes;
    report.targets = [
      { what: 'to the empty GET', value: report.ratioToEmpty!, least: 0.8 },
      {
        what: 'age of what was shown, ms',
        value: Math.max(...admit.map((each) => each.ageMaxMs)),
        most: 250,
      },
      {
        what: 'answers that can not be',
        value: admit.reduce((sum, each) => sum + each.impossible, 0),
        most: 0,
      },
      { what: 'answers that were no success', value: unexpected(admit), most: 0 },
    ];
    report.more = {
      ...report.more,
      availabilitiesChecked: admit.reduce((sum, each) => sum + each.looked, 0),
      ageP99Ms: over(admit, (each) => each.ageP99Ms),
      holdsPerSecond: over(admit, (each) => each.held / each.seconds),
      eventBytes: bytes[0]!,
      availabilityBytes: bytes[1]!,
    };
    const audit = await auditOf(stage);
    if (options.profile)
      await printProfile(
        stage,
        admit.map((each) => each.windowUs),
      );
    return {
      ...report,
      audit,
      notes: [
        `The event has ${capacity.toLocaleString('en-GB')} places; latencies are of reads and holds together.`,
      ],
    };
  } finally {
    await stage.close();
  }
}

/** Reads `paths` on `port` while other connections hold places on the server under test. */
export async function openReads(stage: Stage) {
  const event = await publishEvent(stage, await openOrganiser(stage));
  const pages = [`/api/events/${event.id}`, `/api/events/${event.id}/availability`];

  const acknowledged = async () =>
    (await call(stage, { cookie: '' }, 'GET', pages[1]!)).ticketTypes[0].available as number;
  const slice = async (seconds: number, port: number, paths: string[]) => {
    const buyers = await openPeople(stage, Math.ceil(holdsPerSecond * seconds) + writers);
    const free = await acknowledged();
    const ports = [...Array(writers).fill(stage.server.port), ...Array(readers).fill(port)] as number[];
    const files = stage.load.lay(buyers.map((buyer) => encodeHold(buyer, placesOf(event))));
    const script = {
      kind: 'stampede' as const,
      ...files,
      writers,
      holdsPerSecond,
      reads: paths.map((path) => encodeRequest({ method: 'GET', path })),
      availability: paths.indexOf(pages[1]!),
      free,
      placesPerHold: 2,
    };
    const result = await measured(stage, () =>
      stage.load.run(script, { ports, connections: ports.length, seconds }),
    );
    await stage.settle();
    const notes = result.notes as {
      reads: number;
      held: number;
      looked: number;
      impossible: number;
      ageP99Ms: number;
      ageMaxMs: number;
    };
    return { ...result, ...notes, rate: notes.reads / result.seconds };
  };
  return { slice, pages };
}
