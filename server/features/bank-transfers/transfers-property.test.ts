import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { days } from '../../testing/clock.ts';
import { runs } from '../../testing/thorough.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { importFile, offerTransfers, orderByTransfer } from './testing/order-by-transfer.ts';
import { camt, type Line } from './testing/statements.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

/** An entry of the account: how much for which order (or for none), and whether later files bring it again. */
const entry = fc.record({
  of: fc.nat(5),
  minor: fc.constantFrom(1000, 1500, 2500, 5000),
  named: fc.boolean(),
});
const step = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ kind: 'order' as const }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('import' as const),
      entries: fc.array(entry, { maxLength: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('assign' as const), entry: fc.nat(9), of: fc.nat(5) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('undo' as const), entry: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('return' as const), entry: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'sent' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), of: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'expire' as const }) },
);

test('any sequence of orders, imports, assignments and expiries keeps the books, and counts each entry once', async () => {
  let paid = 0;
  let waited = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 16 }), async (steps) => {
      const house = await world.organiser();
      await offerTransfers(house);
      const event = await world.event({ organiser: house, capacity: 3, fields: { maxPerBuyer: 10 } });
      const root = `/api/organisations/${house.organisationId}`;
      const orders: Awaited<ReturnType<typeof orderByTransfer>>[] = [];
      const file: Line[] = [];
      const known = async () =>
        world.app.db.query<{ id: string; order_id: string | null }>(
          `select bank_entries.id, order_id from bank_entries left join bank_matches on entry_id = bank_entries.id
           where organisation_id = $1 order by bank_entries.id`,
          [house.organisationId],
        );
      for (const each of steps) {
        if (each.kind === 'order') {
          const made = await orderByTransfer(world, event).catch(() => null);
          if (made) orders.push(made);
        } else if (each.kind === 'import') {
          for (const { of, minor, named } of each.entries) {
            const day = world.clock.now().toISOString().slice(0, 10);
            file.push({ day, minor, text: (named && orders[of]?.transfer.reference) || 'Nothing known' });
          }
          // The whole account so far, twice at once.
          if (file.length > 0)
            await Promise.all([importFile(house, camt(file)), importFile(house, camt(file))]);
        } else if (each.kind === 'expire') world.clock.advance(days(8));
        else if (each.kind === 'cancel') {
          const order = orders[each.of];
          await order?.person.client.post(`/api/orders/${order.orderId}/cancellation`);
        } else if (each.kind === 'sent') {
          const { items } = (await house.client.get(`${root}/bank-returns`)).body;
          if (items[0]) await house.client.post(`${root}/bank-returns/sent`, { ids: [items[0].id] });
        } else {
          const all = await known();
          const one = all[each.entry % Math.max(1, all.length)];
          const path = one && `${root}/bank-entries/${one.id}`;
          if (path && each.kind === 'return') await house.client.post(`${path}/return`);
          if (path && each.kind === 'undo')
            await house.client.delete(`${path}/assignments/${one.order_id ?? orders[0]?.orderId}`);
          const order = each.kind === 'assign' ? orders[each.of] : undefined;
          if (path && order) await house.client.post(`${path}/assignments`, { orderNumber: order.orderId });
        }
        await world.drain();
      }
      const entries = await world.app.db.query<{ minor: number; state: string }>(
        'select amount_minor as minor, state from bank_entries where organisation_id = $1',
        [house.organisationId],
      );
      expect(entries.map(({ minor }) => minor).sort()).toEqual(file.map(({ minor }) => minor).sort());
      paid += entries.filter(({ state }) => state === 'done').length;
      waited += entries.filter(({ state }) => state === 'partly').length;
      expect(await audit(world.app.db)).toEqual([]);
    }),
    {
      numRuns: runs(6, 100),
      examples: [
        // An order that waits for the rest.
        [[{ kind: 'order' }, { kind: 'import', entries: [{ of: 0, minor: 1000, named: true }] }]],
        [
          [
            { kind: 'order' },
            { kind: 'order' },
            {
              kind: 'import',
              entries: [
                { of: 0, minor: 1000, named: true },
                { of: 1, minor: 5000, named: true },
              ],
            },
            {
              kind: 'import',
              entries: [
                { of: 0, minor: 1500, named: true },
                { of: 0, minor: 1500, named: false },
              ],
            },
            { kind: 'return', entry: 3 },
            { kind: 'sent' },
            { kind: 'order' },
            { kind: 'assign', entry: 1, of: 2 },
            { kind: 'order' },
            { kind: 'expire' },
            { kind: 'import', entries: [{ of: 3, minor: 1000, named: true }] },
            { kind: 'undo', entry: 4 },
          ],
        ],
      ],
    },
  );
  expect(paid).toBeGreaterThan(1);
  expect(waited).toBeGreaterThan(0);
}, 120_000);
