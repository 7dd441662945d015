import type { Client } from '../../../testing/client.ts';
import { days } from '../../../testing/clock.ts';
import type { Organiser, TestEvent, World } from '../../../testing/world.ts';

/** An organiser with short ways to make drafts and to send changes. */
export function createDesk(world: World, house: Organiser) {
  const inDays = (count: number): string => new Date(world.clock.now().getTime() + days(count)).toISOString();

  /** The body of createEvent: a club with two ticket types on one pool. */
  const club = (more: Record<string, unknown> = {}) => ({
    organisationId: house.organisationId,
    title: 'Club Night',
    category: 'nightlife',
    startsAt: inDays(20),
    endsAt: inDays(20.3),
    timeZone: 'Europe/Berlin',
    venue: { name: 'Kesselhaus', city: 'Berlin', country: 'DE' },
    currency: 'EUR',
    pools: [{ key: 'floor', name: 'Floor', capacity: 600 }],
    ticketTypes: [
      { name: 'Early bird', priceMinor: 1500, pools: ['floor'] },
      { name: 'Regular', priceMinor: 2200, pools: ['floor'] },
    ],
    ...more,
  });

  const match = (version: number) => ({ 'if-match': `"${version}"` });

  return {
    inDays,
    club,
    match,
    /** Writes a part of an event that has a version of its own. */
    put: (id: string, what: string, version: number, body?: unknown) =>
      house.client.put(`/api/events/${id}/${what}`, body, match(version)),
    /** A guest holds a ticket. */
    hold: async (event: Pick<TestEvent, 'id' | 'ticketTypeId'>) => {
      const buyer = await world.guest();
      return buyer.client.post(`/api/events/${event.id}/holds`, {
        items: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }],
      });
    },
    /** The acts about an event, in the order of the alphabet: entries of one instant have no order. */
    acts: async (id: string): Promise<string[]> => {
      const { items } = (await house.client.get(`/api/organisations/${house.organisationId}/audit-log`)).body;
      return items
        .filter(({ subject }: { subject: { id: string } }) => subject.id === id)
        .map(({ act }: { act: string }) => act)
        .sort();
    },
    create: (more: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
      house.client.post('/api/events', club(more), headers),
    manage: (id: string) => house.client.get(`/api/events/${id}/management`),
    patch: (id: string, version: number | string, change: unknown, client: Client = house.client) =>
      client.patch(`/api/events/${id}`, change, { 'if-match': String(version) }),
    publish: (id: string, version: number, client: Client = house.client) =>
      client.post(`/api/events/${id}/publication`, undefined, match(version)),
    unpublish: (id: string, version: number) =>
      house.client.delete(`/api/events/${id}/publication`, match(version)),
  };
}

/** A row of a seat layout, its seats side by side. */
export const row = (label: string, zone: string, count: number, y: number) => ({
  label,
  zone,
  labels: Array.from({ length: count }, (_, i) => String(i + 1)),
  x: Array.from({ length: count }, (_, i) => 10 + i * 10),
  y: Array.from({ length: count }, () => y),
});

/** A room with four seats in front and six behind, each row a zone. */
export const room = () => ({
  width: 200,
  height: 200,
  zones: [
    { key: 'front', name: 'Front', color: '#112233' },
    { key: 'back', name: 'Back', color: '#445566' },
  ],
  sections: [{ key: 'hall', name: 'Hall', rows: [row('A', 'front', 4, 20), row('B', 'back', 6, 40)] }],
});
