import { afterAll, beforeAll, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { days, minutes } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { cards } from '../payments/testing/purchase.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.drain();
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
  await world.close();
});

const shirt = {
  name: 'T-shirt',
  description: 'Organic cotton',
  tax: { name: 'VAT', ratePercent: 19, included: true },
  maxPerOrder: 3,
  variants: [
    { name: 'M', priceMinor: 2000, stock: 3 },
    { name: 'L', priceMinor: 2200, stock: 1 },
  ],
};

interface WithExtras extends TestEvent {
  products: { id: string; variants: { id: `tty_${string}`; name: string }[] }[];
  m: `tty_${string}`;
  l: `tty_${string}`;
}

async function withExtras(products: object[] = [shirt], fields: object = {}): Promise<WithExtras> {
  const event = await world.event({ fields: { products, ...fields } });
  const { body } = await world.client().get(`/api/events/${event.id}`);
  const [m, l] = body.products[0].variants;
  return { ...event, products: body.products, m: m.id, l: l?.id };
}

const hold = (person: Person, event: TestEvent, items: Record<string, number>) =>
  person.client.post(`/api/events/${event.id}/holds`, {
    items: Object.entries(items).map(([ticketTypeId, quantity]) => ({ ticketTypeId, quantity })),
  });
const place = (person: Person, holdId: string, more: object = {}) =>
  person.client.post('/api/orders', {
    holdId,
    buyer: { name: 'Ada Osei', email: `${person.userId.toLowerCase()}@example.com` },
    ...more,
  });
async function pay(person: Person, { payment }: { payment: { id: string; clientSecret: string } }) {
  const { id, clientSecret } = payment;
  const card = { clientSecret, card: { number: cards.success } };
  expect((await person.client.post(`/api/sandbox/payments/${id}/confirmation`, card)).status).toBe(200);
  await world.drain();
}
async function buy(person: Person, event: TestEvent, items: Record<string, number>, more: object = {}) {
  const held = await hold(person, event, items);
  expect(held.status, JSON.stringify(held.body)).toBe(201);
  const placed = await place(person, held.body.id, more);
  expect(placed.status, JSON.stringify(placed.body)).toBe(201);
  await pay(person, placed.body);
  return (await person.client.get(`/api/orders/${placed.body.order.id}`)).body;
}
const leftOf = async (event: TestEvent, id: string): Promise<number> =>
  (await world.client().get(`/api/events/${event.id}/availability`)).body.ticketTypes.find(
    (type: { id: string }) => type.id === id,
  ).available;

test('an event shows its extras apart from its tickets, and they change neither its prices nor whether it is sold out', async () => {
  const event = await withExtras([shirt, { name: 'Sticker', variants: [{ priceMinor: 100, stock: 5 }] }]);
  const { body } = await world.client().get(`/api/events/${event.id}`);
  expect(body).toMatchObject({
    priceFrom: { amount: 2500 },
    priceTo: { amount: 2500 },
    soldOut: false,
    ticketTypes: [{ name: 'Regular' }],
    products: [
      {
        name: 'T-shirt',
        needsTicket: true,
        collect: 'door',
        variants: [
          { name: 'M', price: { amount: 2000 } },
          { name: 'L', price: { amount: 2200 } },
        ],
      },
      { name: 'Sticker', variants: [{ name: '', price: { amount: 100 } }] },
    ],
  });
  expect(body.ticketTypes).toHaveLength(1);
  const managed = await event.organiser.client.get(`/api/events/${event.id}/management`);
  expect(managed.body.pools.map(({ key }: { key: string }) => key)).toEqual(['floor']);
  expect(managed.body.products[0].variants[0]).toMatchObject({ stock: 3, held: 0, sold: 0 });
});

test('a buyer buys a ticket and a shirt in one order: each has a code, and only the ticket counts as a place', async () => {
  const event = await withExtras(undefined, { maxPerBuyer: 1 });
  const ada = await world.guest();
  const order = await buy(ada, event, { [event.m]: 2, [event.ticketTypeId]: 1 });
  expect(order).toMatchObject({
    status: 'confirmed',
    total: { amount: 2500 + 2 * 2000 },
    lines: [
      { name: 'Regular', quantity: 1 },
      { name: 'T-shirt, M', quantity: 2, collect: 'door', tax: { name: 'VAT' } },
    ],
    tickets: [
      { ticketTypeName: 'Regular' },
      { ticketTypeName: 'T-shirt, M', collect: 'door' },
      { ticketTypeName: 'T-shirt, M', collect: 'door' },
    ],
  });
  expect(order.tickets[0].collect).toBeUndefined();
  expect(await leftOf(event, event.m)).toBe(1);
  // Another ticket is more than this buyer may have, another shirt is not.
  expect((await hold(ada, event, { [event.ticketTypeId]: 1 })).body.code).toBe('limit_reached');
  expect((await hold(ada, event, { [event.m]: 1 })).status).toBe(201);
});

test('whoever has more tickets than a limit that was lowered since may buy an extra, and no ticket', async () => {
  const event = await withExtras(undefined, { maxPerBuyer: 4 });
  const ada = await world.guest();
  await buy(ada, event, { [event.ticketTypeId]: 4 });
  const { client } = event.organiser;
  const { version } = (await client.get(`/api/events/${event.id}/management`)).body;
  const lowered = await client.patch(
    `/api/events/${event.id}`,
    { maxPerBuyer: 2 },
    { 'if-match': `"${version}"` },
  );
  expect(lowered.status).toBe(200);
  expect((await hold(ada, event, { [event.ticketTypeId]: 1 })).body.code).toBe('limit_reached');
  expect((await buy(ada, event, { [event.m]: 1 })).status).toBe('confirmed');
});

test('tickets and extras are held together or not at all, and a variant that is sold out is named', async () => {
  const event = await withExtras();
  const before = await leftOf(event, event.ticketTypeId);
  const refused = await hold(await world.guest(), event, { [event.ticketTypeId]: 2, [event.l]: 2 });
  expect(refused).toMatchObject({
    status: 409,
    body: {
      code: 'sold_out',
      ticketTypeId: event.l,
      available: 1,
      detail: 'Only 1 of "T-shirt, L" are left.',
    },
  });
  expect(await leftOf(event, event.ticketTypeId)).toBe(before);
  expect(await leftOf(event, event.l)).toBe(1);
});

test('two buyers race for the last shirt, and one gets it', async () => {
  const event = await withExtras();
  const buyers = await Promise.all([1, 2, 3, 4].map(() => world.guest()));
  const answers = await Promise.all(
    buyers.map((buyer) => hold(buyer, event, { [event.ticketTypeId]: 1, [event.l]: 1 })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  expect(await leftOf(event, event.ticketTypeId)).toBe(99);
});

test('an extra that needs a ticket is refused without one, in a hold, in a change and in an order', async () => {
  const event = await withExtras();
  const ada = await world.guest();
  expect((await hold(ada, event, { [event.m]: 1 })).body).toMatchObject({
    code: 'ticket_needed',
    ticketTypeId: event.m,
  });
  const held = (await hold(ada, event, { [event.ticketTypeId]: 1, [event.m]: 1 })).body;
  const change = await ada.client.put(`/api/holds/${held.id}/places`, {
    items: [{ ticketTypeId: event.m, quantity: 1 }],
  });
  expect(change.body.code).toBe('ticket_needed');
  // Beside a hold with a ticket, extras may be held, but they are not ordered before the ticket is bought.
  const alone = (await hold(ada, event, { [event.m]: 1 })).body;
  expect((await place(ada, alone.id)).body.code).toBe('ticket_needed');
  const placed = await place(ada, held.id);
  await pay(ada, placed.body);
  expect((await place(ada, alone.id)).status).toBe(201);
});

test('an extra without that rule is sold alone, asks for no names, and is counted for its network', async () => {
  const poster = { ...shirt, needsTicket: false };
  const event = await withExtras([poster], { asksAttendeeNames: true, placesPerNetwork: 2 });
  const ada = await world.guest();
  const order = await buy(ada, event, { [event.m]: 1 });
  expect(order.tickets).toMatchObject([{ ticketTypeName: 'T-shirt, M', attendeeName: null }]);
  const more = await Promise.all([1, 2].map(async () => hold(await world.guest(), event, { [event.m]: 1 })));
  expect(more.map(({ status }) => status)).toEqual([201, 201]);
  expect((await hold(await world.guest(), event, { [event.l]: 1 })).body.code).toBe('network_limit');
});

test('the limits of an order and of a ticket are for all variants together', async () => {
  const event = await withExtras([{ ...shirt, maxPerOrder: 3, maxPerTicket: 1 }]);
  const ada = await world.guest();
  const refused = await hold(ada, event, { [event.ticketTypeId]: 1, [event.m]: 1, [event.l]: 1 });
  expect(refused.body).toMatchObject({ code: 'extra_limit_reached', limit: 1, have: 0 });
  await buy(ada, event, { [event.ticketTypeId]: 1, [event.m]: 1 });
  expect((await hold(ada, event, { [event.l]: 1 })).body).toMatchObject({
    code: 'extra_limit_reached',
    limit: 1,
    have: 1,
  });
  const other = await withExtras([shirt]);
  expect(
    (await hold(ada, other, { [other.ticketTypeId]: 1, [other.m]: 3, [other.l]: 1 })).body,
  ).toMatchObject({
    code: 'extra_limit_reached',
    limit: 3,
  });
});

test('extras that were chosen beside held tickets are ordered only when those tickets are bought', async () => {
  const event = await withExtras([{ ...shirt, maxPerTicket: 1 }]);
  const ada = await world.guest();
  const tickets = (await hold(ada, event, { [event.ticketTypeId]: 2 })).body;
  const shirts = (await hold(ada, event, { [event.ticketTypeId]: 1, [event.m]: 3 })).body;
  // The buyer lets the tickets go: whoever has one ticket gets one shirt.
  await ada.client.delete(`/api/holds/${tickets.id}`);
  const refused = { code: 'extra_limit_reached', limit: 1, have: 0 };
  expect((await place(ada, shirts.id)).body).toMatchObject(refused);
  const again = (await hold(ada, event, { [event.ticketTypeId]: 2 })).body;
  // They might let these go too.
  expect((await place(ada, shirts.id)).body).toMatchObject(refused);
  await pay(ada, (await place(ada, again.id)).body);
  expect((await place(ada, shirts.id)).status).toBe(201);
});

test('names are asked of places and not of extras, and a promo code reduces tickets only', async () => {
  const event = await withExtras(undefined, {
    asksAttendeeNames: true,
    promoCodes: [{ code: 'HALF', percentOff: 50, amountOffMinor: null, maxTickets: 1, validUntil: null }],
  });
  const ada = await world.guest();
  const held = (await hold(ada, event, { [event.m]: 2, [event.ticketTypeId]: 1 })).body;
  const reduced = await ada.client.put(`/api/holds/${held.id}/promo-code`, { code: 'HALF' });
  expect(reduced.body).toMatchObject({ total: { amount: 1250 + 4000 } });
  const names = (count: number) => ({ attendees: Array.from({ length: count }, () => ({ name: 'Bo' })) });
  expect((await place(ada, held.id, names(3))).body.code).toBe('invalid_request');
  const placed = await place(ada, held.id, names(1));
  await pay(ada, placed.body);
  const { body } = await ada.client.get(`/api/orders/${placed.body.order.id}`);
  expect(body.tickets.map(({ attendeeName }: { attendeeName: string }) => attendeeName)).toEqual([
    'Bo',
    null,
    null,
  ]);
});

test('extras join an open hold and leave it again, at the price that the hold has', async () => {
  const event = await withExtras();
  const ada = await world.guest();
  const held = (await hold(ada, event, { [event.ticketTypeId]: 1, [event.m]: 1 })).body;
  const { body: managed } = await event.organiser.client.get(`/api/events/${event.id}/management`);
  const dearer = managed.products.map(({ id, name }: { id: string; name: string }) => ({
    id,
    name,
    variants: managed.products[0].variants.map(
      ({ id: variant, name: size, stock }: { id: string; name: string; stock: number }) => ({
        id: variant,
        name: size,
        priceMinor: 9900,
        stock,
      }),
    ),
  }));
  const changed = await event.organiser.client.patch(
    `/api/events/${event.id}`,
    { products: dearer },
    { 'if-match': `"${managed.version}"` },
  );
  expect(changed.status, JSON.stringify(changed.body)).toBe(200);
  const items = (quantity: number) => ({
    items: [
      { ticketTypeId: event.m, quantity },
      { ticketTypeId: event.ticketTypeId, quantity: 1 },
    ],
  });
  const two = await ada.client.put(`/api/holds/${held.id}/places`, items(2));
  expect(two.body).toMatchObject({ total: { amount: 2500 + 4000 }, expiresAt: held.expiresAt });
  expect(await leftOf(event, event.m)).toBe(1);
  const none = await ada.client.put(`/api/holds/${held.id}/places`, {
    items: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }],
  });
  expect(none.body.total.amount).toBe(2500);
  expect(await leftOf(event, event.m)).toBe(3);
  world.clock.advance(minutes(11));
});

test('one shirt of an order is cancelled: its money and its stock come back, and the ticket stays', async () => {
  const event = await withExtras();
  const ada = await world.guest();
  const order = await buy(ada, event, { [event.ticketTypeId]: 1, [event.m]: 2 });
  const [ticket, first, second] = order.tickets;
  const cancel = (tickets: string[]) => ada.client.post(`/api/orders/${order.id}/cancellation`, { tickets });
  expect(await cancel([first.id])).toMatchObject({ status: 200, body: { refunded: { amount: 2000 } } });
  expect(await leftOf(event, event.m)).toBe(2);
  // The ticket goes, and the order stays for its last shirt.
  expect((await cancel([ticket.id])).body).toMatchObject({ status: 'confirmed', refunded: { amount: 4500 } });
  expect(await leftOf(event, event.ticketTypeId)).toBe(100);
  expect((await cancel([second.id])).body).toMatchObject({ refunded: { amount: 6500 } });
  await world.drain();
  expect(await audit(world.app.db, { now: world.clock.now(), eventIds: [event.id] })).toEqual([]);
});

test('a variant that was sold cannot be removed or have less stock than was sold; one that was not can', async () => {
  const event = await withExtras();
  await buy(await world.guest(), event, { [event.ticketTypeId]: 1, [event.m]: 1 });
  const edit = async (variants: object[]) => {
    const { body } = await event.organiser.client.get(`/api/events/${event.id}/management`);
    return event.organiser.client.patch(
      `/api/events/${event.id}`,
      { products: [{ ...shirt, id: event.products[0]?.id, variants }] },
      { 'if-match': `"${body.version}"` },
    );
  };
  const m = { id: event.m, name: 'M', priceMinor: 2000, stock: 3 };
  const l = { id: event.l, name: 'L', priceMinor: 2200, stock: 1 };
  expect((await edit([l])).body).toMatchObject({ code: 'event_has_sales' });
  expect((await edit([{ ...m, stock: 0 }, l])).body).toMatchObject({
    code: 'capacity_below_taken',
    taken: 1,
  });
  expect((await edit([m])).body.products[0].variants).toMatchObject([{ name: 'M', stock: 3, sold: 1 }]);
  expect((await hold(await world.guest(), event, { [event.ticketTypeId]: 1, [event.l]: 1 })).body.code).toBe(
    'unknown_ticket_type',
  );
});

test('wrong extras are refused with the field that is wrong', async () => {
  const organiser = await world.organiser();
  const create = async (product: object) => {
    const { body } = await organiser.client.post('/api/events', {
      organisationId: organiser.organisationId,
      title: 'Night',
      category: 'music',
      startsAt: new Date(world.clock.now().getTime() + days(9)).toISOString(),
      endsAt: new Date(world.clock.now().getTime() + days(10)).toISOString(),
      timeZone: 'Europe/Berlin',
      venue: { name: 'Hall', city: 'Berlin', country: 'DE' },
      currency: 'EUR',
      products: [product],
    });
    return body.issues?.map(({ path }: { path: string }) => path);
  };
  const one = { name: '', priceMinor: 100, stock: 1 };
  expect(await create({ name: 'Shirt', variants: [] })).toEqual(['body.products.0.variants']);
  expect(await create({ name: 'Shirt', variants: [one, one] })).toEqual([
    'body.products.0.variants.0.name',
    'body.products.0.variants.1.name',
    'body.products.0.variants.1.name',
  ]);
  expect(await create({ name: 'Shirt', variants: [{ ...one, priceMinor: 7 }] })).toEqual([
    'body.products.0.variants.0.priceMinor',
  ]);
  expect(await create({ name: 'Shirt', id: 'prd_01K9ZC4V7R8W3T5XN2M6QHJDEF', variants: [one] })).toEqual([
    'body.products.0.id',
  ]);
});
