import pg from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { OrderId } from '../../contract/ids.ts';
import { recordsOverBefore } from '../../contract/record-years.ts';
import { audit } from '../audit/audit.ts';
import { type Bought, buy } from '../features/tickets/testing/buy.ts';
import { createWorld, type Organiser, type Person, type TestEvent, type World } from '../testing/world.ts';
import { forgetOld } from './forget-old.ts';
import { forgetRecords } from './forget-records.ts';

/*
 * Records of sales go when their time is over, order by order and then the event. Each test has its own events, and
 * recounts every promise from the tables after each step.
 */
let world: World;
let buyer: Person;
let dane: Organiser;
/** The year in which the sales of all tests end. */
let year: number;

beforeAll(async () => {
  world = await createWorld();
  buyer = await world.guest();
  dane = await organiserIn('DK');
});
afterAll(() => world.close());

async function organiserIn(country: string | null): Promise<Organiser> {
  const organiser = await world.organiser();
  await world.app.db.run('update organisations set country = $2 where id = $1', [
    organiser.organisationId,
    country,
  ]);
  return organiser;
}

/** A world with its own clock at the sale, whose events end within a year. */
const sell = async (organiser: Organiser, more: Parameters<World['event']>[0] = {}) => {
  const fields = { refundPolicy: { steps: [{ hoursBefore: 1, refundPercent: 100 }] }, ...more.fields };
  const event = await world.event({ organiser, ...more, fields });
  const [row] = await world.app.db.query<{ ends_at: Date }>('select ends_at from events where id = $1', [
    event.id,
  ]);
  year = row!.ends_at.getUTCFullYear();
  return event;
};

/** The first instant of a year wherever the books are. */
const newYear = (count: number) => new Date(Date.UTC(year + count, 0, 1, 12));

/** Runs the night's steps at an instant, without moving the clock of the world for the other tests. */
async function nightAt(now: Date): Promise<void> {
  const clock = { ...world.clock, now: () => now };
  await forgetOld({ ...world.app, clock });
  await booksBalance();
}
/** The sandbox keeps its own books for 400 days only. */
const sandboxBooks = 'money that the sandbox took or gave back is in the books';
const booksBalance = async () =>
  expect(await audit(world.app.db, { now: world.clock.now(), skip: [sandboxBooks] })).toEqual([]);

const statusOf = async (event: TestEvent) =>
  (await world.app.db.query<{ count: number }>('select from events where id = $1', [event.id])).length;

/** Every table with rows that name the event. The outbox has its own two weeks. */
async function tablesNaming(event: TestEvent): Promise<string[]> {
  const columns = await world.app.db.query<{ table: string; column: string }>(`
    select table_name as table, column_name as column from information_schema.columns
    where table_schema = 'public' and column_name = 'event_id' and table_name <> 'outbox' order by 1`);
  const found: string[] = [];
  for (const { table, column } of [...columns, { table: 'events', column: 'id' }]) {
    const rows = await world.app.db.query(`select from ${table} where ${column} = $1 limit 1`, [event.id]);
    if (rows.length > 0) found.push(table);
  }
  return found;
}

const ordersOf = async (event: TestEvent) =>
  (
    await world.app.db.query<{ id: OrderId }>('select id from orders where event_id = $1 order by id', [
      event.id,
    ])
  ).map(({ id }) => id);

const cancel = async (bought: Bought, tickets?: string[]) =>
  expect(
    (await buyer.client.post(`/api/orders/${bought.orderId}/cancellation`, tickets ? { tickets } : {}))
      .status,
  ).toBeLessThan(300);

test('a calendar year counts wherever it ends last', () => {
  const before = (now: string, years: number) => recordsOverBefore(new Date(now), years).toISOString();
  // A sale on the last day of 2026 in Kiribati was made before this.
  expect(before('2037-01-01T12:00:00Z', 10)).toBe('2026-12-31T10:00:00.000Z');
  expect(before('2037-01-01T11:59:59Z', 10)).toBe('2025-12-31T10:00:00.000Z');
  expect(before('2037-12-31T12:00:00Z', 10)).toBe('2026-12-31T10:00:00.000Z');
  expect(before('2032-06-01T00:00:00Z', 5)).toBe('2026-12-31T10:00:00.000Z');
});

test('an order whose places were partly given back goes with everything that names it', async () => {
  const seated = await sell(dane, {
    seats: [{ zone: 'gold', rows: 2, perRow: 4, priceMinor: 2000 }],
    fields: { promoCodes: [{ code: 'FRIENDS', percentOff: 10, maxTickets: 4 }] },
  });
  const standing = await sell(dane, { capacity: 20 });
  const pair = await buy(world, buyer, seated, { quantity: 2 });
  await cancel(pair, [pair.tickets[0]!.id]);
  const whole = await buy(world, buyer, standing, { quantity: 2 });
  await cancel(whole);
  const used = await buy(world, buyer, standing, { quantity: 3 });
  const scan = { code: used.tickets[0]?.code, nonce: 'gate-a-0001' };
  expect((await dane.client.post(`/api/events/${standing.id}/check-ins`, scan)).status).toBe(201);
  const items = [{ ticketTypeId: standing.ticketTypeId, quantity: 1 }];
  const held = await buyer.client.post(`/api/events/${standing.id}/holds`, { items });
  const order = await buyer.client.post('/api/orders', {
    holdId: held.body.id,
    buyer: { name: 'Ada Osei', email: 'ada@example.com' },
  });
  expect(order.status).toBe(201);
  await buyer.client.delete(`/api/holds/${held.body.id}`);
  await world.drain();

  const before = await tablesNaming(seated);
  expect(before).toEqual(
    expect.arrayContaining(['documents', 'orders', 'tickets', 'payments', 'transfers', 'refunds']),
  );
  await nightAt(new Date(newYear(6).getTime() - 1));
  expect(await ordersOf(seated)).toHaveLength(1);
  expect(await ordersOf(standing)).toHaveLength(3);
  await nightAt(newYear(6));
  expect(await tablesNaming(seated)).toEqual([]);
  expect(await tablesNaming(standing)).toEqual([]);
  expect((await buyer.client.get(`/api/orders/${pair.orderId}`)).status).toBe(404);
  expect((await buyer.client.get(`/api/events/${seated.id}`)).status).toBe(404);
});

test('each country has its own time, and the configuration only lengthens it', async () => {
  const [danish, british, unknown] = await Promise.all([
    sell(dane),
    sell(await organiserIn('GB')),
    sell(await organiserIn(null)),
  ]);
  const events = [danish, british, unknown] as TestEvent[];
  for (const event of events) await buy(world, buyer, event);
  await nightAt(newYear(1));
  const there = () => Promise.all(events.map(statusOf));
  const longer = { ...world.app, config: { ...world.app.config, leastRecordYears: 7 } };
  await forgetRecords(longer, newYear(7));
  expect(await there()).toEqual([1, 1, 1]);
  await nightAt(newYear(6));
  expect(await there()).toEqual([0, 1, 1]);
  await nightAt(newYear(7));
  expect(await there()).toEqual([0, 0, 1]);
  await nightAt(newYear(10));
  expect(await there()).toEqual([0, 0, 1]);
  await nightAt(newYear(11));
  expect(await there()).toEqual([0, 0, 0]);
});

describe('an order stays, and the event with it,', () => {
  /** What keeps an order, and what lets it go again. `$1` is the order. */
  const reasons: Record<string, [string, string]> = {
    'while its payment is open': [
      `update payments set status = 'open' where order_id = $1`,
      `update payments set status = 'succeeded' where order_id = $1`,
    ],
    'while a refund of it is under way': [
      `update refunds set status = 'pending' where order_id = $1`,
      `update refunds set status = 'succeeded' where order_id = $1`,
    ],
    'while a person has not settled its dispute': [
      `insert into money_reviews (id, provider, reference, reason, direction, order_id, event_id, amount_minor, currency, created_at)
       select 'mrv_' || id, 'sandbox', 'dp_' || id, 'disputed', 'none', id, event_id, 100, 'EUR', created_at from orders where id = $1`,
      `update money_reviews set settlement = 'write_off', settled_at = created_at, settled_by = 'usr_x' where order_id = $1`,
    ],
    'while its last entry in the books is younger': [
      `update refunds set settled_at = settled_at + interval '1 year' where order_id = $1`,
      `update refunds set settled_at = settled_at - interval '1 year' where order_id = $1`,
    ],
    'while it was cancelled more recently': [
      `update cancellations set created_at = created_at + interval '1 year' where order_id = $1`,
      `update cancellations set created_at = created_at - interval '1 year' where order_id = $1`,
    ],
  };
  test.each(Object.entries(reasons))('%s', async (_, [keep, release]) => {
    const event = await sell(dane);
    const kept = await buy(world, buyer, event, { quantity: 2 });
    await cancel(kept, [kept.tickets[0]!.id]);
    await world.drain();
    await buy(world, buyer, event);
    expect(await world.app.db.run(keep, [kept.orderId])).toBe(1);
    await forgetOld({ ...world.app, clock: { ...world.clock, now: () => newYear(6) } });
    expect(await ordersOf(event)).toEqual([kept.orderId]);
    expect(await world.app.db.run(release, [kept.orderId])).toBe(1);
    await booksBalance();
    await nightAt(newYear(6));
    const left = await tablesNaming(event);
    expect(left.filter((table) => table !== 'money_reviews')).toEqual([]);
  });
});

test('codes and blocks go with the records, and what is left of a code stays true', async () => {
  const event = await sell(dane, { capacity: 20 });
  const make = async (what: string, body: unknown) =>
    expect((await dane.client.post(`/api/events/${event.id}/${what}`, body)).status).toBe(201);
  const items = [{ ticketTypeId: event.ticketTypeId, quantity: 2 }];
  await make('vouchers', {
    csv: 'GUESTS',
    percentOff: 50,
    uses: 9,
    keepsPlaces: true,
    ticketTypeIds: [event.ticketTypeId],
  });
  await make('blocks', { label: 'Camera', items });
  for (let time = 0; time < 2; time++) {
    const held = await buyer.client.post(`/api/events/${event.id}/holds`, { items, code: 'GUESTS' });
    expect(held.status, JSON.stringify(held.body)).toBe(201);
    const placed = await buyer.client.post('/api/orders', {
      holdId: held.body.id,
      buyer: { name: 'Ada Osei', email: 'ada@example.com' },
    });
    const { id, clientSecret } = placed.body.payment;
    const card = { number: '4242424242424242' };
    await buyer.client.post(`/api/sandbox/payments/${id}/confirmation`, { clientSecret, card });
  }
  await world.drain();
  const [kept] = await ordersOf(event);
  const part = (await buyer.client.get(`/api/orders/${kept}`)).body.tickets[0].id;
  expect(
    (await buyer.client.post(`/api/orders/${kept}/cancellation`, { tickets: [part] })).status,
  ).toBeLessThan(300);
  await world.drain();
  // While one of the two orders stays, the event and its code stay, and the code counts that order only.
  const set = (status: string) =>
    world.app.db.run('update payments set status = $2 where order_id = $1', [kept, status]);
  await set('open');
  await forgetOld({ ...world.app, clock: { ...world.clock, now: () => newYear(6) } });
  await set('succeeded');
  expect(await ordersOf(event)).toEqual([kept]);
  const counts = await world.app.db.query('select sold, held from vouchers where event_id = $1', [event.id]);
  expect(counts).toEqual([{ sold: 1, held: 0 }]);
  await booksBalance();
  await nightAt(newYear(6));
  expect(await tablesNaming(event)).toEqual([]);
});

test('an event that fails keeps no other event from going', async () => {
  const events = [await sell(dane), await sell(dane)];
  for (const event of events) await buy(world, buyer, event);
  await world.drain();
  const [first] = events.map(({ id }) => id).sort();
  await world.app.db.run(`
    create function keeps_one() returns trigger language plpgsql as $$ begin
      if old.id = '${first}' then raise exception 'this one stays'; end if;
      return old;
    end $$`);
  await world.app.db.run(
    'create trigger keeps_one before delete on events for each row execute function keeps_one()',
  );
  onTestFinished(async () => {
    await world.app.db.run('drop trigger keeps_one on events');
    await world.app.db.run('drop function keeps_one()');
  });
  await expect(nightAt(newYear(6))).rejects.toThrow();
  for (const event of events) expect(await statusOf(event)).toBe(event.id === first ? 1 : 0);
});

test('what somebody has locked is left to the next night, and nobody is waited for', async () => {
  const url = new URL(world.connectionString);
  url.searchParams.set('options', '-c lock_timeout=2s');
  const impatient = await world.another(url.href);
  const night = () => forgetRecords(impatient.app, newYear(6));
  const user = new pg.Client({ connectionString: world.connectionString });
  await user.connect();
  onTestFinished(() => user.end());
  const rows = {
    ledgers: 'event_id = $1',
    events: 'id = $1',
    orders: 'event_id = $1',
    tickets: 'event_id = $1',
    payments: 'event_id = $1',
    refunds: 'event_id = $1',
  };
  for (const [table, where] of Object.entries(rows)) {
    const event = await sell(dane);
    const bought = await buy(world, buyer, event, { quantity: 2 });
    await cancel(bought, [bought.tickets[0]!.id]);
    await world.drain();
    await world.app.db.run(
      `insert into event_retention (event_id, buyers_erased_at) values ($1, $2)
       on conflict (event_id) do update set buyers_erased_at = excluded.buyers_erased_at`,
      [event.id, newYear(1)],
    );
    await user.query('begin');
    await user.query(`select from ${table} where ${where} limit 1 for update`, [event.id]);
    await night();
    await user.query('rollback');
    expect.soft([table, await statusOf(event)]).toEqual([table, 1]);
    await booksBalance();
    // A job of the sale may still have a lock too, and then another night is needed.
    await expect
      .poll(async () => {
        await night();
        return [table, await tablesNaming(event)];
      })
      .toEqual([table, []]);
  }
});

test('a night that is interrupted leaves whole orders, and the next one goes on', async () => {
  const event = await sell(dane, { seats: [{ zone: 'gold', rows: 3, perRow: 4, priceMinor: 2000 }] });
  for (let i = 0; i < 5; i++) await buy(world, buyer, event, { quantity: 2 });
  const orders = await ordersOf(event);
  await nightAt(newYear(2));
  await world.app.db.run(`
    create function fail_to_forget() returns trigger language plpgsql as $$
    begin
      if old.id = '${orders[3]?.replace('ord_', 'hld_')}' then raise exception 'interrupted'; end if;
      return old;
    end $$`);
  await world.app.db.run(
    'create trigger interrupted before delete on holds for each row execute function fail_to_forget()',
  );
  await expect(forgetRecords(world.app, newYear(6), 2)).rejects.toThrow('interrupted');
  expect(await ordersOf(event)).toEqual(orders.slice(2));
  await booksBalance();
  await world.app.db.run('drop trigger interrupted on holds');
  expect(await forgetRecords(world.app, newYear(6), 2)).toBe(4);
  expect(await tablesNaming(event)).toEqual([]);
});

test('settled money that matched nothing goes with its entries after the longest term', async () => {
  const review = (id: string, settledAt: Date | null) =>
    world.app.db.run(
      `insert into money_reviews (id, provider, reference, reason, direction, amount_minor, currency, created_at,
         settlement, settled_at, settled_by)
       values ($1, 'sandbox', $1, 'unknown_order', 'in', 700, 'EUR', $2, case when $3::timestamptz is null then null else 'write_off' end,
         $3, case when $3::timestamptz is null then null else 'usr_x' end)`,
      [id, world.clock.now(), settledAt],
    );
  const enter = (id: string, kind: string, debit: string, credit: string) =>
    world.app.db.run(
      `insert into transfers (id, event_id, order_id, kind, debit, credit, amount_minor, currency, created_at)
       values ($1, '', '', $2, $3, $4, 700, 'EUR', $5)`,
      [id, kind, debit, credit, world.clock.now()],
    );
  await review('mrv_settled', world.clock.now());
  await enter('trf_settled1', 'unmatched_in', 'provider:sandbox', 'review:mrv_settled');
  await enter('trf_settled2', 'review_write_off', 'review:mrv_settled', 'platform:written_off');
  await review('mrv_open', null);
  await enter('trf_open', 'unmatched_in', 'provider:sandbox', 'review:mrv_open');
  await booksBalance();
  const entries = async () =>
    (
      await world.app.db.query<{ id: string }>(`select id from transfers where order_id = '' order by id`)
    ).map(({ id }) => id);
  year = world.clock.now().getUTCFullYear();
  await nightAt(newYear(10));
  expect(await entries()).toEqual(['trf_open', 'trf_settled1', 'trf_settled2']);
  await nightAt(newYear(11));
  expect(await entries()).toEqual(['trf_open']);
});
