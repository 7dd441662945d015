import type { EventId } from '../../../contract/ids.ts';
import type { Reads, Transaction } from '../../data/db.ts';
import type { PromoCodeRow } from './promo-codes.ts';

const selectSql = `
  select event_id, code, position, percent_off, amount_off_minor, max_tickets, valid_until, pool_id
  from promo_codes where event_id = $1 order by position`;

export const selectPromoCodes = (db: Reads, eventId: EventId): Promise<PromoCodeRow[]> =>
  db.query<PromoCodeRow>(selectSql, [eventId]);

const removeSql = `delete from promo_codes where event_id = $1`;
const insertSql = `
  insert into promo_codes (event_id, code, position, percent_off, amount_off_minor, max_tickets, valid_until, pool_id)
  select event_id, code, position, percent_off, amount_off_minor, max_tickets, valid_until, pool_id
  from jsonb_populate_recordset(null::promo_codes, $1::jsonb)`;

/** Replaces the promo codes of the event with these. */
export async function replacePromoCodes(
  trx: Transaction,
  eventId: EventId,
  codes: PromoCodeRow[],
): Promise<void> {
  await trx.run(removeSql, [eventId]);
  if (codes.length > 0) await trx.run(insertSql, [JSON.stringify(codes)]);
}
