import type { EventId, OrderId } from '../../../contract/ids.ts';
import type { Writes } from '../../data/db.ts';
import { forgetNotes } from './desk-store.ts';
import { forgetWords } from './find-orders-store.ts';
import { erasedEmail } from './orders.ts';

const eraseSql = `
  with locked as materialized (
    select id from orders where id = any($1::text[]) and event_id = $2 order by id for no key update
  )
  update orders set buyer_name = '', buyer_email = '${erasedEmail}', attendees = null, return_url = null, invoice_address = null
  from locked where orders.id = locked.id and orders.event_id = $2`;

/**
 * Erases the names of the buyers and attendees of these orders, the words by which they were found, and the
 * notes of the team, in the caller's transaction.
 */
export function eraseBuyerNames(trx: Writes, eventId: EventId, orderIds: OrderId[]): void {
  trx.write(eraseSql, [orderIds, eventId]);
  forgetWords(trx, orderIds);
  forgetNotes(trx, orderIds);
}
