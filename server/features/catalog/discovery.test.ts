import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { days, hours, timeOn } from '../../testing/clock.ts';
import { createWorld, type Organiser, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { addHeat, countAt, heatOf } from './heat.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world?.close());

interface Told {
  title: string;
  inDays?: number;
  lastsHours?: number;
  category?: string;
  city?: string;
  timeZone?: string;
  organiser?: Organiser;
  capacity?: number;
  priceMinor?: number;
  more?: Record<string, unknown>;
}

function add({
  title,
  inDays = 20,
  lastsHours = 3,
  city = 'Berlin',
  organiser,
  capacity,
  priceMinor,
  ...rest
}: Told) {
  const startsAt = new Date(world.clock.now().getTime() + days(inDays));
  return world.event({
    ...(organiser && { organiser }),
    ...(capacity !== undefined && { capacity }),
    ...(priceMinor !== undefined && { priceMinor }),
    fields: {
      title,
      startsAt: startsAt.toISOString(),
      endsAt: new Date(startsAt.getTime() + hours(lastsHours)).toISOString(),
      venue: { name: 'Saal', city, country: 'DE' },
      category: rest.category ?? 'music',
      timeZone: rest.timeZone ?? 'Europe/Berlin',
      ...rest.more,
    },
  });
}

async function titles(path: string, client = world.client()): Promise<string[]> {
  const { status, body } = await client.get(path);
  expect([status, body.detail]).toEqual([200, undefined]);
  return body.items.map((item: { title: string }) => item.title);
}

/** Buys a free ticket. */
async function order(event: TestEvent): Promise<void> {
  const guest = await world.guest();
  const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
  const hold = await guest.client.post(`/api/events/${event.id}/holds`, { items });
  const buyer = { name: 'Ada Osei', email: 'ada@example.com' };
  const placed = await guest.client.post('/api/orders', { holdId: hold.body.id, buyer });
  expect([placed.status, placed.body.order?.status]).toEqual([201, 'confirmed']);
}

describe('heat', () => {
  const now = new Date('2026-11-21T12:00:00Z');
  const earlier = (msAgo: number) => new Date(now.getTime() - msAgo);

  test('is a count that halves every day', () => {
    const two = addHeat(heatOf(1, now), heatOf(1, now));
    expect(countAt(two, now)).toBeCloseTo(2, 6);
    expect(countAt(two, new Date(now.getTime() + days(1)))).toBeCloseTo(1, 6);
    expect(countAt(addHeat(heatOf(1, earlier(days(2))), heatOf(1, now)), now)).toBeCloseTo(1.25, 6);
    expect(addHeat(heatOf(1, earlier(days(4000))), heatOf(1, now))).toBe(heatOf(1, now));
  });
});

describe('what is trending', () => {
  let calm: TestEvent;
  let hot: TestEvent;
  beforeAll(async () => {
    calm = await add({ title: 'Calm', priceMinor: 0 });
    hot = await add({ title: 'Hot', priceMinor: 0 });
    await add({ title: 'Unknown', priceMinor: 0 });
  });
  const trending = async () => {
    await world.drain();
    await world.app.interest.flush();
    return titles('/api/trending-events');
  };

  test('is what was ordered most, and nothing that nobody looked at', async () => {
    expect(await trending()).toEqual([]);
    await order(calm);
    expect(await trending()).toEqual(['Calm']);
    await order(hot);
    await order(hot);
    expect(await trending()).toEqual(['Hot', 'Calm']);
  });

  test('a look counts a twentieth, once for each visitor and hour', async () => {
    const looked = await add({ title: 'Looked at', priceMinor: 0 });
    const people = await Promise.all([world.guest(), world.guest(), world.guest()]);
    for (const { client } of [...people, ...people]) {
      expect((await client.post(`/api/events/${looked.id}/views`)).status).toBe(204);
    }
    expect(await trending()).toEqual(['Hot', 'Calm', 'Looked at']);
    const [row] = await world.app.db.query<{ heat: number }>(
      'select heat from event_heat where event_id = $1',
      [looked.id],
    );
    expect(countAt(row!.heat, world.clock.now())).toBeCloseTo(3 / 20, 3);
    world.clock.advance(hours(2));
    await people[0]!.client.post(`/api/events/${looked.id}/views`);
    await trending();
    const [again] = await world.app.db.query<{ heat: number }>(
      'select heat from event_heat where event_id = $1',
      [looked.id],
    );
    expect(again!.heat).toBeGreaterThan(row!.heat);
  });

  test('what is sold out is left out, and what is over', async () => {
    const tiny = await add({ title: 'Tiny', inDays: 3, priceMinor: 0, capacity: 2 });
    await order(tiny);
    expect(await trending()).toContain('Tiny');
    await order(tiny);
    expect(await trending()).not.toContain('Tiny');
    world.clock.advance(days(2));
    expect(await trending()).toEqual(['Hot', 'Calm']);
    world.clock.advance(days(5));
    expect(await trending()).toEqual([]);
  });

  test('keeps one row for each event, and in it nothing of anybody', async () => {
    const columns = await world.app.db.query<{ name: string }>(
      `select column_name as name from information_schema.columns where table_name = 'event_heat'`,
    );
    expect(columns.map(({ name }) => name).sort()).toEqual(['event_id', 'heat']);
    const unknown = await world.client().post('/api/events/evt_00000000000000000000000000/views');
    expect(unknown.body.code).toBe('not_found');
  });
});

describe('what is recommended', () => {
  let other: World;
  let person: Person;
  let seen: TestEvent;
  const ask = async (client = person.client, viewed: string[] = []) => {
    const { status, body } = await client.post('/api/recommendations', { viewed });
    expect([status, body.detail]).toEqual([200, undefined]);
    return body.items.map((item: { event: { title: string }; because: string }) => [
      item.event.title,
      item.because,
    ]);
  };
  // Creating accounts is slow, because the password hash is slow on purpose.
  beforeAll(async () => {
    other = world;
    world = await createWorld();
    const house = await world.organiser();
    const elsewhere = await world.organiser();
    await add({ title: 'Comedy in Köln', category: 'comedy', city: 'Köln', organiser: house });
    await add({ title: 'Film in Köln', category: 'film', city: 'Köln', organiser: house });
    await add({ title: 'Comedy in Wien', category: 'comedy', city: 'Wien', organiser: house });
    seen = await add({ title: 'Opera', category: 'theatre', city: 'Wien', organiser: elsewhere });
    await add({ title: 'Play in Graz', category: 'theatre', city: 'Graz', organiser: house });
    await add({ title: 'Run in Oslo', category: 'sport', city: 'Oslo', organiser: house });
  }, 120_000);
  afterAll(async () => {
    await world.close();
    world = other;
  });
  beforeEach(async () => {
    person = await world.user();
  });

  test.each(['KOLN', 'Cologne', 'كولونيا'])(
    'comes from interests and the home city, here %s',
    async (homeCity) => {
      expect(await ask()).toEqual([]);
      await person.client.send('PATCH', '/api/me/profile', {
        body: JSON.stringify({ homeCity, interests: ['comedy'] }),
        headers: { 'content-type': 'application/json' },
      });
      expect(await ask()).toEqual([
        ['Comedy in Köln', 'interest'],
        ['Comedy in Wien', 'interest'],
        ['Film in Köln', 'home_city'],
      ]);
    },
  );

  test('comes from what was looked at, for strangers too, and is not that itself', async () => {
    expect(await ask(world.client(), [seen.id])).toEqual([
      ['Play in Graz', 'viewed'],
      ['Comedy in Wien', 'viewed'],
    ]);
  });

  test('refuses what is no list of events', async () => {
    for (const viewed of [['x'], 'evt', Array.from({ length: 31 }, () => seen.id)]) {
      const { body } = await world.client().post('/api/recommendations', { viewed });
      expect(body.code).toBe('invalid_request');
    }
    expect(await ask(world.client(), ['evt_00000000000000000000000000'])).toEqual([]);
  });

  test('similar events are alike in kind, place and time', async () => {
    const later = await add({ title: 'Play much later', category: 'theatre', city: 'Graz', inDays: 200 });
    expect(await titles(`/api/events/${seen.slug}/similar`)).toEqual([
      'Play in Graz',
      'Play much later',
      'Comedy in Wien',
    ]);
    expect((await titles(`/api/events/${later.slug}/similar?limit=1`))[0]).toBe('Play in Graz');
    const draft = await world.event({ publish: false });
    expect((await world.client().get(`/api/events/${draft.id}/similar`)).body.code).toBe('not_found');
  });

  test('there are eight alike only where there is nothing else', async () => {
    for (let i = 0; i < 4; i++) await add({ title: `Farce ${i}`, category: 'comedy', city: 'Köln' });
    await person.client.send('PATCH', '/api/me/profile', {
      body: JSON.stringify({ interests: ['comedy', 'sport'] }),
      headers: { 'content-type': 'application/json' },
    });
    const firstTwo = (await ask()).slice(0, 2).map(([title]: [string]) => title);
    expect(firstTwo).toContain('Run in Oslo');
  });
});

describe('days', () => {
  const first = new Date(Date.now() + days(100));
  const on = (day: number, time: string) => timeOn(first, day, time);
  const day = (count: number) => on(count, '').slice(0, 10);

  beforeAll(async () => {
    // Late in the evening in Berlin, it is the next day in Tokyo, and still the same day in Honolulu.
    const at = on(0, '21:30:00');
    const end = on(1, '03:00:00');
    for (const [title, timeZone] of [
      ['Late in Berlin', 'Europe/Berlin'],
      ['Early in Tokyo', 'Asia/Tokyo'],
      ['Noon in Honolulu', 'Pacific/Honolulu'],
    ] as const) {
      await add({ title, timeZone, more: { startsAt: at, endsAt: end, category: 'other' } });
    }
    await add({
      title: 'Exhibition',
      more: { startsAt: on(-9, '09:00:00'), endsAt: on(2, '17:00:00'), category: 'other' },
    });
  });

  test.each([
    [0, 0, ['Exhibition', 'Late in Berlin', 'Noon in Honolulu']],
    [1, 1, ['Early in Tokyo', 'Exhibition']],
    [2, 10, ['Exhibition']],
    [3, 10, []],
  ])('from day %i to day %i, where the events take place: %j', async (from, to, expected) => {
    const found = await titles(`/api/events?category=other&fromDay=${day(from)}&toDay=${day(to)}`);
    expect(found.sort()).toEqual(expected);
  });

  test('that end before they begin are refused', async () => {
    const { body } = await world.client().get(`/api/events?fromDay=${day(1)}&toDay=${day(0)}`);
    expect(body).toMatchObject({ code: 'invalid_request', issues: [{ path: 'query.toDay' }] });
  });

  test('follow an event that is moved to another day or zone', async () => {
    const event = await add({
      title: 'Moved',
      more: { startsAt: on(5, '12:00:00'), endsAt: on(5, '13:00:00') },
    });
    const patch = {
      startsAt: on(6, '20:00:00'),
      endsAt: on(6, '21:00:00'),
      timeZone: 'Asia/Tokyo',
    };
    const moved = await event.organiser.client.send('PATCH', `/api/events/${event.id}`, {
      body: JSON.stringify(patch),
      headers: { 'content-type': 'application/json', 'if-match': `"${event.version}"` },
    });
    expect(moved.status).toBe(200);
    expect(await titles(`/api/events?q=moved&fromDay=${day(7)}&toDay=${day(7)}`)).toEqual(['Moved']);
  });
});

describe('near a place', () => {
  beforeAll(async () => {
    for (const [title, latitude, longitude] of [
      ['Near', 60.17, 24.94],
      ['Nearer', 60.18, 24.92],
      ['Far', 60.45, 22.27],
      ['Nowhere', null, null],
    ] as const) {
      await add({
        title,
        more: {
          venue: { name: 'Talo', city: 'Helsinki', country: 'FI', latitude, longitude },
          category: 'art',
        },
      });
    }
  });

  test('the nearest come first, with their distance; what has no place is not near', async () => {
    const { body } = await world.client().get('/api/events?near=60.181,24.921&radiusKm=300&sort=distance');
    expect(
      body.items.map((item: { title: string; distanceKm: number }) => [item.title, item.distanceKm]),
    ).toEqual([
      ['Nearer', 0.1],
      ['Near', 1.6],
      ['Far', 149],
    ]);
    const { body: plain } = await world.client().get('/api/events?q=nearer');
    expect(plain.items[0]).not.toHaveProperty('distanceKm');
  });

  test('is read in pages', async () => {
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await world
        .client()
        .get(`/api/events?near=60.181,24.921&radiusKm=300&sort=distance&limit=1${cursor}`);
      seen.push(...body.items.map((item: { title: string }) => item.title));
      if (!body.nextCursor) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(seen).toEqual(['Nearer', 'Near', 'Far']);
  });

  test('to sort by distance needs a place', async () => {
    const { body } = await world.client().get('/api/events?sort=distance');
    expect(body).toMatchObject({ code: 'invalid_request', issues: [{ path: 'query.near' }] });
  });
});

test('prices can be asked for in one currency', async () => {
  await add({ title: 'Yen', category: 'food', priceMinor: 3000, more: { currency: 'JPY' } });
  await add({ title: 'Euro', category: 'food', priceMinor: 3000 });
  expect(await titles('/api/events?category=food&maxPrice=3000&currency=JPY')).toEqual(['Yen']);
  expect((await titles('/api/events?category=food&maxPrice=3000')).sort()).toEqual(['Euro', 'Yen']);
});

test('the filters are those that upcoming events have', async () => {
  world.clock.advance(hours(1));
  const { body } = await world.client().get('/api/event-filters');
  expect(body.cities.find(({ city }: { city: string }) => city === 'Helsinki')).toEqual({
    city: 'Helsinki',
    events: 4,
  });
  expect(body.currencies.find(({ currency }: { currency: string }) => currency === 'JPY').events).toBe(1);
  expect(body.categories.map(({ category }: { category: string }) => category)).not.toContain('sport');
});

test('an organiser is public once something of theirs was published', async () => {
  const organiser = await world.organiser();
  const path = `/api/organisers/${organiser.organisationId}`;
  const draft = await world.event({ organiser, publish: false });
  expect((await world.client().get(path)).body.code).toBe('not_found');
  await organiser.client.post(`/api/events/${draft.id}/publication`, undefined, {
    'if-match': `"${draft.version}"`,
  });
  const { body } = await world.client().get(path);
  expect(body.id).toBe(organiser.organisationId);
  expect((await world.client().get(`/api/organisers/${body.slug}`)).body).toEqual(body);
  expect(await titles(`/api/events?organisation=${body.id}`)).toEqual(['Night Shift']);
  const { body: event } = await world.client().get(`/api/events/${draft.id}`);
  expect(body).toMatchObject(event.organisation);
});

test('an event is a calendar file before one has a ticket', async () => {
  const event = await add({
    title: 'Kalender; mit, Zeichen',
    more: { description: '**Fett** und [da](https://example.com)' },
  });
  const { status, headers, bytes } = await world.client().get(`/api/events/${event.slug}/calendar`);
  expect([status, headers.get('content-type')]).toEqual([
    200,
    'text/calendar; charset=utf-8; method=PUBLISH',
  ]);
  expect(headers.get('content-disposition')).toBe(
    `attachment; filename="Kalender_ mit_ Zeichen.ics"; filename*=UTF-8''Kalender%3B%20mit%2C%20Zeichen.ics`,
  );
  const text = bytes.toString();
  expect(text).toContain('SUMMARY:Kalender\\; mit\\, Zeichen');
  expect(text).toContain(`UID:${event.id}@`);
  const { body } = await world.client().get(`/api/events/${event.slug}`);
  expect(body.about).toEqual([
    {
      kind: 'paragraph',
      spans: [{ text: 'Fett', strong: true }, { text: ' und ' }, { text: 'da', href: 'https://example.com' }],
    },
  ]);
  const draft = await world.event({ publish: false });
  expect((await world.client().get(`/api/events/${draft.id}/calendar`)).body.code).toBe('not_found');
});
