import type { EventId, HoldId, OrderId } from '../../../contract/ids.ts';
import type { Queryable, Transaction } from '../../data/db.ts';
import { orderIdOf } from '../inventory/inventory.ts';
import { renamedColumns, renamedLines, type SeatChanges, withRenamed } from '../inventory/rename-lines.ts';
import type { SeatName } from '../seating/seat-plan.ts';

const renameSql = `${withRenamed}
  update orders set lines = ${renamedLines('orders.lines')} where event_id = $1 and id = any($6::text[])`;

// An order that is paid has tickets, whose holders get a mail of their own. A seat that gets the chosen name back is no news any more.
const noteSql = `${withRenamed},
  returned as (
    delete from unpaid_seat_changes using renamed
    where event_id = $1 and order_id = any($6::text[]) and unpaid_seat_changes.seat_index = renamed.seat_index
      and (before_section, before_row, before_seat) = (new_section, new_row, new_seat)
      and (before_section, before_row, before_seat) <> (after_section, after_row, after_seat)
    returning order_id, renamed.seat_index
  )
  insert into unpaid_seat_changes (event_id, order_id, seat_index, before_section, before_row, before_seat, after_section, after_row,
    after_seat, changed_at)
  select $1, orders.id, renamed.seat_index, coalesce(was ->> 'section', ''), coalesce(was ->> 'row', ''), coalesce(was ->> 'seat', ''),
    new_section, new_row, new_seat, $7
  from orders, jsonb_array_elements(lines) as line, jsonb_array_elements_text(line -> 'seats') with ordinality as place (index, n),
    lateral (select line -> 'seatNames' -> (place.n - 1)::int as was) as named, renamed
  where event_id = $1 and orders.id = any($6::text[]) and confirmed_at is null and renamed.seat_index = place.index::int
    and not exists (select from returned where returned.order_id = orders.id and returned.seat_index = renamed.seat_index)
  on conflict (event_id, order_id, seat_index) do update set after_section = excluded.after_section, after_row = excluded.after_row,
    after_seat = excluded.after_seat, changed_at = excluded.changed_at`;

/**
 * Gives the seats of the orders of these holds their new names, and notes those that are not paid yet. Documents that were issued keep
 * the old names.
 */
export async function renameOrderLines(
  trx: Transaction,
  changes: SeatChanges,
  holdIds: HoldId[],
  now: Date,
): Promise<void> {
  const given = [changes.eventId, ...renamedColumns(changes), holdIds.map(orderIdOf)];
  await trx.run(noteSql, [...given, now]);
  await trx.run(renameSql, given);
}

const changesSql = `
  select json_build_object('section', before_section, 'row', before_row, 'seat', before_seat) as before,
    json_build_object('section', after_section, 'row', after_row, 'seat', after_seat) as after
  from unpaid_seat_changes where event_id = $1 and order_id = $2 order by seat_index`;

/** What new seat maps changed for the seats of an order before it was paid. */
export const listUnpaidSeatChanges = (
  db: Queryable,
  { eventId, id }: { eventId: EventId; id: OrderId },
): Promise<{ before: SeatName; after: SeatName }[]> => db.query(changesSql, [eventId, id]);
