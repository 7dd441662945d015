import { afterAll, beforeAll, expect, test } from 'vitest';
import { accept, join, own, resell, resellable } from '../features/purchases/testing/resale.ts';
import { createWorld, type World } from '../testing/world.ts';
import { audit } from './audit.ts';
import { findAfter } from './testing/break-promise.ts';

let world: World;
/** One ticket that was resold, and one that somebody may buy now. */
beforeAll(async () => {
  world = await createWorld();
  const event = await resellable(world, { resale: { allowed: true, feePercent: 10 } }, 2);
  const [first, second] = [await own(world, event), await own(world, event)];
  for (const seller of [first, second]) {
    const person = await world.guest();
    await join(person, event);
    await resell(seller);
    if (seller === first) await accept(world, person, event);
  }
  await world.drain();
});
afterAll(() => world.close());

const known = () => ({ settled: false, now: world.clock.now() });

test('healthy resales break no promise', async () => {
  const statuses = await world.app.db.query('select status from resales order by status desc');
  expect(statuses).toEqual([{ status: 'sold' }, { status: 'offered' }]);
  expect(await audit(world.app.db, known())).toEqual([]);
});

const counts = 'a ledger counts its offers for resale';
const person = 'a ticket on resale is offered to one person';
const money = 'a resale brings the payer what was promised';
test.each([
  [counts, 'one too many', 'update ledgers set resales = resales + 1 where resales > 0'],
  [counts, 'unknown to its ticket', 'update tickets set resale_id = null where resale_id is not null'],
  [counts, 'known to another ticket', `update tickets set resale_id = 'rsl_x' where resale_id is null`],
  [person, 'to a hold that has ended', `update holds set status = 'released' where status = 'active'`],
  [
    person,
    'to the hold of other places',
    `update resales set buyer_hold_id = (select id from holds where status = 'confirmed' limit 1) where status = 'offered'`,
  ],
  [
    person,
    'and its seller has the ticket still',
    `update tickets set status = 'valid', cancelled_at = null where status = 'cancelled'`,
  ],
  [
    person,
    'and its ticket ended otherwise',
    `update cancellations set cause = 'cancelled_by_buyer' where cause = 'resold'`,
  ],
  [money, 'too much', 'update cancellations set refund_minor = refund_minor + 1'],
  [money, 'without an offer', `delete from resales where status = 'sold'`],
])('%s: %s', async (promise, _how, ...sql) => {
  const found = await findAfter(world.app.db, sql, known());
  expect(
    found.some((text) => text.startsWith(promise)),
    found.join('\n'),
  ).toBe(true);
});
