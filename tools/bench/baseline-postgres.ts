/**
 * Holds written in the usual way, straight through `pg` without HTTP: one transaction each on the row of the pool, in four
 * round trips, or one statement each. Commits are durable, as in all benches.
 */
import pg from 'pg';
import { percentile } from './percentiles.ts';

export interface BaselineOrder {
  /**
   * transaction: BEGIN, UPDATE of the counter, INSERT of the hold, COMMIT, in four round trips.
   * pipelined:   the same four sent at once, in one round trip.
   * statement:   UPDATE and INSERT in one statement that commits by itself.
   */
  kind: 'transaction' | 'pipelined' | 'statement';
  connections: number;
  seconds: number;
  connectionString: string;
}

export interface BaselineReport {
  rate: number;
  p50Ms: number;
  p99Ms: number;
}

const makeSql = `
  create schema if not exists bench;
  create table if not exists bench.pools (
    id text primary key, capacity int not null, held int not null, check (held <= capacity)
  ) with (fillfactor = 20);
  create table if not exists bench.holds (
    id text collate "C" primary key, pool_id text not null, buyer_id text not null, quantity int not null,
    expires_at timestamptz not null, created_at timestamptz not null);
  insert into bench.pools values ('floor', 2000000000, 0) on conflict do nothing`;

const take = {
  name: 'take',
  text: `update bench.pools set held = held + $2 where id = $1 and held + $2 <= capacity returning held`,
  values: ['floor', 2],
};
const insertSql = `
  insert into bench.holds (id, pool_id, buyer_id, quantity, expires_at, created_at) values ($1, $2, $3, $4, $5, $6)`;
const statementSql = `
  with taken as (update bench.pools set held = held + $4 where id = $2 and held + $4 <= capacity returning id)
  insert into bench.holds (id, pool_id, buyer_id, quantity, expires_at, created_at)
  select $1, id, $3, $4, $5, $6 from taken`;

let count = 0;
function nextHold(): unknown[] {
  const id = `${process.pid}-${performance.now().toString(36)}-${++count}`;
  const now = new Date();
  return [id, 'floor', `buyer-${count}`, 2, new Date(now.getTime() + 600_000), now];
}

const holds: Record<BaselineOrder['kind'], (client: pg.Client) => Promise<unknown>> = {
  async transaction(client) {
    await client.query('begin');
    await client.query(take);
    await client.query({ name: 'insert', text: insertSql, values: nextHold() });
    await client.query('commit');
  },
  pipelined: (client) =>
    Promise.all([
      client.query('begin'),
      client.query(take),
      client.query({ name: 'insert', text: insertSql, values: nextHold() }),
      client.query('commit'),
    ]),
  statement: (client) => client.query({ name: 'statement', text: statementSql, values: nextHold() }),
};

async function run({ kind, connections, seconds, connectionString }: BaselineOrder): Promise<BaselineReport> {
  const clients = Array.from(
    { length: connections },
    () => new pg.Client({ connectionString, pipeline: kind === 'pipelined' }),
  );
  await Promise.all(clients.map((client) => client.connect()));
  await clients[0]?.query(makeSql);
  const latencies: number[] = [];
  const startMs = performance.now();
  const endMs = startMs + seconds * 1000;
  await Promise.all(
    clients.map(async (client) => {
      for (let sentMs = performance.now(); sentMs < endMs; sentMs = performance.now()) {
        await holds[kind](client);
        latencies.push(performance.now() - sentMs);
      }
    }),
  );
  const tookSeconds = (performance.now() - startMs) / 1000;
  await Promise.all(clients.map((client) => client.end()));
  latencies.sort((a, b) => a - b);
  return {
    rate: latencies.length / tookSeconds,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
  };
}

process.on('message', (order: BaselineOrder) => {
  run(order).then(
    (report) => process.send?.(report),
    (error) => process.send?.({ error: (error as Error).stack }),
  );
});
process.on('disconnect', () => process.exit(0));
