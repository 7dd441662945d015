import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { isDatabaseUnavailable } from './database-trouble.ts';
import type { Db, Reads } from './db.ts';

/** Reads that may be a second old, from a streaming replica (docs/operations.md). */
interface Replica {
  reads: Reads;
  close(): Promise<void>;
}

interface ReplicaOptions {
  primary: Db;
  replica: Db;
  /** A replica that is further behind gets no reads. */
  mostLagMs: number;
  clock: Clock;
  log: Log;
  metrics: Metrics;
}

const lookEveryMs = 250;
/** Positions of the primary that the replica has not replayed yet: five minutes of them. */
const mostPositions = 1200;

const askPrimary = `select pg_current_wal_lsn() - '0/0'::pg_lsn as at`;
const askReplica = `
  select pg_is_in_recovery() as standby, coalesce(pg_last_wal_replay_lsn() - '0/0'::pg_lsn, 0) as at`;

/**
 * Sends reads to the replica while it is known to have everything that the primary had `mostLagMs` ago, and else to the
 * primary. A read that fails at the replica is repeated at the primary.
 *
 * Every quarter of a second it notes the primary's position in the log with the time, and how far the replica has replayed. The
 * replica is as fresh as the last position that it has reached. Its own clock and the time of its last transaction say less: both
 * look well on a replica that is cut off from its primary.
 */
export function followReplica(options: ReplicaOptions): Replica {
  const { primary, replica, mostLagMs, clock, log, metrics } = options;
  const positions: { at: number; ms: number }[] = [];
  /** What the primary had committed at this time, the replica shows. */
  let freshAsOfMs = Number.NEGATIVE_INFINITY;
  let wasFresh = false;
  let closed = false;

  const isFresh = () => clock.monotonicMs() - freshAsOfMs <= mostLagMs;

  async function look(): Promise<void> {
    const ms = clock.monotonicMs();
    const [noted, [state]] = await Promise.all([
      primary.query<{ at: number }>(askPrimary).catch(() => []),
      replica.query<{ standby: boolean; at: number }>(askReplica).catch(() => []),
    ]);
    for (const { at } of noted) positions.push({ at, ms });
    // A replica that was promoted is on a log of its own, whose positions cannot be compared.
    const reached = state?.standby ? state.at : -1;
    while (positions[0] && positions[0].at <= reached) freshAsOfMs = positions.shift()?.ms ?? freshAsOfMs;
    if (positions.length > mostPositions) positions.shift();
    const lag = (clock.monotonicMs() - freshAsOfMs) / 1000;
    metrics.replicaLagSeconds.set(lag);
    if (isFresh() === wasFresh) return;
    wasFresh = !wasFresh;
    if (wasFresh) log.info('the replica serves reads');
    else log.warn({ lag }, 'the replica is away or too far behind: the primary serves its reads');
  }

  async function follow(): Promise<void> {
    while (!closed) {
      await look();
      await wait(lookEveryMs, undefined, { ref: false });
    }
  }
  const following = follow();

  return {
    reads: {
      async query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]) {
        if (isFresh()) {
          try {
            const rows = await replica.query<Row>(text, values);
            metrics.replicaReads.inc({ server: 'replica' });
            return rows;
          } catch (error) {
            if (!isDatabaseUnavailable(error)) throw error;
            // Not asked again before it has shown that it is well.
            freshAsOfMs = Number.NEGATIVE_INFINITY;
          }
        }
        metrics.replicaReads.inc({ server: 'primary' });
        return primary.query<Row>(text, values);
      },
    },
    async close() {
      closed = true;
      await Promise.race([following, wait(lookEveryMs)]);
      await replica.close();
    },
  };
}
