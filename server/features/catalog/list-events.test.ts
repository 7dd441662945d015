import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listedEventSchema } from '../../../contract/events.ts';
import { days, hours } from '../../testing/clock.ts';
import { createWorld, type World } from '../../testing/world.ts';

let world: World;
let start: Date;

interface Listed {
  title: string;
  [field: string]: unknown;
}

/** Publishes an event that starts in this many days. */
async function add(title: string, inDays: number, more: Record<string, unknown> = {}): Promise<void> {
  const startsAt = new Date(start.getTime() + days(inDays));
  const {
    lasts = 3,
    priceMinor = 2000,
    city = 'Berlin',
    at,
    ...fields
  } = more as { lasts?: number; priceMinor?: number; city?: string; at?: [number, number] };
  await world.event({
    priceMinor,
    fields: {
      title,
      startsAt: startsAt.toISOString(),
      endsAt: new Date(startsAt.getTime() + hours(lasts)).toISOString(),
      venue: { name: 'Saal', city, country: 'DE', ...(at && { latitude: at[0], longitude: at[1] }) },
      ...fields,
    },
  });
  // Each event is published at its own instant, which "newest" sorts by.
  world.clock.advance(1000);
}

const ask = (query: Record<string, string | number>) =>
  world
    .client()
    .get(
      `/api/events?${new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]))}`,
    );
async function titles(query: Record<string, string | number>): Promise<string[]> {
  const { status, body } = await ask(query);
  expect([status, body.detail]).toEqual([200, undefined]);
  return body.items.map((item: Listed) => item.title);
}

beforeAll(async () => {
  world = await createWorld();
  start = world.clock.now();
  await add('Dampfschiff Techno', 10, { category: 'nightlife', at: [52.52, 13.405], priceMinor: 1500 });
  await add('Große Nachtmusik', 12, {
    category: 'music',
    city: 'München',
    at: [48.137, 11.575],
    priceMinor: 4500,
  });
  await add('Theatre of Shadows', 14, {
    category: 'theatre',
    city: 'Potsdam',
    at: [52.39, 13.064],
    priceMinor: 3000,
  });
  await add('A Free Talk', 16, { category: 'talk', city: 'Suva', at: [-18.12, 179.99], priceMinor: 0 });
  await add('夜の音楽会', 18, {
    category: 'music',
    city: '東京',
    at: [35.68, 139.69],
    currency: 'JPY',
    priceMinor: 3500,
  });
  await add('Hip-Hop am Kanal', 20, {
    category: 'music',
    description: 'With a saxophone, for once.',
    priceMinor: 2000,
  });
  await world.event({ publish: false, fields: { title: 'Hidden Draft' } });
});
afterAll(() => world?.close());

describe('the list of events', () => {
  test('has the published ones, the soonest first', async () => {
    expect(await titles({})).toEqual([
      'Dampfschiff Techno',
      'Große Nachtmusik',
      'Theatre of Shadows',
      'A Free Talk',
      '夜の音楽会',
      'Hip-Hop am Kanal',
    ]);
    const { body } = await ask({ limit: 1 });
    expect(listedEventSchema.strict().parse(body.items[0])).toEqual(body.items[0]);
  });

  test('sorts by price and by publication', async () => {
    expect((await titles({ sort: 'price' })).slice(0, 3)).toEqual([
      'A Free Talk',
      'Dampfschiff Techno',
      'Hip-Hop am Kanal',
    ]);
    expect((await titles({ sort: 'newest' })).slice(0, 2)).toEqual(['Hip-Hop am Kanal', '夜の音楽会']);
  });

  test.each<[string, Record<string, string | number>, string[]]>([
    ['a word', { q: 'techno' }, ['Dampfschiff Techno']],
    ['the beginning of a word', { q: 'damp' }, ['Dampfschiff Techno']],
    ['words in any order', { q: 'techno dampf' }, ['Dampfschiff Techno']],
    ['all words, not some', { q: 'techno shadows' }, []],
    ['a word without its accents', { q: 'grosse' }, ['Große Nachtmusik']],
    ['a word with accents it does not have', { q: 'théâtre' }, ['Theatre of Shadows']],
    ['a word of the city', { q: 'munchen' }, ['Große Nachtmusik']],
    ['a word of the category', { q: 'nightlife' }, ['Dampfschiff Techno']],
    ['a word of the description', { q: 'saxophone' }, ['Hip-Hop am Kanal']],
    ['half of a compound', { q: 'hop' }, ['Hip-Hop am Kanal']],
    ['swapped letters', { q: 'shadwos' }, ['Theatre of Shadows']],
    ['swapped letters in a short word', { q: 'kaanl' }, ['Hip-Hop am Kanal']],
    ['a letter too many', { q: 'techhno' }, ['Dampfschiff Techno']],
    ['a missing letter', { q: 'thetre' }, ['Theatre of Shadows']],
    ['a wrong letter', { q: 'dampfschuff' }, ['Dampfschiff Techno']],
    ['one word right and one wrong', { q: 'theatre shedows' }, ['Theatre of Shadows']],
    ['a part of a text without spaces', { q: '音楽' }, ['夜の音楽会']],
    ['nothing like it', { q: 'zeppelin' }, []],
    ['a character that nobody sees', { q: '\u200b' }, []],
    ['no word at all', { q: '!!! 🎉' }, []],
    ['marks that a query would read as its own', { q: "techno':* & | ! ( \\ %" }, ['Dampfschiff Techno']],
  ])('is searched by %s', async (_, query, expected) => {
    expect(await titles(query)).toEqual(expected);
  });

  test.each<[string, Record<string, string | number>, string[]]>([
    ['category', { category: 'music' }, ['Große Nachtmusik', '夜の音楽会', 'Hip-Hop am Kanal']],
    ['city, without case and accents', { city: 'MUNCHEN' }, ['Große Nachtmusik']],
    ['city, the whole of it', { city: 'Pots' }, []],
    ['a place and a radius', { near: '52.52,13.405', radiusKm: 10 }, ['Dampfschiff Techno']],
    [
      'a place and a larger radius',
      { near: '52.52,13.405', radiusKm: 28 },
      ['Dampfschiff Techno', 'Theatre of Shadows'],
    ],
    ['a place, within its circle and not its box', { near: '52.455,13.235', radiusKm: 13.3 }, []],
    ['a place, within 50 km unless told', { near: '48.1,11.1' }, ['Große Nachtmusik']],
    ['a place across the date line', { near: '-18.1,-179.9', radiusKm: 30 }, ['A Free Talk']],
    ['a currency, with the free ones in any', { currency: 'JPY' }, ['A Free Talk', '夜の音楽会']],
    ['the least price', { minPrice: 3000 }, ['Große Nachtmusik', 'Theatre of Shadows', '夜の音楽会']],
    ['the highest price', { maxPrice: 0 }, ['A Free Talk']],
    ['both prices', { minPrice: 1501, maxPrice: 2999 }, ['Hip-Hop am Kanal']],
    [
      'several at once',
      { q: 'nacht', category: 'music', city: 'münchen', maxPrice: 5000 },
      ['Große Nachtmusik'],
    ],
  ])('is filtered by %s', async (_, query, expected) => {
    expect(await titles(query)).toEqual(expected);
  });

  test('is filtered by when events start', async () => {
    const at = (inDays: number) => new Date(start.getTime() + days(inDays)).toISOString();
    expect(await titles({ from: at(11.9), to: at(14) })).toEqual(['Große Nachtmusik', 'Theatre of Shadows']);
    expect(await titles({ from: at(19) })).toEqual(['Hip-Hop am Kanal']);
    expect(await titles({ to: at(9) })).toEqual([]);
  });

  test.each<[string, Record<string, string>]>([
    ['a cursor that nobody gave', { cursor: 'AAAA' }],
    ['a price that is no number', { minPrice: 'cheap' }],
    ['a place beyond the pole', { near: '91,0' }],
    ['a radius around nothing', { radiusKm: '5' }],
    ['an unknown filter', { colour: 'red' }],
  ])('refuses %s', async (_, query) => {
    const { status, body } = await ask(query);
    expect([status, body.code]).toEqual([400, 'invalid_request']);
  });
});

test('a list is read in pages without gaps or repeats, also where everything starts at once', async () => {
  const other = await createWorld();
  try {
    const startsAt = new Date(other.clock.now().getTime() + days(5)).toISOString();
    const endsAt = new Date(other.clock.now().getTime() + days(6)).toISOString();
    const prices = [0, 500, 500, 500, 900, 900, 1000];
    for (const priceMinor of prices) await other.event({ priceMinor, fields: { startsAt, endsAt } });
    for (const sort of ['date', 'price', 'newest']) {
      for (const q of ['', '&q=night', '&q=nihgt']) {
        const seen: string[] = [];
        let cursor = '';
        do {
          const { body } = await other.client().get(`/api/events?limit=2&sort=${sort}${q}${cursor}`);
          expect(body.items.length).toBeGreaterThan(0);
          seen.push(...body.items.map((item: { id: string }) => item.id));
          cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : '';
        } while (cursor);
        expect([sort, q, seen.length, new Set(seen).size]).toEqual([sort, q, prices.length, prices.length]);
      }
    }
    const { body } = await other.client().get('/api/events?limit=2&sort=price');
    expect((await other.client().get(`/api/events?sort=date&cursor=${body.nextCursor}`)).body.code).toBe(
      'invalid_request',
    );
  } finally {
    await other.close();
  }
});

test('an event that runs for weeks stays in the list among those that start later', async () => {
  const other = await createWorld();
  try {
    const at = (inDays: number) => new Date(other.clock.now().getTime() + days(inDays)).toISOString();
    await other.event({ fields: { title: 'Exhibition', startsAt: at(1), endsAt: at(60) } });
    await other.event({ fields: { title: 'One evening', startsAt: at(2), endsAt: at(2.2) } });
    await other.event({ fields: { title: 'Much later', startsAt: at(50), endsAt: at(50.2) } });
    other.clock.advance(days(10));
    const { body } = await other.client().get('/api/events');
    expect(body.items.map((item: Listed) => item.title)).toEqual(['Exhibition', 'Much later']);
  } finally {
    await other.close();
  }
});

test('an event is sold out in the list while every place is held, and no longer when the holds have expired', async () => {
  const event = await world.event({ capacity: 2, fields: { title: 'Tiny Room' } });
  const listed = async () => (await ask({ q: 'tiny' })).body.items[0].soldOut;
  expect(await listed()).toBe(false);
  const buyer = await world.guest();
  await buyer.client.post(`/api/events/${event.id}/holds`, {
    items: [{ ticketTypeId: event.ticketTypeId, quantity: 2 }],
  });
  expect(await listed()).toBe(true);
  world.clock.advance(hours(1));
  expect(await listed()).toBe(false);
});
