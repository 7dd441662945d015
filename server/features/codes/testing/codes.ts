import type { Person, TestEvent, World } from '../../../testing/world.ts';

export const backstage = { name: 'Backstage', priceMinor: 9000, pools: ['floor'], hidden: true };
export const regular = { name: 'Regular', priceMinor: 2500, pools: ['floor'] };

/** An event with one public and one hidden ticket type, of one pool. */
export async function withHidden(world: World, capacity = 10) {
  const event = await world.event({ capacity, fields: { ticketTypes: [regular, backstage] } });
  const management = (await event.organiser.client.get(`/api/events/${event.id}/management`)).body;
  const [open, hidden] = management.ticketTypes;
  return { event, open: open.id as string, hidden: hidden.id as string };
}

export const make = (event: TestEvent, body: object, headers = {}) =>
  event.organiser.client.post(`/api/events/${event.id}/vouchers`, body, headers);

export const list = async (event: TestEvent, query = '') =>
  (await event.organiser.client.get(`/api/events/${event.id}/vouchers${query}`)).body;

export const hold = (
  person: Person,
  event: TestEvent,
  ticketTypeId: string,
  quantity: number,
  code?: string,
) =>
  person.client.post(`/api/events/${event.id}/holds`, {
    items: [{ ticketTypeId, quantity }],
    ...(code !== undefined && { code }),
  });

export const free = async (world: World, event: TestEvent) =>
  (await world.client().get(`/api/events/${event.id}/availability`)).body.ticketTypes[0].available;
