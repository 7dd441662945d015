import type { EventId } from '../../contract/ids.ts';
import type { Queryable } from '../data/db.ts';
import type { Check } from './check.ts';
import { promises } from './promises.ts';

interface AuditOptions {
  /** Only these events; all by default. It leaves out bulk-loaded rows that no ledger wrote. */
  eventIds?: EventId[];
  /** Ids of holds, orders, payments, tickets, refunds and check-ins that a client was told exist. */
  acknowledged?: string[];
  /**
   * True if the outbox was drained and no webhook or job is under way. Then everything that follows a commit must
   * have happened too, and money that the sandbox took by `now` must be in the books. True by default.
   */
  settled?: boolean;
  /** The instant of the world's clock. Without it, checks that depend on the time are skipped. */
  now?: Date;
  /** Names of promises to skip. */
  skip?: string[];
  /** Names of the only promises to check. */
  only?: string[];
}

/**
 * Recounts every promise from the tables and returns the broken ones, each with up to three of its rows. An empty
 * list means that all hold. It is one statement and so one snapshot, and is correct during running sales too, except
 * for what `settled` adds. It is set-based: a million purchases, some seven million rows, take 20 s on two cores.
 */
export async function audit(db: Queryable, options: AuditOptions = {}): Promise<string[]> {
  const { eventIds = null, acknowledged = [], settled = true, now = null, skip = [], only } = options;
  const chosen = promises.filter(
    (promise) =>
      !skip.includes(promise.name) &&
      (settled || !promise.settled) &&
      (only === undefined || only.includes(promise.name)),
  );
  const broken = await db.query<{ name: string; count: number; examples: string[] }>(statementOf(chosen), [
    eventIds,
    acknowledged,
    now,
  ]);
  return broken.map(({ name, count, examples }) => {
    const more = count > examples.length ? ` and ${count - examples.length} more` : '';
    return `${name}: ${examples.join('; ')}${more}`;
  });
}

/** Builds one statement of all checks. A check selects one text per row that breaks it. */
function statementOf(chosen: Check[]): string {
  const checks = chosen.map(
    ({ name, sql }) => `
      select '${name}' as name, count(*)::int as count, (array_agg(detail order by detail))[1:3] as examples
      from (${sql}) as broken (detail) having count(*) > 0`,
  );
  // Each parameter is named once, so that it has a type whatever checks were chosen.
  return `with asked as (select $1::text[] as event_ids, $2::text[] as acknowledged, $3::timestamptz as now)
    ${checks.join(' union all ')}`;
}
