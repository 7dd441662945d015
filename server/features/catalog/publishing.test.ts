import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventSchema, type TicketType } from '../../../contract/events.ts';
import { days, hours, minutes } from '../../testing/clock.ts';
import { createWorld, type TestEvent, type World } from '../../testing/world.ts';
import { createDesk, room, row } from './testing/drafts.ts';

let world: World;
let desk: ReturnType<typeof createDesk>;
beforeAll(async () => {
  world = await createWorld();
  desk = createDesk(world, await world.organiser());
});
afterAll(() => world?.close());

const hold = async (event: TestEvent, quantity = 1) => {
  const buyer = await world.guest();
  const held = await buyer.client.post(`/api/events/${event.id}/holds`, {
    items: [{ ticketTypeId: event.ticketTypeId, quantity }],
  });
  expect(held.status).toBe(201);
};

describe('publishing', () => {
  test('puts an event into the list and on its page, and unpublishing takes it out', async () => {
    const { body: draft } = await desk.create({ title: 'Lantern Parade' });
    const published = await desk.publish(draft.id, draft.version);
    expect(published.body).toMatchObject({ status: 'published', version: 2 });
    expect(published.body.publishedAt).toBe(world.clock.now().toISOString());
    const page = await world.client().get(`/api/events/${draft.slug}`);
    expect(eventSchema.parse(page.body)).toEqual(page.body);
    expect(page.body.id).toBe(draft.id);
    const found = () => world.client().get('/api/events?q=lantern');
    expect((await found()).body.items).toHaveLength(1);
    // Publishing again changes nothing.
    expect((await desk.publish(draft.id, 2)).body.version).toBe(2);

    const back = await desk.unpublish(draft.id, 2);
    expect(back.body).toMatchObject({ status: 'draft', version: 3 });
    expect((await found()).body.items).toEqual([]);
    expect((await world.client().get(`/api/events/${draft.id}`)).status).toBe(404);
  });

  test.each<[string, () => Record<string, unknown>, string]>([
    ['no ticket type', () => ({ ticketTypes: [] }), 'a public ticket type'],
    [
      'nothing but hidden ticket types',
      () => ({ ticketTypes: [{ name: 'Press', priceMinor: 0, pools: ['floor'], hidden: true }] }),
      'a public ticket type',
    ],
    [
      'no place to sell',
      () => ({ pools: [{ key: 'floor', name: 'Floor', capacity: 0 }] }),
      'a ticket type with places to sell',
    ],
    ['a start in the past', () => ({ startsAt: desk.inDays(-1) }), 'a start in the future'],
    ['a sale that is over', () => ({ saleEndsAt: desk.inDays(-1) }), 'an end of sale in the future'],
  ])('is refused with %s, and says so', async (_, more, missing) => {
    const { body: draft } = await desk.create(more());
    const { status, body } = await desk.publish(draft.id, draft.version);
    expect([status, body.code, body.missing]).toEqual([409, 'event_not_publishable', [missing]]);
    expect((await desk.manage(draft.id)).body).toMatchObject({ status: 'draft', version: draft.version });
  });

  test('holds while the event is edited: it can not lose what it sells, nor move into the past', async () => {
    const event = await world.event();
    const { client } = event.organiser;
    for (const change of [{ ticketTypes: [] }, { startsAt: desk.inDays(-2), endsAt: desk.inDays(50) }]) {
      expect((await desk.patch(event.id, event.version, change, client)).body.code).toBe(
        'event_not_publishable',
      );
    }
  });

  test('ends with the event, by the clock', async () => {
    const other = await createWorld();
    try {
      const event = await other.event();
      other.clock.advance(days(30) + hours(3.9));
      expect((await other.client().get(`/api/events/${event.id}`)).body.status).toBe('published');
      expect((await other.client().get('/api/events')).body.items).toHaveLength(1);
      other.clock.advance(hours(0.2));
      expect((await other.client().get(`/api/events/${event.id}`)).body.status).toBe('over');
      expect((await other.client().get('/api/events')).body.items).toEqual([]);
    } finally {
      await other.close();
    }
  });
});

describe('an event with places held or sold', () => {
  test('keeps what is used: capacity, ticket types, currency', async () => {
    const event = await world.event({
      capacity: 10,
      fields: {
        pools: [
          { key: 'a', name: 'A', capacity: 10 },
          { key: 'b', name: 'B', capacity: 10 },
        ],
        ticketTypes: [
          { name: 'One', priceMinor: 1000, pools: ['a'] },
          { name: 'Two', priceMinor: 1000, pools: ['b'] },
        ],
      },
    });
    const { client } = event.organiser;
    await hold(event, 3);
    const { body: now } = await client.get(`/api/events/${event.id}/management`);
    const [one, two] = now.ticketTypes.map((type: TicketType) => ({
      id: type.id,
      name: type.name,
      pools: type.pools,
      priceMinor: type.price.amount,
    }));
    const pools = (a: number) => [
      { key: 'a', name: 'A', capacity: a },
      { key: 'b', name: 'B', capacity: 10 },
    ];
    const refusals: [unknown, string][] = [
      [{ pools: pools(2) }, 'capacity_below_taken'],
      [{ ticketTypes: [two] }, 'event_has_sales'],
      [{ pools: pools(9).slice(1), ticketTypes: [two] }, 'event_has_sales'],
      [{ currency: 'SEK' }, 'event_has_sales'],
      [{ currency: 'SEK', ticketTypes: [one, two] }, 'event_has_sales'],
    ];
    for (const [change, code] of refusals) {
      expect([change, (await desk.patch(event.id, event.version, change, client)).body.code]).toEqual([
        change,
        code,
      ]);
    }
    // Pools that nobody holds may be removed, and the others may shrink to what is taken.
    const shrunk = await desk.patch(
      event.id,
      event.version,
      { pools: [{ key: 'a', name: 'A', capacity: 3 }], ticketTypes: [one] },
      client,
    );
    expect(shrunk.status).toBe(200);
    expect(shrunk.body.pools).toEqual([
      { key: 'a', name: 'A', capacity: 3, held: 3, sold: 0, kept: 0, blocked: 0 },
    ]);
    expect(shrunk.body.soldOut).toBe(true);
    expect(shrunk.body.ticketTypes[0].id).toBe(event.ticketTypeId);
  });

  test('keeps its seat layout, and may change it again when the holds have expired', async () => {
    const event = await world.event({ seats: [{ zone: 'stalls', rows: 2, perRow: 3 }] });
    const { client } = event.organiser;
    const { body: map } = await client.get(`/api/events/${event.id}/seat-map`);
    const buyer = await world.guest();
    const seatId = map.sections[0].rows[0].seats[0].id;
    expect((await buyer.client.post(`/api/events/${event.id}/holds`, { seats: [{ seatId }] })).status).toBe(
      201,
    );
    const rezoned = {
      ...room(),
      zones: [{ key: 'stalls', name: 'Stalls', color: '#112233' }],
      sections: [{ key: 'hall', name: 'Hall', rows: [row('A', 'stalls', 6, 20)] }],
    };
    // The number of seats is the same. Only the layout itself shows that they are different seats.
    expect((await desk.patch(event.id, event.version, { seatLayout: rezoned }, client)).body.code).toBe(
      'event_has_sales',
    );
    const described = await desk.patch(event.id, event.version, { description: 'Longer.' }, client);
    expect(described.status).toBe(200);
    world.clock.advance(minutes(11));
    expect((await desk.patch(event.id, described.body.version, { seatLayout: rezoned }, client)).status).toBe(
      200,
    );
  });
});
