import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { databaseUrl, runSql } from './database-server.ts';

export interface TestDatabase {
  connectionString: string;
  drop(): Promise<void>;
}

/** Creates a migrated, empty database as a clone of the run's template. Usually one per test file. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = inject('testServerUrl');
  const name = `admit_test_${randomBytes(6).toString('hex')}`;
  await runSql(server, `CREATE DATABASE ${name} TEMPLATE ${inject('testTemplate')}`);
  return {
    connectionString: databaseUrl(server, name),
    drop: () => runSql(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}
