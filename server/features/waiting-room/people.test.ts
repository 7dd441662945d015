import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { days } from '../../testing/clock.ts';
import { openLive } from '../../testing/live.ts';
import { createWorld, type Person, testPassword, type World } from '../../testing/world.ts';
import { forgetOwners } from './forget-owners.ts';
import { hold, join, keep, mine, steer, withQueue } from './testing/queue.ts';

/* Places of people who sign in or delete their account, and what open pages hear. */

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  expect(await audit(world.app.db, { settled: false, now: world.clock.now() })).toEqual([]);
  await world.close();
});

/** The guest signs in to the account in the same browser. */
async function signIn(guest: Person, account: Person): Promise<Person> {
  const signedIn = await guest.client.post('/api/auth/sign-in/email', {
    email: account.email,
    password: testPassword,
  });
  expect(signedIn.status, JSON.stringify(signedIn.body)).toBe(200);
  return { ...account, client: guest.client };
}

test('a guest who signs in keeps the place', async () => {
  const event = await withQueue(world);
  const [guest, account] = [await world.guest(), await world.user()];
  const place = await join(guest, event);
  const person = await signIn(guest, account);
  expect(await mine(person, event)).toMatchObject({ id: place.id, status: 'waiting', position: 1 });
  expect(await join(person, event)).toMatchObject({ id: place.id });
});

test.each(['the guest', 'the account'])('if both wait, the better place stays: that of %s', async (first) => {
  const event = await withQueue(world);
  const [guest, account] = [await world.guest(), await world.user()];
  const order = first === 'the guest' ? [guest, account] : [account, guest];
  for (const each of order) await join(each, event);
  const person = await signIn(guest, account);
  expect(await mine(person, event)).toMatchObject({ status: 'waiting', position: 1 });
  const rows = await world.app.db.query(
    'select status, end_reason from queue_entries where event_id = $1 order by position',
    [event.id],
  );
  expect(rows).toEqual([
    { status: 'waiting', end_reason: null },
    { status: 'ended', end_reason: 'merged' },
  ]);
});

test('a place cannot be sold on: the token of one account is of no use to another', async () => {
  const event = await withQueue(world);
  await steer(event, { peoplePerMinute: 60 });
  const [seller, buyer] = [await world.user(), await world.user()];
  await join(seller, event);
  await keep(world, 0);
  await keep(world);
  const { token, status } = await mine(seller, event);
  expect(status).toBe('active');
  const refused = await hold(buyer, event, token);
  expect([refused.status, refused.body.reason]).toEqual([403, 'other_buyer']);
});

test('whoever deletes their account leaves every queue, and nothing there names them', async () => {
  const event = await withQueue(world);
  const person = await world.user();
  await join(person, event);
  const exported = await person.client.get('/api/me/export');
  expect(exported.body.queues).toMatchObject([{ eventId: event.id, status: 'waiting', position: 1 }]);
  const deleted = await person.client.post('/api/me/deletion', {
    password: testPassword,
    ticketsLeaveMe: true,
  });
  expect(deleted.status, JSON.stringify(deleted.body)).toBe(204);
  const rows = await world.app.db.query(
    'select user_id, status, end_reason from queue_entries where event_id = $1',
    [event.id],
  );
  expect(rows).toEqual([{ user_id: null, status: 'ended', end_reason: 'left' }]);
});

test('a month after the sale nobody is named in a queue, and its draw is still whole', async () => {
  const event = await withQueue(world);
  const person = await world.guest();
  await join(person, event);
  const owners = () =>
    world.app.db.query('select user_id from queue_entries where event_id = $1', [event.id]);
  const now = world.clock.now();
  world.clock.advance(days(31));
  await keep(world);
  await forgetOwners(world.app, world.clock.now());
  expect(await owners()).toEqual([{ user_id: person.userId }]);
  world.clock.advance(days(31));
  await forgetOwners(world.app, world.clock.now());
  expect(await owners()).toEqual([{ user_id: null }]);
  world.clock.set(now);
});

test('open pages of the event hear each change of the queue', async () => {
  const event = await withQueue(world);
  // That the room was made is news too, and may come late on a busy machine.
  await world.app.notices.catchUp();
  const live = await openLive(world.url, { headers: { origin: world.url }, event: event.id });
  await steer(event, { message: 'Good evening' });
  await vi.waitFor(() => expect(live.told('queue')).toHaveLength(1), 10_000);
  const [told] = live.told('queue');
  expect(told).toEqual((await world.client().get(`/api/events/${event.id}/queue`)).body);
});
