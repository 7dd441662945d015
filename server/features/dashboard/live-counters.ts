import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import type { Transaction } from '../../data/db.ts';
import { selectLiveCounters } from './read-store.ts';

/** What moves most while an event sells or its doors are open. A message about figures carries these, so pages show them at once. */
export interface LiveCounters {
  views: number;
  checkIns: number;
  sold: number;
}

/** Live counters that processes share (adapters/hot-state/). The tables are the truth: nothing here lives longer than two seconds. */
export interface SharedCounters {
  /** The time of the real clock, because Redis ends keys by it. */
  nowMs(): number;
  /** Null if they are cold, or if Redis does not answer. */
  read(eventId: EventId): Promise<LiveCounters | null>;
  /** Keeps counters that were read from the tables at `readAtMs`. With `ifCold` newer ones stay. */
  keep(eventId: EventId, counters: LiveCounters, how: { readAtMs: number; ifCold: boolean }): Promise<void>;
}

/** Reads the live counters of an event: shared ones, and else the tables. Null if there is no such event. */
export async function readLiveCounters(
  { db, counters }: Pick<App, 'db' | 'counters'>,
  eventId: EventId,
): Promise<LiveCounters | null> {
  const shared = await counters?.read(eventId);
  if (shared) return shared;
  const readAtMs = counters?.nowMs() ?? 0;
  const [row] = await selectLiveCounters(db, [eventId]);
  if (!row) return null;
  const { eventId: _, ...found } = row;
  await counters?.keep(eventId, found, { readAtMs, ifCold: true });
  return found;
}

/**
 * Shares what the caller's transaction has counted. It does so before the commit: the notice of the transaction lets other
 * processes read the counters at once. If the transaction fails, its counters are gone after two seconds.
 */
export async function shareLiveCounters(
  { counters }: Pick<App, 'counters'>,
  trx: Transaction,
  eventIds: EventId[],
): Promise<void> {
  if (!counters) return;
  const readAtMs = counters.nowMs();
  for (const { eventId, ...found } of await selectLiveCounters(trx, eventIds))
    await counters.keep(eventId, found, { readAtMs, ifCold: false });
}
