import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type Organiser, type World } from '../../testing/world.ts';
import { createDesk } from './testing/drafts.ts';

let world: World;
let house: Organiser;
let desk: ReturnType<typeof createDesk>;
beforeAll(async () => {
  world = await createWorld();
  house = await world.organiser();
  desk = createDesk(world, house);
});
afterAll(() => world?.close());

const listed = async (query: string): Promise<string[]> =>
  (await world.client().get(`/api/events?${query}`)).body.items.map(({ title }: { title: string }) => title);
const publish = async (title: string, tags: unknown, inDays = 20) => {
  const times = { startsAt: desk.inDays(inDays), endsAt: desk.inDays(inDays + 0.1) };
  const { body } = await desk.create({ title, tags, ...times });
  expect((await desk.publish(body.id, body.version)).status).toBe(200);
  return body;
};

test('tags are kept in one form, each once, and are on the page of the event', async () => {
  const event = await publish('Trio', ['  Free   JAZZ ', '#open air', 'free jazz', 'Élan', 'ليلة']);
  expect(event.tags).toEqual(['free jazz', 'open air', 'élan', 'ليلة']);
  expect((await world.client().get(`/api/events/${event.slug}`)).body.tags).toEqual(event.tags);
  const { version } = (await desk.manage(event.id)).body;
  const changed = (await desk.patch(event.id, version, { tags: ['Swing'] })).body;
  expect(changed.tags).toEqual(['swing']);
  expect((await desk.patch(event.id, changed.version, { summary: 'Three people' })).body.tags).toEqual([
    'swing',
  ]);
});

test('the search finds the published events that have a tag, with other filters and page by page', async () => {
  await publish('Anchor Polka', ['polka', 'dance']);
  await publish('Bramble Polka', ['polka'], 21);
  await publish('Polkadot', ['polkadot']);
  await desk.create({ title: 'Cedar Polka', tags: ['polka'] });
  expect(await listed('tag=POLKA')).toEqual(['Anchor Polka', 'Bramble Polka']);
  expect(await listed('tag=polka&q=Bramble')).toEqual(['Bramble Polka']);
  expect(await listed('tag=%20%23Dance&category=nightlife')).toEqual(['Anchor Polka']);
  expect(await listed('tag=polka&category=film')).toEqual([]);
  const first = (await world.client().get('/api/events?tag=polka&limit=1')).body;
  expect(await listed(`tag=polka&limit=1&cursor=${first.nextCursor}`)).toEqual(['Bramble Polka']);
  const { tags } = (await world.client().get('/api/event-filters')).body;
  expect(tags).toContainEqual({ tag: 'polka', events: 2 });
});

test.each([
  [Array.from({ length: 11 }, (_, n) => `tag ${n}`)],
  [['x'.repeat(31)]],
  [['']],
  [['#']],
  [['a, b']],
  [['a\u0000b']],
  [['a\u202eb']],
  [[7]],
  ['jazz'],
])('%j are no tags', async (tags) => {
  expect((await desk.create({ tags })).body).toMatchObject({ code: 'invalid_request' });
});

test.each(['tag=', 'tag=%00', `tag=${'x'.repeat(31)}`, 'tag=a&tag=b'])('%s is refused', async (query) => {
  expect((await world.client().get(`/api/events?${query}`)).body.code).toBe('invalid_request');
});

test('a copy has the tags', async () => {
  const { body: event } = await desk.create({ title: 'Tagged', tags: ['blues'] });
  const { body } = await house.client.post(`/api/events/${event.id}/copies`, { startsAt: desk.inDays(50) });
  expect(body.tags).toEqual(['blues']);
});
