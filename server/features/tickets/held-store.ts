import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Queryable } from '../../data/db.ts';

const selectSql = `
  select order_id as "orderId", max(held_until) as "heldUntil" from tickets
  where order_id = any($2::text[]) and event_id = $1 and held_until is not null and status = 'valid'
  group by order_id order by order_id`;

export const selectHeld = (
  db: Queryable,
  eventId: EventId,
  orderIds: OrderId[],
): Promise<{ orderId: OrderId; heldUntil: Date }[]> => db.query(selectSql, [eventId, orderIds]);

// Locks in the order of the ids, as the door does.
const clearSql = `
  with locked as materialized (
    select id from tickets where order_id = any($2::text[]) and event_id = $1 and held_until is not null
    order by id for no key update)
  update tickets set held_until = null from locked where tickets.id = locked.id and tickets.event_id = $1`;

export const clearHeld = (trx: Queryable, eventId: EventId, orderIds: OrderId[]): Promise<number> =>
  trx.run(clearSql, [eventId, orderIds]);
