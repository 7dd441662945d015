import type { FastifyInstance } from 'fastify';
import * as transfers from '../../../contract/transfers.ts';
import type { App } from '../../app.ts';
import { bind } from '../../http/bind.ts';
import { listReceivedTickets } from '../tickets/list-received-tickets.ts';
import { acceptTransfer } from './accept-transfer.ts';
import { declineTransfer } from './decline-transfer.ts';
import { listTicketTransfers, listTransfers } from './list-transfers.ts';
import { openTransfer } from './open-transfer.ts';
import { readTransfer } from './read-transfer.ts';
import { renameAttendee } from './rename-attendee.ts';
import { startOrderTransfer } from './start-order-transfer.ts';
import { startTransfer } from './start-transfer.ts';
import { withdrawTransfer } from './withdraw-transfer.ts';

export function transfersRoutes(http: FastifyInstance, app: App): void {
  bind(http, app, transfers.startTransfer, startTransfer);
  bind(http, app, transfers.startOrderTransfer, startOrderTransfer);
  bind(http, app, transfers.listTransfers, listTransfers);
  bind(http, app, transfers.listTicketTransfers, listTicketTransfers);
  bind(http, app, transfers.withdrawTransfer, withdrawTransfer);
  bind(http, app, transfers.readTransfer, readTransfer);
  bind(http, app, transfers.acceptTransfer, acceptTransfer);
  bind(http, app, transfers.openTransfer, openTransfer);
  bind(http, app, transfers.declineTransfer, declineTransfer);
  bind(http, app, transfers.renameAttendee, renameAttendee);
  bind(http, app, transfers.listMyTickets, listReceivedTickets);
}
