import type { TicketId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { Raw } from '../../http/bind.ts';
import type { Caller } from '../accounts/accounts.ts';
import { ticketCalendar } from './calendar.ts';
import { calendarHeaders } from './get-order-calendar.ts';
import { readOwnTicket } from './own-tickets.ts';

export async function getTicketCalendar(
  app: App,
  call: { caller: Caller; params: { ticketId: TicketId } },
): Promise<Raw> {
  const { ticket, order, event } = await readOwnTicket(app, call.caller, call.params.ticketId);
  return new Raw(ticketCalendar(ticket, order, event, app.config), calendarHeaders(event));
}
