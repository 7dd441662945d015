import type { FastifyInstance } from 'fastify';
import * as doorSales from '../../../contract/door-sales.ts';
import * as tickets from '../../../contract/tickets.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { askForPaper } from './ask-for-paper.ts';
import { getDoorSaleTickets } from './get-door-sale-tickets.ts';
import { getOrderCalendar } from './get-order-calendar.ts';
import { getOrderTicketsPdf } from './get-order-tickets-pdf.ts';
import { getTicket } from './get-ticket.ts';
import { getTicketCalendar } from './get-ticket-calendar.ts';
import { getTicketPdf } from './get-ticket-pdf.ts';
import { getTicketQr } from './get-ticket-qr.ts';
import { listTicketKeys } from './list-ticket-keys.ts';
import { openWallet } from './open-wallet.ts';

export function ticketsRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, tickets.getTicket, getTicket);
  bind(http, app, tickets.getTicketQr, getTicketQr);
  bind(http, app, tickets.getTicketPdf, getTicketPdf);
  bind(http, app, tickets.openWallet, openWallet);
  bind(http, app, tickets.askForPaper, askForPaper);
  bind(http, app, tickets.getTicketCalendar, getTicketCalendar);
  bind(http, app, tickets.getOrderTicketsPdf, getOrderTicketsPdf);
  bind(http, app, doorSales.getDoorSaleTickets, getDoorSaleTickets);
  bind(http, app, tickets.getOrderCalendar, getOrderCalendar);
  bind(http, app, tickets.listTicketKeys, listTicketKeys);
}
