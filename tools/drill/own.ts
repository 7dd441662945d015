import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import {
  type EmbeddedPostgres,
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../server/adapters/postgres/embedded.ts';
import { readConfig } from '../../server/config.ts';
import { startAdmit } from '../../server/start.ts';
import { copyWhileRunning, placeCopy } from '../../server/testing/base-backup.ts';
import { createClient } from '../../server/testing/client.ts';
import { newScratch } from '../../server/testing/scratch.ts';
import { drillDump, judge, withDb } from './dump.ts';

type Say = (line: string) => void;

/**
 * Backs up and restores its own PostgreSQL: sells, copies the data directory during the sale, archives the log, deletes
 * everything, and restores to the moment before. All sales until then must be there, and no others.
 */
export async function drillOwn(say: Say): Promise<void> {
  const home = newScratch('admit-drill-');
  const at = (name: string) => join(home, name);
  // PostgreSQL may run as another user than this process, so that user needs access.
  mkdirSync(at('archive'));
  chmodSync(at('archive'), 0o777);
  const started: EmbeddedPostgres[] = [];
  const start = async (dataDir: string, settings: Record<string, string>) => {
    const server = await startEmbeddedPostgres({ dataDir, settings });
    started.push(server);
    return server;
  };
  try {
    const archive = at('archive');
    const source = await start(at('source'), {
      wal_level: 'replica',
      archive_mode: 'on',
      archive_command: `test ! -f ${archive}/%f && cp %p ${archive}/%f`,
    });
    const shop = await openShop(source.connectionString, at('shop'));
    try {
      await shop.sell(10);
      const copy = at('copy');
      await copyWhileRunning(source.connectionString, { from: at('source'), to: copy }, () => shop.sell(10));
      say(`the data directory was copied while places were sold: ${shop.held.length} holds so far`);
      await shop.sell(10);
      const kept = [...shop.held];
      const instant = await now(source.connectionString);
      await wait(1100);
      await shop.sell(10);
      // Not by truncate: a trigger protects the documents that were issued for the orders.
      await withDb(source.connectionString, (db) => db.run('drop table orders, tickets cascade'));
      say(`everything was lost, shortly after ${instant}`);
      await switchLog(source.connectionString);
      const restored = await restoreTo(instant, { copy, archive, dataDir: at('restored') }, start);
      await withDb(restored.connectionString, async (db) => {
        const there = new Set((await db.query<{ id: string }>('select id from holds')).map(({ id }) => id));
        const lost = kept.filter((id) => !there.has(id));
        const late = shop.held.filter((id) => there.has(id) && !kept.includes(id));
        if (lost.length > 0 || late.length > 0)
          throw new Error(`${lost.length} holds are missing and ${late.length} are from after the instant.`);
        say(
          `restored to the instant: ${kept.length} holds are there, ${shop.held.length - kept.length} later ones are not`,
        );
      });
      await judge(restored.connectionString, { isDump: false, say });
      await dumpToo(restored.connectionString, say);
    } finally {
      await shop.close();
    }
  } finally {
    for (const server of started.reverse()) await server.stop();
    for (const name of ['source', 'restored']) await removeEmbeddedPostgres(at(name));
    rmSync(home, { recursive: true, force: true });
  }
}

/** A whole Admit with the demo's events. It sells places of one of them. */
async function openShop(connectionString: string, dataDir: string) {
  const config = readConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    RATE_LIMIT_FACTOR: '100000',
    HOST: '127.0.0.1',
    PORT: '0',
    DEMO: 'true',
    DATA_DIR: dataDir,
    DATABASE_URL: connectionString,
  });
  const running = await startAdmit(config);
  // All of these guests share one network, and a network may hold only so many places at once.
  await running.app.db.run('update events set places_per_network = 0');
  const { url, organiser } = await findEvent(running.app.config.listenUrl);
  const held: string[] = [];
  return {
    held,
    /** Guests who each hold and order a place; a free one gives a ticket at once. */
    async sell(count: number) {
      for (let i = 0; i < count; i++) {
        const buyer = createClient(url);
        await buyer.post('/api/auth/sign-in/anonymous', {});
        const hold = await buyer.post(`/api/events/${organiser.eventId}/holds`, {
          items: [{ ticketTypeId: organiser.ticketTypeId, quantity: 1 }],
        });
        if (hold.status !== 201) throw new Error(`no place was sold: ${JSON.stringify(hold.body)}`);
        held.push(hold.body.id);
        const person = { name: 'Ada Osei', email: `ada-${held.length}@example.com` };
        await buyer.post('/api/orders', { holdId: hold.body.id, buyer: person });
      }
    },
    close: () => running.stop(),
  };
}

/** A demo event with unnumbered places. */
async function findEvent(url: string) {
  const client = createClient(url);
  const { items } = (await client.get('/api/events?limit=100')).body;
  for (const { id } of items) {
    const event = (await client.get(`/api/events/${id}`)).body;
    const type = event.ticketTypes.find((each: { zone: string | null }) => each.zone === null);
    const counts = (await client.get(`/api/events/${id}/availability`)).body.ticketTypes;
    const free = counts.find((each: { id: string }) => each.id === type?.id)?.available ?? 0;
    if (type && free > 100 && !event.asksAttendeeNames)
      return { url, organiser: { eventId: id, ticketTypeId: type.id } };
  }
  throw new Error('the demo has no event with a hundred free places');
}

const now = (url: string) =>
  withDb(url, async (db) => {
    const [row] = await db.query<{ now: string }>(
      `select to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD HH24:MI:SS.US+00') as now`,
    );
    return row?.now ?? '';
  });

const switchLog = (url: string) =>
  withDb(url, async (db) => {
    const [before] = await db.query<{ file: string }>('select pg_walfile_name(pg_switch_wal()) as file');
    for (;;) {
      const [row] = await db.query<{ done: boolean }>(
        'select coalesce(last_archived_wal >= $1, false) as done from pg_stat_archiver',
        [before?.file],
      );
      if (row?.done) return;
      await wait(100);
    }
  });

async function restoreTo(
  instant: string,
  { copy, archive, dataDir }: { copy: string; archive: string; dataDir: string },
  start: (dataDir: string, settings: Record<string, string>) => Promise<EmbeddedPostgres>,
): Promise<EmbeddedPostgres> {
  placeCopy(copy, dataDir, 'recovery.signal');
  const server = await start(dataDir, {
    restore_command: `cp ${archive}/%f %p`,
    recovery_target_time: instant,
    recovery_target_action: 'promote',
  });
  await withDb(server.connectionString, async (db) => {
    for (;;) {
      const [row] = await db.query<{ recovering: boolean }>('select pg_is_in_recovery() as recovering');
      if (!row?.recovering) return;
      await wait(100);
    }
  });
  return server;
}

/** The same with a dump, if the tools are installed and as new as the server. */
async function dumpToo(url: string, say: Say): Promise<void> {
  const program = process.env.PG_BIN ? join(process.env.PG_BIN, 'pg_dump') : 'pg_dump';
  const found = spawnSync(program, ['--version'], { encoding: 'utf8' });
  const version = Number(/(\d+)(\.\d+)?\s*(\(|$)/.exec(found.stdout ?? '')?.[1] ?? 0);
  const needed = await withDb(url, async (db) => {
    const [row] = await db.query<{ major: number }>(
      `select current_setting('server_version_num')::int / 10000 as major`,
    );
    return row?.major ?? 0;
  });
  if (version < needed) {
    say(
      `not drilled with a dump: pg_dump of PostgreSQL ${needed} or newer is needed, ${version || 'none'} was found (PG_BIN)`,
    );
    return;
  }
  await withDb(url, (db) => db.run('create database drill template template0'));
  const copy = new URL(url);
  copy.pathname = '/drill';
  await drillDump(url, copy.href, say);
}
