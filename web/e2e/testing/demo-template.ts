import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { App } from '../../../server/app.ts';
import { readConfig } from '../../../server/config.ts';
import { type Running, startAdmit } from '../../../server/start.ts';
import { databaseUrl, runSql } from '../../../server/testing/database-server.ts';
import { freePort } from '../../../server/testing/free-port.ts';
import { workOff } from './jobs.ts';

/** An Admit whose demo is made and whose jobs are done. Each file's server starts with a copy of it. */
interface DemoTemplate {
  /** The name of the database. */
  database: string;
  /** Holds the secrets that the database's contents were made with. */
  dataDir: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    demoTemplate: DemoTemplate;
  }
}

/**
 * Makes the demo once for all files of a run. The demo sells 160 tickets. Their PDFs keep a core busy for seconds, and
 * before the demo was copied every file's first tests waited for them.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { testServerUrl, testTemplate } = project.getProvidedContext();
  const database = `admit_demo_${process.pid}`;
  const dataDir = mkdtempSync(join(tmpdir(), 'admit-demo-'));
  const close = async () => {
    rmSync(dataDir, { recursive: true, force: true });
    await runSql(testServerUrl, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  };
  try {
    await runSql(testServerUrl, `CREATE DATABASE ${database} TEMPLATE ${testTemplate}`);
    const { app, stop } = await startWithDemo(databaseUrl(testServerUrl, database), dataDir);
    await workOff(app).finally(stop);
  } catch (error) {
    await close();
    throw error;
  }
  project.provide('demoTemplate', { database, dataDir });
  return close;
}

/** Starts Admit as `npm start` does, on a database of the tests' PostgreSQL. An empty database gets the demo. */
export async function startWithDemo(
  connectionString: string,
  dataDir: string,
  env: Record<string, string> = {},
  clock?: App['clock'],
): Promise<Running> {
  const config = readConfig({
    PORT: String(await freePort()),
    DATA_DIR: dataDir,
    DATABASE_URL: connectionString,
    DEMO: 'true',
    LOG_LEVEL: 'error',
    // All people of the tests come from one address.
    RATE_LIMIT_FACTOR: '1000',
    ...env,
  });
  return startAdmit(config, clock && { clock });
}
