/**
 * Writes years of sales at once by SQL: confirmed orders of past events with their holds, tickets, payments and
 * entries. Like a restored backup, it skips triggers and foreign-key checks.
 */
import type { BenchEvent } from './cast.ts';
import type { Stage } from './stage.ts';

const chunk = 100_000;
const buyerCount = 10_000;

/** Adds orders until there are `total`, spread over these events. `before` is the present number. */
export async function fillOrders(
  stage: Stage,
  events: BenchEvent[],
  before: number,
  total: number,
): Promise<void> {
  const client = await stage.db.pool.connect();
  try {
    await client.query(`set session_replication_role = replica`);
    await client.query(buyersSql, [buyerCount]);
    const eventIds = events.map((event) => event.id);
    const { rows } = await client.query(poolsSql, [eventIds]);
    const lines = new Map(rows.map((row) => [row.event_id, JSON.stringify(row.lines)]));
    for (let from = before; from < total; from += chunk) {
      const to = Math.min(total, from + chunk);
      const values = [eventIds, eventIds.map((id) => lines.get(id)), from, to - 1];
      await client.query('begin');
      for (const sql of fillSql) await client.query(sql, values);
      await client.query('commit');
      if (total >= 1_000_000 && to % 1_000_000 === 0)
        console.log(`  ${to.toLocaleString('en-GB')} orders are in the tables`);
    }
    await client.query(`set session_replication_role = default`);
    await client.query(soldSql, [eventIds]);
    await client.query(
      'vacuum analyze holds, orders, tickets, payments, transfers, sandbox.payments, outbox',
    );
  } finally {
    client.release(true);
  }
}

const number = `lpad(upper(to_hex(n)), 24, '0')`;
const eventOf = `($1::text[])[1 + n % cardinality($1::text[])]`;
const linesOf = `(($2::text[])[1 + n % cardinality($1::text[])])::jsonb`;
const buyerOf = `'usr_00' || lpad(upper(to_hex(n % ${buyerCount})), 24, '0')`;
const madeAt = `timestamptz '2020-01-01' + n * interval '10 seconds'`;
// Names every parameter, because each statement is given all of them.
const series = `from (select n from generate_series($3::int, $4::int) as n where cardinality($2::text[]) > 0) as numbers`;

const soldAs = `jsonb_build_object('title', 'Past', 'startsAt', '2020-01-01T20:00:00.000Z', 'endsAt', '2020-01-01T23:00:00.000Z',
  'timeZone', 'UTC', 'venueName', 'Hall', 'address', '', 'city', 'Berlin',
  'refundPolicy', jsonb_build_object('steps', jsonb_build_array(), 'feePercent', 0, 'feePerTicketMinor', 0,
    'refundsBookingFee', true))`;

const buyersSql = `
  insert into users (id, name, email, email_verified, created_at, updated_at)
  select 'usr_00' || lpad(upper(to_hex(n)), 24, '0'), 'Buyer', 'past-' || n || '@example.com', true, now(), now()
  from generate_series(0, $1::int - 1) as n
  on conflict do nothing`;

const poolsSql = `
  select ticket_types.event_id, jsonb_build_array(jsonb_build_object('ticketTypeId', ticket_types.id, 'name', name,
    'quantity', 2, 'unitMinor', price_minor, 'parts', jsonb_build_object('netMinor', price_minor, 'taxMinor', 0, 'feeMinor', 0),
    'pools', pool_ids)) as lines
  from ticket_types where event_id = any($1::text[]) order by price_minor`;

const fillSql = [
  `insert into holds (id, event_id, buyer_id, status, ordered, expires_at, places, lines, total_minor, currency,
     idempotency_key, fingerprint, created_at)
   select 'hld_00' || ${number}, ${eventOf}, ${buyerOf}, 'confirmed', true, ${madeAt}, 2, ${linesOf}, 5000, 'EUR',
     'key-' || n, 'fingerprint', ${madeAt} ${series}`,
  `insert into orders (id, event_id, hold_id, buyer_id, status, buyer_name, buyer_email, lines, sold_as, total_minor,
     currency, expires_at, created_at, confirmed_at)
   select 'ord_00' || ${number}, ${eventOf}, 'hld_00' || ${number}, ${buyerOf}, 'confirmed', 'Ada Osei', 'ada@example.com',
     ${linesOf}, ${soldAs}, 5000, 'EUR', ${madeAt}, ${madeAt}, ${madeAt} ${series}`,
  `insert into tickets (id, event_id, order_id, ticket_type_id, status, position, issued_at,
     ticket_type_name, net_minor, tax_minor, fee_minor)
   select 'tkt_0' || position || ${number}, ${eventOf}, 'ord_00' || ${number}, ${linesOf} -> 0 ->> 'ticketTypeId', 'valid',
     position, ${madeAt}, 'Regular', 2500, 0, 0 ${series}, generate_series(0, 1) as position`,
  `insert into payments (id, event_id, order_id, provider, intent_ref, client_secret, status, amount_minor, currency,
     expires_at, created_at, updated_at)
   select 'pay_00' || ${number}, ${eventOf}, 'ord_00' || ${number}, 'sandbox', 'pi_00' || ${number}, 'secret', 'succeeded',
     5000, 'EUR', ${madeAt}, ${madeAt}, ${madeAt} ${series}`,
  `insert into sandbox.payments (intent_ref, payment_id, order_id, event_id, amount_minor, currency, description, status,
     hold_ends_at, settles_at, created_at)
   select 'pi_00' || ${number}, 'pay_00' || ${number}, 'ord_00' || ${number}, ${eventOf}, 5000, 'EUR', 'Tickets', 'succeeded',
     ${madeAt}, ${madeAt}, ${madeAt} ${series}`,
  `insert into transfers (id, event_id, order_id, kind, debit, credit, amount_minor, currency, created_at)
   select 'trf_00' || ${number}, ${eventOf}, 'ord_00' || ${number}, 'charge', 'provider:sandbox', 'organiser:bench', 5000, 'EUR',
     ${madeAt} ${series}`,
];

// A pool has at most a million places when it is made, and a million orders have two million. So it grows by what is sold.
const soldSql = `
  update pools set sold = counted.places, capacity = capacity - sold + counted.places
  from (select event_id, 2 * count(*) as places from holds where event_id = any($1::text[]) and status = 'confirmed' group by event_id)
    as counted
  where pools.event_id = counted.event_id`;
