import type { EventId, OrderId, SeatMapId, TicketId } from '../../../contract/ids.ts';
import type { Queryable, Transaction } from '../../data/db.ts';
import type { SeatChanges } from '../inventory/rename-lines.ts';
import type { SeatName } from '../seating/seat-plan.ts';

/** What a new seat map changed for a ticket. The seat has another name, or the same name in another place. */
export interface TicketSeatChange {
  ticketId: TicketId;
  orderId: OrderId;
  before: SeatName;
  after: SeatName;
}

// A valid ticket has a place; what is cancelled keeps its old name. tickets_one_per_seat finds the rows.
const renameSql = `
  with changed as (
    select tickets.id, order_id, seat_section, seat_row, seat_label, new_section, new_row, new_seat
    from unnest($3::int[], $4::text[], $5::text[], $6::text[]) as named (index, new_section, new_row, new_seat)
    join tickets on event_id = $1 and seat_index = named.index and cancelled_at is null
  ), noted as (
    insert into seat_changes (event_id, map_id, ticket_id, order_id, before_section, before_row, before_seat, after_section,
      after_row, after_seat, changed_at)
    select $1, $2, id, order_id, seat_section, seat_row, seat_label, new_section, new_row, new_seat, $7 from changed
  )
  update tickets set seat_section = new_section, seat_row = new_row, seat_label = new_seat
  from changed where tickets.event_id = $1 and tickets.id = changed.id`;

/** Gives tickets the new names of their seats, and notes what their holders must be told. Returns how many tickets. */
export const renameTickets = (
  trx: Transaction,
  { eventId, mapId, changed }: SeatChanges,
  now: Date,
): Promise<number> =>
  trx.run(renameSql, [
    eventId,
    mapId,
    changed.map(({ index }) => index),
    changed.map(({ after }) => after.section),
    changed.map(({ after }) => after.row),
    changed.map(({ after }) => after.seat),
    now,
  ]);

const ordersSql = `
  select distinct order_id as id from seat_changes where event_id = $1 and map_id = $2 and order_id > $3
  order by order_id limit $4`;

/** The orders that a seat map changed, in portions by id. */
export const listChangedOrders = async (
  db: Queryable,
  eventId: EventId,
  mapId: SeatMapId,
  { after, limit }: { after: string; limit: number },
): Promise<OrderId[]> =>
  (await db.query<{ id: OrderId }>(ordersSql, [eventId, mapId, after, limit])).map(({ id }) => id);

const changesSql = `
  select ticket_id as "ticketId", order_id as "orderId",
    json_build_object('section', before_section, 'row', before_row, 'seat', before_seat) as before,
    json_build_object('section', after_section, 'row', after_row, 'seat', after_seat) as after
  from seat_changes where order_id = $1 and event_id = $2 and map_id = $3 order by ticket_id`;

/** What a seat map changed for the tickets of an order. */
export const listSeatChanges = (
  db: Queryable,
  orderId: OrderId,
  eventId: EventId,
  mapId: SeatMapId,
): Promise<TicketSeatChange[]> => db.query<TicketSeatChange>(changesSql, [orderId, eventId, mapId]);
