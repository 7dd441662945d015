import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type World } from '../testing/world.ts';
import { audit } from './audit.ts';
import { findAfter } from './testing/break-promise.ts';

let world: World;
/** A code with a held place, a kept place and a budget. */
beforeAll(async () => {
  world = await createWorld();
  const event = await world.event({ capacity: 10 });
  const { client } = event.organiser;
  const body = {
    csv: 'KEEPS',
    ticketTypeIds: [event.ticketTypeId],
    uses: 3,
    keepsPlaces: true,
    percentOff: 50,
  };
  const made = await client.post(`/api/events/${event.id}/vouchers`, { ...body, budgetMinor: 5000 });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
  const held = await (await world.guest()).client.post(`/api/events/${event.id}/holds`, {
    items,
    code: 'KEEPS',
  });
  expect(held.status, JSON.stringify(held.body)).toBe(201);
});
afterAll(() => world.close());

const known = () => ({ settled: false, now: world.clock.now() });

test('healthy codes break no promise', async () => {
  const [row] = await world.app.db.query('select held, sold, off_minor from vouchers');
  expect(row).toEqual({ held: 1, sold: 0, off_minor: 1250 });
  expect(await audit(world.app.db, known())).toEqual([]);
});

const counted = 'counters are the sums of their holds';
const money = 'a code takes off what the tickets with it say, and never more than its budget';
const kept = 'a code keeps at most one place for each unused use, and none when it is revoked';
const batches = 'a batch of codes has as many codes as it says';
const owned = 'blocked places are a block of the team or kept for a code or a pass';
test.each([
  [counted, 'a use that nobody has', 'update vouchers set sold = sold + 1'],
  [counted, 'a use that is forgotten', 'update vouchers set held = 0'],
  [money, 'money that no ticket saved', 'update vouchers set off_minor = off_minor + 1'],
  [kept, 'more places than uses', 'update vouchers set uses = 2'],
  [kept, 'places of a code that was revoked', 'update vouchers set revoked_at = made_at'],
  [kept, 'a hold that has ended', `update holds set status = 'released' where status = 'blocked'`],
  [batches, 'a code that is not there', 'update voucher_batches set made = 2, written = 2'],
  [owned, 'places that nobody keeps', 'update vouchers set hold_id = null'],
])('%s: %s', async (promise, _how, ...sql) => {
  const found = await findAfter(world.app.db, sql, known());
  expect(
    found.some((text) => text.startsWith(promise)),
    found.join('\n'),
  ).toBe(true);
});
