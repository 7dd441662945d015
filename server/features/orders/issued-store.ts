import type { Writes } from '../../data/db.ts';
import { orderIdOf } from '../inventory/inventory.ts';
import type { Facts } from '../inventory/state.ts';

const markSql = `
  update orders set origin = issued.origin
  from unnest($1::text[], $2::text[], $3::text[]) as issued (id, event_id, origin)
  where orders.id = issued.id and orders.event_id = issued.event_id`;

const notesSql = `
  insert into order_notes (id, order_id, event_id, text, author_id, created_at)
  select id, order_id, event_id, text, author_id, $6
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) as note (id, order_id, event_id, text, author_id)`;

/** Writes that the team has issued these orders, and its notes to them. The orders are written before. */
export function markIssued(trx: Writes, issued: Facts['issued'], now: Date): void {
  if (issued.length === 0) return;
  trx.write(markSql, [
    issued.map(({ hold }) => orderIdOf(hold.id)),
    issued.map(({ hold }) => hold.eventId),
    issued.map(({ command }) => command.origin),
  ]);
  const notes = issued.flatMap(({ hold, command: { note } }) => (note ? [{ hold, ...note }] : []));
  if (notes.length === 0) return;
  trx.write(notesSql, [
    notes.map(({ id }) => id),
    notes.map(({ hold }) => orderIdOf(hold.id)),
    notes.map(({ hold }) => hold.eventId),
    notes.map(({ text }) => text),
    notes.map(({ authorId }) => authorId),
    now,
  ]);
}
