import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer } from '../../testing/client.ts';
import { createWorld, type Person, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';
import { searchOrders, searchOrganisations, searchUsers } from './searches.ts';

let world: World;
let admin: Person;
beforeAll(async () => {
  world = await createWorld();
  admin = await world.admin();
});
afterAll(() => world?.close());

const ok = async (answer: Promise<Answer>) => {
  const { status, body } = await answer;
  expect(status, JSON.stringify(body)).toBeLessThan(300);
  return body;
};
const find = async (what: string, query: Record<string, string> = {}) =>
  ok(admin.client.get(`/api/admin/${what}?${new URLSearchParams({ limit: '50', ...query })}`));
const ids = (page: { items: { id: string }[] }) => page.items.map(({ id }) => id);

test('accounts are found by id, session, the beginning of an address and a part of the name, page by page', async () => {
  const people: Person[] = [];
  for (const name of ['Ada Quillfeather', 'Bo Quillfeather', '100% Quill_']) {
    // Ids of one millisecond have no order.
    world.clock.advance(1000);
    people.push(await world.user({ name }));
  }
  const [ada, bo, odd] = people as [Person, Person, Person];
  expect(ids(await find('users', { q: ada.userId }))).toEqual([ada.userId]);
  expect(ids(await find('users', { q: ada.email.toUpperCase() }))).toEqual([ada.userId]);
  expect(ids(await find('users', { q: 'quillFEA' }))).toEqual([bo.userId, ada.userId]);
  // Signs of `like` are letters.
  expect(ids(await find('users', { q: '0% q' }))).toEqual([odd.userId]);
  expect(ids(await find('users', { q: 'll_' }))).toEqual([odd.userId]);
  expect((await find('users', { q: 'qu' })).items).toEqual([]);
  const first = await find('users', { q: 'quill', limit: '2' });
  expect(ids(first)).toEqual([odd.userId, bo.userId]);
  const second = await find('users', { q: 'quill', limit: '2', cursor: first.nextCursor });
  expect([ids(second), second.nextCursor]).toEqual([[ada.userId], null]);
  const [session] = (await ok(ada.client.get('/api/me/sessions'))).items;
  expect(ids(await find('users', { q: session.id }))).toEqual([ada.userId]);
  expect(ids(await find('users', { state: 'admins' }))).toContain(admin.userId);
  // A guest and a deleted account have no name and address that could be found.
  const guest = await world.guest();
  expect((await find('users', { q: guest.userId })).items).toMatchObject([{ email: null }]);
  await ok(odd.client.post('/api/me/deletion', {}));
  expect((await find('users', { q: '0% q' })).items).toEqual([]);
});

test('a suspended account is listed with the reason, and all sessions of an account end at once', async () => {
  const person = await world.user();
  const path = `/api/admin/users/${person.userId}`;
  await ok(admin.client.post(`${path}/suspension`, { reason: 'Resells tickets' }));
  const { items } = await find('users', { state: 'suspended' });
  expect(items).toMatchObject([{ id: person.userId, suspended: { reason: 'Resells tickets' }, sessions: 0 }]);
  const other = await world.user();
  expect((await find('users', { q: other.userId })).items).toMatchObject([{ sessions: 1 }]);
  expect(await ok(admin.client.delete(`/api/admin/users/${other.userId}/sessions`))).toEqual({ ended: 1 });
  expect((await other.client.get('/api/me')).status).toBe(401);
  expect((await admin.client.delete(`/api/admin/users/${admin.userId}/sessions`)).status).toBe(403);
});

test('organisations and events are found with their state, and orders by every id that names them', async () => {
  const organiser = await world.organiser();
  const event = await world.event({ organiser, fields: { title: 'Zephyrine Gala' } });
  const buyer = await world.guest();
  const { orderId, tickets } = await buy(world, buyer, event, {
    buyer: { name: 'Ada Osei', email: 'ada-zephyrine@example.com' },
  });
  const path = `/api/admin/organisations/${organiser.organisationId}`;
  await ok(admin.client.put(`${path}/payout-hold`, { reason: 'A test' }));
  await ok(admin.client.put(`${path}/verification`, { isVerified: true }));
  await ok(admin.client.put(`${path}/verification`, { isVerified: true }));
  expect((await find('organisations', { q: organiser.organisationId })).items).toMatchObject([
    { payoutsHeld: true, isSuspended: false, isVerified: true, owners: [{ id: organiser.userId }] },
  ]);
  expect(ids(await find('organisations', { state: 'held' }))).toEqual([organiser.organisationId]);
  expect(ids(await find('events', { q: 'zephyr' }))).toEqual([event.id]);
  expect(ids(await find('events', { q: organiser.organisationId }))).toEqual([event.id]);
  const [payment] = await world.app.db.query<{ id: string; intent_ref: string }>(
    'select id, intent_ref from payments where order_id = $1',
    [orderId],
  );
  for (const q of [
    orderId,
    tickets[0]?.id,
    payment?.id,
    payment?.intent_ref,
    buyer.userId,
    'Ada-Zephyrine@example.com',
  ]) {
    const { items } = await find('orders', { q: q ?? '' });
    expect(items, q).toMatchObject([{ id: orderId, event: { id: event.id }, buyer: { id: buyer.userId } }]);
  }
  expect((await find('orders')).items).toEqual([]);
  const log = await ok(
    admin.client.get(
      `/api/admin/audit-log?limit=100&subject=${organiser.organisationId}&act=organisation.verified`,
    ),
  );
  expect(log.items).toHaveLength(1);
});

test('what is typed chooses one search, and short or empty texts none', () => {
  expect(searchUsers('a%b@x', 'all')).toEqual({ by: 'address', value: 'a\\%b@x%' });
  expect(searchUsers('ab', 'all')).toBeNull();
  expect(searchUsers('', 'suspended')).toEqual({ by: 'suspended', value: null });
  expect(searchOrganisations('a\\b', 'all')).toEqual({ by: 'name', value: '%a\\\\b%' });
  expect(searchOrders('')).toBeNull();
  expect(searchOrders('pi_3abc')).toEqual({ by: 'reference', value: 'pi_3abc' });
});
