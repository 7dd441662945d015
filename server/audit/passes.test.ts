import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePass } from '../features/date-passes/testing/make-pass.ts';
import { buy } from '../features/tickets/testing/buy.ts';
import { createWorld, type World } from '../testing/world.ts';
import { audit } from './audit.ts';
import { findAfter } from './testing/break-promise.ts';

let world: World;
/** A pass for two dates with a sold and an unsold place. */
beforeAll(async () => {
  world = await createWorld();
  const organiser = await world.organiser();
  const dates = [await world.event({ organiser }), await world.event({ organiser })];
  await buy(world, await world.guest(), await makePass(world, dates, { places: 2 }));
});
afterAll(() => world.close());

const known = () => ({ settled: false, now: world.clock.now() });

test('a healthy pass breaks no promise', async () => {
  const [row] = await world.app.db.query(
    `select count(*)::int as tickets from orders where origin = 'pass' and status = 'confirmed'`,
  );
  expect(row).toEqual({ tickets: 2 });
  expect(await audit(world.app.db, known())).toEqual([]);
});

const keeps = 'each date that is ahead has a place for each pass';
const counts = 'a pass keeps account of the tickets that it brought';
const owned = 'blocked places are a block of the team or kept for a code or a pass';
test.each([
  [keeps, 'more passes than places', `update pools set capacity = capacity + 1 where key = 'pass'`],
  [keeps, 'places that were given away', `update holds set status = 'released' where status = 'blocked'`],
  [
    counts,
    'a ticket that is not counted',
    `update holds set lines = jsonb_set(lines, '{0,keptFor,taken}', '0') where status = 'blocked'`,
  ],
  [owned, 'places that no pass keeps', `update pass_dates set hold_id = 'hld_00000000000000000000000000'`],
])('%s: %s', async (promise, _how, ...sql) => {
  const found = await findAfter(world.app.db, sql, known());
  expect(
    found.some((text) => text.startsWith(promise)),
    found.join('\n'),
  ).toBe(true);
});
