import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type Organiser, type TestEvent, type World } from '../../testing/world.ts';

let world: World;
let house: Organiser;
let events: TestEvent[];
const orders: Record<string, { id: string; tickets: { id: string }[] }> = {};
const times: Record<string, string> = {};
beforeAll(async () => {
  world = await createWorld();
  house = await world.organiser();
  const promoCodes = [{ code: 'SPRING', percentOff: 50 }];
  events = [
    await world.event({ organiser: house }),
    await world.event({ organiser: house, fields: { promoCodes } }),
  ];
  await order('ada', 0, 1, { source: { link: 'newsletter' } });
  await order('ben', 1, 2);
  await order('code', 1, 1, {}, 'SPRING');
  await order('gone', 0, 1);
  await order('late', 1, 3, {}, undefined, false);
  const path = (key: string, act: string) => `/api/orders/${orders[key]?.id}/${act}`;
  await house.client.post(path('gone', 'refunds'), { reason: 'Sick' });
  const { id: ticketId } = orders.ben?.tickets[0] ?? { id: '' };
  await house.client.post(path('ben', 'refunds'), { tickets: [ticketId], reason: 'One less' });
  await house.client.put(path('ada', 'tags'), { tags: ['Press'] });
  const ticket = (await house.client.get(`/api/orders/${orders.code?.id}`)).body.tickets[0].id;
  await world.app.db.run(`update tickets set status = 'used' where id = $1`, [ticket]);
  await world.drain();
});
afterAll(() => world.close());

async function order(
  key: string,
  event: number,
  quantity: number,
  more: object = {},
  code?: string,
  isPaid = true,
): Promise<void> {
  world.clock.advance(60_000);
  times[key] = world.clock.now().toISOString();
  const { id, ticketTypeId } = events[event] as TestEvent;
  const { client } = await world.guest();
  const held = await client.post(`/api/events/${id}/holds`, { items: [{ ticketTypeId, quantity }] });
  expect(held.status, JSON.stringify(held.body)).toBe(201);
  if (code) expect((await client.put(`/api/holds/${held.body.id}/promo-code`, { code })).status).toBe(200);
  const buyer = { name: `Person ${key}`, email: `${key}@example.com` };
  const placed = await client.post('/api/orders', { holdId: held.body.id, buyer, ...more });
  expect(placed.status, JSON.stringify(placed.body)).toBe(201);
  const { payment } = placed.body;
  if (isPaid)
    await world.client().post(`/api/sandbox/payments/${payment.id}/confirmation`, {
      clientSecret: payment.clientSecret,
      card: { number: '4242424242424242' },
    });
  await world.drain();
  orders[key] = (await client.get(`/api/orders/${placed.body.order.id}`)).body;
}

const keyOf = ({ id }: { id: string }) => Object.keys(orders).find((key) => orders[key]?.id === id);
async function find(query: Record<string, string>) {
  const path = `/api/organisations/${house.organisationId}/orders?${new URLSearchParams(query)}`;
  const { status, body } = await house.client.get(path);
  expect(status, JSON.stringify(body)).toBe(200);
  return { keys: body.items.map(keyOf), next: body.nextCursor, items: body.items };
}

test.each<[string, () => Record<string, string>, string[]]>([
  ['by event', () => ({ event: events[0]?.id ?? '' }), ['gone', 'ada']],
  ['by ticket type', () => ({ ticketType: events[1]?.ticketTypeId ?? '' }), ['late', 'code', 'ben']],
  ['by status', () => ({ status: 'confirmed' }), ['code', 'ben', 'ada']],
  ['that wait', () => ({ status: 'pending' }), ['late']],
  ['whole refunds', () => ({ status: 'refunded' }), ['gone']],
  ['by promo code', () => ({ code: 'spring' }), ['code']],
  ['by link', () => ({ link: 'newsletter' }), ['ada']],
  ['by tag in any case', () => ({ tag: 'press' }), ['ada']],
  ['from an instant', () => ({ from: times.gone ?? '' }), ['late', 'gone']],
  ['before an instant', () => ({ to: times.code ?? '' }), ['ben', 'ada']],
  [
    'in a time, the oldest first',
    () => ({ from: times.ben ?? '', to: times.gone ?? '', sort: 'oldest' }),
    ['ben', 'code'],
  ],
  ['checked in', () => ({ checkedIn: 'yes' }), ['code']],
  ['not checked in', () => ({ checkedIn: 'no', status: 'confirmed' }), ['ben', 'ada']],
  ['of at least', () => ({ minTotal: '5000' }), ['late', 'ben']],
  ['of at most', () => ({ maxTotal: '2000' }), ['code']],
  ['refunded in part', () => ({ refunded: 'part' }), ['ben']],
  ['refunded whole', () => ({ refunded: 'whole' }), ['gone']],
  ['refunded nothing', () => ({ refunded: 'none' }), ['late', 'code', 'ada']],
  ['by text and filter', () => ({ q: 'person', refunded: 'part' }), ['ben']],
  ['by text, one that waits', () => ({ q: 'person', status: 'pending' }), ['late']],
  [
    'by text, the oldest first',
    () => ({ q: 'person', sort: 'oldest' }),
    ['ada', 'ben', 'code', 'gone', 'late'],
  ],
  ['the oldest first', () => ({ sort: 'oldest' }), ['ada', 'ben', 'code', 'gone', 'late']],
  ['none', () => ({ code: "' or true --" }), []],
])('finds orders %s', async (_, query, found) => {
  expect((await find(query())).keys).toEqual(found);
});

test.each(['latest', 'oldest'])('pages go on after the last order, the %s first', async (sort) => {
  for (const q of ['', 'person']) {
    const query = { q, sort, refunded: 'none', limit: '1' };
    const keys: (string | undefined)[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await find({ ...query, ...(cursor && { cursor }) });
      keys.push(...page.keys);
      cursor = page.next;
    }
    expect(keys).toEqual(sort === 'latest' ? ['late', 'code', 'ada'] : ['ada', 'code', 'late']);
  }
});

test('the status of the filter is the status of the answer', async () => {
  for (const status of ['pending', 'confirmed', 'failed', 'expired', 'cancelled', 'refunded', 'completed'])
    for (const item of (await find({ status })).items) expect(item.status).toBe(status);
});

test('another organisation finds none of them, also by the id of the event', async () => {
  const other = await world.organiser();
  const path = `/api/organisations/${other.organisationId}/orders?event=${events[0]?.id}`;
  expect((await other.client.get(path)).body.items).toEqual([]);
});

const copySql = `
  insert into orders select (jsonb_populate_record(orders, jsonb_build_object(
    'id', 'ord_' || lpad(n::text, 26, '0'), 'hold_id', 'hld_' || lpad(n::text, 26, '0')))).*
  from orders, generate_series(1, 5500) as n where id = $1`;

test('an answer looks at some thousand orders, and the search goes on with the cursor', async () => {
  await order('first', 0, 1);
  await world.app.db.transaction(async (trx) => {
    await trx.run('set local session_replication_role = replica');
    await trx.run(copySql, [orders.first?.id]);
    await trx.run(`update orders set refunded_minor = total_minor where id = $1`, [
      `ord_${'1'.padStart(26, '0')}`,
    ]);
  });
  const query = { event: events[0]?.id ?? '', refunded: 'whole', status: 'confirmed' };
  const first = await find(query);
  expect(first.keys).toEqual([]);
  const second = await find({ ...query, cursor: first.next });
  expect(second.items.map(({ id }: { id: string }) => id)).toEqual([`ord_${'1'.padStart(26, '0')}`]);
  expect(second.next).toBeNull();
  const oldest = await find({ ...query, sort: 'oldest', limit: '1' });
  expect(oldest.items).toHaveLength(1);
});
