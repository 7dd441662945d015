import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plainRules } from '../contract/door-rules.ts';
import type { Caches } from './caches.ts';
import { createCache } from './data/cache.ts';
import { createGates } from './features/door-links/testing/gates.ts';
import { readDoorTimes } from './features/sale/door-times.ts';
import { buy } from './features/tickets/testing/buy.ts';
import { createOrganiserPages } from './pages/organiser-pages.ts';
import { type Client, createClient } from './testing/client.ts';
import { hours } from './testing/clock.ts';
import { createWorld, type Organiser, type TestEvent, type World } from './testing/world.ts';

test('a full cache drops the entry that was put longest ago', () => {
  const cache = createCache<string, number>(2);
  const known = () => ['a', 'b', 'c'].map((key) => cache.get(key));
  cache.put('a', 1);
  cache.put('b', 2);
  cache.put('a', 3);
  cache.put('c', 4);
  expect([known(), cache.size()]).toEqual([[3, undefined, 4], 2]);
  cache.forget('a');
  expect(known()).toEqual([undefined, undefined, 4]);
  cache.clear();
  expect([known(), cache.size()]).toEqual([[undefined, undefined, undefined], 0]);
});

describe('two Apps on one database', () => {
  let world: World;
  let other: Awaited<ReturnType<World['another']>>;
  let event: TestEvent;
  beforeAll(async () => {
    world = await createWorld();
    other = await world.another();
    event = await world.event({ seats: [{ zone: 'gold', rows: 2, perRow: 4 }] });
  });
  afterAll(async () => {
    await other.close();
    await world.close();
  });

  const at = (url: string, of: Organiser): Client => {
    const client = createClient(url);
    for (const [name, value] of of.client.cookies) client.cookies.set(name, value);
    return client;
  };
  const publish = (client: Client, { id, version }: { id: string; version: number }) =>
    client.post(`/api/events/${id}/publication`, undefined, { 'if-match': `"${version}"` });
  const change = async (client: Client, id: string, patch: object) => {
    const { body } = await client.get(`/api/events/${id}/management`);
    const changed = await client.patch(`/api/events/${id}`, patch, { 'if-match': `"${body.version}"` });
    expect(changed.status).toBe(200);
    return changed.body;
  };

  /** A device of a link, a member's own one with a number that somebody typed, and a door with rules of its own. */
  async function readDoors(client: Client): Promise<void> {
    const { gate, counts } = await createGates(world);
    expect((await counts((await gate()).headers)).status).toBe(200);
    const doors = `/api/events/${event.id}`;
    const { body } = await client.post(`${doors}/door-devices`, { name: 'Office tablet' });
    const mine = { 'admit-door-device': body.device.id as string };
    const typed = await client.post(`${doors}/check-ins`, { code: 'AAAAA-AAAAA', nonce: 'number-1' }, mine);
    expect(typed.status).toBe(409);
    const rules = { ...plainRules, reEntry: 'after-exit' };
    expect((await client.put(`${doors}/door-settings`, rules, { 'if-match': '"0"' })).status).toBe(200);
    const { tickets } = await buy(world, await world.guest(), event);
    const scan = { code: tickets[0]?.code, nonce: 'settings-1', direction: 'out' };
    expect((await client.post(`${doors}/check-ins`, scan)).body.code).toBe('not_inside');
  }

  /** A request of a program. */
  async function readWithKey({ organisationId }: Organiser, client: Client): Promise<void> {
    const path = `/api/organisations/${organisationId}`;
    const { body } = await client.post(`${path}/api-keys`, { name: 'Shop', scopes: ['events:read'] });
    const headers = { authorization: `Bearer ${body.secret}` };
    expect((await createClient(world.url).get(`${path}/events`, headers)).status).toBe(200);
  }

  test('share no state: what one reads the other does not remember', async () => {
    const { organiser } = event;
    const client = at(world.url, organiser);
    // First, because each new event empties the caches of lists.
    await readDoors(client);
    const [session] = await world.app.accounts.openSessions([organiser.userId]);
    const { body: jwt } = await client.get('/api/auth/token');
    for (const path of [
      `/api/events/${event.slug}`,
      `/api/events/${event.id}/availability`,
      `/api/events/${event.id}/seat-map`,
      `/api/events/${event.id}/management`,
      '/api/event-filters',
      '/api/events?q=night',
      `/api/events/${event.id}/door-manifest`,
    ])
      await client.get(path);
    await createOrganiserPages(world.app, (head) => ({ ...head }) as never)(organiser.organisationId);
    await readWithKey(organiser, client);
    for (const token of [session?.token, jwt.token])
      await createClient(world.url).get('/api/me', { authorization: `Bearer ${token}` });
    await client.post(`/api/events/${event.id}/holds`, {
      bestAvailable: { ticketTypeId: event.ticketTypeId, quantity: 1 },
    });
    await readDoorTimes(world.app, event.id);
    const empty = (caches: Caches) =>
      Object.entries(caches).flatMap(([name, cache]) => (cache.size() === 0 ? [name] : []));
    expect(empty(world.app.caches)).toEqual([]);
    expect(empty(other.app.caches)).toEqual(Object.keys(other.app.caches));
  });

  test('what is listed: a new event, another city, one that is taken back', async () => {
    const [here, there] = [at(world.url, event.organiser), at(other.url, event.organiser)];
    const cities = async (client: Client): Promise<string[]> =>
      (await client.get('/api/event-filters')).body.cities.map(({ city }: { city: string }) => city);
    const seen = (client: Client, city: string) =>
      expect.poll(async () => (await cities(client)).includes(city));
    const draft = await world.event({
      organiser: event.organiser,
      publish: false,
      fields: { venue: { name: 'Speicher', city: 'Kiel', country: 'DE' } },
    });
    // Both processes have cached the list without it.
    for (const client of [here, there]) expect(await cities(client)).not.toContain('Kiel');
    const { body: published } = await publish(here, draft);
    expect(await cities(here)).toContain('Kiel');
    await seen(there, 'Kiel').toBe(true);
    await change(there, draft.id, { venue: { name: 'Speicher', city: 'Bremen', country: 'DE' } });
    expect(await cities(there)).toContain('Bremen');
    await seen(here, 'Bremen').toBe(true);
    await seen(here, 'Kiel').toBe(false);
    await here.delete(`/api/events/${draft.id}/publication`, { 'if-match': `"${published.version + 1}"` });
    expect(await cities(here)).not.toContain('Bremen');
    await seen(there, 'Bremen').toBe(false);
  });

  test('when an event takes place: the door of both hears that it was moved', async () => {
    const here = at(world.url, event.organiser);
    const seen = async () => (await readDoorTimes(other.app, event.id))?.opensAt.toISOString();
    const before = await seen();
    const { body } = await here.get(`/api/events/${event.id}/management`);
    const startsAt = new Date(Date.parse(body.startsAt) - hours(2)).toISOString();
    await change(here, event.id, { startsAt });
    expect((await readDoorTimes(world.app, event.id))?.opensAt.toISOString()).toBe(startsAt);
    expect(before).not.toBe(startsAt);
    await expect.poll(seen).toBe(startsAt);
  });

  test('an event: its title, prices, seats and terms are those of now in both', async () => {
    const [here, there] = [at(world.url, event.organiser), at(other.url, event.organiser)];
    for (const client of [here, there]) {
      expect((await client.get(`/api/events/${event.slug}`)).body.title).toBe('Night Shift');
      expect((await client.get(`/api/events/${event.id}/seat-map`)).status).toBe(200);
    }
    await change(here, event.id, { title: 'Day Shift', maxPerBuyer: 1 });
    expect((await there.get(`/api/events/${event.slug}`)).body.title).toBe('Day Shift');
    const wanted = { bestAvailable: { ticketTypeId: event.ticketTypeId, quantity: 2 } };
    const { client: guest } = await world.guest();
    const there_guest = createClient(other.url);
    for (const [name, value] of guest.cookies) there_guest.cookies.set(name, value);
    expect((await there_guest.post(`/api/events/${event.id}/holds`, wanted)).body.code).toBe('limit_reached');
  });

  test('a role and a session: what one process ends, the other does not believe', async () => {
    const manager = await world.member(event.organiser, 'manager');
    const there = at(other.url, { ...manager, organisationId: event.organiser.organisationId });
    const draft = () => there.get(`/api/events/${event.id}/management`);
    expect((await draft()).status).toBe(200);
    const path = `/api/organisations/${event.organiser.organisationId}/members/${manager.userId}`;
    expect((await at(world.url, event.organiser).delete(path)).status).toBeLessThan(300);
    await expect.poll(async () => (await draft()).status).toBe(404);
    await manager.client.post('/api/auth/sign-out', {});
    await expect.poll(async () => (await draft()).status).toBe(401);
  });

  test('what was said while the connection was lost: all that is told is forgotten', async () => {
    const { filters } = other.app.caches;
    const there = createClient(other.url);
    await there.get('/api/event-filters');
    const kept = filters.get('all');
    expect(kept).toBeDefined();
    await world.app.db.query(`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'admit notices' and datname = current_database()`);
    await expect.poll(() => other.app.notices.isLive(), { timeout: 20_000 }).toBe(false);
    await expect.poll(() => other.app.notices.isLive(), { timeout: 20_000 }).toBe(true);
    expect(filters.get('all')).toBeUndefined();
  });
});
