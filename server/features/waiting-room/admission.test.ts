import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventId, QueueEntryId } from '../../../contract/ids.ts';
import { createClient } from '../../testing/client.ts';
import { minutes } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { sweepHolds } from '../inventory/sweep-holds.ts';
import { keepRooms } from './keep-rooms.ts';
import { hold, join, keep, keepOn, leave, mine, queueOf, steer, withQueue } from './testing/queue.ts';

/* Who is let in, when, and what becomes of everybody else. */

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const guests = (count: number): Promise<Person[]> =>
  Promise.all(Array.from({ length: count }, () => world.guest()));

const statuses = (people: Person[], event: TestEvent) =>
  Promise.all(people.map(async (person) => (await mine(person, event)).status));

/** An event where a person a second is let in, and these people, who joined in their order. */
async function queued(count: number, capacity = 100): Promise<{ event: TestEvent; people: Person[] }> {
  const event = await withQueue(world, { capacity });
  await steer(event, { peoplePerMinute: 60 });
  const people = await guests(count);
  for (const person of people) await join(person, event);
  await keep(world, 0);
  return { event, people };
}

const refusal = async (answer: ReturnType<typeof hold>) => {
  const { status, body } = await answer;
  return [status, body.code, body.reason];
};

test('people are let in one after the other, at the speed that the organiser wants', async () => {
  const { event, people } = await queued(4);
  expect(await statuses(people, event)).toEqual(['waiting', 'waiting', 'waiting', 'waiting']);
  await keep(world);
  expect(await statuses(people, event)).toEqual(['active', 'waiting', 'waiting', 'waiting']);
  expect(await queueOf(world, event)).toMatchObject({ nowServing: 1, waiting: 3, state: 'open' });
  await keep(world, 500);
  expect(await queueOf(world, event)).toMatchObject({ nowServing: 1 });
  await keep(world, 500);
  expect(await statuses(people, event)).toEqual(['active', 'active', 'waiting', 'waiting']);
  const last = await mine(people[3] as Person, event);
  expect(last).toMatchObject({ ahead: 1 });
  expect(last.estimatedWaitSeconds).toBeGreaterThan(0);
});

test('places are held only by people who were let in, and each refusal has its reason', async () => {
  const { event, people } = await queued(3);
  const other = await withQueue(world);
  const [ann, bob, eve] = people as [Person, Person, Person];
  const waitingToken = (await mine(ann, event)).token;
  expect(await refusal(hold(await world.guest(), event))).toEqual([403, 'not_admitted', 'not_in_queue']);
  expect(await refusal(hold(ann, event))).toEqual([403, 'not_admitted', 'waiting']);
  expect(await refusal(hold(ann, event, waitingToken))).toEqual([403, 'not_admitted', 'waiting']);
  await keep(world);
  const { token, activeUntil } = await mine(ann, event);
  expect(new Date(activeUntil ?? 0).getTime()).toBe(world.clock.now().getTime() + minutes(10));
  expect(await refusal(hold(ann, event, `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`))).toEqual([
    403,
    'not_admitted',
    'forged',
  ]);
  expect(await refusal(hold(ann, event, token.replace(/^q1/, 'q2')))).toEqual([
    403,
    'not_admitted',
    'forged',
  ]);
  expect(await refusal(hold(ann, event, 'nonsense'))).toEqual([403, 'not_admitted', 'forged']);
  expect(await refusal(hold(ann, other, token))).toEqual([403, 'not_admitted', 'other_event']);
  expect(await refusal(hold(bob, event, token))).toEqual([403, 'not_admitted', 'other_buyer']);
  expect(await refusal(hold(eve, event))).toEqual([403, 'not_admitted', 'waiting']);
  const best = { bestAvailable: { ticketTypeId: event.ticketTypeId, quantity: 1 } };
  expect((await bob.client.post(`/api/events/${event.id}/holds`, best)).body.code).toBe('not_admitted');
  expect((await hold(ann, event, token)).status).toBe(201);
  // The session alone is enough, and so is the token from the time of waiting.
  expect((await hold(ann, event)).status).toBe(201);
  expect((await hold(ann, event, waitingToken)).status).toBe(201);
  expect((await bob.client.post(`/api/events/${event.id}/holds`, best)).body.queue).toBe(
    `/api/events/${event.id}/queue`,
  );
});

test('a token ends with its admission, at once and in every process', async () => {
  const { event, people } = await queued(2);
  const second = await world.another();
  await keep(world, 3000);
  const [ann, bob] = people as [Person, Person];
  const [annToken, bobToken] = [(await mine(ann, event)).token, (await mine(bob, event)).token];
  await leave(ann, event);
  expect(await refusal(hold(ann, event, annToken))).toEqual([403, 'not_admitted', 'ended']);
  const elsewhere = createClient(second.url);
  for (const [name, value] of ann.client.cookies) elsewhere.cookies.set(name, value);
  await second.app.notices.catchUp();
  expect(await refusal(hold({ ...ann, client: elsewhere }, event, annToken))).toEqual([
    403,
    'not_admitted',
    'ended',
  ]);
  // A process that starts later knows it too.
  const third = await world.another();
  const later = createClient(third.url);
  for (const [name, value] of ann.client.cookies) later.cookies.set(name, value);
  expect(await refusal(hold({ ...ann, client: later }, event, annToken))).toEqual([
    403,
    'not_admitted',
    'ended',
  ]);
  await keepOn(world, minutes(5));
  await mine(bob, event);
  await keepOn(world, minutes(5) + 2000);
  expect(await refusal(hold(bob, event, bobToken))).toEqual([403, 'not_admitted', 'expired']);
  expect(await mine(bob, event)).toMatchObject({
    status: 'ended',
    endReason: 'window_over',
    activeUntil: null,
  });
});

test('whoever comes back after their turn stands at the end, and the old token is of no use', async () => {
  const { event, people } = await queued(2);
  const [ann, bob] = people as [Person, Person];
  await keep(world);
  const { token } = await mine(ann, event);
  await leave(ann, event);
  expect(await join(ann, event)).toMatchObject({ status: 'waiting', position: 3 });
  expect(await refusal(hold(ann, event, token))).toEqual([403, 'not_admitted', 'ended']);
  await keep(world);
  expect(await statuses([bob, ann], event)).toEqual(['active', 'waiting']);
});

test('nobody is let in to an empty shop, and the queue says how many still pay', async () => {
  const { event, people } = await queued(4, 2);
  await keep(world, 5000);
  await keep(world, 5000);
  expect(await statuses(people, event)).toEqual(['active', 'active', 'waiting', 'waiting']);
  const [ann, bob, cat, dan] = people as [Person, Person, Person, Person];
  const held = await hold(ann, event);
  expect((await hold(bob, event)).status).toBe(201);
  await keep(world, 5000);
  expect(await queueOf(world, event)).toMatchObject({ state: 'all_held', left: 0, paying: 2, nowServing: 2 });
  expect((await mine(cat, event)).estimatedWaitSeconds).toBeNull();
  // Who gives the place back may choose again, so nobody else is let in for it until they leave.
  await ann.client.delete(`/api/holds/${held.body.id}`);
  await keep(world, 5000);
  expect(await statuses([cat, dan], event)).toEqual(['waiting', 'waiting']);
  await leave(ann, event);
  await keep(world, 5000);
  expect(await statuses([cat, dan], event)).toEqual(['active', 'waiting']);
});

test('everybody hears up to whom the speed decides, and when the rate of the others is steady', async () => {
  const { event, people } = await queued(4, 2);
  expect(await queueOf(world, event)).toMatchObject({ reach: 2, isSteady: false });
  await keep(world, 5000);
  expect(await queueOf(world, event)).toMatchObject({ nowServing: 2, reach: 0, isSteady: false });
  await keepOn(world, minutes(2) - 1000);
  expect(await queueOf(world, event)).toMatchObject({ isSteady: false });
  await keep(world);
  expect(await queueOf(world, event)).toMatchObject({ isSteady: true });
  await leave(people[0] as Person, event);
  await leave(people[1] as Person, event);
  await keep(world);
  await keep(world);
  await keep(world);
  expect(await queueOf(world, event)).toMatchObject({ nowServing: 4, reach: 0, isSteady: false });
});

test('whoever bought has had their turn, and a sold-out event says so and keeps the order', async () => {
  const { event, people } = await queued(2, 1);
  const [ann, bob] = people as [Person, Person];
  await keep(world);
  const held = await hold(ann, event);
  const buyer = { name: 'Ada Osei', email: 'ada@example.com' };
  const placed = await ann.client.post('/api/orders', { holdId: held.body.id, buyer });
  await ann.client.post(`/api/sandbox/payments/${placed.body.payment.id}/confirmation`, {
    clientSecret: placed.body.payment.clientSecret,
    card: { number: '4242424242424242' },
  });
  await world.drain();
  await keep(world);
  expect(await mine(ann, event)).toMatchObject({ status: 'ended', endReason: 'bought' });
  expect(await queueOf(world, event)).toMatchObject({ state: 'sold_out', left: 0, paying: 0, waiting: 1 });
  expect(await mine(bob, event)).toMatchObject({ status: 'waiting', position: 2 });
});

test('whoever bought has had their turn, also if the clock of the process that sold is a second behind', async () => {
  const { event, people } = await queued(3);
  const [ann, bob] = people as [Person, Person];
  await keep(world);
  await keep(world);
  for (const [person, behindMs] of [
    [ann, 1000],
    [bob, 2500],
  ] as const) {
    const held = await hold(person, event);
    await world.app.db.run(
      `update holds set status = 'confirmed', created_at = (
         select admitted_at - $2 * interval '1 millisecond' from queue_entries where event_id = $3 and user_id = $4)
       where event_id = $3 and id = $1`,
      [held.body.id, behindMs, event.id, person.userId],
    );
  }
  await keep(world);
  expect(await mine(ann, event)).toMatchObject({ status: 'ended', endReason: 'bought' });
  expect(await mine(bob, event)).toMatchObject({ status: 'active' });
});

test('a window that is over gives its turn to the next, and its hold lasts on', async () => {
  const { event, people } = await queued(2, 1);
  const [ann, bob] = people as [Person, Person];
  await steer(event, { windowSeconds: 60 });
  await keep(world);
  await keepOn(world, 50_000);
  const held = await hold(ann, event);
  await keepOn(world, 15_000);
  expect(await statuses([ann, bob], event)).toEqual(['ended', 'waiting']);
  expect((await ann.client.get(`/api/holds/${held.body.id}`)).body.status).toBe('active');
  world.clock.advance(minutes(10));
  await sweepHolds(world.app);
  await keep(world, 0);
  await keep(world);
  expect(await statuses([bob], event)).toEqual(['active']);
});

test('while the queue is paused nobody is let in, whoever is in may hold, and no crowd follows', async () => {
  const { event, people } = await queued(5);
  await keep(world);
  await steer(event, { paused: true, message: 'Back soon' });
  await keep(world, minutes(1));
  expect(await statuses(people, event)).toEqual(['active', 'waiting', 'waiting', 'waiting', 'waiting']);
  expect((await hold(people[0] as Person, event)).status).toBe(201);
  await steer(event, { paused: false });
  await keep(world);
  expect(await statuses(people, event)).toEqual(['active', 'active', 'waiting', 'waiting', 'waiting']);
});

test('several keepers at one instant let in no more people than one', async () => {
  const { event, people } = await queued(8);
  const [second, third] = [await world.another(), await world.another()];
  for (let i = 0; i < 3; i++) {
    world.clock.advance(1000);
    await Promise.all([world, second, third, second].map(({ app }) => keepRooms(app)));
  }
  await world.app.notices.catchUp();
  expect((await statuses(people, event)).filter((status) => status === 'active')).toHaveLength(3);
});

test('the queue ends with the sale: nobody joins any more, and those who waited are told', async () => {
  const { event, people } = await queued(1);
  const waiting = await world.guest();
  await join(waiting, event);
  await keep(world);
  world.clock.advance(31 * 24 * 60 * minutes(1));
  const late = await world.guest();
  const refused = await late.client.post(`/api/events/${event.id}/queue`, {});
  expect([refused.status, refused.body.code]).toEqual([409, 'queue_ended']);
  await keep(world);
  expect(await queueOf(world, event)).toMatchObject({ state: 'ended', waiting: 0 });
  for (const person of [...people, waiting])
    expect(await mine(person, event)).toMatchObject({ status: 'ended' });
});

test('with the mode under-load people wait only while many come at once', async () => {
  const event = await world.event({ fields: { waitingRoom: { mode: 'under-load' } } });
  const [ann, bob] = (await guests(2)) as [Person, Person];
  await keep(world);
  expect(await queueOf(world, event)).toMatchObject({ state: 'standby' });
  expect((await hold(ann, event)).status).toBe(201);
  world.clock.advance(1000);
  await keepRooms({ ...world.app, ledger: { ...world.app.ledger, queued: () => 2000 } });
  await world.app.notices.catchUp();
  expect(await queueOf(world, event)).toMatchObject({ state: 'open' });
  // A process without load looks at the room, and nobody waits yet.
  const second = await world.another();
  world.clock.advance(500);
  await keepRooms(second.app);
  await world.app.notices.catchUp();
  expect(await queueOf(world, event)).toMatchObject({ state: 'open' });
  expect(await refusal(hold(bob, event))).toEqual([403, 'not_admitted', 'not_in_queue']);
  await join(bob, event);
  await keep(world);
  expect((await hold(bob, event)).status).toBe(201);
  await leave(bob, event);
  await keep(world, minutes(3));
  expect(await queueOf(world, event)).toMatchObject({ state: 'standby' });
  expect((await hold(ann, event)).status).toBe(201);
});

test('nobody is let in ahead of somebody who waits, whatever people do', async () => {
  const event = await withQueue(world, { capacity: 1000 });
  await steer(event, { peoplePerMinute: 180 });
  await keep(world, 0);
  let random = 7;
  const below = (bound: number) => {
    random = (random * 1103515245 + 12345) % 2147483648;
    return Math.floor((random / 2147483648) * bound);
  };
  const people = await guests(25);
  for (let step = 0; step < 60; step++) {
    const some = people.filter(() => below(4) === 0);
    await Promise.all(some.map((person) => (below(4) === 0 ? leave(person, event) : join(person, event))));
    if (below(2) === 0) await keep(world, below(3000));
    expect(await aheadOfOthers(event.id)).toEqual([]);
  }
});

/** Entries that were let in while an entry with a lower position waited. */
const aheadOfOthers = (eventId: EventId) =>
  world.app.db.query<{ id: QueueEntryId }>(
    `select let_in.id from queue_places as let_in join queue_places as other using (event_id)
     where event_id = $1 and let_in.admitted_at is not null and other.position < let_in.position and other.admitted_at is null
       and (other.ended_at is null or other.ended_at > let_in.admitted_at)`,
    [eventId],
  );
