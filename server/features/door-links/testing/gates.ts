import { hours } from '../../../testing/clock.ts';
import type { Organiser, Person, TestEvent, World } from '../../../testing/world.ts';
import { buy } from '../../tickets/testing/buy.ts';

/** A house with an event, its manager and a buyer, for tests of door links. */
export async function createGates(world: World) {
  const house: Organiser = await world.organiser();
  const event: TestEvent = await world.event({
    organiser: house,
    priceMinor: 0,
    capacity: 500,
    fields: { maxPerBuyer: 500 },
  });
  const manager: Person = await world.member(house, 'manager');
  const buyer: Person = await world.guest();
  let nonces = 0;
  const newNonce = () => `gate-${String(++nonces).padStart(6, '0')}`;
  const inHours = (count: number) => new Date(world.clock.now().getTime() + hours(count)).toISOString();

  async function makeLink(more: Record<string, unknown> = {}, at = event) {
    const body = { label: 'North, Ben', gate: 'North', seesNames: false, expiresAt: inHours(12), ...more };
    const { status, body: made } = await manager.client.post(`/api/events/${at.id}/door-links`, body);
    if (status !== 201) throw new Error(`no door link: ${JSON.stringify(made)}`);
    return { id: made.link.id as string, secret: made.url.split('#')[1] as string };
  }

  /** Opens a link as a phone without a session does. */
  async function open(secret: string, name = 'Ben’s phone') {
    const { status, body } = await world.client().post('/api/door-devices', { secret, name });
    if (status !== 201) throw new Error(`not opened: ${JSON.stringify(body)}`);
    return {
      id: body.device.id as string,
      token: body.token as string,
      headers: as(body.token),
      link: body.link as Record<string, unknown>,
      events: body.events as { eventId: string }[],
    };
  }

  return {
    house,
    event,
    manager,
    buyer,
    newNonce,
    inHours,
    makeLink,
    open,
    async gate(more: Record<string, unknown> = {}) {
      const made = await makeLink(more);
      return { made, ...(await open(made.secret)) };
    },
    revoke: (id: string, at = event) => manager.client.delete(`/api/events/${at.id}/door-links/${id}`),
    scan: (headers: Record<string, string>, code: string, more = {}) =>
      world.client().post(`/api/events/${event.id}/check-ins`, { code, nonce: newNonce(), ...more }, headers),
    newCode: async () => (await buy(world, buyer, event)).tickets[0]?.code as string,
    counts: (headers: Record<string, string>) =>
      world.client().get(`/api/events/${event.id}/check-ins/counts`, headers),
    devices: async (): Promise<Record<string, unknown>[]> =>
      (await manager.client.get(`/api/events/${event.id}/door-devices`)).body.items,
  };
}

export const as = (token: string) => ({ authorization: `Door ${token}` });
