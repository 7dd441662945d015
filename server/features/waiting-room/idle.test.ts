import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { createClient } from '../../testing/client.ts';
import { minutes } from '../../testing/clock.ts';
import { openLive } from '../../testing/live.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { sweepHolds } from '../inventory/sweep-holds.ts';
import { keepRooms } from './keep-rooms.ts';
import { noteWatching } from './note-watching.ts';
import { hold, join, keep, keepOn, leave, mine, queueOf, served, steer, withQueue } from './testing/queue.ts';

/* Whoever was let in and is not there gives the turn up. */

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  expect(await audit(world.app.db, { settled: false, now: world.clock.now() })).toEqual([]);
  await world.close();
});

/** How the place is, as the table says: a look over HTTP would be a sign of life. */
const inTable = async (person: Person, event: TestEvent) => {
  const [row] = await world.app.db.query<{ status: string; end_reason: string | null }>(
    'select status, end_reason from queue_entries where event_id = $1 and user_id = $2 order by id desc limit 1',
    [event.id, person.userId],
  );
  return row?.end_reason ?? row?.status;
};

test('five minutes without a sign of life end a turn, and not before; the next person is let in', async () => {
  const { event, ann, bob, token } = await served(world);
  expect((await queueOf(world, event)).idleSeconds).toBe(300);
  await keepOn(world, minutes(5));
  expect([await inTable(ann, event), await inTable(bob, event)]).toEqual(['active', 'waiting']);
  await keep(world, 2000);
  await keep(world);
  expect([await inTable(ann, event), await inTable(bob, event)]).toEqual(['idle', 'active']);
  const refused = await hold(ann, event, token);
  expect([refused.status, refused.body.reason]).toEqual([403, 'ended']);
  expect(await mine(ann, event)).toMatchObject({ status: 'ended', endReason: 'idle', activeUntil: null });
  expect(await join(ann, event)).toMatchObject({ status: 'waiting', position: 3 });
});

test.each(['reads the own place', 'sends the token', 'is looked up without a token'])(
  'whoever %s is there, also if another process hears it',
  async (sign) => {
    const { event, ann, token } = await served(world);
    const second = await world.another();
    const elsewhere = createClient(second.url);
    for (const [name, value] of ann.client.cookies) elsewhere.cookies.set(name, value);
    await keepOn(world, minutes(4));
    const live = { ...ann, client: elsewhere };
    if (sign === 'reads the own place') await mine(live, event);
    // There is only one place, so the turn goes on without a hold.
    else
      expect(
        await elsewhere.post(
          `/api/events/${event.id}/holds`,
          { items: [{ ticketTypeId: event.ticketTypeId, quantity: 2 }] },
          sign === 'sends the token' ? { 'queue-token': token } : {},
        ),
      ).toMatchObject({ status: 409, body: { code: 'sold_out' } });
    await keepRooms(second.app);
    await keepOn(world, minutes(4));
    expect(await inTable(ann, event)).toBe('active');
    await keepOn(world, minutes(1) + 2000);
    expect(await inTable(ann, event)).toBe('idle');
  },
);

test('whoever has the event open is there, and not any more when the page is closed; a page of another event is no sign', async () => {
  const [{ event, ann, bob }, other] = [await served(world, 5), await withQueue(world)];
  await keep(world);
  const open = (person: Person, of: TestEvent) =>
    openLive(world.url, { headers: { origin: world.url, cookie: person.client.cookie() }, event: of.id });
  const page = await open(ann, event);
  await open(bob, other);
  const { signs } = world.app.rooms;
  await vi.waitFor(() => expect(signs.isWatching(event.id, ann.userId)).toBe(true), 10_000);
  await vi.waitFor(() => expect(signs.isWatching(other.id, bob.userId)).toBe(true), 10_000);
  for (let i = 0; i < 8; i++) {
    await noteWatching(world.app);
    await keepOn(world, minutes(1));
  }
  expect([await inTable(ann, event), await inTable(bob, event)]).toEqual(['active', 'idle']);
  page.close();
  await vi.waitFor(() => expect(signs.isWatching(event.id, ann.userId)).toBe(false), 10_000);
  await world.app.db.run(
    `update queue_entries set active_until = active_until + interval '1 hour' where event_id = $1 and status = 'active'`,
    [event.id],
  );
  for (let i = 0; i < 6; i++) {
    await noteWatching(world.app);
    await keepOn(world, minutes(1));
  }
  expect(await inTable(ann, event)).toBe('idle');
});

test('whoever holds places is there, and for a while after the hold is over', async () => {
  const { event, ann, token } = await served(world, 5);
  expect((await hold(ann, event, token)).status).toBe(201);
  await world.app.db.run(
    `update queue_entries set active_until = active_until + interval '1 hour' where event_id = $1 and status = 'active'`,
    [event.id],
  );
  await keepOn(world, minutes(9));
  expect(await inTable(ann, event)).toBe('active');
  await keepOn(world, minutes(2));
  await sweepHolds(world.app);
  await keepOn(world, minutes(3));
  expect(await inTable(ann, event)).toBe('active');
  await keepOn(world, minutes(2));
  expect(await inTable(ann, event)).toBe('idle');
});

test('whoever meets the limit of a card and goes away does not keep the turn until the hold would have ended', async () => {
  const event = await world.event({
    capacity: 5,
    fields: { waitingRoom: { mode: 'always' }, maxPerBuyer: 1 },
  });
  const people = [await world.guest(), await world.guest()] as const;
  for (const person of people) await join(person, event);
  await keep(world, 0);
  await keep(world);
  for (const [i, person] of people.entries()) {
    const held = await hold(person, event);
    const buyer = { name: 'Ada Osei', email: `one-card-${i}@example.com` };
    const { payment } = (await person.client.post('/api/orders', { holdId: held.body.id, buyer })).body;
    const card = { number: '5555555555554444' };
    const path = `/api/sandbox/payments/${payment.id}/confirmation`;
    expect((await person.client.post(path, { clientSecret: payment.clientSecret, card })).status).toBe(200);
    await world.drain();
  }
  await keep(world);
  expect(await Promise.all(people.map((person) => inTable(person, event)))).toEqual(['bought', 'active']);
  await keepOn(world, minutes(4));
  expect(await inTable(people[1], event)).toBe('active');
  await keepOn(world, minutes(1) + 3000);
  expect(await inTable(people[1], event)).toBe('idle');
});

test('a short window ends before anybody is idle', async () => {
  const event = await withQueue(world);
  await steer(event, { peoplePerMinute: 60, windowSeconds: 60 });
  const ann = await world.guest();
  await join(ann, event);
  await keep(world, 0);
  await keep(world);
  await keepOn(world, minutes(2));
  expect(await inTable(ann, event)).toBe('window_over');
});

test('operators see who waits, who was let in, how places ended and how long people waited', async () => {
  const { metrics } = world.app;
  const value = async (name: string, labels = '') => {
    const lines = (await metrics.registry.metrics()).split('\n');
    return Number(
      lines
        .find((line) => line.startsWith(`${name}${labels} `))
        ?.split(' ')
        .at(-1) ?? 0,
    );
  };
  const look = async () => ({
    waiting: await value('admit_queue_waiting'),
    active: await value('admit_queue_active'),
    admissions: await value('admit_queue_admissions_total'),
    idle: await value('admit_queue_ended_total', '{reason="idle"}'),
    left: await value('admit_queue_ended_total', '{reason="left"}'),
    waits: await value('admit_queue_wait_seconds_count'),
    seconds: await value('admit_queue_wait_seconds_sum'),
    refused: await value('admit_queue_refusals_total', '{code="not_admitted",reason="waiting"}'),
  });
  const before = await look();
  const { event, bob } = await served(world);
  await hold(bob, event);
  const after = await look();
  const more = (name: keyof typeof before) => after[name] - before[name];
  expect([more('waiting'), more('active'), more('admissions'), more('refused')]).toEqual([1, 1, 1, 1]);
  expect([more('waits'), more('seconds')]).toEqual([1, 1]);
  await keepOn(world, minutes(5) + 2000);
  expect((await look()).idle - before.idle).toBe(1);
  await leave(bob, event);
  await leave(bob, event);
  const { left, active } = await look();
  expect([left - before.left, active - before.active]).toEqual([1, 0]);
});
