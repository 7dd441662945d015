import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type World } from '../testing/world.ts';
import { audit } from './audit.ts';
import { findAfter } from './testing/break-promise.ts';

let world: World;
/** An order of a ticket and two shirts, of which one is cancelled. */
beforeAll(async () => {
  world = await createWorld();
  const products = [{ name: 'T-shirt', variants: [{ name: 'M', priceMinor: 0, stock: 9 }] }];
  const event = await world.event({ priceMinor: 0, fields: { products } });
  const { body } = await world.client().get(`/api/events/${event.id}`);
  const guest = await world.guest();
  const held = await guest.client.post(`/api/events/${event.id}/holds`, {
    items: [
      { ticketTypeId: event.ticketTypeId, quantity: 1 },
      { ticketTypeId: body.products[0].variants[0].id, quantity: 2 },
    ],
  });
  const buyer = { name: 'Ada Osei', email: 'ada@example.com' };
  const { order } = (await guest.client.post('/api/orders', { holdId: held.body.id, buyer })).body;
  await world.drain();
  const { tickets } = (await guest.client.get(`/api/orders/${order.id}`)).body;
  const cancelled = await guest.client.post(`/api/orders/${order.id}/cancellation`, {
    tickets: [tickets[2].id],
  });
  expect(cancelled.status).toBe(200);
  await world.drain();
});
afterAll(() => world.close());

const known = () => ({ now: world.clock.now() });

test('healthy extras break no promise', async () => {
  expect(await world.app.db.query('select places, returned from holds')).toEqual([
    { places: 1, returned: 0 },
  ]);
  expect(await audit(world.app.db, known())).toEqual([]);
});

test.each([
  ['a hold is all or nothing', 'counted as a place', 'update holds set places = places + 1'],
  [
    'a hold is all or nothing',
    'before its places',
    'update holds set lines = jsonb_build_array(lines -> 1, lines -> 0)',
  ],
  ['the place of each cancelled ticket', 'given back as a place', 'update holds set returned = 1'],
  ['counters are the sums of their holds', 'lost', 'update pools set sold = sold - 1 where sold > 0'],
  ['one ticket per paid place', 'without a code', 'delete from tickets where position = 1'],
  [
    'an order stands as its hold does',
    'left without its ticket',
    `update tickets set status = 'cancelled', cancelled_at = issued_at where position = 1; update holds set returned = 1`,
  ],
  [
    'the places that were told of add up',
    'told as a place',
    'update ticket_types set product_id = null where product_id is not null',
  ],
])('%s: an extra %s', async (promise, _how, ...sql) => {
  const found = await findAfter(
    world.app.db,
    sql.flatMap((each) => each.split('; ')),
    known(),
  );
  expect(
    found.some((text) => text.startsWith(promise)),
    found.join('\n'),
  ).toBe(true);
});
