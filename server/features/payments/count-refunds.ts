import type { EventId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { countPending, type FailedRefund, listFailed } from './event-refunds-store.ts';

/** Counts the refunds of a cancelled event that the provider has not confirmed, and those that it refused. */
export async function countRefundsOfCancelled(
  db: Queryable,
  eventId: EventId,
  limit: number,
): Promise<{ pending: number; failed: number; failures: FailedRefund[] }> {
  const [pending, failed] = await Promise.all([countPending(db, eventId), listFailed(db, eventId, limit)]);
  return { pending, ...failed };
}
