import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { seatId } from '../../../contract/ids.ts';
import { audit } from '../../audit/audit.ts';
import { minutes } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';

/* Codes in holds that have other places too: other types, other seats, exchanges and extras. */
let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterEach(async () => {
  await world.drain();
  expect(await audit(world.app.db, { acknowledged: [], now: world.clock.now() })).toEqual([]);
});
afterAll(() => world.close());

const make = (event: TestEvent, body: object) =>
  event.organiser.client.post(`/api/events/${event.id}/vouchers`, body);
const list = async (event: TestEvent) =>
  (await event.organiser.client.get(`/api/events/${event.id}/vouchers`)).body.items;
const codeOf = async (event: TestEvent, index: number): Promise<string> =>
  (await list(event)).find((voucher: { seatId: string }) => voucher.seatId === seatId(event.id, index)).code;
const managed = async (event: TestEvent) =>
  (await event.organiser.client.get(`/api/events/${event.id}/management`)).body;
const hold = (person: Person, event: TestEvent, wants: object, code?: string) =>
  person.client.post(`/api/events/${event.id}/holds`, { ...wants, ...(code !== undefined && { code }) });
const seats = (event: TestEvent, ...wanted: [index: number, ticketTypeId?: string][]) => ({
  seats: wanted.map(([index, ticketTypeId]) => ({
    seatId: seatId(event.id, index),
    ...(ticketTypeId && { ticketTypeId }),
  })),
});

let mailbox = 0;
const order = (person: Person, holdId: string) =>
  person.client.post('/api/orders', {
    holdId,
    buyer: { name: 'Ada Osei', email: `others-${++mailbox}@example.com` },
  });
async function pay(person: Person, { payment }: { payment: { id: string; clientSecret: string } }) {
  await person.client.post(`/api/sandbox/payments/${payment.id}/confirmation`, {
    clientSecret: payment.clientSecret,
    card: { number: '4242424242424242' },
  });
  await world.drain();
}

test('tickets that a code is not for get none of its kept places, and late money for them goes back', async () => {
  const types = [
    { name: 'Member', priceMinor: 2500, pools: ['floor'] },
    { name: 'Regular', priceMinor: 2500, pools: ['floor'] },
  ];
  const event = await world.event({ capacity: 10, fields: { ticketTypes: types } });
  const [member, regular] = (await managed(event)).ticketTypes.map(({ id }: { id: string }) => id);
  await make(event, { csv: 'KEEPS', ticketTypeIds: [member], uses: 5, keepsPlaces: true, percentOff: 50 });
  const [ada, bob] = [await world.guest(), await world.guest()];
  const both = {
    items: [
      { ticketTypeId: member, quantity: 1 },
      { ticketTypeId: regular, quantity: 4 },
    ],
  };
  const held = await hold(ada, event, both, 'KEEPS');
  expect(held).toMatchObject({ status: 201, body: { total: { amount: 11_250 } } });
  const ordered = await order(ada, held.body.id);
  world.clock.advance(minutes(60));
  const others = { items: [{ ticketTypeId: regular, quantity: 5 }] };
  expect((await hold(bob, event, others)).status).toBe(201);
  expect(await hold(await world.guest(), event, both, 'KEEPS')).toMatchObject({
    status: 409,
    body: { code: 'sold_out', ticketTypeId: regular },
  });
  await pay(ada, ordered.body);
  const after = (await ada.client.get(`/api/orders/${ordered.body.order.id}`)).body;
  expect(after).toMatchObject({ status: 'expired', problem: 'places_gone_refunded' });
});

/** An event of four seats, with a ticket type for grown-ups and one for children, of whom there may be one. */
async function twoPrices(fields: object = {}) {
  const event = await world.event({
    seats: [{ zone: 'gold', rows: 1, perRow: 4 }],
    fields: {
      pools: [{ key: 'children', name: 'Children', capacity: 1 }],
      ticketTypes: [
        { name: 'Adult', priceMinor: 5000, zone: 'gold' },
        { name: 'Child', priceMinor: 2000, zone: 'gold', pools: ['children'] },
      ],
      ...fields,
    },
  });
  const [adult, child] = (await managed(event)).ticketTypes.map(({ id }: { id: string }) => id);
  return { event, adult: adult as string, child: child as string };
}

test('the code of a seat reduces that seat only, and friends sit beside it in one order', async () => {
  const { event, adult } = await twoPrices();
  for (const keepsPlaces of [true, false]) {
    const own = keepsPlaces ? 0 : 2;
    await make(event, { seatIds: [seatId(event.id, own)], keepsPlaces, priceMinor: 1000 });
    const code = await codeOf(event, own);
    const ada = await world.guest();
    const held = await hold(ada, event, seats(event, [own, adult], [own + 1, adult]), code);
    expect(held).toMatchObject({
      status: 201,
      body: {
        total: { amount: 6000 },
        lines: [
          { quantity: 1, seats: [{ seatId: seatId(event.id, own) }], promo: { code } },
          { quantity: 1, seats: [{ seatId: seatId(event.id, own + 1) }] },
        ],
      },
    });
    if (!keepsPlaces) {
      // Fewer places keep their prices, and more get theirs.
      const places = (...wanted: [number, string][]) =>
        ada.client.put(`/api/holds/${held.body.id}/places`, seats(event, ...wanted));
      expect((await places([own, adult])).body.total.amount).toBe(1000);
      expect((await places([own, adult], [own + 1, adult])).body.total.amount).toBe(6000);
      expect((await places([own + 1, adult])).body.total.amount).toBe(5000);
      expect((await list(event)).map(({ held: uses }: { held: number }) => uses).sort()).toEqual([0, 1]);
    }
  }
});

test('a seat that is kept for a code counts in the pools of the type that its buyer takes', async () => {
  const { event, adult, child } = await twoPrices();
  await make(event, { seatIds: [seatId(event.id, 0)], keepsPlaces: true, percentOff: 50 });
  const [{ code }] = await list(event);
  const [ada, bob] = [await world.guest(), await world.guest()];
  const first = await hold(bob, event, seats(event, [1, child]));
  expect(first.status).toBe(201);
  expect((await hold(ada, event, seats(event, [0, child]), code)).body).toMatchObject({ code: 'sold_out' });
  await bob.client.delete(`/api/holds/${first.body.id}`);
  const held = await hold(ada, event, seats(event, [0, child]), code);
  expect(held.body.total.amount).toBe(1000);
  expect((await hold(bob, event, seats(event, [1, child]))).body).toMatchObject({ code: 'sold_out' });
  await ada.client.delete(`/api/holds/${held.body.id}`);
  // A code for one type of ticket is for no other one.
  await make(event, { seatIds: [seatId(event.id, 2)], ticketTypeIds: [adult], percentOff: 50 });
  const adults = await codeOf(event, 2);
  expect((await hold(await world.guest(), event, seats(event, [2, child]), adults)).body.code).toBe(
    'code_not_for_places',
  );
});

test.each([true, false])(
  'the use of a code moves with an exchanged ticket (keeps its seat: %s)',
  async (keepsPlaces) => {
    const { event, adult } = await twoPrices({ exchanges: { allowed: true } });
    await make(event, { seatIds: [seatId(event.id, 0)], keepsPlaces, priceMinor: 1000 });
    const code = await codeOf(event, 0);
    const ada = await world.guest();
    const held = await hold(ada, event, seats(event, [0, adult]), code);
    const ordered = await order(ada, held.body.id);
    await pay(ada, ordered.body);
    const [ticket] = (await ada.client.get(`/api/orders/${ordered.body.order.id}`)).body.tickets;
    const moved = await ada.client.post(`/api/tickets/${ticket.id}/exchanges`, {
      seatId: seatId(event.id, 3),
    });
    expect(moved).toMatchObject({ status: 201, body: { order: { total: { amount: 0 } } } });
    await world.drain();
    expect(await list(event)).toMatchObject([{ sold: 1, off: { amount: 4000 }, state: 'used' }]);
    expect((await hold(await world.guest(), event, seats(event, [0, adult]), code)).body.code).toBe(
      'promo_code_used_up',
    );
  },
);

test('a code is for no extras', async () => {
  const shirt = { name: 'T-shirt', variants: [{ name: 'M', priceMinor: 2000, stock: 3 }] };
  const event = await world.event({ fields: { products: [shirt] } });
  const [{ variants }] = (await managed(event)).products;
  expect(
    await make(event, { csv: 'SHIRT', ticketTypeIds: [variants[0].id], keepsPlaces: true }),
  ).toMatchObject({
    status: 422,
    body: { code: 'unknown_ticket_type', ticketTypeId: variants[0].id },
  });
});

test('an edit cannot give a promo code the name of a code that was made', async () => {
  const event = await world.event({});
  await make(event, { csv: 'CREW', percentOff: 50 });
  const { version } = await managed(event);
  const edit = (code: string) =>
    event.organiser.client.patch(
      `/api/events/${event.id}`,
      { promoCodes: [{ code, percentOff: 10 }] },
      { 'if-match': `"${version}"` },
    );
  expect(await edit('CREW')).toMatchObject({ status: 409, body: { code: 'code_taken', codes: ['CREW'] } });
  expect((await edit('CAST')).status).toBe(200);
});

test('prices of codes are multiples of what a card can pay in the currency', async () => {
  const event = await world.event({ fields: { currency: 'KWD' } });
  for (const [field, minor] of [
    ['priceMinor', 12_345],
    ['amountOffMinor', 5],
  ] as const)
    expect(await make(event, { count: 1, [field]: minor })).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', issues: [{ path: `body.${field}` }] },
    });
  expect((await make(event, { count: 1, priceMinor: 1230 })).status).toBe(201);
});
