/** A shop for a rehearsal: a PostgreSQL and an Admit of its own, an arena event with a waiting room, and accounts. */
import { type ChildProcess, fork } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EventId, OrganisationId, TicketTypeId, UserId } from '../../contract/ids.ts';
import type { LayoutRow, SeatLayout } from '../../contract/layout.ts';
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../../server/adapters/postgres/embedded.ts';
import { createCaches } from '../../server/caches.ts';
import { createDb, type Db } from '../../server/data/db.ts';
import { migrate } from '../../server/data/migrate.ts';
import { openNotices } from '../../server/data/notices.ts';
import { arenaLayout } from '../../server/demo/arena-layout.ts';
import type { Accounts } from '../../server/features/accounts/accounts.ts';
import { createAccounts } from '../../server/features/accounts/create-accounts.ts';
import { moveBuyer } from '../../server/features/purchases/move-buyer.ts';
import { type Plan, personOf, usualTerms as terms } from '../../server/features/rehearsals/plan.ts';
import { createRateLimits } from '../../server/http/rate-limits.ts';
import { createNewId } from '../../server/ids.ts';
import { createLog } from '../../server/log.ts';
import { createClient } from '../../server/testing/client.ts';
import { days, hours } from '../../server/testing/clock.ts';
import { compileCache } from '../../server/testing/compile-cache.ts';
import { freePort } from '../../server/testing/free-port.ts';
import { newScratch } from '../../server/testing/scratch.ts';
import { stadiumLayout } from '../bench/stadium-layout.ts';
import { fastClock } from './fast-clock.ts';
import type { Shop } from './shop.ts';

/** A shop of which the run sees everything. */
export interface OwnShop extends Shop {
  pid: number;
  db: Db;
  /** The Cookie header of the organiser. */
  team: string;
  close(): Promise<void>;
}

interface ShopOptions {
  plan: Plan;
  speed: number;
  /** A migrated, empty database. Without it a PostgreSQL of its own is started. */
  connectionString?: string;
}

export async function openShop({ plan, speed, connectionString: given }: ShopOptions): Promise<OwnShop> {
  const closers: (() => Promise<unknown> | unknown)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const connectionString = given ?? (await ownPostgres(closers));
    const db = createDb({ connectionString, poolSize: 4 });
    closers.push(() => db.close());
    const startedMs = Date.now();
    const clock = fastClock(startedMs, speed);
    const session = randomBytes(32).toString('base64url');
    const server = await startServer({ connectionString, session, fromMs: startedMs, speed });
    closers.push(() => server.stop());
    const newId = createNewId(clock);
    const log = createLog({ logLevel: 'silent' });
    const notices = await openNotices({ connection: { connectionString, name: 'notices' }, log });
    closers.push(() => notices.close());
    const accounts = await createAccounts({
      notices,
      callers: createCaches().callers,
      rateLimits: createRateLimits(clock, 1),
      config: { env: 'test', publicUrl: server.url },
      connectionTo: (name) => ({ connectionString, name }),
      sessionSecret: session,
      db,
      clock,
      newId,
      moveBuyer,
      log,
    });
    closers.push(() => accounts.close());
    const openAccounts = async (emails: string[]) => {
      const cookies: string[] = [];
      for (let first = 0; first < emails.length; first += 2500)
        cookies.push(...(await insertAccounts({ db, accounts, newId }, emails.slice(first, first + 2500))));
      return cookies;
    };
    const [team = ''] = await openAccounts(['house@example.com']);
    const emails = Array.from({ length: plan.people }, (_, n) => personOf(plan, n).email);
    const cookies = await openAccounts(emails);
    // The plan's time begins when everything is ready.
    const begun = clock.now().getTime() + 3000 * speed;
    const { ticketTypeId, ...event } = await publishArena({ url: server.url, team, plan, fromMs: begun });
    return {
      ...event,
      ticketTypeOf: () => ticketTypeId,
      asksNames: false,
      cookieOf: ({ n }) => cookies[n] as string,
      async places() {
        const [row] = await db.query<{ held: number; sold: number }>(placesSql, [event.eventId]);
        return row ?? { held: 0, sold: 0 };
      },
      url: server.url,
      pid: server.pid,
      db,
      team,
      fromMs: begun,
      nowMs: () => clock.now().getTime() - begun,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const placesSql = `
  select coalesce(sum(held), 0)::int as held, coalesce(sum(sold), 0)::int as sold from pools where event_id = $1`;

async function ownPostgres(closers: (() => Promise<unknown> | unknown)[]): Promise<string> {
  const directory = newScratch('admit-onsale-');
  const dataDir = join(directory, 'data');
  closers.push(() => rmSync(directory, { recursive: true, force: true }));
  const postgres = await startEmbeddedPostgres({ dataDir });
  closers.push(() => removeEmbeddedPostgres(dataDir));
  closers.push(() => postgres.stop());
  await migrate(postgres.connectionString);
  return postgres.connectionString;
}

async function startServer(of: {
  connectionString: string;
  session: string;
  fromMs: number;
  speed: number;
}): Promise<{ url: string; pid: number; stop(): Promise<void> }> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const child: ChildProcess = fork(fileURLToPath(new URL('fast-server.ts', import.meta.url)), {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: ['--max-semi-space-size=8'],
    env: {
      PATH: process.env.PATH,
      ...compileCache,
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      HOST: '127.0.0.1',
      PORT: String(await freePort()),
      // Each person has an address of their own. This program is their proxy.
      TRUST_PROXY: 'loopback',
      DRAIN_SECONDS: '0',
      DATABASE_URL: of.connectionString,
      SESSION_SECRET: of.session,
      TICKET_SIGNING_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      SANDBOX_WEBHOOK_SECRET: `whsec_${randomBytes(24).toString('base64url')}`,
      CLOCK_FROM_MS: String(of.fromMs),
      CLOCK_SPEED: String(of.speed),
    },
  });
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-4000);
  });
  const ended = once(child, 'exit');
  const url = await Promise.race([
    once(child, 'message').then(([message]) => (message as { url: string }).url),
    ended.then(() => null),
  ]);
  if (url === null) throw new Error(`the server did not start:\n${said}`);
  return {
    url,
    pid: child.pid as number,
    async stop() {
      child.kill('SIGTERM');
      const patience = setTimeout(() => child.kill('SIGKILL'), 20_000);
      await ended;
      clearTimeout(patience);
    },
  };
}

const insertUsersSql = `
  insert into users (id, name, email, email_verified, role, created_at, updated_at)
  select id, 'Buyer', email, true, 'user', $3, $3 from unnest($1::text[], $2::text[]) as of (id, email)`;

async function insertAccounts(
  { db, accounts, newId }: { db: Db; accounts: Accounts; newId: ReturnType<typeof createNewId> },
  emails: string[],
): Promise<string[]> {
  const ids: UserId[] = emails.map(() => newId('user'));
  await db.run(insertUsersSql, [ids, emails, new Date()]);
  return (await accounts.openSessions(ids)).map(({ cookie }) => cookie);
}

/** An arena with one price, so that its rows are all that matters. The queue opens and the sale starts at the plan's opening. */
async function publishArena(of: { url: string; team: string; plan: Plan; fromMs: number }) {
  const client = createClient(of.url);
  const headers = { cookie: of.team };
  const made = await client.post('/api/organisations', { name: 'House' }, headers);
  const startsAt = new Date(of.fromMs + days(60));
  const opensAt = new Date(of.fromMs + of.plan.opensMs).toISOString();
  const layout = of.plan.seats > arenaSeats ? stadiumLayout(of.plan.seats) : arenaLayout(arenaSeats);
  const sections = firstSeats(layout.sections, of.plan.seats);
  const draft = await client.post(
    '/api/events',
    {
      organisationId: made.body.id,
      title: 'Rehearsal',
      category: 'music',
      startsAt: startsAt.toISOString(),
      endsAt: new Date(startsAt.getTime() + hours(4)).toISOString(),
      timeZone: 'Europe/Berlin',
      venue: { name: 'Arena', city: 'Berlin', country: 'DE' },
      currency: 'EUR',
      maxPerBuyer: terms.maxPerBuyer,
      saleStartsAt: opensAt,
      waitingRoom: { mode: 'scheduled', opensAt },
      orderReview: { fromScore: terms.reviewFromScore, accountsPerNetwork: terms.accountsPerNetwork },
      seatLayout: { ...layout, zones: [{ key: 'arena', name: 'Arena', color: '#2a6f97' }], sections },
      ticketTypes: [{ name: 'Seat', priceMinor: 5000, zone: 'arena' }],
    },
    headers,
  );
  const published = await client.post(`/api/events/${draft.body.id}/publication`, undefined, {
    ...headers,
    'if-match': `"${draft.body.version}"`,
  });
  if (published.status !== 200)
    throw new Error(
      `the event was not published: ${JSON.stringify([made.body, draft.body, published.body])}`,
    );
  if (of.plan.peoplePerMinute !== null) {
    const { peoplePerMinute } = of.plan;
    const steered = await client.patch(
      `/api/events/${published.body.id}/queue`,
      { peoplePerMinute },
      headers,
    );
    if (steered.status !== 200)
      throw new Error(`the queue has another speed: ${JSON.stringify(steered.body)}`);
  }
  let index = 0;
  const rows = sections.flatMap((section) => section.rows).map((row) => row.labels.map(() => index++));
  return {
    eventId: published.body.id as EventId,
    organisationId: made.body.id as OrganisationId,
    ticketTypeId: published.body.ticketTypes[0].id as TicketTypeId,
    rows,
  };
}

type LayoutSection = SeatLayout['sections'][number];
const arenaSeats = 18_000;

/** The first seats of a layout, all in one zone. */
function firstSeats(sections: LayoutSection[], seats: number): LayoutSection[] {
  let left = seats;
  const firstOf = ({ label, labels, x, y }: LayoutRow): LayoutRow => {
    const many = Math.min(left, labels.length);
    left -= many;
    return { label, zone: 'arena', labels: labels.slice(0, many), x: x.slice(0, many), y: y.slice(0, many) };
  };
  return sections
    .map(({ key, name, rows }) => ({
      key,
      name,
      rows: rows.map(firstOf).filter((row) => row.labels.length > 0),
    }))
    .filter(({ rows }) => rows.length > 0);
}
