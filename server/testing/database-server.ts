import { rmSync } from 'node:fs';
import pg from 'pg';
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../adapters/postgres/embedded.ts';
import { migrate } from '../data/migrate.ts';
import { newScratch } from './scratch.ts';

export interface TestDatabaseServer {
  /** A PostgreSQL on which test databases may be created and dropped. */
  url: string;
  /** The migrated, empty database that each test database is a copy of. */
  template: string;
  close(): Promise<void>;
}

/** One PostgreSQL for a whole run, with a template that is migrated once. */
export async function startTestDatabaseServer(): Promise<TestDatabaseServer> {
  // A given server may serve several runs at once, so the name contains the process id.
  const template = `admit_template_${process.pid}`;
  const server = await startServer();
  try {
    await runSql(server.url, `CREATE DATABASE ${template} TEMPLATE template0`);
    await migrate(databaseUrl(server.url, template));
  } catch (error) {
    await server.close();
    throw error;
  }
  return {
    url: server.url,
    template,
    async close() {
      await runSql(server.url, `DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
      await server.close();
    },
  };
}

async function startServer(): Promise<{ url: string; close(): Promise<void> }> {
  const given = process.env.ADMIT_TEST_DATABASE_URL;
  if (given) return { url: given, close: async () => {} };

  const dataDir = newScratch('admit-test-');
  const server = await startEmbeddedPostgres({
    dataDir,
    // The data is deleted after the run, so nothing needs to reach the disk. Commits still wait for the operating
    // system, because tests that kill the server rely on its answers.
    settings: { fsync: 'off', full_page_writes: 'off', max_connections: '200' },
  });
  return {
    url: server.connectionString,
    async close() {
      await server.stop();
      await removeEmbeddedPostgres(dataDir);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The same server and login with another database. */
export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

export async function runSql(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
