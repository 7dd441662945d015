import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { managedEventSchema } from '../../../contract/events.ts';
import type { Client } from '../../testing/client.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { readEventSale } from '../sale/event-sale.ts';
import { createDesk, room, row } from './testing/drafts.ts';

let world: World;
let desk: ReturnType<typeof createDesk>;
beforeAll(async () => {
  world = await createWorld();
  desk = createDesk(world, await world.organiser());
});
afterAll(() => world?.close());

describe('a draft', () => {
  test('is created with its pools and ticket types, in the order given, and says its version twice', async () => {
    const { status, body, headers } = await desk.create();
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
    expect((await desk.manage(body.id)).body).toEqual(body);
  });

  test('gives every zone of its seat map a pool with the zone’s seats', async () => {
    const { body } = await desk.create({
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
    // A response can be sent back unchanged.
    const again = await desk.patch(body.id, body.version, {
      pools: body.pools.map(({ key, name, capacity }: Record<string, unknown>) => ({ key, name, capacity })),
    });
    expect(again.status).toBe(200);
    expect(again.body.pools).toEqual(body.pools);
  });

  test('is one draft however often it is sent with the same Idempotency-Key', async () => {
    const key = { 'idempotency-key': 'draft-1' };
    const body = desk.club({ title: 'Once' });
    const answers = await Promise.all([1, 2, 3].map(() => desk.create(body, key)));
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect(answers.map((answer) => answer.headers.get('etag'))).toEqual(['"1"', '"1"', '"1"']);
  });

  test('is nothing that the public could know of', async () => {
    const { body } = await desk.create({ title: 'Secret' });
    for (const path of [`/api/events/${body.id}`, `/api/events/${body.slug}`]) {
      expect((await world.client().get(path)).status).toBe(404);
    }
    const list = await world.client().get('/api/events?q=secret');
    expect(list.body.items).toEqual([]);
  });

  test('gets an address of its own, also when many of one title are created at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => desk.create({ title: 'Same Name' })));
    expect(answers.map((answer) => answer.status)).toEqual(Array(8).fill(201));
    expect(new Set(answers.map((answer) => answer.body.slug)).size).toBe(8);
    const arabic = await desk.create({ title: 'ليلة العود', ticketTypes: [], pools: [] });
    expect(arabic.body.slug).toBe('ليلة-العود');
  });

  test.each<[string, () => Record<string, unknown>, string]>([
    ['an end before the start', () => ({ endsAt: desk.inDays(19) }), 'body.endsAt'],
    ['doors after the start', () => ({ doorsAt: desk.inDays(21) }), 'body.doorsAt'],
    [
      'a sale that ends before it starts',
      () => ({ saleStartsAt: desk.inDays(5), saleEndsAt: desk.inDays(4) }),
      'body.saleEndsAt',
    ],
    ['a sale that outlasts the event', () => ({ saleEndsAt: desk.inDays(30) }), 'body.saleEndsAt'],
    [
      'two pools with one key',
      () => ({ pools: [...desk.club().pools, ...desk.club().pools] }),
      'body.pools.1.key',
    ],
    [
      'a pool key of the zones',
      () => ({ pools: [{ key: 'zone-x', name: 'X', capacity: 1 }, ...desk.club().pools] }),
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
      'body.seatLayout.sections.0.rows.1.labels',
    ],
  ])('with %s is refused, and nothing is written', async (_, more, path) => {
    const before = await world.app.db.query('select id from events');
    const { status, body } = await desk.create(more());
    expect([status, body.code]).toEqual([400, 'invalid_request']);
    expect(body.issues.map((issue: { path: string }) => issue.path)).toContain(path);
    expect(await world.app.db.query('select id from events')).toEqual(before);
  });

  test('follows its title in its address until it was published', async () => {
    const { body } = await desk.create({ title: 'Working Title' });
    const renamed = await desk.patch(body.id, 1, { title: 'Real Title' });
    expect(renamed.body.slug).toBe('real-title');
    const published = await desk.publish(body.id, 2);
    const later = await desk.patch(body.id, published.body.version, { title: 'Better Title' });
    expect(later.body).toMatchObject({ title: 'Better Title', slug: 'real-title' });
  });
});

describe('a version', () => {
  test('lets one of two editors through and tells the other what there is now', async () => {
    const event = await world.event({ publish: false });
    const answers = await Promise.all([
      desk.patch(event.id, event.version, { title: 'One' }, event.organiser.client),
      desk.patch(event.id, event.version, { title: 'Two' }, event.organiser.client),
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
    expect((await desk.patch(event.id, '*', { title: 'X' }, client)).body.code).toBe('version_mismatch');
    expect((await desk.publish(event.id, 7, client)).body).toMatchObject({
      code: 'version_mismatch',
      version: 1,
    });
  });
});

describe('another organisation', () => {
  test('finds nothing here, and the door team may look but not change', async () => {
    const event = await world.event();
    const stranger = await world.organiser();
    const door = await world.member(event.organiser, 'door');
    const asked = (client: Client) =>
      Promise.all([
        client.get(`/api/events/${event.id}/management`),
        desk.patch(event.id, event.version, { title: 'Mine' }, client),
        desk.publish(event.id, event.version, client),
        client.get(`/api/organisations/${event.organiser.organisationId}/events`),
        client.post('/api/events', desk.club({ organisationId: event.organiser.organisationId })),
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
  await desk.patch(event.id, event.version, { title: 'Renamed' }, event.organiser.client);
  const second = await readEventSale(world.app, event.id);
  expect(second).toMatchObject({ title: 'Renamed', version: event.version + 1 });
  // The seats did not change, so they were not planned again.
  expect(second?.seats).toBe(first?.seats);
  expect(await readEventSale(world.app, 'evt_01K9ZC4V7R8W3T5XN2M6QHJDEF')).toBeNull();
});
