import type { TestEvent, World } from '../../../testing/world.ts';
import type { Bought } from '../../tickets/testing/buy.ts';

/** A statement of this many rows stays below the deadline of a statement. */
const atOnce = 5000;

const numbered = (prefix: string) => `'${prefix}_' || lpad(n::text, 26, '0')`;
const ordersSql = `
  insert into orders select (jsonb_populate_record(orders, jsonb_build_object('id', ${numbered('ord')},
    'hold_id', ${numbered('hld')}, 'buyer_name', 'Buyer ' || n))).*
  from orders, generate_series($3::int, $4::int) as n where orders.id = $1 and orders.event_id = $2`;
const ticketsSql = `
  insert into tickets select (jsonb_populate_record(tickets, jsonb_build_object('id', ${numbered('tkt')},
    'order_id', ${numbered('ord')}))).*
  from tickets, generate_series($3::int, $4::int) as n where tickets.id = $1 and tickets.event_id = $2`;

/**
 * Copies a bought order with its ticket until the event has `count` more. It writes by SQL and skips the triggers, so the
 * ledger of places and the money know nothing of the copies.
 */
export async function copyOrder(world: World, event: TestEvent, order: Bought, count: number): Promise<void> {
  const client = await world.app.db.pool.connect();
  try {
    await client.query('set session_replication_role = replica');
    for (let from = 1; from <= count; from += atOnce) {
      const to = Math.min(count, from + atOnce - 1);
      await client.query(ordersSql, [order.orderId, event.id, from, to]);
      await client.query(ticketsSql, [order.tickets[0]?.id, event.id, from, to]);
    }
    await client.query('analyze orders, tickets');
  } finally {
    client.release(true);
  }
}
