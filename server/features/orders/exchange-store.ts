import type { Writes } from '../../data/db.ts';
import { orderIdOf } from '../inventory/inventory.ts';
import type { Facts } from '../inventory/state.ts';
import { tradeInOf } from '../inventory/trade-in.ts';

// An array in a row of unnest must have one length for all rows, so the ids of the earlier orders travel as one text.
const insertSql = `
  insert into ticket_exchanges (order_id, event_id, ticket_id, from_order_id, credit_order_ids, asked_by, created_at)
  select order_id, event_id, ticket_id, from_order_id, string_to_array(credits, ' '), asked_by, $7
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
    as placed (order_id, event_id, ticket_id, from_order_id, credits, asked_by)`;

/** Writes which tickets these orders replace, in the transaction that places the orders. */
export function insertExchanges(trx: Writes, swapped: Facts['swapped'], now: Date): void {
  if (swapped.length === 0) return;
  trx.write(insertSql, [
    swapped.map(({ hold }) => orderIdOf(hold.id)),
    swapped.map(({ hold }) => hold.eventId),
    swapped.map(({ command }) => command.ticketId),
    swapped.map(({ command }) => orderIdOf(command.holdId)),
    swapped.map(({ hold }) =>
      (tradeInOf(hold)?.credits ?? []).map(({ holdId }) => orderIdOf(holdId)).join(' '),
    ),
    swapped.map(({ command }) => command.by),
    now,
  ]);
}
