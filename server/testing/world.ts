import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer as createNetServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { EventId, OrganisationId, TicketTypeId, UserId } from '../../contract/ids.ts';
import type { Tax } from '../../contract/price.ts';
import type { TeamRole } from '../../contract/team-roles.ts';
import type { App } from '../app.ts';
import { readConfig } from '../config.ts';
import { closeApp, createApp, withUrls } from '../create-app.ts';
import { createUser } from '../features/accounts/create-user.ts';
import { hashPassword } from '../features/accounts/passwords.ts';
import { joinTeam } from '../features/organisations/join-team.ts';
import { createTicketPrinter } from '../features/tickets/printer.ts';
import { offeredBy } from '../http/docs.ts';
import { createServer } from '../http/server.ts';
import { createLog } from '../log.ts';
import { allTasks } from '../work/tasks.ts';
import { runDueJobs } from '../work/workers.ts';
import { type Client, createClient } from './client.ts';
import { createTestClock, days, hours, type TestClock } from './clock.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { holdToContract } from './hold-to-contract.ts';
import { findMessageBreaches } from './hold-to-messages.ts';

export const testPassword = 'correct-horse-battery';
/** A hash takes 30 ms of a core, and a run creates thousands of people. */
const testPasswordHash = hashPassword(testPassword);

/**
 * One printer for all worlds of a worker. Its thread takes 0.3 s of CPU to start, and has a low priority, so that on a busy machine
 * the first mail of each world would wait for seconds.
 */
const printer = createTicketPrinter({ log: createLog({ logLevel: 'error' }) });

export interface Person {
  client: Client;
  userId: UserId;
  email: string;
}

export interface Organiser extends Person {
  organisationId: OrganisationId;
}

interface EventOptions {
  organiser?: Organiser;
  /** General-admission places; 100 by default. */
  capacity?: number;
  priceMinor?: number;
  /** The tax on every ticket. */
  tax?: Tax;
  /** Numbered seats instead: one zone per entry, each with this many rows and seats per row. */
  seats?: { zone: string; rows: number; perRow: number; priceMinor?: number }[];
  publish?: boolean;
  /** Other fields of the body of createEvent. */
  fields?: Record<string, unknown>;
}

export interface TestEvent {
  id: EventId;
  slug: string;
  version: number;
  organiser: Organiser;
  ticketTypes: { id: TicketTypeId; name: string; zone: string | null }[];
  /** The first ticket type. */
  ticketTypeId: TicketTypeId;
}

/** A whole Admit with its own database and a clock that the test moves. */
export interface World {
  app: App;
  clock: TestClock;
  url: string;
  connectionString: string;
  client(): Client;
  guest(): Promise<Person>;
  user(options?: {
    verified?: boolean;
    role?: 'user' | 'organizer' | 'admin';
    name?: string;
  }): Promise<Person>;
  admin(): Promise<Person>;
  organiser(): Promise<Organiser>;
  /** A person with a role in an organisation, for all its events or for some. */
  member(organisation: Organiser, role: TeamRole, events?: EventId[]): Promise<Person>;
  event(options?: EventOptions): Promise<TestEvent>;
  /** Delivers the outbox and runs every job that is due by the world's clock, until nothing is left. */
  drain(): Promise<void>;
  /**
   * Simulates a second process: another App and server on the same database and clock, with other parts if given. It
   * ends with the world at the latest.
   */
  another(
    connectionString?: string,
    parts?: Partial<App>,
  ): Promise<{ app: App; url: string; close(): Promise<void> }>;
  close(): Promise<void>;
}

const { privateKey } = generateKeyPairSync('ed25519');
export const secrets = {
  session: randomBytes(32).toString('base64url'),
  ticketSigningKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  sandboxWebhook: 'whsec_0123456789abcdef',
};

export const mailWebhookSecret = 'mail-secret-0123456789';

export async function createWorld(env: Record<string, string> = {}, given?: TestDatabase): Promise<World> {
  const database = given ?? (await createTestDatabase());
  const clock = createTestClock();
  const first = await startServer(database.connectionString, clock, env);
  const { app, url } = first;
  let count = 0;

  async function user(options: Parameters<World['user']>[0] = {}): Promise<Person> {
    const email = `person-${++count}-${randomBytes(3).toString('hex')}@example.com`;
    const name = options.name ?? `Person ${count}`;
    const userId = await createUser(app, {
      email,
      name,
      password: { hash: await testPasswordHash },
      role: options.role ?? 'user',
      verified: options.verified ?? true,
    });
    const client = createClient(url);
    const [session] = await app.accounts.openSessions([userId]);
    for (const pair of session?.cookie.split('; ') ?? [])
      client.cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    return { client, userId, email };
  }

  async function organiser(): Promise<Organiser> {
    const person = await user();
    const created = await person.client.post('/api/organisations', { name: `Organisation ${count}` });
    if (created.status !== 201) throw new Error(`no organisation: ${JSON.stringify(created.body)}`);
    return { ...person, organisationId: created.body.id };
  }

  let house: Organiser | undefined;
  const others: Awaited<ReturnType<typeof startServer>>[] = [];
  const world: World = {
    app,
    clock,
    url,
    connectionString: database.connectionString,
    client: () => createClient(url),
    user,
    organiser,
    admin: () => user({ role: 'admin' }),
    async guest() {
      const client = createClient(url);
      const { status, body } = await client.post('/api/auth/sign-in/anonymous', {});
      if (status !== 200) throw new Error(`no guest: ${JSON.stringify(body)}`);
      return { client, userId: body.user.id, email: '' };
    },
    async member({ organisationId }, role, events) {
      const person = await user();
      await joinTeam(app, { organisationId, userId: person.userId, role, events: events ?? null });
      return person;
    },
    async event(options = {}) {
      house ??= await organiser();
      return createEvent(world, options.organiser ?? house, options);
    },
    async drain() {
      for (let round = 0; round < 20; round++) {
        await app.relay.drain();
        await app.db.run(dueNowSql, [clock.now()]);
        const [jobs] = await app.db.query<{ count: number }>(countDueSql);
        if (!jobs?.count) return;
        await runDueJobs(app.db, allTasks(app));
      }
    },
    async another(connectionString = database.connectionString, parts = {}) {
      const process = await startServer(connectionString, clock, env, parts);
      others.push(process);
      return process;
    },
    async close() {
      // Read before the server stops, because stopping closes the pool.
      const breaches = await findMessageBreaches(app.db);
      const ended = await Promise.allSettled(others.map((process) => process.close()));
      ended.push(...(await Promise.allSettled([first.close()])));
      // Also after a server that failed to close. Otherwise its database would stay for the rest of the run.
      await database.drop();
      for (const each of ended) if (each.status === 'rejected') throw each.reason;
      if (breaches.length > 0) throw new Error(`Messages broke their contract:\n${breaches.join('\n')}`);
    },
  };
  return world;
}

// The queue uses the database's clock, so this makes jobs due there that are due by the world's clock.
const dueNowSql = `update graphile_worker._private_jobs set run_at = now() - interval '1 second' where run_at > now() and run_at <= $1`;
const countDueSql = `
  select count(*)::int as count from graphile_worker._private_jobs where run_at <= now() and attempts < max_attempts`;

async function startServer(
  connectionString: string,
  clock: TestClock,
  env: Record<string, string>,
  parts: Partial<App> = {},
) {
  const port = await freePort();
  const config = readConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'error',
    RATE_LIMIT_FACTOR: '1000',
    // Only the tests of proofs (waiting-room/proofs.test.ts) have guests prove work.
    QUEUE_PROOF_FACTOR: '0',
    HOST: '127.0.0.1',
    PORT: String(port),
    DATABASE_URL: connectionString,
    MAIL_WEBHOOK_SECRET: mailWebhookSecret,
    FILES_DIR: join(tmpdir(), `admit-files-${randomUUID()}`),
    ...env,
  });
  const app = await createApp({
    config: withUrls(config, port),
    connectionString,
    secrets,
    clock,
    log: createLog(config),
  });
  Object.assign(app, { printer: { ...printer, close: async () => {} } }, parts);
  const http: FastifyInstance = await createServer(app);
  const breaches = holdToContract(http.server, offeredBy(http));
  await http.listen({ host: '127.0.0.1', port });
  const close = async () => {
    await http.close();
    await closeApp(app);
    await rm(config.filesDir, { recursive: true, force: true });
    if (breaches.length > 0) throw new Error(`The server broke its contract:\n${breaches.join('\n')}`);
  };
  let closing: Promise<void> | undefined;
  return {
    app,
    url: app.config.publicUrl,
    close() {
      closing ??= close();
      return closing;
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createNetServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

async function createEvent(world: World, organiser: Organiser, options: EventOptions): Promise<TestEvent> {
  const startsAt = new Date(world.clock.now().getTime() + days(30));
  const created = await organiser.client.post('/api/events', {
    organisationId: organiser.organisationId,
    title: 'Night Shift',
    category: 'music',
    startsAt: startsAt.toISOString(),
    endsAt: new Date(startsAt.getTime() + hours(4)).toISOString(),
    timeZone: 'Europe/Berlin',
    venue: { name: 'Kesselhaus', city: 'Berlin', country: 'DE' },
    currency: 'EUR',
    refundPolicy: { steps: [{ hoursBefore: 24, refundPercent: 100 }] },
    // All callers in a test come from this machine.
    placesPerNetwork: 0,
    ...whatIsSold(options),
    ...options.fields,
  });
  if (created.status !== 201) throw new Error(`no event: ${JSON.stringify(created.body)}`);
  let event = created.body;
  if (options.publish !== false) {
    const published = await organiser.client.post(`/api/events/${event.id}/publication`, undefined, {
      'if-match': `"${event.version}"`,
    });
    if (published.status !== 200) throw new Error(`not published: ${JSON.stringify(published.body)}`);
    event = published.body;
  }
  return {
    id: event.id,
    slug: event.slug,
    version: event.version,
    organiser,
    ticketTypes: event.ticketTypes,
    ticketTypeId: event.ticketTypes[0]?.id,
  };
}

function whatIsSold({
  seats,
  capacity = 100,
  priceMinor = 2500,
  tax,
}: EventOptions): Record<string, unknown> {
  if (!seats) {
    return {
      pools: [{ key: 'floor', name: 'Floor', capacity }],
      ticketTypes: [{ name: 'Regular', priceMinor, pools: ['floor'], ...(tax && { tax }) }],
    };
  }
  const columns = Math.max(...seats.map((zone) => zone.perRow));
  const rows = seats.flatMap((zone) => Array.from({ length: zone.rows }, () => zone));
  return {
    seatLayout: {
      width: columns * 10 + 20,
      height: rows.length * 10 + 40,
      zones: seats.map(({ zone }) => ({ key: zone, name: zone, color: '#3366cc' })),
      sections: [
        {
          key: 'stalls',
          name: 'Stalls',
          rows: rows.map(({ zone, perRow }, row) => ({
            label: String.fromCharCode(65 + row),
            zone,
            labels: Array.from({ length: perRow }, (_, seat) => String(seat + 1)),
            x: Array.from({ length: perRow }, (_, seat) => 10 + seat * 10),
            y: Array.from({ length: perRow }, () => 30 + row * 10),
          })),
        },
      ],
    },
    ticketTypes: seats.map(({ zone, priceMinor: zonePrice = priceMinor }) => ({
      name: `Seat ${zone}`,
      priceMinor: zonePrice,
      zone,
      ...(tax && { tax }),
    })),
  };
}
