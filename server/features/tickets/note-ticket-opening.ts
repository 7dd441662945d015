import type { UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { insertOpening } from './holder-store.ts';
import type { TicketRow } from './ticket.ts';

/** Notes that somebody has shown the secret of a ticket's link: they act for its holder until the ticket is passed on. */
export const noteTicketOpening = (
  app: Pick<App, 'db' | 'clock'>,
  userId: UserId,
  { id, eventId, issue }: TicketRow,
): Promise<number> => insertOpening(app.db, { ticketId: id, eventId, userId, issue }, app.clock.now());
