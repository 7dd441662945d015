import type { EventId } from '../../contract/ids.ts';
import type { Queryable, Transaction } from '../data/db.ts';

// The audit recounts the tables of all features, event by event in the order of their ids.
const eventsSql = `select id from events where id > $1 order by id limit $2`;

/** Selects the next events to recount. */
export const selectEvents = async (db: Queryable, after: string, limit: number): Promise<EventId[]> =>
  (await db.query<{ id: EventId }>(eventsSql, [after, limit])).map(({ id }) => id);

const replaceSql = `
  with gone as (delete from audit_findings where found_at < $1)
  insert into audit_findings (finding, found_at) select unnest($2::text[]), $1`;

/** Replaces the findings of earlier runs with those of this one. */
export const replaceFindings = (trx: Transaction, findings: string[], now: Date): void =>
  trx.write(replaceSql, [now, findings]);

const runSql = `
  insert into audit_runs (only_row, finished_at, findings) values (true, $1, $2)
  on conflict (only_row) do update set finished_at = excluded.finished_at, findings = excluded.findings`;

export const noteRun = (trx: Transaction, findings: number, now: Date): void =>
  trx.write(runSql, [now, findings]);

export interface AuditRun {
  finishedAt: Date;
  findings: number;
}

const lastSql = `select finished_at as "finishedAt", findings from audit_runs`;

/** The last recount that was finished; null before the first. */
export const lastRun = async (db: Queryable): Promise<AuditRun | null> =>
  (await db.query<AuditRun>(lastSql))[0] ?? null;

const balancesSql = `
  select split_part(account, ':', 1) as type, currency, sum(minor)::float8 as minor from (
    select credit as account, currency, amount_minor as minor from transfers
    union all select debit, currency, -amount_minor from transfers
  ) as entry group by 1, 2 order by 2, 1`;

/** The balance of each type of account. A balance is what we owe; the provider's is negative, because it owes us. */
export const selectBalances = (db: Queryable): Promise<{ type: string; currency: string; minor: number }[]> =>
  db.query(balancesSql);
