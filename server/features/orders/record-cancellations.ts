import type { Id } from '../../../contract/ids.ts';
import type { Writes } from '../../data/db.ts';
import type { CancelledTickets } from '../inventory/inventory.ts';
import { insertCancellations } from './cancellation-store.ts';
import type { RefundReason } from './order-mails.ts';

/** Tickets of one order that one command has cancelled, as they are recorded. */
export type Cancellation = CancelledTickets & { id: Id<'cancellation'> };

/** Why the money of a cancellation goes back. */
export const causeOf = ({ command }: Pick<Cancellation, 'command'>): RefundReason =>
  command.kind === 'cancel' ? 'cancelled_by_buyer' : command.cause;

/**
 * Records cancellations and their refunds with their orders. An order is cancelled together with its last ticket. The
 * database fails the transaction if refunds would exceed the payment.
 */
export const recordCancellations = (trx: Writes, made: Cancellation[], now: Date): void =>
  insertCancellations(trx, made, now);
