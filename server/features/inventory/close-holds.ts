import type { EventId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { selectActiveHolds } from './store.ts';

/** Holds per batch of the ledger, so that the batches of other events in the same lane wait some milliseconds only. */
const portion = 200;

/**
 * Ends every hold of a cancelled event and drops its unpaid orders. The ledger ends each of them anyway as soon as a
 * command names it; this also ends those that nobody touches any more.
 */
export async function closeHolds(app: Pick<App, 'db' | 'ledger'>, eventId: EventId): Promise<void> {
  for (;;) {
    const holdIds = await selectActiveHolds(app.db, eventId, portion);
    if (holdIds.length === 0) return;
    await Promise.all(holdIds.map((holdId) => app.ledger.submit(eventId, { kind: 'close', holdId })));
  }
}
