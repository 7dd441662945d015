import { expect } from 'vitest';
import type { Person, TestEvent, World } from '../../../testing/world.ts';

/* People who wait for the places of a sold-out event. */

export const holdOf = (person: Person, event: TestEvent, quantity: number) =>
  person.client.post(`/api/events/${event.id}/holds`, {
    items: [{ ticketTypeId: event.ticketTypeId, quantity }],
  });
export const join = (person: Person, event: TestEvent, quantity = 1, more = {}) =>
  person.client.post(`/api/events/${event.id}/waitlist`, {
    ticketTypeId: event.ticketTypeId,
    quantity,
    ...more,
  });
export const mine = async (person: Person, event: TestEvent) =>
  (await person.client.get(`/api/events/${event.id}/waitlist/mine`)).body.items[0];
/** An event whose places one person holds. */
export async function soldOut(world: World, capacity = 4, options: Parameters<World['event']>[0] = {}) {
  const event = await world.event({ capacity, priceMinor: 0, ...options });
  const holder = await world.user();
  const hold = await holdOf(holder, event, capacity);
  expect(hold.status, JSON.stringify(hold.body)).toBe(201);
  return { event, holder, holdId: hold.body.id as string };
}

export const release = (person: Person, holdId: string) => person.client.delete(`/api/holds/${holdId}`);
