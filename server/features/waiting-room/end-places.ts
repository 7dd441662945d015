import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { endPortion } from './keeper-store.ts';

/**
 * Ends the places of a queue that is over, in portions, so that no transaction is long however many people waited. Several processes
 * share the work. After a crash the next step of a keeper goes on. Returns how many places ended.
 */
export async function endPlaces(
  { db, clock }: Pick<App, 'db' | 'clock'>,
  eventId: EventId,
  { signal, portion = 5000 }: { signal?: AbortSignal; portion?: number } = {},
): Promise<number> {
  let total = 0;
  let after = '';
  while (!signal?.aborted) {
    const ended = await db.transaction((trx) =>
      endPortion(trx, { eventId, after, limit: portion }, clock.now()),
    );
    total += ended.count;
    if (ended.last === null) break;
    after = ended.last;
  }
  return total;
}
