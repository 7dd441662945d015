import { expect } from 'vitest';
import { demoPassword } from '../../../server/demo/accounts.ts';
import type { Person } from './browsers.ts';
import type { House } from './house.ts';
import { publishSale } from './sales.ts';

/** An event with a waiting room, and what its organiser does about the queue. */
export interface TestQueue {
  eventId: string;
  /** The page of the event. The queue is below it. */
  address: string;
  api: string;
  steer(wishes: Record<string, unknown>): Promise<void>;
}

/** Publishes an event whose queue opens in some minutes, or is open from the beginning. */
export async function publishQueue(
  house: House,
  title: string,
  { opensInMs, capacity = 50 }: { opensInMs?: number; capacity?: number } = {},
): Promise<TestQueue> {
  const opensAt = new Date(house.app.clock.now().getTime() + (opensInMs ?? 0)).toISOString();
  const address = await publishSale(house, title, {
    pools: [{ key: 'all', name: 'All', capacity }],
    ticketTypes: [{ name: 'In', priceMinor: 0, pools: ['all'] }],
    waitingRoom: opensInMs === undefined ? { mode: 'always' } : { mode: 'scheduled', opensAt },
  });
  const { request } = (await house.person()).context;
  await request.post('/api/auth/sign-in/email', {
    data: { email: 'organiser@example.com', password: demoPassword },
  });
  const { id } = await (await request.get(`/api/events/${address.split('/').pop()}`)).json();
  const api = `/api/events/${id}/queue`;
  return {
    eventId: id,
    address,
    api,
    async steer(wishes) {
      const steered = await request.patch(api, { data: wishes });
      expect(steered.status(), await steered.text()).toBe(200);
    },
  };
}

/** The own place, as the server tells it to this browser. */
export const placeOf = async ({ context }: Person, { api }: TestQueue) =>
  (await context.request.get(`${api}/mine`)).json();

/** For the walk through all pages: the address of an event whose order was drawn, and of one whose queue is paused. */
export async function makeQueues(house: House) {
  const drawn = await publishQueue(house, 'An evening that needs a queue', { opensInMs: -1000 });
  const paused = await publishQueue(house, 'A queue that is paused');
  await paused.steer({ paused: true, message: `We are back soon. ${'Pause'.repeat(16)}` });
  const desk = paused.api.replace('/api', '/organise');
  return { drawn: drawn.address, paused: paused.address, desk };
}
