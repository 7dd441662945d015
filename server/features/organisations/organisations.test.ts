import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type Organiser, type World } from '../../testing/world.ts';
import { slugOf } from './slug.ts';

let world: World;
let house: Organiser;
beforeAll(async () => {
  world = await createWorld();
  house = await world.organiser();
});
afterAll(() => world.close());

const membersOf = (organiser: Organiser) => `/api/organisations/${organiser.organisationId}/members`;

test('opening an organisation makes a verified user its owner and an organizer, from the next request on', async () => {
  const person = await world.user({ name: 'Ada' });
  const opened = await person.client.post('/api/organisations', { name: 'Kesselhaus' });
  expect(opened.status).toBe(201);
  expect(opened.body.slug).toBe('kesselhaus');
  const { body } = await person.client.get('/api/me');
  expect(body).toMatchObject({
    role: 'organizer',
    organisations: [{ id: opened.body.id, name: 'Kesselhaus', role: 'owner' }],
  });

  const other = await world.user();
  const same = await other.client.post('/api/organisations', { name: 'Kesselhaus' });
  expect(same.body.slug).toMatch(/^kesselhaus-[0-9a-z]{8}$/);
});

test('an admin who opens an organisation stays an admin', async () => {
  const admin = await world.admin();
  expect((await admin.client.post('/api/organisations', { name: 'Admins' })).status).toBe(201);
  expect((await admin.client.get('/api/me')).body.role).toBe('admin');
});

test('a guest and an unverified user are refused', async () => {
  const guest = await world.guest();
  const refused = await guest.client.post('/api/organisations', { name: 'Mine' });
  expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
  const unverified = await world.user({ verified: false });
  const second = await unverified.client.post('/api/organisations', { name: 'Mine' });
  expect([second.status, second.body.code]).toEqual([403, 'email_not_verified']);
  expect((await unverified.client.get('/api/me')).body.role).toBe('user');
});

test('a retry with the same Idempotency-Key opens no second organisation', async () => {
  const person = await world.user();
  const open = () =>
    person.client.post('/api/organisations', { name: 'Once' }, { 'idempotency-key': 'open-1' });
  const [first, second] = [await open(), await open()];
  expect(second.body).toEqual(first.body);
  expect((await person.client.get('/api/me')).body.organisations).toHaveLength(1);
});

test('an owner changes roles at once and removes members; strangers are nobody to the team', async () => {
  const person = await world.member(house, 'door');
  const put = (role: string, userId = person.userId) =>
    house.client.put(`${membersOf(house)}/${userId}`, { role });
  expect((await put('door')).body).toMatchObject({
    userId: person.userId,
    email: person.email,
    role: 'door',
  });
  expect((await put('manager')).body.role).toBe('manager');
  const { items } = (await person.client.get(membersOf(house))).body;
  expect(items.map((item: { role: string }) => item.role)).toEqual(['owner', 'manager']);

  const stranger = await world.user();
  for (const role of ['door', 'manager', 'owner']) {
    expect((await put(role, stranger.userId)).body.code).toBe('not_found');
  }
  expect((await stranger.client.get('/api/me')).body.organisations).toEqual([]);

  expect((await house.client.delete(`${membersOf(house)}/${person.userId}`)).status).toBe(204);
  expect((await house.client.delete(`${membersOf(house)}/${person.userId}`)).status).toBe(404);
  expect((await person.client.get(membersOf(house))).status).toBe(404);
});

test('nobody is made an owner without accepting', async () => {
  const person = await world.member(house, 'manager');
  const raised = await house.client.put(`${membersOf(house)}/${person.userId}`, { role: 'owner' });
  expect([raised.status, raised.body.code]).toEqual([409, 'owner_must_accept']);
  expect((await person.client.get('/api/me')).body.organisations[0].role).toBe('manager');
  // They own nothing, so they may delete their account.
  expect((await person.client.post('/api/me/deletion', {})).status).toBe(204);
});

test('each role has its powers and not those above it; strangers and admins see nothing', async () => {
  const organiser = await world.organiser();
  const [manager, door] = [await world.member(organiser, 'manager'), await world.member(organiser, 'door')];
  const stranger = await world.organiser();
  const admin = await world.admin();
  const put = { role: 'manager' };
  const expected = { manager: [200, 403], door: [403, 403], stranger: [404, 404], admin: [404, 404] };
  for (const [name, { client }] of Object.entries({ manager, door, stranger, admin })) {
    const got = [
      (await client.get(membersOf(organiser))).status,
      (await client.put(`${membersOf(organiser)}/${door.userId}`, put)).status,
    ];
    expect([name, got]).toEqual([name, expected[name as keyof typeof expected]]);
  }
  const event = await world.event({ organiser });
  expect(
    (await door.client.patch(`/api/events/${event.id}`, { title: 'Mine' }, { 'if-match': '1' })).status,
  ).toBe(403);
  expect(
    (await stranger.client.patch(`/api/events/${event.id}`, { title: 'Mine' }, { 'if-match': '1' })).status,
  ).toBe(404);
  const unknown = membersOf({ ...organiser, organisationId: 'org_00000000000000000000000000' });
  expect((await organiser.client.get(unknown)).status).toBe(404);
});

test('the last owner stays, also when two owners remove each other at the same instant', async () => {
  const organiser = await world.organiser();
  const path = membersOf(organiser);
  const demoted = await organiser.client.put(`${path}/${organiser.userId}`, { role: 'manager' });
  expect([demoted.status, demoted.body.code]).toEqual([403, 'forbidden']);
  expect((await organiser.client.delete(`${path}/${organiser.userId}`)).status).toBe(403);

  for (let round = 0; round < 5; round++) {
    const second = await world.member(organiser, 'owner');
    const [one, two] = await Promise.all([
      organiser.client.delete(`${path}/${second.userId}`),
      second.client.delete(`${path}/${organiser.userId}`),
    ]);
    const left = await world.app.db.query<{ user_id: string }>(
      `select user_id from members where organisation_id = $1 and role = 'owner'`,
      [organiser.organisationId],
    );
    expect([one.status, two.status, left.length]).toSatisfy(
      ([a, b, owners]) => owners === 1 && (a === 204) !== (b === 204),
    );
    if (left[0]?.user_id !== organiser.userId) break;
  }
});

test('a slug is never empty and keeps letters of any script that has plain ones', () => {
  expect(slugOf('Kesselhaus & Söhne')).toBe('kesselhaus-sohne');
  expect(slugOf('Straße 9')).toBe('strasse-9');
  expect(slugOf('東京')).toBe('organisation');
  expect(slugOf('x'.repeat(80))).toHaveLength(48);
});
