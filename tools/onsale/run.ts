/** Runs an on-sale against a real Admit, its own or one that runs already, and recounts it. */
import { setTimeout as wait } from 'node:timers/promises';
import { createJournal, type Journal } from '../../server/features/rehearsals/journal.ts';
import type { Outcome } from '../../server/features/rehearsals/outcome.ts';
import type { Plan } from '../../server/features/rehearsals/plan.ts';
import { cpuSeconds } from '../bench/process-stats.ts';
import { drive } from './drive.ts';
import { type OwnShop, openShop } from './own-shop.ts';
import { type Recount, recountSale } from './recount.ts';
import { recountTheirs } from './recount-theirs.ts';
import { openRequests } from './requests.ts';
import { startTeam } from './team.ts';
import { type Asked, openTheirShop } from './their-shop.ts';

interface RunOptions {
  plan: Plan;
  /** How many times as fast as the real clock the clock of the sale runs. */
  speed: number;
  /** A migrated, empty database; by default one of its own. */
  connectionString?: string;
  /** Called after the recount, with a function that counts again. */
  afterRecount?: (shop: OwnShop, again: () => Promise<Recount>) => Promise<void>;
  say?: (line: string) => void;
}

export async function runOnSale(options: RunOptions): Promise<Outcome> {
  const { plan, speed, connectionString, say = () => {} } = options;
  const shop = await openShop({ plan, speed, ...(connectionString && { connectionString }) });
  try {
    say(`Admit is up at ${shop.url}; people come`);
    const journal = createJournal(plan);
    const requests = openRequests(shop.url);
    // The team sits at its own desk, and does not stand behind the connections of the crowd.
    const desk = openRequests(shop.url, 8);
    const team = startTeam({ shop, requests: desk, speed });
    const begin = { atMs: performance.now(), load: process.cpuUsage(), server: cpuSeconds(shop.pid) };
    const { visits } = await drive({ shop, speed, journal, requests });
    const tookS = (performance.now() - begin.atMs) / 1000;
    const load = process.cpuUsage(begin.load);
    const serverS = cpuSeconds(shop.pid) - begin.server;
    say('people have gone; the shop settles');
    await settle(shop, team);
    requests.close();
    desk.close();
    say('the promises are recounted');
    const count = () => recountSale({ shop, journal, visits, decided: team.decided });
    const { promises, tickets } = await count();
    await options.afterRecount?.(shop, count);
    const share = (seconds: number) => `${Math.round((seconds / tookS) * 100)}% of one core`;
    return {
      journal,
      promises,
      tickets,
      how: [
        ['against', 'a real Admit over HTTP, one process, with a PostgreSQL of its own on the same machine'],
        ['speed of the clock of the sale', `${speed} times the real one`],
        ['time', `${tookS.toFixed(0)} s`],
        ['requests', String(requestsIn(journal))],
        ['CPU of the load generator', share((load.user + load.system) / 1e6)],
        ['CPU of Admit', share(serverS)],
        ['seed', String(plan.seed)],
        [
          'orders that the team looked at',
          `${team.decided.refunded.length} refunded, ${team.decided.confirmed.length} confirmed`,
        ],
        [
          'rule of the team',
          'refund an order that shares two of card, network, browser and pattern of the address with other accounts, or one of them if it came within three seconds and nobody writes to the team in three minutes',
        ],
      ],
    };
  } finally {
    await shop.close();
  }
}

const requestsIn = ({ stepMs }: Journal): number =>
  Object.values(stepMs).reduce((sum, { length }) => sum + length, 0);

const pendingSql = `
  select (select count(*)::int from orders where event_id = $1 and status = 'pending')
    + (select count(*)::int from order_reviews where event_id = $1 and decision is null)
    + (select count(*)::int from orders where event_id = $1 and status = 'confirmed'
        and not exists (select from order_scores where order_scores.event_id = $1 and order_id = orders.id)) as pending`;
const patienceMs = 30_000;

/** Waits until the orders are decided, as far as that takes only moments. */
async function settle(shop: OwnShop, team: ReturnType<typeof startTeam>): Promise<void> {
  const untilMs = performance.now() + patienceMs;
  while (performance.now() < untilMs) {
    const [row] = await shop.db.query<{ pending: number }>(pendingSql, [shop.eventId]);
    if (row?.pending === 0) break;
    await wait(200);
  }
  await team.stop();
}

interface TheirOptions extends Omit<Asked, 'requests'> {
  /** How fast the clock of the shop goes, if it is a fast one (own-shop.ts). */
  speed?: number;
  say?: (line: string) => void;
}

/** A shop that runs already has its own clock, so the run takes as long as the sale. */
export async function runTheirs({ say = () => {}, speed = 1, ...options }: TheirOptions): Promise<Outcome> {
  const requests = openRequests(options.url);
  try {
    const { shop, plan } = await openTheirShop({ requests, ...options });
    say(`${plan.people} people come to ${plan.seats} free places of ${shop.url}`);
    const journal = createJournal(plan);
    const startMs = performance.now();
    const { visits, cookies } = await drive({ shop, speed, journal, requests });
    const tookS = (performance.now() - startMs) / 1000;
    say('people have gone; the promises are recounted');
    const counted = await recountTheirs({ shop, journal, visits, cookies, requests });
    return {
      journal,
      ...counted,
      how: [
        ['against', `the shop at ${shop.url}, over its public API`],
        ['event', shop.eventId],
        ['time', `${tookS.toFixed(0)} s`],
        ['requests', String(requestsIn(journal))],
        [
          'people',
          options.sessions ? 'accounts with a verified address' : 'guests, who solve a challenge each',
        ],
        ['seed', String(plan.seed)],
      ],
    };
  } finally {
    requests.close();
  }
}
