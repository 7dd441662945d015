import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { runs } from '../../testing/thorough.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';
import { scan } from '../transfers/testing/offer.ts';

/*
 * Any sequence of exchanges between two dates, payments, returns, scans, transfers and jobs: each right that was bought lives at most
 * once, in every instant after a request, no date sells a place twice, and the books of both dates balance.
 */
let world: World;
let people: Person[];
beforeAll(async () => {
  world = await createWorld({ DATABASE_POOL_SIZE: '20' });
  people = await Promise.all([1, 2].map(() => world.guest()));
});
afterAll(async () => {
  await world.drain();
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
  await world.close();
});

const kinds = [
  'exchange',
  'exchange',
  'exchange',
  'pay',
  'pay',
  'return',
  'scan',
  'offer',
  'accept',
  'cancel order',
  'refund',
  'resell',
  'work',
] as const;
const steps = fc.array(
  fc.record({ kind: fc.constantFrom(...kinds), by: fc.nat({ max: 1 }), pick: fc.nat({ max: 20 }) }),
  { minLength: 5, maxLength: 16 },
);
interface Places {
  dates: TestEvent[];
  /** The right that each ticket stands for: the number of the ticket that was bought. */
  rightOf: Map<string, number>;
  orders: string[];
  offers: string[];
  payments: { id: string; clientSecret: string; orderId: string; right: number }[];
}

const of = <T>(all: T[], pick: number): T | undefined => all[pick % Math.max(all.length, 1)];
let addresses = 0;

async function take(
  { kind, by, pick }: { kind: (typeof kinds)[number]; by: number; pick: number },
  places: Places,
) {
  const { client } = people[by]!;
  const { dates, rightOf, payments } = places;
  const ticket = of([...rightOf.keys()], pick) ?? '';
  if (kind === 'exchange') {
    const date = of(dates, pick)!;
    const { body } = await client.post(`/api/tickets/${ticket}/exchanges`, {
      eventId: date.id,
      ticketTypeId: of(date.ticketTypes, pick + by)!.id,
    });
    if (!body.order) return;
    places.orders.push(body.order.id);
    const right = rightOf.get(ticket)!;
    for (const { id } of body.order.tickets) rightOf.set(id, right);
    if (body.payment) payments.push({ ...body.payment, orderId: body.order.id, right });
  } else if (kind === 'pay') {
    const payment = of(payments, pick);
    if (!payment) return;
    const { id, clientSecret, orderId, right } = payment;
    await client.post(`/api/sandbox/payments/${id}/confirmation`, {
      clientSecret,
      card: { number: '4242424242424242' },
    });
    await world.drain();
    for (const row of await world.app.db.query<{ id: string }>(`select id from tickets where order_id = $1`, [
      orderId,
    ]))
      rightOf.set(row.id, right);
  } else if (kind === 'return') await client.post(`/api/tickets/${ticket}/cancellation`, {});
  else if (kind === 'resell') await client.post(`/api/tickets/${ticket}/resale`, {});
  else if (kind === 'scan') {
    const { body } = await client.get(`/api/tickets/${ticket}`);
    if (body.code) await Promise.all(dates.map((date) => scan(date, body.code)));
  } else if (kind === 'offer') {
    const email = `dates-property-${++addresses}@example.com`;
    const { body } = await client.post(`/api/tickets/${ticket}/transfers`, { email });
    if (body.id) places.offers.push(body.id);
  } else if (kind === 'accept') {
    const offer = of(places.offers, pick);
    const secret = offer && world.app.transferLinks.secretOf(offer as `ttr_${string}`);
    if (offer) await client.post(`/api/transfers/${offer}/acceptance`, { secret, name: `Person ${by}` });
  } else if (kind === 'cancel order')
    await client.post(`/api/orders/${of(places.orders, pick)}/cancellation`, {});
  else if (kind === 'refund')
    await dates[0]!.organiser.client.post(`/api/orders/${of(places.orders, pick)}/refunds`, {
      tickets: [ticket],
      reason: 'Kindness',
    });
  else await world.drain();
}

interface Counted {
  date: string;
  sold: number;
  held: number;
  living: number;
  owing: number;
}
const countSql = `
  select pools.event_id as date, sum(sold)::int as sold, sum(held)::int as held,
    (select count(*)::int from tickets where tickets.event_id = pools.event_id and status <> 'cancelled') as living,
    (select count(*)::int from tickets where tickets.event_id = pools.event_id and owes_place) as owing
  from pools where event_id = any($1) group by event_id`;

async function check({ dates, rightOf }: Places): Promise<void> {
  const ids = [...rightOf.keys()];
  const alive = await world.app.db.query<{ id: string; status: string }>(
    `select id, status from tickets where event_id = any($1) and status <> 'cancelled'`,
    [dates.map(({ id }) => id)],
  );
  const rights = alive.map(({ id }) => rightOf.get(id));
  expect(rights).not.toContain(undefined);
  expect(new Set(rights).size, `living tickets ${JSON.stringify(alive)} of ${ids.length}`).toBe(
    rights.length,
  );
  for (const { sold, held, living, owing } of await world.app.db.query<Counted>(countSql, [
    dates.map(({ id }) => id),
  ])) {
    expect(sold).toBe(living + owing);
    expect(sold + held).toBeLessThanOrEqual(5);
  }
}

test('each right lives at most once over two dates', { timeout: 300_000 }, async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const fields = {
        run: `Property ${++run}`,
        maxPerBuyer: 100,
        exchanges: { allowed: true },
        resale: { allowed: true },
        pools: [{ key: 'floor', name: 'Floor', capacity: 5 }],
        ticketTypes: [2500, 4000, 1000].map((priceMinor) => ({
          name: `Type ${priceMinor}`,
          priceMinor,
          pools: ['floor'],
        })),
      };
      const dates = [await world.event({ fields }), await world.event({ fields })];
      const places: Places = { dates, rightOf: new Map(), orders: [], offers: [], payments: [] };
      for (const [i, date] of dates.entries()) {
        const bought = await buy(world, people[i]!, date, { quantity: 2 });
        places.orders.push(bought.orderId);
        for (const { id } of bought.tickets) places.rightOf.set(id, places.rightOf.size);
      }
      for (const step of all) {
        await take(step, places);
        await check(places);
      }
      await world.drain();
      await check(places);
      const owing = await world.app.db.query(`select from tickets where owes_place`);
      expect(owing).toHaveLength(0);
      expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
    }),
    { numRuns: runs(8, 30) },
  );
});
