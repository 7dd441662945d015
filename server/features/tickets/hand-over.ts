import { Refused } from '../../../contract/errors.ts';
import type { TicketId } from '../../../contract/ids.ts';
import type { Transaction, Writes } from '../../data/db.ts';
import { refreshPassesOfTicket } from '../../work/pass-jobs.ts';

export type { LockedTicket } from './holder-store.ts';

import { type LockedTicket, lockTicket, type NewHolder, updateHolder } from './holder-store.ts';

/** Locks a ticket until the transaction ends, so that nobody uses, cancels or accepts it meanwhile. */
export async function lockForHandOver(trx: Transaction, ticketId: TicketId): Promise<LockedTicket> {
  const ticket = await lockTicket(trx, ticketId);
  if (!ticket) throw new Refused('not_found');
  return ticket;
}

/**
 * Gives a ticket to its new holder. The issue rises in the same statement, so the door refuses every earlier code from this
 * commit on. The caller has locked the ticket and checked that it is valid.
 */
export function handOver(trx: Writes, holder: NewHolder): void {
  updateHolder(trx, holder);
  refreshPassesOfTicket(trx, holder.ticketId);
}
