import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Writes } from '../../data/db.ts';

/** Tickets of one order, by their positions in it. */
interface Positions {
  orderId: OrderId;
  eventId: EventId;
  positions: number[];
}

const setSql = `
  update tickets set moved_event_id = coalesce(changed.moved_to, moved_event_id), owes_place = changed.moved_to is not null
  from unnest($1::text[], $2::text[], $3::int[], $4::text[]) as changed (order_id, event_id, position, moved_to)
  where tickets.order_id = changed.order_id and tickets.event_id = changed.event_id
    and tickets.position = changed.position`;

/** Notes that these tickets were exchanged for places of another event, and owe their places until `notePlacesFreed`. */
export const noteMovedTickets = (trx: Writes, orders: Positions[], movedTo: EventId): void =>
  set(trx, orders, movedTo);

/** Notes that the places of these tickets are free. */
export const notePlacesFreed = (trx: Writes, orders: Positions[]): void => set(trx, orders, null);

function set(trx: Writes, orders: Positions[], movedTo: EventId | null): void {
  const tickets = orders.flatMap(({ positions, ...of }) =>
    positions.map((position) => ({ ...of, position })),
  );
  if (tickets.length === 0) return;
  trx.write(setSql, [
    tickets.map(({ orderId }) => orderId),
    tickets.map(({ eventId }) => eventId),
    tickets.map(({ position }) => position),
    tickets.map(() => movedTo),
  ]);
}
