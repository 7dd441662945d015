import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventSchema, managedEventSchema } from '../../../contract/events.ts';
import { days, hours, minutes } from '../../testing/clock.ts';
import { createWorld, type Organiser, type TestEvent, type World } from '../../testing/world.ts';
import { readEventSale } from './event-sale.ts';

let world: World;
let house: Organiser;
beforeAll(async () => {
  world = await createWorld();
  house = await world.organiser();
});
afterAll(() => world?.close());

const inDays = (count: number): string => new Date(world.clock.now().getTime() + days(count)).toISOString();

/** The body of createEvent: a club with two ticket types on one pool. */
const club = (more: Record<string, unknown> = {}) => ({
  organisationId: house.organisationId,
  title: 'Club Night',
  category: 'nightlife',
  startsAt: inDays(20),
  endsAt: inDays(20.3),
  timeZone: 'Europe/Berlin',
  venue: { name: 'Kesselhaus', city: 'Berlin', country: 'DE' },
  currency: 'EUR',
  pools: [{ key: 'floor', name: 'Floor', capacity: 600 }],
  ticketTypes: [
    { name: 'Early bird', priceMinor: 1500, pools: ['floor'] },
    { name: 'Regular', priceMinor: 2200, pools: ['floor'] },
  ],
  ...more,
});

const row = (label: string, zone: string, count: number, y: number) => ({
  label,
  zone,
  labels: Array.from({ length: count }, (_, i) => String(i + 1)),
  x: Array.from({ length: count }, (_, i) => 10 + i * 10),
  y: Array.from({ length: count }, () => y),
});
const room = () => ({
  width: 200,
  height: 200,
  zones: [
    { key: 'front', name: 'Front', color: '#112233' },
    { key: 'back', name: 'Back', color: '#445566' },
  ],
  sections: [{ key: 'hall', name: 'Hall', rows: [row('A', 'front', 4, 20), row('B', 'back', 6, 40)] }],
});

const create = (more: Record<string, unknown> = {}) => house.client.post('/api/events', club(more));
const manage = (id: string) => house.client.get(`/api/events/${id}/management`);
const patch = (id: string, version: number | string, change: unknown, client = house.client) =>
  client.patch(`/api/events/${id}`, change, { 'if-match': String(version) });
const publish = (id: string, version: number, client = house.client) =>
  client.post(`/api/events/${id}/publication`, undefined, { 'if-match': `"${version}"` });
const unpublish = (id: string, version: number) =>
  house.client.send('DELETE', `/api/events/${id}/publication`, { headers: { 'if-match': `"${version}"` } });
const hold = async (event: TestEvent, quantity = 1) => {
  const buyer = await world.guest();
  const held = await buyer.client.post(`/api/events/${event.id}/holds`, {
    items: [{ ticketTypeId: event.ticketTypeId, quantity }],
  });
  expect(held.status).toBe(201);
};

describe('a draft', () => {
  test('is created with its pools and ticket types, in the order given, and says its version twice', async () => {
    const { status, body, headers } = await create();
    expect(status).toBe(201);
    expect(managedEventSchema.parse(body)).toEqual(body);
    expect(body).toMatchObject({
      status: 'draft',
      version: 1,
      slug: 'club-night',
      priceFrom: { amount: 1500, currency: 'EUR' },
      priceTo: { amount: 2200, currency: 'EUR' },
      pools: [{ key: 'floor', name: 'Floor', capacity: 600, held: 0, sold: 0 }],
      ticketTypes: [
        { name: 'Early bird', pools: ['floor'], zone: null },
        { name: 'Regular', pools: ['floor'] },
      ],
    });
    expect(headers.get('etag')).toBe('"1"');
    expect((await manage(body.id)).body).toEqual(body);
  });

  test('gives every zone of its seat map a pool with the zone’s seats', async () => {
    const { body } = await create({
      seatLayout: room(),
      pools: [{ key: 'reduced', name: 'Reduced', capacity: 2 }],
      ticketTypes: [
        { name: 'Front', priceMinor: 3000, zone: 'front' },
        { name: 'Reduced', priceMinor: 1000, zone: 'back', pools: ['reduced'] },
      ],
    });
    expect(body.hasSeatMap).toBe(true);
    expect(body.ticketTypes.map((type: { pools: string[] }) => type.pools)).toEqual([
      ['zone-front'],
      ['zone-back', 'reduced'],
    ]);
    const capacities = Object.fromEntries(
      body.pools.map((pool: { key: string; capacity: number }) => [pool.key, pool.capacity]),
    );
    expect(capacities).toEqual({ 'zone-front': 4, 'zone-back': 6, reduced: 2 });
    // What was answered can be sent back as it is.
    const again = await patch(body.id, body.version, {
      pools: body.pools.map(({ key, name, capacity }: Record<string, unknown>) => ({ key, name, capacity })),
    });
    expect(again.status).toBe(200);
    expect(again.body.pools).toEqual(body.pools);
  });

  test('is one draft however often it is sent with the same Idempotency-Key', async () => {
    const key = { 'idempotency-key': 'draft-1' };
    const body = club({ title: 'Once' });
    const answers = await Promise.all([1, 2, 3].map(() => house.client.post('/api/events', body, key)));
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect(answers.map((answer) => answer.headers.get('etag'))).toEqual(['"1"', '"1"', '"1"']);
  });

  test('is nothing that the public could know of', async () => {
    const { body } = await create({ title: 'Secret' });
    for (const path of [`/api/events/${body.id}`, `/api/events/${body.slug}`]) {
      expect((await world.client().get(path)).status).toBe(404);
    }
    const list = await world.client().get('/api/events?q=secret');
    expect(list.body.items).toEqual([]);
  });

  test('gets an address of its own, also when many of one title are created at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => create({ title: 'Same Name' })));
    expect(answers.map((answer) => answer.status)).toEqual(Array(8).fill(201));
    expect(new Set(answers.map((answer) => answer.body.slug)).size).toBe(8);
    const arabic = await create({ title: 'ليلة العود', ticketTypes: [], pools: [] });
    expect(arabic.body.slug).toBe('ليلة-العود');
  });

  test.each<[string, () => Record<string, unknown>, string]>([
    ['an end before the start', () => ({ endsAt: inDays(19) }), 'body.endsAt'],
    ['doors after the start', () => ({ doorsAt: inDays(21) }), 'body.doorsAt'],
    [
      'a sale that ends before it starts',
      () => ({ saleStartsAt: inDays(5), saleEndsAt: inDays(4) }),
      'body.saleEndsAt',
    ],
    ['a sale that outlasts the event', () => ({ saleEndsAt: inDays(30) }), 'body.saleEndsAt'],
    ['two pools with one key', () => ({ pools: [...club().pools, ...club().pools] }), 'body.pools.1.key'],
    [
      'a pool key of the zones',
      () => ({ pools: [{ key: 'zone-x', name: 'X', capacity: 1 }, ...club().pools] }),
      'body.pools.0.key',
    ],
    [
      'an unknown pool',
      () => ({ ticketTypes: [{ name: 'A', priceMinor: 0, pools: ['roof'] }] }),
      'body.ticketTypes.0.pools.0',
    ],
    ['no pool at all', () => ({ ticketTypes: [{ name: 'A', priceMinor: 0 }] }), 'body.ticketTypes.0.pools'],
    [
      'a pool named twice',
      () => ({ ticketTypes: [{ name: 'A', priceMinor: 0, pools: ['floor', 'floor'] }] }),
      'body.ticketTypes.0.pools.1',
    ],
    [
      'a zone without a seat map',
      () => ({ ticketTypes: [{ name: 'A', priceMinor: 0, zone: 'front' }] }),
      'body.ticketTypes.0.zone',
    ],
    [
      'seats of a zone sold as a pool',
      () => ({ seatLayout: room(), ticketTypes: [{ name: 'A', priceMinor: 0, pools: ['zone-front'] }] }),
      'body.ticketTypes.0.pools.0',
    ],
    [
      'a ticket type of another event',
      () => ({
        ticketTypes: [{ id: 'tty_01K9ZC4V7R8W3T5XN2M6QHJDEF', name: 'A', priceMinor: 0, pools: ['floor'] }],
      }),
      'body.ticketTypes.0.id',
    ],
    [
      'a price that no card can pay',
      () => ({ currency: 'JPY', ticketTypes: [{ name: 'A', priceMinor: 49, pools: ['floor'] }] }),
      'body.ticketTypes.0.priceMinor',
    ],
    [
      'half a place on the map',
      () => ({ venue: { name: 'K', city: 'B', country: 'DE', latitude: 52.5 } }),
      'body.venue.longitude',
    ],
    [
      'two seats of one name',
      () => ({
        seatLayout: {
          ...room(),
          sections: [
            { key: 'hall', name: 'Hall', rows: [row('A', 'front', 2, 20), row('A', 'back', 2, 40)] },
          ],
        },
      }),
      'body.seatLayout.sections.0.rows.1.label',
    ],
  ])('with %s is refused, and nothing is written', async (_, more, path) => {
    const before = await world.app.db.query('select id from events');
    const { status, body } = await create(more());
    expect([status, body.code]).toEqual([400, 'invalid_request']);
    expect(body.issues.map((issue: { path: string }) => issue.path)).toContain(path);
    expect(await world.app.db.query('select id from events')).toEqual(before);
  });

  test('follows its title in its address until it was published', async () => {
    const { body } = await create({ title: 'Working Title' });
    const renamed = await patch(body.id, 1, { title: 'Real Title' });
    expect(renamed.body.slug).toBe('real-title');
    const published = await publish(body.id, 2);
    const later = await patch(body.id, published.body.version, { title: 'Better Title' });
    expect(later.body).toMatchObject({ title: 'Better Title', slug: 'real-title' });
  });
});

describe('a version', () => {
  test('lets one of two editors through and tells the other what there is now', async () => {
    const event = await world.event({ publish: false });
    const answers = await Promise.all([
      patch(event.id, event.version, { title: 'One' }, event.organiser.client),
      patch(event.id, event.version, { title: 'Two' }, event.organiser.client),
    ]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 412]);
    const loser = answers.find((answer) => answer.status === 412);
    expect(loser?.body).toMatchObject({ code: 'version_mismatch', version: event.version + 1 });
    const winner = answers.find((answer) => answer.status === 200);
    expect(winner?.headers.get('etag')).toBe(`"${event.version + 1}"`);
    const after = await event.organiser.client.get(`/api/events/${event.id}/management`);
    expect(after.body.title).toBe(winner?.body.title);
  });

  test('must be sent, and be a version', async () => {
    const event = await world.event({ publish: false });
    const { client } = event.organiser;
    expect((await client.patch(`/api/events/${event.id}`, { title: 'X' })).body.code).toBe(
      'version_required',
    );
    expect((await patch(event.id, '*', { title: 'X' }, client)).body.code).toBe('version_mismatch');
    expect((await publish(event.id, 7, client)).body).toMatchObject({ code: 'version_mismatch', version: 1 });
  });
});

describe('publishing', () => {
  test('puts an event into the list and on its page, and unpublishing takes it out', async () => {
    const { body: draft } = await create({ title: 'Lantern Parade' });
    const published = await publish(draft.id, draft.version);
    expect(published.body).toMatchObject({ status: 'published', version: 2 });
    expect(published.body.publishedAt).toBe(world.clock.now().toISOString());
    const page = await world.client().get(`/api/events/${draft.slug}`);
    expect(eventSchema.parse(page.body)).toEqual(page.body);
    expect(page.body.id).toBe(draft.id);
    const found = () => world.client().get('/api/events?q=lantern');
    expect((await found()).body.items).toHaveLength(1);
    // Asking again changes nothing.
    expect((await publish(draft.id, 2)).body.version).toBe(2);

    const back = await unpublish(draft.id, 2);
    expect(back.body).toMatchObject({ status: 'draft', version: 3 });
    expect((await found()).body.items).toEqual([]);
    expect((await world.client().get(`/api/events/${draft.id}`)).status).toBe(404);
  });

  test.each<[string, () => Record<string, unknown>, string]>([
    ['no ticket type', () => ({ ticketTypes: [] }), 'a ticket type'],
    [
      'no place to sell',
      () => ({ pools: [{ key: 'floor', name: 'Floor', capacity: 0 }] }),
      'a ticket type with places to sell',
    ],
    ['a start in the past', () => ({ startsAt: inDays(-1) }), 'a start in the future'],
    ['a sale that is over', () => ({ saleEndsAt: inDays(-1) }), 'an end of sale in the future'],
  ])('is refused with %s, and says so', async (_, more, missing) => {
    const { body: draft } = await create(more());
    const { status, body } = await publish(draft.id, draft.version);
    expect([status, body.code, body.missing]).toEqual([409, 'event_not_publishable', [missing]]);
    expect((await manage(draft.id)).body).toMatchObject({ status: 'draft', version: draft.version });
  });

  test('holds while the event is edited: it can not lose what it sells, nor move into the past', async () => {
    const event = await world.event();
    const { client } = event.organiser;
    for (const change of [{ ticketTypes: [] }, { startsAt: inDays(-2), endsAt: inDays(50) }]) {
      expect((await patch(event.id, event.version, change, client)).body.code).toBe('event_not_publishable');
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
    const [one, two] = now.ticketTypes.map(({ id, name, pools, price }: Record<string, never>) => ({
      id,
      name,
      pools,
      priceMinor: (price as { amount: number }).amount,
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
      expect([change, (await patch(event.id, event.version, change, client)).body.code]).toEqual([
        change,
        code,
      ]);
    }
    // What nobody holds may go, and the rest may shrink to what is taken.
    const shrunk = await patch(
      event.id,
      event.version,
      { pools: [{ key: 'a', name: 'A', capacity: 3 }], ticketTypes: [one] },
      client,
    );
    expect(shrunk.status).toBe(200);
    expect(shrunk.body.pools).toEqual([{ key: 'a', name: 'A', capacity: 3, held: 3, sold: 0 }]);
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
    // As many seats as before: only the layout itself tells that they are others.
    expect((await patch(event.id, event.version, { seatLayout: rezoned }, client)).body.code).toBe(
      'event_has_sales',
    );
    const described = await patch(event.id, event.version, { description: 'Longer.' }, client);
    expect(described.status).toBe(200);
    world.clock.advance(minutes(11));
    expect((await patch(event.id, described.body.version, { seatLayout: rezoned }, client)).status).toBe(200);
  });
});

describe('another organisation', () => {
  test('finds nothing here, and the door team may look but not change', async () => {
    const event = await world.event();
    const stranger = await world.organiser();
    const door = await world.member(event.organiser, 'door');
    const asked = (client: Organiser['client']) =>
      Promise.all([
        client.get(`/api/events/${event.id}/management`),
        patch(event.id, event.version, { title: 'Mine' }, client),
        publish(event.id, event.version, client),
        client.get(`/api/organisations/${event.organiser.organisationId}/events`),
        client.post('/api/events', club({ organisationId: event.organiser.organisationId })),
      ]);
    expect((await asked(stranger.client)).map((answer) => answer.status)).toEqual([404, 404, 404, 404, 404]);
    expect((await asked(door.client)).map((answer) => answer.status)).toEqual([200, 403, 403, 200, 403]);
  });

  test('has a list of its own, the newest first, drafts too', async () => {
    const organiser = await world.organiser();
    const first = await world.event({ organiser });
    world.clock.advance(1000);
    const second = await world.event({ organiser, publish: false });
    const { body } = await organiser.client.get(`/api/organisations/${organiser.organisationId}/events`);
    expect(
      body.items.map(({ id, status, version }: Record<string, unknown>) => [id, status, version]),
    ).toEqual([
      [second.id, 'draft', 1],
      [first.id, 'published', 2],
    ]);
  });
});

test('the sale of an event is remembered until the event changes', async () => {
  const event = await world.event({ seats: [{ zone: 'a', rows: 1, perRow: 2 }] });
  const first = await readEventSale(world.app, event.id);
  expect(await readEventSale(world.app, event.id)).toBe(first);
  await patch(event.id, event.version, { title: 'Renamed' }, event.organiser.client);
  const second = await readEventSale(world.app, event.id);
  expect(second).toMatchObject({ title: 'Renamed', version: event.version + 1 });
  // The seats did not change, so they were not planned again.
  expect(second?.seats).toBe(first?.seats);
  expect(await readEventSale(world.app, 'evt_01K9ZC4V7R8W3T5XN2M6QHJDEF')).toBeNull();
});
