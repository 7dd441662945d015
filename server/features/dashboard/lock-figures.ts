import type { EventId } from '../../../contract/ids.ts';
import type { Transaction } from '../../data/db.ts';
import { lockCounted } from './count-store.ts';

/**
 * Locks the figures of an event until the transaction ends. A transaction that deletes an event or its orders calls this
 * first: the database deletes their figures with them, and counting locks the figures before it refers to the orders.
 */
export const lockFigures = async (trx: Transaction, eventId: EventId): Promise<void> =>
  void (await lockCounted(trx, [eventId]));
