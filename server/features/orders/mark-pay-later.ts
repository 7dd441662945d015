import type { Writes } from '../../data/db.ts';
import { type HoldRecord, orderIdOf } from '../inventory/inventory.ts';
import type { PayLater } from '../inventory/pay-later.ts';

const markSql = `
  update orders set pay_by = later.way from unnest($1::text[], $2::text[], $3::text[]) as later (id, event_id, way)
  where orders.id = later.id and orders.event_id = later.event_id`;

/** Notes how these orders are paid later. A statement of its own, so that other orders cost nothing more. */
export const markPayLater = (trx: Writes, placed: { hold: HoldRecord; later: PayLater }[]): void =>
  trx.write(markSql, [
    placed.map(({ hold }) => orderIdOf(hold.id)),
    placed.map(({ hold }) => hold.eventId),
    placed.map(({ later }) => later.way),
  ]);
