import type { App } from '../../app.ts';
import type { Caller } from '../accounts/accounts.ts';
import { actsForOrder } from '../orders/acts-for-order.ts';
import type { OrderRecord } from '../orders/orders.ts';
import { holdsForAnother } from './holder-store.ts';
import type { TicketRow } from './ticket.ts';

/**
 * How the caller is related to a ticket. `holder`: they may use it and do everything with it. `payer`: they bought it and
 * it was passed on, so they see only that. `stranger`: for them it does not exist.
 */
export type Relation = 'holder' | 'payer' | 'stranger';

/** The buyer of a ticket that never changed hands needs no query. */
export async function relationTo(
  app: Pick<App, 'db'>,
  caller: Pick<Caller, 'userId' | 'key'>,
  ticket: Pick<TicketRow, 'id' | 'transferId' | 'holderId'>,
  order: Pick<OrderRecord, 'id' | 'buyerId'>,
): Promise<Relation> {
  if (caller.key) return 'stranger';
  if (ticket.transferId === null) return (await actsForOrder(app, caller, order)) ? 'holder' : 'stranger';
  if (ticket.holderId === caller.userId) return 'holder';
  if (await holdsForAnother(app.db, caller.userId, ticket.id)) return 'holder';
  return (await actsForOrder(app, caller, order)) ? 'payer' : 'stranger';
}
