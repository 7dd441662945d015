import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Transaction, Writes } from '../../data/db.ts';

const lockFinished = `
  select id from orders
  where event_id = $1 and id > $2 and status <> 'pending' and total_minor >= 0
    and greatest(created_at, confirmed_at, closed_at) < $3
    and not exists (
      select from cancellations
      where cancellations.order_id = orders.id and cancellations.event_id = orders.event_id and cancellations.created_at >= $3)
  order by id
  limit $4 for update of orders skip locked`;
/**
 * Locks finished orders of an event, of which nothing has happened since `before`, in the order of their ids after
 * `after`. Leaves out orders that somebody else has locked.
 */
export const lockFinishedOrders = async (
  trx: Transaction,
  eventId: EventId,
  { after, before, limit }: { after: OrderId | ''; before: Date; limit: number },
): Promise<OrderId[]> =>
  (await trx.query<{ id: OrderId }>(lockFinished, [eventId, after, before, limit])).map(({ id }) => id);

const deletes = ['cancellations', 'order_openings', 'unpaid_seat_changes'].map(
  (table) => `delete from ${table} where event_id = $1 and order_id = any($2::text[])`,
);
const deleteRows = `delete from orders where event_id = $1 and id = any($2::text[])`;
/** Deletes orders, whose tickets and payments are deleted, with their cancellations, their openings and the changes of their seats. */
export function deleteOrders(trx: Writes, eventId: EventId, orderIds: OrderId[]): void {
  for (const sql of [...deletes, deleteRows]) trx.write(sql, [eventId, orderIds]);
}
