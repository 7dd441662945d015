import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type Organiser, type TestEvent, type World } from '../../testing/world.ts';

let world: World;
let house: Organiser;
let events: TestEvent[];
const orders: Record<string, { id: string; number: string }> = {};
beforeAll(async () => {
  world = await createWorld();
  house = await world.organiser();
  events = [await world.event({ organiser: house }), await world.event({ organiser: house })];
  await order(0, 'zoe', { name: 'Zoë Müller-Lüdenscheidt', email: 'zoe.m@example.com' });
  await order(1, 'ada', { name: 'Ada  Osei', email: 'Ada.Osei@example.com' });
  await order(0, 'jose', { name: 'José Ádám', email: 'pepe@example.org' });
  await order(1, 'nour', { name: 'نور الهدى', email: 'nour@example.com' });
  await order(0, 'group', { name: 'Ben', email: 'ben@example.com' }, ['Xavier Quist']);
  await world.drain();
});
afterAll(() => world.close());

async function order(
  event: number,
  key: string,
  buyer: { name: string; email: string },
  names: string[] = [],
): Promise<void> {
  world.clock.advance(1000);
  const { id, ticketTypeId } = events[event] as TestEvent;
  const { client } = await world.guest();
  const items = [{ ticketTypeId, quantity: 1 }];
  const held = await client.post(`/api/events/${id}/holds`, { items });
  const attendees = names.length > 0 ? { attendees: names.map((name) => ({ name })) } : {};
  const placed = await client.post('/api/orders', { holdId: held.body.id, buyer, ...attendees });
  expect(placed.status, JSON.stringify(placed.body)).toBe(201);
  const { payment } = placed.body;
  await world.client().post(`/api/sandbox/payments/${payment.id}/confirmation`, {
    clientSecret: payment.clientSecret,
    card: { number: '4242424242424242' },
  });
  orders[key] = placed.body.order;
}

const path = ({ organisationId }: Organiser, query = '') =>
  `/api/organisations/${organisationId}/orders${query}`;
const find = async (q: string, by = house): Promise<string[]> => {
  const { body } = await by.client.get(path(by, `?q=${encodeURIComponent(q)}`));
  return body.items.map(({ id }: { id: string }) =>
    Object.keys(orders).find((key) => orders[key]?.id === id),
  );
};

test.each([
  ['Ada Osei', ['ada']],
  ['osei ADA', ['ada']],
  ['ose', ['ada']],
  ['adaosei', ['ada']],
  ['  ada   os ', ['ada']],
  ['ADA.OSEI@EXAMPLE.COM', ['ada']],
  ['ada.os', ['ada']],
  ['ada.osei@ex', ['ada']],
  ['zoe', ['zoe']],
  ['Zoe Mueller', []],
  ['muller', ['zoe']],
  ['Ludenscheidt', ['zoe']],
  ['MÜLLER-lüdenscheidt', ['zoe']],
  ['jose adam', ['jose']],
  ['نور', ['nour']],
  ['quist', ['group']],
  ['ada', ['jose', 'ada']],
  ['osei jose', []],
  ['@example.com', []],
  ['!!!', []],
  ["' or 1=1 --", []],
])('%s finds %j, the latest first', async (q, found) => {
  expect(await find(q)).toEqual(found);
});

test('a number, whole or its beginning, with spaces, in small letters, and with letters for digits', async () => {
  for (const [key, { number }] of Object.entries(orders)) {
    const spellings = [
      number,
      number.toLowerCase(),
      `${number.slice(0, 4)} ${number.slice(4)}`,
      `#${number}`,
      number.slice(0, 6),
      number.replaceAll('0', 'O').replaceAll('1', 'l'),
    ];
    for (const spelling of spellings) expect(await find(spelling)).toEqual([key]);
  }
});

/** An order that its buyer has not paid yet. */
async function waitingOrder(buyer: { name: string; email: string }, names: string[] = []) {
  world.clock.advance(1000);
  const { client } = await world.guest();
  const [first] = events as [TestEvent];
  const items = [{ ticketTypeId: first.ticketTypeId, quantity: 1 }];
  const held = await client.post(`/api/events/${first.id}/holds`, { items });
  const attendees = names.length > 0 ? { attendees: names.map((name) => ({ name })) } : {};
  const placed = await client.post('/api/orders', { holdId: held.body.id, buyer, ...attendees });
  return { client, placed };
}

test('without a text all orders are listed in pages, also one that is not paid', async () => {
  const { client, placed } = await waitingOrder({ name: 'Waiting Person', email: 'waiting@example.com' });
  const all = (await house.client.get(path(house))).body.items.map(({ id }: { id: string }) => id);
  expect(all).toEqual([
    placed.body.order.id,
    ...Object.values(orders)
      .map(({ id }) => id)
      .reverse(),
  ]);
  const paged: string[] = [];
  for (let cursor = ''; ; ) {
    const { body } = await house.client.get(path(house, `?limit=2${cursor}`));
    paged.push(...body.items.map(({ id }: { id: string }) => id));
    if (!body.nextCursor) break;
    cursor = `&cursor=${body.nextCursor}`;
  }
  expect(paged).toEqual(all);
  await client.post(`/api/orders/${placed.body.order.id}/cancellation`);
  await world.drain();
  const found = (await house.client.get(path(house, '?q=waiting'))).body.items;
  expect(found.map(({ id }: { id: string }) => id)).toEqual([placed.body.order.id]);
});

test('an order is found by its seats, before it is paid and after, and not by the seat of another one', async () => {
  const organiser = await world.organiser();
  const theatre = await world.event({
    organiser,
    seats: [{ zone: 'gold', rows: 3, perRow: 12 }],
  });
  const { client } = await world.guest();
  const held = await client.post(`/api/events/${theatre.id}/holds`, {
    bestAvailable: { ticketTypeId: theatre.ticketTypeId, quantity: 2 },
  });
  const [seat, next] = held.body.lines[0].seats as { section: string; row: string; seat: string }[];
  const placed = await client.post('/api/orders', {
    holdId: held.body.id,
    buyer: { name: 'Seated Person', email: 'seated@example.com' },
  });
  const ids = async (q: string) =>
    (await organiser.client.get(path(organiser, `?q=${encodeURIComponent(q)}`))).body.items.map(
      ({ id }: { id: string }) => id,
    );
  const spellings = [
    `${seat?.row}${seat?.seat}`,
    `${seat?.row} ${seat?.seat}`.toLowerCase(),
    `${seat?.row}-${seat?.seat}`,
    `${seat?.section} ${seat?.row}${seat?.seat}`,
    `${next?.row}${next?.seat} seated`,
  ];
  for (const q of spellings) expect(await ids(q), q).toEqual([placed.body.order.id]);
  await client.post(`/api/sandbox/payments/${placed.body.payment.id}/confirmation`, {
    clientSecret: placed.body.payment.clientSecret,
    card: { number: '4242424242424242' },
  });
  await world.drain();
  for (const q of spellings) expect(await ids(q), q).toEqual([placed.body.order.id]);
  expect(await ids('C99')).toEqual([]);
});

test('a page of results goes on after its last order', async () => {
  const first = (await house.client.get(path(house, '?q=ada&limit=1'))).body;
  const second = (await house.client.get(path(house, `?q=ada&limit=1&cursor=${first.nextCursor}`))).body;
  expect([first.items[0].id, second.items[0].id]).toEqual([orders.jose?.id, orders.ada?.id]);
  expect(second.nextCursor).toBeNull();
});

test('another organisation finds none of them', async () => {
  const other = await world.organiser();
  expect(await find('ada', other)).toEqual([]);
  expect((await other.client.get(path(other))).body.items).toEqual([]);
  expect((await other.client.get(path(house, '?q=ada'))).status).toBe(404);
});

test('a corrected address is found, and the wrong one no more', async () => {
  const buyer = await world.guest();
  const [event] = events as [TestEvent];
  const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
  const held = await buyer.client.post(`/api/events/${event.id}/holds`, { items });
  const placed = await buyer.client.post('/api/orders', {
    holdId: held.body.id,
    buyer: { name: 'Tilda', email: 'wrongly@example.com' },
  });
  const { id } = placed.body.order;
  orders.tilda = placed.body.order;
  const changed = await buyer.client.put(`/api/orders/${id}/buyer-email`, { email: 'rightly@example.com' });
  expect(changed.status, JSON.stringify(changed.body)).toBe(200);
  expect([await find('rightly@'), await find('wrongly@')]).toEqual([['tilda'], []]);
});

test('an erased buyer leaves no words', async () => {
  const { eraseBuyerNames } = await import('../orders/erase-buyer-names.ts');
  const [event] = events as [TestEvent];
  const id = orders.zoe?.id as `ord_${string}`;
  await world.app.db.transaction(async (trx) => eraseBuyerNames(trx, event.id, [id]));
  expect(await find('zoe')).toEqual([]);
  expect(await world.app.db.query('select words from order_words where order_id = $1', [id])).toEqual([]);
});

test('a search reads the words of its organisation by their index', async () => {
  const plan = await world.app.db.transaction(async (trx) => {
    // The table is too small for the planner to prefer an index.
    await trx.run('set local enable_seqscan = off');
    return trx.query<{ 'QUERY PLAN': string }>(
      `explain select order_id from order_words where words @@ '''org_1/ada'':*'::tsquery`,
    );
  });
  const text = plan.map((row) => row['QUERY PLAN']).join('\n');
  expect(text).toMatch(/Bitmap Index Scan on order_words_by_word[\s\S]*Index Cond: .*words @@/);
});

test('the books of an organisation balance, and show each order’s entries', async () => {
  const { body } = await house.client.get(`/api/organisations/${house.organisationId}/books?limit=100`);
  const balance = (type: string) =>
    body.accounts.find((account: { type: string }) => account.type === type)?.balance ?? 0;
  const others = body.accounts
    .filter(({ type }: { type: string }) => type !== 'provider')
    .reduce((sum: number, each: { balance: number }) => sum + each.balance, 0);
  expect(balance('provider')).toBe(5 * 2500);
  expect(others).toBe(balance('provider'));
  const ada = body.orders.find(({ orderId }: { orderId: string }) => orderId === orders.ada?.id);
  expect(ada.entries).toMatchObject([
    { kind: 'charge', from: 'provider', to: 'organiser', amount: { amount: 2500, currency: 'EUR' } },
  ]);
  const other = await world.organiser();
  expect((await other.client.get(`/api/organisations/${other.organisationId}/books`)).body).toEqual({
    accounts: [],
    orders: [],
    nextCursor: null,
  });
});

test('an order that waits for its payment is found in every way in which a paid one is', async () => {
  const { client, placed } = await waitingOrder({ name: 'Çağla Øst', email: 'Ada.Not@example.com' }, [
    'Yıldız Ék',
  ]);
  const { id, number } = placed.body.order;
  const ids = async (q: string, more = '') => {
    const { body } = await house.client.get(path(house, `?q=${encodeURIComponent(q)}${more}`));
    return body.items.map((item: { id: string }) => item.id);
  };
  const typed = [
    'cagla',
    'OST çağ',
    'caglaost',
    'ada.not@ex',
    number,
    `#${number.slice(0, 6)}`,
    'yildiz',
    'ek',
  ];
  for (const q of typed) expect(await ids(q), q).toEqual([id]);
  for (const q of ['cagla osei', '@example.com', 'agla']) expect(await ids(q), q).toEqual([]);
  // It stands among the paid ones, by its age, and pages go on after it.
  expect(await ids('ada')).toEqual([id, orders.jose?.id, orders.ada?.id]);
  const first = (await house.client.get(path(house, '?q=ada&limit=1'))).body;
  expect(first).toMatchObject({ items: [{ id, status: 'pending' }], nextCursor: id });
  expect(await ids('ada', `&limit=1&cursor=${id}`)).toEqual([orders.jose?.id]);
  const other = await world.organiser();
  expect(await find('cagla', other)).toEqual([]);
  await client.post(`/api/orders/${id}/cancellation`);
  // Between its end and the delivery of the message it is not found.
  await world.drain();
  expect(await ids('cagla')).toEqual([id]);
  expect(await ids('ada', `&cursor=${id}`)).toEqual([orders.jose?.id, orders.ada?.id]);
});

test('quotes and operators of the index are letters like others', async () => {
  await order(0, 'pat', { name: 'Pat O\u2019Neil', email: "pat.o'neil@example.com" });
  await world.drain();
  expect(await find("pat.o'n")).toEqual(['pat']);
  expect(await find("pat.o'neil@ex")).toEqual(['pat']);
  for (const hostile of ["pat.o'neil@ex':*", "pat.o'neil@'|'", 'pat.o\\@', "nobody@':*|'", '\\@'])
    expect([hostile, await find(hostile)]).toEqual([hostile, []]);
});
