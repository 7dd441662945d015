import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ListedEvent } from '../../../contract/events.ts';
import { days, hours } from '../../testing/clock.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { foldName, namesOfPlace } from './find-places.ts';
import { understand } from './understand.ts';

const of = (q: string) => understand(q.split(' '), '2027-06-09');

describe('a search is understood', () => {
  // 2027-06-09 is a Wednesday.
  test.each([
    ['tonight', 'today', '2027-06-09', '2027-06-09'],
    ['Heute Abend', 'today', '2027-06-09', '2027-06-09'],
    ['ce soir', 'today', '2027-06-09', '2027-06-09'],
    ['esta noche', 'today', '2027-06-09', '2027-06-09'],
    ['الليلة', 'today', '2027-06-09', '2027-06-09'],
    ['manana', 'tomorrow', '2027-06-10', '2027-06-10'],
    ['غداً', 'tomorrow', '2027-06-10', '2027-06-10'],
    ['this weekend', 'weekend', '2027-06-12', '2027-06-13'],
    ['nihayat', null, null, null],
    ['نهاية الاسبوع', 'weekend', '2027-06-12', '2027-06-13'],
  ])('%s as %s', (q, as, first, last) => {
    const [group] = of(q);
    expect([group?.readAs, group?.days]).toEqual([as, first && { first, last }]);
  });

  test('"weekend" on a Sunday as that Sunday', () => {
    expect(understand(['weekend'], '2027-06-13')[0]?.days).toEqual({
      first: '2027-06-13',
      last: '2027-06-13',
    });
  });

  test('without the words that say nothing beside a filter or a place', () => {
    expect(of('free events in vienna').map(({ typed }) => typed)).toEqual(['free', 'vienna']);
    expect(of('events').map(({ typed }) => typed)).toEqual(['events']);
    expect(of('the events in').map(({ typed }) => typed)).toEqual(['the', 'events', 'in']);
  });

  test.each([
    ['munich', 'München'],
    ['vienna', 'Wien'],
    ['copenhagen', 'København'],
    ['cologne', 'Köln'],
    ['Köln', 'Cologne'],
    ['koeln', 'Köln'],
    ['nueva york', 'New York'],
    ['genf', 'Genève'],
    ['القاهرة', 'Cairo'],
    ['東京', 'Tokyo'],
    ['the hague', 'Den Haag'],
  ])('%s as a place that is also called %s', (name, other) => {
    expect(namesOfPlace(name).map(foldName)).toContain(foldName(other));
    expect(namesOfPlace(other).map(foldName)).toContain(foldName(name));
  });
});

describe('a search with a filter in words', () => {
  let world: World;
  let start: Date;
  const today = () => start.toISOString().slice(0, 10);

  async function add(title: string, city: string, inDays: number, priceMinor: number, currency = 'EUR') {
    // 20:00 on that day.
    const startsAt = new Date(Date.parse(`${today()}T20:00:00Z`) + days(inDays));
    await world.event({
      priceMinor,
      fields: {
        title,
        category: 'comedy',
        currency,
        startsAt: startsAt.toISOString(),
        endsAt: new Date(startsAt.getTime() + hours(2)).toISOString(),
        timeZone: 'UTC',
        venue: { name: 'Saal', city, country: 'DE' },
      },
    });
  }

  beforeAll(async () => {
    world = await createWorld();
    // Noon of some Wednesday: each day of the week is a day of its own.
    const noon = new Date(`${world.clock.now().toISOString().slice(0, 10)}T12:00:00Z`).getTime() + days(1);
    world.clock.advance(noon - world.clock.now().getTime());
    start = world.clock.now();
    await add('Stand-up', 'Wien', 0, 1000);
    await add('Improv', 'München', 1, 0);
    await add('Free Jazz', 'København', 9, 2500, 'DKK');
    await add('Tonight We Laugh', 'Köln', 10, 1500);
    await add('Gala', 'Wien', 11, 0);
  });
  afterAll(() => world?.close());

  const ask = async (query: Record<string, string>) => {
    const { status, body } = await world
      .client()
      .get(`/api/events?${new URLSearchParams({ today: today(), ...query })}`);
    expect([status, body.detail]).toEqual([200, undefined]);
    return body;
  };

  test.each([
    ['munich', ['Improv']],
    ['vienna', ['Stand-up', 'Gala']],
    ['copenhagen', ['Free Jazz']],
    ['cologne', ['Tonight We Laugh']],
    ['فيينا', ['Stand-up', 'Gala']],
    ['free', ['Improv', 'Free Jazz', 'Gala']],
    ['free events', ['Improv', 'Free Jazz', 'Gala']],
    ['kostenlos', ['Improv', 'Gala']],
    ['free events vienna', ['Gala']],
    ['comedy tonight', ['Stand-up', 'Tonight We Laugh']],
    ['comdy tonight', ['Stand-up', 'Tonight We Laugh']],
    ['free tomorrow', ['Improv']],
    ['tonight vienna', ['Stand-up']],
  ])('%s', async (q, titles) => {
    const { items } = await ask({ q });
    expect(items.map(({ title }: ListedEvent) => title)).toEqual(titles);
  });

  test.each([
    ...['Wien', 'vienna', 'VIENNE', 'Viena', 'فيينا', 'Vídeň', ' wien '].map((city) => [
      city,
      ['Stand-up', 'Gala'],
    ]),
    ...['Munich', 'munchen', 'Monaco di Baviera', 'ميونخ'].map((city) => [city, ['Improv']]),
    ...['Copenhagen', 'Kopenhagen', 'Copenhague'].map((city) => [city, ['Free Jazz']]),
    ['Wie', []],
    ['Nowhere', []],
  ] as [string, string[]][])('the filter by city %s', async (city, titles) => {
    const { items } = await ask({ city });
    expect(items.map(({ title }: ListedEvent) => title)).toEqual(titles);
    const found = await ask({ city, q: 'comedy', sort: 'newest' });
    expect(found.items).toHaveLength(titles.length);
  });

  test('the index is asked for the same words only once', async () => {
    const query = vi.spyOn(world.app.db, 'query');
    const prepared = () => query.mock.calls.filter(([text]) => text.includes('search_query(')).length;
    await ask({ q: 'improv prague', city: 'Praha' });
    const once = prepared();
    expect(once).toBeGreaterThan(0);
    await ask({ q: 'improv prague', city: 'Praha' });
    expect(prepared()).toBe(once);
    query.mockRestore();
  });

  test('says which words it took for filters', async () => {
    const { readAs } = await ask({ q: 'free  comedy ce soir' });
    expect(readAs).toEqual([
      { words: 'free', as: 'free' },
      { words: 'ce soir', as: 'today' },
    ]);
    expect((await ask({ q: 'comedy' })).readAs).toBeUndefined();
  });

  test('a price in one currency keeps free events and says how many others are not shown', async () => {
    const { items, inOtherCurrencies } = await ask({ currency: 'DKK', maxPrice: '3000' });
    expect(items.map(({ title }: ListedEvent) => title)).toEqual(['Improv', 'Free Jazz', 'Gala']);
    expect(inOtherCurrencies).toBe(2);
    expect((await ask({ currency: 'DKK', maxPrice: '3000', q: 'cologne' })).inOtherCurrencies).toBe(1);
    expect((await ask({ maxPrice: '3000' })).inOtherCurrencies).toBeUndefined();
  });

  test('the list of cities has a place once, under the name that most of its events use', async () => {
    await add('Three', 'Vienna', 12, 0);
    world.clock.advance(61_000);
    const { body } = await world.client().get('/api/event-filters');
    expect(body.cities).toContainEqual({ city: 'Wien', events: 3 });
    expect(body.cities.map(({ city }: { city: string }) => city)).not.toContain('Vienna');
  });
});

test('the list of cities takes little memory', () => {
  const module = new URL('./find-places.ts', import.meta.url).href;
  const script = `
    const { namesOfPlace } = await import('${module}');
    const used = () => { gc(); gc(); const { heapUsed, external } = process.memoryUsage(); return heapUsed + external; };
    const before = used();
    namesOfPlace('vienna');
    console.log((used() - before) / 2 ** 20);`;
  const flags = ['--expose-gc', '--input-type=module', '--eval', script];
  // As strings in a Map it was 4.5 MB, and 13 MB with what reading left behind.
  expect(Number(execFileSync(process.execPath, flags, { encoding: 'utf8' }))).toBeLessThan(2.5);
});
