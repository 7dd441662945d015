import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { days, hours, minutes } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { cards, purchase } from '../payments/testing/purchase.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const at = (ms: number) => new Date(world.clock.now().getTime() + ms).toISOString();
const refunds = { refundPolicy: { steps: [{ hoursBefore: 1, refundPercent: 100 }] } };

/** An event with one ticket type of these terms, on a floor of twenty places. */
const eventWith = (terms: object, fields: object = {}): Promise<TestEvent> =>
  world.event({
    fields: {
      pools: [{ key: 'floor', name: 'Floor', capacity: 20 }],
      ticketTypes: [{ name: 'Regular', priceMinor: 3000, pools: ['floor'], ...terms }],
      ...fields,
    },
  });

const hold = (person: Person, event: TestEvent, quantity: number, more: object = {}) =>
  person.client.post(`/api/events/${event.id}/holds`, {
    items: [{ ticketTypeId: event.ticketTypeId, quantity, ...more }],
  });
const shown = async (event: TestEvent) => (await world.client().get(`/api/events/${event.id}`)).body;
const typeOf = async (event: TestEvent) => (await shown(event)).ticketTypes[0];
const stepsLeft = async (event: TestEvent) =>
  (await world.client().get(`/api/events/${event.id}/availability`)).body.ticketTypes[0].steps;
const managed = async ({ organiser, id }: TestEvent) =>
  (await organiser.client.get(`/api/events/${id}/management`)).body;
async function edit(event: TestEvent, body: object) {
  const { version } = await managed(event);
  return event.organiser.client.patch(`/api/events/${event.id}`, body, { 'if-match': `"${version}"` });
}
const prices = (lines: { quantity: number; unitPrice: { amount: number } }[]) =>
  lines.flatMap(({ quantity, unitPrice }) => Array<number>(quantity).fill(unitPrice.amount));
async function buy(event: TestEvent, quantity: number) {
  const bought = await purchase(world, event, { quantity });
  await bought.pay(cards.success);
  await world.drain();
  return { ada: bought.buyer, order: await bought.order() };
}
const listed = async (event: TestEvent, query: string) => {
  const { body } = await world.client().get(`/api/events?limit=100&${query}`);
  return body.items.find(({ id }: { id: string }) => id === event.id);
};

describe('price steps', () => {
  const ofNumber = { priceSteps: [{ name: 'Early bird', priceMinor: 1000, places: 3 }] };

  test('the event and its availability say what the next ticket costs, what follows, and how many are left', async () => {
    const event = await eventWith(ofNumber);
    expect(await typeOf(event)).toMatchObject({
      price: eur(1000),
      fullPrice: eur(3000),
      listPrice: eur(3000),
      priceSteps: [{ name: 'Early bird', price: eur(1000), until: null, places: 3 }],
    });
    expect(await stepsLeft(event)).toEqual([3]);
    const ada = await world.guest();
    const held = await hold(ada, event, 4);
    expect(held.status).toBe(201);
    expect(prices(held.body.lines)).toEqual([1000, 1000, 1000, 3000]);
    expect(held.body.lines[0].step).toBe('Early bird');
    expect(held.body.total).toEqual(eur(6000));
    expect(await stepsLeft(event)).toEqual([0]);
    expect((await typeOf(event)).price).toEqual(eur(3000));
    expect(await listed(event, '')).toMatchObject({ priceFrom: eur(3000) });
    await ada.client.delete(`/api/holds/${held.body.id}`);
    expect((await typeOf(event)).price).toEqual(eur(1000));
    expect(await listed(event, 'maxPrice=1500&currency=EUR')).toMatchObject({ priceFrom: eur(1000) });
    expect(await audit(world.app.db, { eventIds: [event.id] })).toEqual([]);
  });

  test('no price that the public sees tells what a hidden type or an extra costs', async () => {
    const hidden = [
      { name: 'Press', priceMinor: 0, pools: ['floor'], hidden: true },
      { name: 'Sponsor', priceMinor: 90_000, pools: ['floor'], hidden: true },
    ];
    const regular = { name: 'Regular', priceMinor: 3000, pools: ['floor'], ...ofNumber };
    const products = [{ name: 'Programme', collect: 'door', variants: [{ priceMinor: 300, stock: 20 }] }];
    const event = await eventWith({}, { ticketTypes: [regular, ...hidden], products });
    const prices = { priceFrom: eur(1000), priceTo: eur(1000) };
    expect(await shown(event)).toMatchObject(prices);
    expect(await listed(event, '')).toMatchObject(prices);
    // Something is always shown, so there is always a price.
    const { ticketTypes } = await managed(event);
    const all = ticketTypes.map(({ id }: { id: string }) => ({
      id,
      ...regular,
      priceSteps: [],
      hidden: true,
    }));
    expect(await edit(event, { ticketTypes: all })).toMatchObject({
      status: 409,
      body: { code: 'event_not_publishable', missing: ['a public ticket type'] },
    });
  });

  test('ten buyers at once get three early places, and nobody a place too many', async () => {
    const event = await eventWith(ofNumber);
    const buyers = await Promise.all(Array.from({ length: 10 }, () => world.guest()));
    const held = await Promise.all(buyers.map((buyer) => hold(buyer, event, 1)));
    const paid = held.flatMap(({ body }) => prices(body.lines)).sort((a, b) => a - b);
    expect(paid).toEqual([...Array(3).fill(1000), ...Array(7).fill(3000)]);
    expect(await stepsLeft(event)).toEqual([0]);
  });

  test('a step ends by its time without any job: on the event, in searches, in the order of prices and at the hold', async () => {
    const event = await eventWith({ priceSteps: [{ priceMinor: 1000, until: at(hours(2)) }] });
    const cheap = 'maxPrice=1500&currency=EUR';
    expect(await listed(event, `${cheap}&sort=price`)).toMatchObject({ priceFrom: eur(1000) });
    const ada = await world.guest();
    const before = await hold(ada, event, 1);
    world.clock.advance(hours(2));
    expect((await typeOf(event)).price).toEqual(eur(3000));
    expect(await listed(event, cheap)).toBeUndefined();
    expect(await listed(event, 'sort=price&minPrice=2000&currency=EUR')).toMatchObject({
      priceFrom: eur(3000),
    });
    expect(prices(before.body.lines)).toEqual([1000]);
    expect(prices((await hold(await world.guest(), event, 1)).body.lines)).toEqual([3000]);
  });

  test('what was sold at a step keeps its price, is refunded at it, and its place of the step comes back', async () => {
    const event = await eventWith(ofNumber, refunds);
    const { ada, order } = await buy(event, 4);
    expect(prices(order.lines)).toEqual([1000, 1000, 1000, 3000]);
    await edit(event, {
      ticketTypes: [{ id: event.ticketTypeId, name: 'Regular', priceMinor: 9000, pools: ['floor'] }],
    });
    const [first] = order.tickets;
    const cancelled = await ada.client.post(`/api/orders/${order.id}/cancellation`, { tickets: [first.id] });
    expect(cancelled.status).toBe(200);
    await world.drain();
    const again = (await ada.client.get(`/api/orders/${order.id}`)).body;
    expect(again.refunded).toEqual(eur(1000));
    expect(await audit(world.app.db, { eventIds: [event.id] })).toEqual([]);
  });

  test('an edit keeps the count of a step that it names, and a new step has a count of its own', async () => {
    const event = await eventWith(ofNumber);
    await hold(await world.guest(), event, 2);
    const { ticketTypes } = await managed(event);
    const [{ priceSteps }] = ticketTypes;
    const again = (steps: object[]) => ({
      ticketTypes: [
        { id: event.ticketTypeId, name: 'Regular', priceMinor: 3000, pools: ['floor'], priceSteps: steps },
      ],
    });
    const kept = { id: priceSteps[0].id, name: 'Early bird', priceMinor: 1200, places: 5 };
    expect((await edit(event, again([kept]))).status).toBe(200);
    expect(await stepsLeft(event)).toEqual([3]);
    // Fewer than are held: the step gives no more.
    await edit(
      event,
      again([
        { ...kept, places: 1 },
        { priceMinor: 2000, places: 4 },
      ]),
    );
    expect(await stepsLeft(event)).toEqual([0, 4]);
    expect((await managed(event)).pools.map(({ key }: { key: string }) => key)).toEqual(['floor']);
    expect(await audit(world.app.db, { eventIds: [event.id] })).toEqual([]);
  });

  test('a door sale has the price of the step, and a gift uses up no early place', async () => {
    const event = await eventWith(ofNumber);
    const { client } = event.organiser;
    const items = [{ ticketTypeId: event.ticketTypeId, quantity: 2 }];
    const recipient = { name: 'Ada Osei', email: 'ada@example.com' };
    expect(
      (await client.post(`/api/events/${event.id}/complimentary-orders`, { recipient, items })).status,
    ).toBe(201);
    expect(await stepsLeft(event)).toEqual([3]);
    const block = await client.post(`/api/events/${event.id}/blocks`, {
      label: 'House',
      items: [{ ticketTypeId: event.ticketTypeId, quantity: 5 }],
    });
    expect(await stepsLeft(event)).toEqual([3]);
    const sale = { items: [{ ticketTypeId: event.ticketTypeId, quantity: 4 }], blockId: block.body.id };
    const payment = (amount: number) => ({ payment: { method: 'cash', amount: eur(amount) } });
    const sold = await client.post(`/api/events/${event.id}/door-sales`, { ...sale, ...payment(6000) });
    expect(sold.status).toBe(201);
    expect(await stepsLeft(event)).toEqual([0]);
    // One place is left in the block, and two are not.
    const two = [{ ticketTypeId: event.ticketTypeId, quantity: 2 }];
    expect(
      (await client.post(`/api/events/${event.id}/door-sales`, { ...sale, items: two, ...payment(6000) }))
        .body,
    ).toMatchObject({ code: 'sold_out', available: 1 });
    await world.drain();
    expect(await audit(world.app.db, { eventIds: [event.id] })).toEqual([]);
  });
});

describe('group prices', () => {
  const groups = { groupPrices: [{ from: 4, priceMinor: 2000 }] };

  test('each ticket of a large enough order costs less, and a part of it is refunded at what was paid', async () => {
    const event = await eventWith(groups, refunds);
    expect(await typeOf(event)).toMatchObject({ groupPrices: [{ from: 4, price: eur(2000) }] });
    expect((await hold(await world.guest(), event, 3)).body.total).toEqual(eur(9000));
    const { ada, order } = await buy(event, 4);
    expect(order.total).toEqual(eur(8000));
    const tickets = order.tickets.slice(0, 2).map(({ id }: { id: string }) => id);
    await ada.client.post(`/api/orders/${order.id}/cancellation`, { tickets });
    await world.drain();
    expect((await ada.client.get(`/api/orders/${order.id}`)).body.refunded).toEqual(eur(4000));
  });
});

describe('pay what you want', () => {
  const free = { payWhatYouWant: { minMinor: 500 } };
  const fee = { bookingFee: { perTicketMinor: 100, paidBy: 'buyer' } };

  test('the buyer names the price, and tax and fee follow from it', async () => {
    const event = await eventWith({ ...free, tax: { name: 'VAT', ratePercent: 10, included: false } }, fee);
    expect(await typeOf(event)).toMatchObject({
      listPrice: eur(3000),
      payWhatYouWant: { min: eur(500), lowestPaid: eur(500) },
    });
    expect(await listed(event, '')).toMatchObject({ priceFrom: eur(650) });
    const ada = await world.guest();
    expect((await hold(ada, event, 1, { priceMinor: 400 })).body).toMatchObject({
      code: 'price_too_low',
      least: eur(500),
    });
    const held = (await hold(ada, event, 2, { priceMinor: 2000 })).body;
    expect(held.lines[0]).toMatchObject({
      unitPrice: eur(2300),
      unitParts: { net: eur(2000), tax: eur(200), fee: eur(100) },
      chosenPrice: eur(2000),
    });
    const fixed = await eventWith({});
    expect((await hold(ada, fixed, 1, { priceMinor: 2000 })).body.code).toBe('invalid_request');
  });

  test('a price of nothing is an order that is confirmed at once, where the organiser allows it', async () => {
    const event = await eventWith({ payWhatYouWant: { minMinor: 0 } });
    const ada = await world.guest();
    expect((await hold(ada, event, 1, { priceMinor: 20 })).body).toMatchObject({
      code: 'price_too_low',
      least: eur(50),
    });
    const held = (await hold(ada, event, 1, { priceMinor: 0 })).body;
    const buyer = { name: 'Ada Osei', email: 'ada@example.com' };
    const placed = (await ada.client.post('/api/orders', { holdId: held.id, buyer })).body;
    expect(placed).toMatchObject({ payment: null, order: { status: 'confirmed', total: eur(0) } });
  });
});

describe('the smallest order', () => {
  test('is refused by its name, with the number', async () => {
    const event = await eventWith({ minPerOrder: 2 });
    expect((await hold(await world.guest(), event, 1)).body).toMatchObject({
      status: 409,
      code: 'too_few_tickets',
      minimum: 2,
      ticketTypeId: event.ticketTypeId,
    });
    expect((await hold(await world.guest(), event, 2)).status).toBe(201);
  });
});

describe('an organiser', () => {
  const wrong: [string, object, string][] = [
    ['a smallest order above the largest', { minPerOrder: 5, maxPerOrder: 4 }, 'minPerOrder'],
    ['a step without an end', { priceSteps: [{ priceMinor: 1000 }] }, 'priceSteps.0.until'],
    [
      'a step that ends before the one before it',
      {
        priceSteps: [
          { priceMinor: 1000, until: '2027-01-02T00:00:00Z' },
          { priceMinor: 1100, until: '2027-01-01T00:00:00Z' },
        ],
      },
      'priceSteps.1.until',
    ],
    [
      'a step that no card can pay',
      { priceSteps: [{ priceMinor: 10, places: 3 }] },
      'priceSteps.0.priceMinor',
    ],
    [
      'steps and group prices',
      { priceSteps: [{ priceMinor: 1000, places: 1 }], groupPrices: [{ from: 2, priceMinor: 900 }] },
      'groupPrices',
    ],
    [
      'steps and pay what you want',
      { priceSteps: [{ priceMinor: 1000, places: 1 }], payWhatYouWant: { minMinor: 0 } },
      'payWhatYouWant',
    ],
    ['a dearer group', { groupPrices: [{ from: 2, priceMinor: 3000 }] }, 'groupPrices.0.priceMinor'],
    [
      'two groups of one size',
      {
        groupPrices: [
          { from: 2, priceMinor: 2000 },
          { from: 2, priceMinor: 1000 },
        ],
      },
      'groupPrices.1.from',
    ],
    ['a group that no order can be', { groupPrices: [{ from: 11, priceMinor: 2000 }] }, 'groupPrices.0.from'],
    ['a minimum above the suggestion', { payWhatYouWant: { minMinor: 4000 } }, 'payWhatYouWant.minMinor'],
  ];
  test('is told about orders that are larger than what a buyer may have', async () => {
    const event = await eventWith({}, { maxPerBuyer: 10 });
    const terms = { maxPerOrder: 20, minPerOrder: 12, groupPrices: [{ from: 11, priceMinor: 2000 }] };
    const ticketTypes = [
      { id: event.ticketTypeId, name: 'Regular', priceMinor: 3000, pools: ['floor'], ...terms },
    ];
    const { status, body } = await edit(event, { ticketTypes });
    expect([status, body.code]).toEqual([400, 'invalid_request']);
    expect(body.issues.map(({ path }: { path: string }) => path)).toEqual([
      'body.ticketTypes.0.minPerOrder',
      'body.ticketTypes.0.groupPrices.0.from',
    ]);
    expect((await edit(event, { ticketTypes, maxPerBuyer: 12 })).status).toBe(200);
    // Nor may the event's limit go below them.
    expect((await edit(event, { maxPerBuyer: 11 })).body.issues).toMatchObject([
      { path: 'body.ticketTypes.0.minPerOrder' },
    ]);
  });

  test.each(wrong)('is told at its field about %s', async (_, terms, path) => {
    const event = await eventWith({});
    const body = {
      ticketTypes: [{ id: event.ticketTypeId, name: 'R', priceMinor: 3000, pools: ['floor'], ...terms }],
    };
    const refused = await edit(event, body);
    expect(refused.body).toMatchObject({ status: 400, code: 'invalid_request' });
    expect(refused.body.issues.map((issue: { path: string }) => issue.path)).toContain(
      `body.ticketTypes.0.${path}`,
    );
  });

  test('reads back what was written', async () => {
    const until = at(days(3));
    const event = await eventWith({
      minPerOrder: 2,
      priceSteps: [{ name: 'First', priceMinor: 1000, until, places: 3 }],
    });
    const [type] = (await managed(event)).ticketTypes;
    expect(type).toMatchObject({
      minPerOrder: 2,
      priceSteps: [{ name: 'First', listPrice: eur(1000), until, places: 3 }],
      groupPrices: [],
      payWhatYouWant: null,
    });
    // An edit of something else leaves the prices as they are.
    expect((await edit(event, { title: 'Another name' })).status).toBe(200);
    expect((await managed(event)).ticketTypes[0].priceSteps).toEqual(type.priceSteps);
    world.clock.advance(minutes(1));
  });
});

test('nobody waits for fewer tickets than one order has', async () => {
  const event = await eventWith(
    { minPerOrder: 2 },
    { pools: [{ key: 'floor', name: 'Floor', capacity: 2 }] },
  );
  await hold(await world.guest(), event, 2);
  const ada = await world.user();
  const wait = (quantity: number) =>
    ada.client.post(`/api/events/${event.id}/waitlist`, { ticketTypeId: event.ticketTypeId, quantity });
  expect((await wait(1)).body).toMatchObject({ code: 'too_few_tickets', minimum: 2 });
  expect((await wait(2)).status).toBe(201);
});
