import type { TicketId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';
import { findTicket } from './store.ts';
import type { TicketRow } from './ticket.ts';

/** Reads a ticket for another feature, which decides who may see it. */
export const readTicket = (db: Queryable, ticketId: TicketId): Promise<TicketRow | null> =>
  findTicket(db, ticketId);
