import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type Person, type TestEvent, type World } from '../../../../../server/testing/world.ts';
import { openDevice } from './testing/device.ts';

let world: World;
let event: TestEvent;
let steward: Person;
let desk: `cpt_${string}`;
let [ticket, shirt] = ['', ''];
beforeAll(async () => {
  world = await createWorld();
  const products = [{ name: 'T-shirt', variants: [{ name: 'M', priceMinor: 0, stock: 9 }] }];
  event = await world.event({ priceMinor: 0, fields: { products } });
  steward = await world.member(event.organiser, 'door');
  const { body } = await world.client().get(`/api/events/${event.id}`);
  const buyer = await world.guest();
  const held = await buyer.client.post(`/api/events/${event.id}/holds`, {
    items: [event.ticketTypeId, body.products[0].variants[0].id].map((ticketTypeId) => ({
      ticketTypeId,
      quantity: 1,
    })),
  });
  const order = { holdId: held.body.id, buyer: { name: 'Ada Osei', email: 'ada@example.com' } };
  const placed = (await buyer.client.post('/api/orders', order)).body.order;
  await world.drain();
  const { tickets } = (await buyer.client.get(`/api/orders/${placed.id}`)).body;
  [ticket = '', shirt = ''] = await Promise.all(
    tickets.map(async ({ id }: { id: string }) => (await buyer.client.get(`/api/tickets/${id}`)).body.code),
  );
  desk = (await steward.client.get(`/api/events/${event.id}/door-settings`)).body.checkpoints[0].id;
});
afterAll(() => world.close());

let scans = 0;
test('a gate without a network refuses an extra at the entrance, hands it out once at its desk, and counts tickets alone', async () => {
  const device = await openDevice({ world, event, steward });
  device.goOffline();
  const scan = async (text: string, checkpointId: typeof desk | null) => {
    const place = { direction: 'in' as const, checkpointId };
    const nonce = `extra-${++scans}-abcdef`;
    const outcome = await device.gate.scan({ what: { text }, nonce, gate: 'North', place });
    return outcome.kind === 'admitted'
      ? outcome.movement
      : outcome.kind === 'refused'
        ? outcome.code
        : outcome;
  };
  expect(device.gate.state().known).toMatchObject({ admitted: 0, tickets: 1 });
  expect(await scan(shirt, null)).toBe('not_a_ticket');
  expect(await scan(ticket, null)).toBe('entry');
  expect(await scan(ticket, desk)).toBe('wrong_gate');
  expect(await scan(shirt, desk)).toBe('handout');
  expect(await scan(shirt, desk)).toBe('handout_used');
  expect(device.gate.state().known).toMatchObject({ admitted: 1, tickets: 1 });
  await device.goOnline();
  expect(device.gate.state()).toMatchObject({ waiting: 0, surprises: [] });
  const conflicts = await event.organiser.client.get(`/api/events/${event.id}/door-conflicts`);
  expect(conflicts.body.items).toEqual([]);
});

test('a forged code of an extra is no code', async () => {
  const device = await openDevice({ world, event, steward });
  device.goOffline();
  const forged = `${shirt.slice(0, -1)}${shirt.endsWith('0') ? '1' : '0'}`;
  const place = { direction: 'in' as const, checkpointId: desk };
  const outcome = await device.gate.scan({
    what: { text: forged },
    nonce: 'forged-abcdef',
    gate: 'North',
    place,
  });
  expect(outcome).toMatchObject({ kind: 'refused', code: 'bad_signature' });
});
