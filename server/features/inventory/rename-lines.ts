import type { EventId, HoldId, SeatMapId } from '../../../contract/ids.ts';
import type { Clock } from '../../clock.ts';
import type { Transaction } from '../../data/db.ts';
import type { NewId } from '../../ids.ts';
import type { ChangedSeat } from '../seating/compare-seats.ts';

/** Seats that a new seat map gives other names, or moves so far that their holders are told. */
export interface SeatChanges {
  eventId: EventId;
  mapId: SeatMapId;
  changed: ChangedSeat[];
}

export type RenameSeats = (
  app: { clock: Clock; newId: NewId },
  trx: Transaction,
  changes: SeatChanges,
) => Promise<void>;

/** The new names as columns of `renamed`, whose parameters begin at $2. */
export const renamedColumns = ({ changed }: Pick<SeatChanges, 'changed'>): unknown[] => [
  changed.map(({ index }) => index),
  changed.map(({ after }) => after.section),
  changed.map(({ after }) => after.row),
  changed.map(({ after }) => after.seat),
];

/**
 * SQL: the lines of a hold, an order or a resale with the new names of their seats. A line has its seats by index in `seats`, and
 * their names in the same order in `seatNames`. It needs `withRenamed`.
 */
const renamedLine = (line: string): string => `
  case when ${line} ? 'seats' then ${line} || jsonb_build_object('seatNames', (
    select jsonb_agg(coalesce(
      (select jsonb_build_object('section', new_section, 'row', new_row, 'seat', new_seat) from renamed
        where seat_index = place.index::int),
      ${line} -> 'seatNames' -> (place.n - 1)::int) order by place.n)
    from jsonb_array_elements_text(${line} -> 'seats') with ordinality as place (index, n))) else ${line} end`;

export const renamedLines = (lines: string): string => `
  (select jsonb_agg(${renamedLine('line')} order by each.n) from jsonb_array_elements(${lines}) with ordinality as each (line, n))`;

export const withRenamed = `
  with renamed as materialized (
    select * from unnest($2::int[], $3::text[], $4::text[], $5::text[]) as named (seat_index, new_section, new_row, new_seat))`;

// A seat names the hold that has it. Late money may still take the seats of an expired hold with an order again. The caller has the ledger's lock, so no hold of the event changes meanwhile.
const holdsSql = `${withRenamed}
  update holds set lines = ${renamedLines('holds.lines')}
  where event_id = $1 and (id in (
      select hold_id from seats where event_id = $1 and index in (select seat_index from renamed) and hold_id is not null)
    or status = 'expired' and ordered and exists (
      select from jsonb_array_elements(lines) as line, jsonb_array_elements_text(line -> 'seats') as place (index)
      where place.index::int in (select seat_index from renamed)))
  returning id`;
const resalesSql = `${withRenamed}
  update resales set line = ${renamedLine('resales.line')}
  where event_id = $1 and status = 'offered'
    and exists (select from jsonb_array_elements_text(line -> 'seats') as place (index)
      where place.index::int in (select seat_index from renamed))`;
// A code that keeps a seat blocks it again under the names of this line.
const vouchersSql = `${withRenamed}
  update vouchers set keeps = ${renamedLine('vouchers.keeps')}
  where event_id = $1 and exists (select from jsonb_array_elements_text(keeps -> 'seats') as place (index)
    where place.index::int in (select seat_index from renamed))`;

/** Gives the seats of holds, blocks, open resales and codes their new names. Returns the holds. */
export async function renameLines(trx: Transaction, changes: SeatChanges): Promise<HoldId[]> {
  const holds = await trx.query<{ id: HoldId }>(holdsSql, [changes.eventId, ...renamedColumns(changes)]);
  await trx.run(resalesSql, [changes.eventId, ...renamedColumns(changes)]);
  await trx.run(vouchersSql, [changes.eventId, ...renamedColumns(changes)]);
  return holds.map(({ id }) => id);
}
