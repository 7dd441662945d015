import { expect } from 'vitest';
import type { Queue, QueueEntry } from '../../../../contract/waiting-room.ts';
import type { Organiser, Person, TestEvent, World } from '../../../testing/world.ts';
import { keepRooms } from '../keep-rooms.ts';
import { awayMs } from '../keeping.ts';

const hour = 3_600_000;

/** A published event whose queue is open from the beginning. */
export const withQueue = (
  world: World,
  options: { capacity?: number; organiser?: Organiser } = {},
): Promise<TestEvent> => world.event({ ...options, fields: { waitingRoom: { mode: 'always' } } });

/** A published event whose queue opens in an hour. */
export const withOpening = (world: World, options: { capacity?: number } = {}): Promise<TestEvent> =>
  world.event({
    ...options,
    fields: {
      waitingRoom: {
        mode: 'scheduled',
        opensAt: new Date(world.clock.now().getTime() + hour).toISOString(),
      },
    },
  });

export async function join(person: Person, event: TestEvent, body = {}): Promise<QueueEntry> {
  const joined = await person.client.post(`/api/events/${event.id}/queue`, body);
  expect(joined.status, JSON.stringify(joined.body)).toBe(201);
  return joined.body;
}

export const mine = async (person: Person, event: TestEvent): Promise<QueueEntry> =>
  (await person.client.get(`/api/events/${event.id}/queue/mine`)).body;

export const queueOf = async (world: World, event: TestEvent): Promise<Queue> =>
  (await world.client().get(`/api/events/${event.id}/queue`)).body;

export const leave = async (person: Person, event: TestEvent): Promise<void> => {
  expect((await person.client.delete(`/api/events/${event.id}/queue/mine`)).status).toBe(204);
};

/** Lets time pass and the keeper look once. */
export async function keep(world: World, ms = 1000): Promise<void> {
  world.clock.advance(ms);
  await keepRooms(world.app);
  await world.app.notices.catchUp();
}

/** Lets time pass while the keeper looks again and again. */
export async function keepOn(world: World, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= awayMs) await keep(world, Math.min(left, awayMs));
}

/** An event whose first person was let in, with the token of the turn. The second one waits. */
export async function served(world: World, capacity = 1) {
  const event = await withQueue(world, { capacity });
  await steer(event, { peoplePerMinute: 60 });
  const [ann, bob] = [await world.guest(), await world.guest()];
  await join(ann, event);
  await join(bob, event);
  await keep(world, 0);
  await keep(world);
  const place = await mine(ann, event);
  expect(place.status).toBe('active');
  return { event, ann, bob, token: place.token };
}

/** Has the organiser wish something. */
export async function steer(event: TestEvent, wishes: Record<string, unknown>): Promise<void> {
  const steered = await event.organiser.client.patch(`/api/events/${event.id}/queue`, wishes);
  expect(steered.status, JSON.stringify(steered.body)).toBe(200);
}

export const hold = (person: Person, event: TestEvent, token?: string) =>
  person.client.post(
    `/api/events/${event.id}/holds`,
    { items: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }] },
    token === undefined ? {} : { 'queue-token': token },
  );
