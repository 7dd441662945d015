import pg from 'pg';
import { expect, test } from 'vitest';
import { createTestDatabase } from './database.ts';

test('each test database is migrated, empty of the others and gone when dropped', async () => {
  const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  const client = new pg.Client(one.connectionString);
  await client.connect();
  const { rows } = await client.query('SELECT count(*)::int > 0 AS migrated FROM migrations');
  expect(rows).toEqual([{ migrated: true }]);
  await client.query('CREATE TABLE mine ()');
  await client.end();

  const other = new pg.Client(two.connectionString);
  await other.connect();
  await expect(other.query('SELECT FROM mine')).rejects.toThrow('"mine" does not exist');
  await other.end();

  await one.drop();
  await two.drop();
  await expect(new pg.Client(one.connectionString).connect()).rejects.toThrow('does not exist');
});
