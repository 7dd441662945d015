import type { SeatLayout } from '../../../contract/layout.ts';
import { arenaLayout } from '../../../server/demo/arena-layout.ts';
import { buildWeb, isWebBuilt } from '../../web.ts';
import { type BenchEvent, call, type Organiser, openOrganiser, openPeople, publishEvent } from '../cast.ts';
import { auditOf } from '../comparison.ts';
import { openChromium, rendererOf, type Visit, visit } from '../map-visit.ts';
import { median, percentile } from '../percentiles.ts';
import { rssMb } from '../process-stats.ts';
import type { Report, Target } from '../report.ts';
import type { BenchOptions } from '../run.ts';
import { stadiumLayout } from '../stadium-layout.ts';
import { openStage, type Stage } from '../stage.ts';

/** Visits that only wait for the map. One more visit pans and zooms. */
const visits = 5;
/** The share of held seats, spread over the room. In an empty room the availability would compress too well. */
const shareSold = 0.3;

/** The seat map in a browser without a graphics card: response time, frame times and size. */
export async function seatMap(options: BenchOptions): Promise<Report> {
  if (!isWebBuilt()) await buildWeb();
  const stage = await openStage({ ...options, profile: false });
  const browser = await openChromium();
  try {
    const organiser = await openOrganiser(stage);
    const renderer = await rendererOf(browser);
    const look = async (title: string, layout: SeatLayout) => {
      const event = await openVenue(stage, organiser, title, layout);
      const url = `${stage.server.url}/e/${event.slug}/seats`;
      const first = await visit(browser, url, 0);
      const waits: Visit[] = [];
      for (let i = 0; i < visits; i++) waits.push(await visit(browser, url, 0));
      return { first, waits, moves: await moveAround(url, options.seconds) };
    };
    const arena = await look('Arena', arenaLayout());
    const stadium = await look('Stadium', stadiumLayout());
    const arenaFrames = framesOf(arena.moves);
    const stadiumFrames = framesOf(stadium.moves);
    return {
      bench: 'seat-map',
      rate: 1000 / median(stadiumFrames),
      emptyRate: null,
      ratioToEmpty: null,
      singleTxRate: null,
      ratioToSingleTx: null,
      p50Ms: median(stadiumFrames),
      p99Ms: percentile(stadiumFrames, 0.99),
      serverRssMb: rssMb(stage.server.pid),
      audit: await auditOf(stage, {}),
      targets: [
        ...targetsOf('18,000 seats', arena.waits, 1000),
        { what: '18,000 seats: median frame, ms', value: median(arenaFrames), most: 16.7 },
        ...targetsOf('100,000 seats', stadium.waits, 2500),
        {
          what: '100,000 seats: 99th percentile of frames, ms',
          value: percentile(stadiumFrames, 0.99),
          most: 33,
        },
        { what: '18,000 seats: map, bytes a seat', value: arena.moves.mapBytes / 18_000, most: 12 },
        { what: '100,000 seats: map, bytes a seat', value: stadium.moves.mapBytes / 100_000, most: 12 },
        { what: '100,000 seats: availability, bytes', value: stadium.moves.availabilityBytes, most: 30_000 },
      ],
      more: { renderer, ...figuresOf('arena', arena), ...figuresOf('stadium', stadium) },
      notes: [
        'Frames follow each other as fast as they are drawn, without waiting for a display: the rate is how many there are a second in the stadium.',
        `${shareSold * 100} % of the seats are held by others. Nothing is cached in the browser; "first" is the first visitor of all, for whom the server builds the map.`,
      ],
    };
  } finally {
    await browser.close();
    await stage.close();
  }
}

/** Uses its own browser, because drawing without a limit takes all of the CPU. */
async function moveAround(url: string, seconds: number): Promise<Visit> {
  const unlimited = await openChromium({ unlimited: true });
  try {
    return await visit(unlimited, url, seconds);
  } finally {
    await unlimited.close();
  }
}

const framesOf = ({ panFramesMs, zoomFramesMs }: Visit): number[] =>
  [...panFramesMs, ...zoomFramesMs].sort((a, b) => a - b);

const targetsOf = (what: string, waits: Visit[], most: number): Target[] => [
  { what: `${what}: interactive, ms`, value: median(waits.map((each) => each.interactiveMs)), most },
];

interface Looks {
  first: Visit;
  waits: Visit[];
  moves: Visit;
}

function figuresOf(name: string, { first, waits, moves }: Looks): Record<string, number | string> {
  const figures: Record<string, number | string> = {
    FirstInteractiveMs: first.interactiveMs,
    PaintedMs: median(waits.map((each) => each.paintedMs)),
    InteractiveMs: median(waits.map((each) => each.interactiveMs)),
    MapBytes: moves.mapBytes,
    AvailabilityBytes: moves.availabilityBytes,
    ScriptBytes: moves.scriptBytes,
    CpuPerFrameMs: moves.cpuPerFrameMs,
  };
  for (const [kind, frames] of Object.entries({ Pan: moves.panFramesMs, Zoom: moves.zoomFramesMs })) {
    const sorted = frames.toSorted((a, b) => a - b);
    figures[`${kind}Frames`] = sorted.length;
    figures[`${kind}MedianMs`] = median(sorted);
    figures[`${kind}P99Ms`] = percentile(sorted, 0.99);
    figures[`${kind}MaxMs`] = sorted.at(-1) ?? Number.NaN;
  }
  return Object.fromEntries(Object.entries(figures).map(([figure, value]) => [`${name}${figure}`, value]));
}

/** Makes a published event in this room through the API, like an organiser, and holds some of its seats. */
async function openVenue(
  stage: Stage,
  organiser: Organiser,
  title: string,
  seatLayout: SeatLayout,
): Promise<BenchEvent> {
  const event = await publishEvent(stage, organiser, {
    title,
    seatLayout,
    pools: [],
    ticketTypes: seatLayout.zones.map((zone, i) => ({
      name: zone.name,
      priceMinor: 9000 - i * 1500,
      zone: zone.key,
      maxPerOrder: 100,
    })),
    maxPerBuyer: 100,
    holdSeconds: 3600,
  });
  const seatIds = everyThird(seatLayout).map((index) => `seat_${event.id.slice(4)}_${index}`);
  const buyers = await openPeople(stage, Math.ceil(seatIds.length / 100));
  for (const [i, buyer] of buyers.entries()) {
    const seats = seatIds.slice(i * 100, i * 100 + 100).map((seatId) => ({ seatId }));
    await call(stage, buyer, 'POST', `/api/events/${event.id}/holds`, { seats });
  }
  await stage.settle();
  return event;
}

/** Chooses pairs and threes all over the room, the same in every run, with a multiplicative hash. */
function everyThird(layout: SeatLayout): number[] {
  const count = layout.sections.reduce(
    (sum, { rows }) => sum + rows.reduce((n, row) => n + row.labels.length, 0),
    0,
  );
  return Array.from({ length: count }, (_, i) => i).filter(
    (i) => Math.imul(Math.floor(i / 3) + 1, 0x9e3779b1) >>> 0 < shareSold * 2 ** 32,
  );
}
