import type { EventId, OrderId, PassId, TicketId } from '../../contract/ids.ts';
import type { Writes } from '../data/db.ts';

/*
 * Whoever changes what a pass says enqueues the job that tells phones, in the transaction of the change (docs/wallet-passes.md).
 * That sits here, beside the jobs, because tickets, transfers and the catalog all do it. Each statement looks for passes
 * first (table of passes): a ticket without one costs one look at an index, and no job.
 */

const add = (of: string) => `
  select graphile_worker.add_job('refresh-passes', json_build_object('passIds', ids))
  from (select json_agg(id order by id) as ids from wallet_passes where ${of}) as passes where ids is not null`;
const ofTicketSql = add('ticket_id = $1');
const ofOrdersSql = add('order_id = any($1::text[])');

/** Of all issues of a ticket: the pass of a former holder is void from now on. */
export const refreshPassesOfTicket = (trx: Writes, ticketId: TicketId): void =>
  trx.write(ofTicketSql, [ticketId]);

export const refreshPassesOfOrders = (trx: Writes, orderIds: OrderId[]): void =>
  trx.write(ofOrdersSql, [orderIds]);

const ofEventSql = `
  select graphile_worker.add_job('refresh-event-passes', json_build_object('eventId', $1::text, 'after', null),
    job_key => 'passes-of:' || $1::text)
  where exists (select from wallet_passes where event_id = $1)`;
export const refreshPassesOfEvent = (trx: Writes, eventId: EventId): void => trx.write(ofEventSql, [eventId]);

/** Payloads of these jobs. */
export interface PassTasks {
  'refresh-passes': { passIds: PassId[] };
  'refresh-event-passes': { eventId: EventId; after: PassId | null };
}
