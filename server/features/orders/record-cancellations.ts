import type { Id } from '../../../contract/ids.ts';
import type { Writes } from '../../data/db.ts';
import type { CancelledTickets } from '../inventory/inventory.ts';
import { insertCancellations } from './cancellation-store.ts';

/** Tickets of one order that one command has cancelled, as they are recorded. */
export type Cancellation = CancelledTickets & { id: Id<'cancellation'> };

/**
 * Records cancellations, and what goes back, with their orders: one without a ticket left is cancelled with the last of
 * them. The database refuses, and fails the transaction, where more would go back than was paid.
 */
export const recordCancellations = (trx: Writes, made: Cancellation[], now: Date): void =>
  insertCancellations(trx, made, now);
