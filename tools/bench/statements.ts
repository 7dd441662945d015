/** Reads from pg_stat_statements what PostgreSQL did during the load, by statement. */
import type { Db } from '../../server/data/db.ts';

/** Settings for PostgreSQL's start. They cost a few per cent, so they are used only with a profile. */
export const statementSettings = {
  shared_preload_libraries: 'pg_stat_statements',
  'pg_stat_statements.track_planning': 'on',
  // Also statements within functions and checks of foreign keys.
  'pg_stat_statements.track': 'all',
};

export async function startStatements(db: Db): Promise<void> {
  await db.query('create extension if not exists pg_stat_statements');
  await db.query('select pg_stat_statements_reset()');
}

const topSql = `
  select calls, total_exec_time + total_plan_time as total_ms, mean_exec_time, mean_plan_time, plans, rows,
    shared_blks_hit / greatest(calls, 1) as blocks, wal_bytes / greatest(calls, 1) as wal_bytes, regexp_replace(query, '\\s+', ' ', 'g') as text
  from pg_stat_statements
  where query not ilike '%pg_stat_statements%' and query not like '%bench.%' and query not like '%with asked%'
  order by total_ms desc limit 24`;

interface StatementRow {
  calls: number;
  total_ms: number;
  mean_exec_time: number;
  mean_plan_time: number;
  plans: number;
  rows: number;
  blocks: number;
  wal_bytes: number;
  text: string;
}

export async function showStatements(db: Db): Promise<string> {
  const rows = await db.query<StatementRow>(topSql);
  const cells = rows.map((row) => [
    row.total_ms.toFixed(0),
    String(row.calls),
    row.mean_exec_time.toFixed(3),
    `${row.mean_plan_time.toFixed(3)}×${row.plans}`,
    (row.rows / Math.max(1, row.calls)).toFixed(1),
    row.blocks.toFixed(0),
    row.wal_bytes.toFixed(0),
    row.text.trim().slice(0, 110),
  ]);
  const table = [
    [
      'total ms',
      'calls',
      'exec ms',
      'plan ms×plans',
      'rows',
      'blocks',
      'WAL bytes',
      'statement (means per call)',
    ],
    ...cells,
  ];
  const widths = table[0]!.map((_, i) => Math.max(...table.map((row) => row[i]!.length)));
  const lines = table.map(
    (row) => `  ${row.map((cell, i) => (i === 7 ? cell : cell.padStart(widths[i]!))).join('  ')}`,
  );
  return ['\nPostgreSQL while the load ran:', ...lines].join('\n');
}
