import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Writes } from '../../data/db.ts';

// Locks in the order of the ids, as the door does.
const touchSql = `
  with locked as materialized (
    select id from tickets
    where order_id = $1 and event_id = $2 and cancelled_at is null and ($3::int is null or position = $3)
    order by id for no key update)
  update tickets set issue = issue from locked where tickets.id = locked.id and tickets.event_id = $2`;

/**
 * Writes the tickets of an order, or the one at a place of it, as they are. So the next delta of a gate's manifest has them
 * (docs/door-manifest.md): the answers of their holders have changed.
 */
export const touchTickets = (
  trx: Writes,
  { orderId, eventId }: { orderId: OrderId; eventId: EventId },
  position: number | null,
): void => trx.write(touchSql, [orderId, eventId, position]);
