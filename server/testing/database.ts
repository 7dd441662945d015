import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { databaseUrl, runSql } from './database-server.ts';

export interface TestDatabase {
  connectionString: string;
  drop(): Promise<void>;
}

/**
 * Creates a database as a copy of the template: by default of the run's own, which is migrated and empty. Usually one per
 * test file.
 */
export async function createTestDatabase(template = inject('testTemplate')): Promise<TestDatabase> {
  const server = inject('testServerUrl');
  const name = `admit_test_${randomBytes(6).toString('hex')}`;
  // Copying files takes a third of the time that the default, writing each page to the log, takes.
  await runSql(server, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  return {
    connectionString: databaseUrl(server, name),
    drop: () => runSql(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}
