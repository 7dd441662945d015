import type { EventSummary } from '../../../contract/events.ts';
import { buildWeb, isWebBuilt } from '../../web.ts';
import { auditOf } from '../comparison.ts';
import { type Judged, judge } from '../lighthouse.ts';
import { rssMb } from '../process-stats.ts';
import type { Report, Target } from '../report.ts';
import type { BenchOptions } from '../run.ts';
import { openStage, type Stage } from '../stage.ts';

const visits = 3;

/** The pages on which people arrive and go on, by their names in the figures. */
async function findPages({ server }: Stage): Promise<Record<string, string>> {
  const event = await eventPath(server.url, 'Night Shift');
  const seatedEvent = await eventPath(server.url, 'The Cartographer’s Daughter');
  return {
    event,
    explore: '/',
    seatedEvent,
    seats: `${seatedEvent}/seats`,
    signIn: '/sign-in',
    signUp: '/sign-up',
    orders: '/orders',
    organise: '/organise',
  };
}

async function eventPath(url: string, title: string): Promise<string> {
  const answer = await fetch(`${url}/api/events?q=${encodeURIComponent(title)}`);
  const { items } = (await answer.json()) as { items: EventSummary[] };
  const found = items.find((event) => event.title === title);
  if (!found) throw new Error(`the demo has no event "${title}"`);
  return `/e/${found.slug}`;
}

/** Lighthouse's results for the pages of a production server with the demo's events. */
export async function pages(options: BenchOptions): Promise<Report> {
  if (!isWebBuilt()) await buildWeb();
  const stage = await openStage({ ...options, profile: false, env: { DEMO: 'true' } });
  try {
    const judged: Record<string, Judged> = {};
    for (const [name, path] of Object.entries(await findPages(stage))) {
      judged[name] = await judge(`${stage.server.url}${path}`, { visits, priority: options.priority });
    }
    const figures = Object.entries(judged).map(([name, { faults: _, ...figures }]) => [name, figures]);
    return {
      bench: 'pages',
      rate: Number.NaN,
      emptyRate: null,
      ratioToEmpty: null,
      singleTxRate: null,
      ratioToSingleTx: null,
      p50Ms: Number.NaN,
      p99Ms: Number.NaN,
      serverRssMb: rssMb(stage.server.pid),
      audit: await auditOf(stage, {}),
      targets: targetsOf(judged.event as Judged),
      each: Object.fromEntries(figures),
      notes: [
        `Medians of ${visits} visits with an empty cache; Lighthouse's phone (412 × 823, processor four times slower, 1.6 Mbit/s, 150 ms).`,
        'Search engines are told to leave out pages that belong to somebody, which costs orders and organise points of seo.',
        ...Object.entries(judged).flatMap(([name, { faults }]) =>
          faults.length === 0 ? [] : [`${name}: ${faults.join(', ')}`],
        ),
      ],
    };
  } finally {
    await stage.close();
  }
}

const targetsOf = ({ performance, accessibility, bestPractices, seo, jsKb, cls }: Judged): Target[] => [
  { what: 'event page: performance', value: performance, least: 95 },
  { what: 'event page: accessibility', value: accessibility, least: 100 },
  { what: 'event page: best practices', value: bestPractices, least: 100 },
  { what: 'event page: search engines', value: seo, least: 100 },
  { what: 'event page: JavaScript, KB', value: jsKb, most: 110 },
  { what: 'event page: layout shift', value: cls, most: 0 },
];
