import { Refused } from '../../../contract/errors.ts';
import type { OrderId, TicketId } from '../../../contract/ids.ts';
import type { Transfer } from '../../../contract/transfers.ts';
import type { App } from '../../app.ts';
import type { Caller } from '../accounts/accounts.ts';
import { actsForOrder } from '../orders/acts-for-order.ts';
import { readOrder } from '../orders/read-order.ts';
import { requireEventCapability } from '../sale/event-team.ts';
import { readRelation } from '../tickets/own-tickets.ts';
import { selectOfOrder, selectOfTicket } from './store.ts';
import { isSender, showTransfer, type TransferRow } from './transfer.ts';

interface Listed {
  items: Transfer[];
}

/** Lists the transfers of an order: for its buyer those that the buyer started, for a manager of the event all. */
export async function listTransfers(
  app: App,
  { caller, params }: { caller: Caller; params: { orderId: OrderId } },
): Promise<Listed> {
  const order = await readOrder(app, params.orderId);
  if (!order) throw new Refused('not_found');
  const isBuyer = await actsForOrder(app, caller, order);
  if (!isBuyer) await requireEventCapability(app, caller, order.eventId, 'orders.read');
  const rows = await selectOfOrder(app.db, order.id);
  return show(app, isBuyer ? rows.filter(({ fromTransferId }) => fromTransferId === null) : rows);
}

/**
 * Lists the transfers of a ticket that the caller is or was a part of. Earlier and later holders stay unknown to each
 * other.
 */
export async function listTicketTransfers(
  app: App,
  { caller, params }: { caller: Caller; params: { ticketId: TicketId } },
): Promise<Listed> {
  const { ticketId } = params;
  const [relation, rows] = await Promise.all([
    readRelation(app, caller, ticketId),
    selectOfTicket(app.db, ticketId),
  ]);
  const isPart = (row: TransferRow) =>
    isSender(row, caller.userId, relation) ||
    row.toUserId === caller.userId ||
    (relation === 'holder' && row.id === row.heldBy);
  const seen = rows.filter(isPart);
  if (relation === 'stranger' && seen.length === 0) throw new Refused('not_found');
  return show(app, seen);
}

const show = (app: App, rows: TransferRow[]): Listed => {
  const now = app.clock.now();
  return { items: rows.map((row) => showTransfer(row, now)) };
};

/** All transfers of an order, for its team. */
export const listTransfersOfOrder = async (app: App, orderId: OrderId): Promise<Transfer[]> =>
  show(app, await selectOfOrder(app.db, orderId)).items;
