import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  importFile,
  offerTransfers,
  orderByTransfer,
} from '../features/bank-transfers/testing/order-by-transfer.ts';
import { camt } from '../features/bank-transfers/testing/statements.ts';
import { createWorld, type World } from '../testing/world.ts';
import { audit } from './audit.ts';
import { bank } from './bank-promises.ts';
import { findAfter } from './testing/break-promise.ts';

let world: World;
/** An order that is paid, one that waits for more, money that matches nothing, and money that goes back. */
beforeAll(async () => {
  world = await createWorld();
  const house = await world.organiser();
  await offerTransfers(house);
  const event = await world.event({ organiser: house });
  const [first, second] = [await orderByTransfer(world, event), await orderByTransfer(world, event)];
  const day = world.clock.now().toISOString().slice(0, 10);
  const texts = [first.transfer.reference, second.transfer.reference, 'Happy birthday', 'Nobody'];
  await importFile(
    house,
    camt(texts.map((text, i) => ({ day, text, minor: [2500, 1000, 700, 300][i] ?? 0 }))),
  );
  const root = `/api/organisations/${house.organisationId}`;
  const { items } = (await house.client.get(`${root}/bank-entries?state=unmatched`)).body;
  await house.client.post(`${root}/bank-entries/${items[0].id}/return`);
  const returns = (await house.client.get(`${root}/bank-returns`)).body.items;
  await house.client.post(`${root}/bank-returns/sent`, { ids: [returns[0].id] });
  await world.drain();
});
afterAll(() => world.close());

const known = () => ({ settled: false, now: world.clock.now() });

test('healthy bank transfers break no promise', async () => {
  const states = await world.app.db.query('select state from bank_entries order by state');
  expect(states).toEqual(['done', 'done', 'partly', 'unmatched'].map((state) => ({ state })));
  expect(await audit(world.app.db, known())).toEqual([]);
});

const [whole, booked, paid] = bank.map(({ name }) => name) as [string, string, string];
const breaks: [string, string, string][] = [
  [whole, 'a cent left too much', `update bank_entries set rest_minor = 1 where state = 'done'`],
  [whole, 'assigned twice', 'update bank_matches set amount_minor = amount_minor + 1 where final_at is null'],
  [booked, 'not entered', `delete from transfers where kind = 'bank_in'`],
  [booked, 'used without its entry', `delete from transfers where kind = 'bank_used'`],
  [booked, 'sent and not entered', `delete from transfers where kind = 'bank_returned'`],
  [booked, 'entered for nothing', `update transfers set credit = 'received:bke_x' where kind = 'bank_in'`],
  [
    paid,
    'paid with less',
    'update bank_matches set amount_minor = amount_minor - 1 where final_at is not null',
  ],
  [paid, 'final before it is paid', 'update bank_matches set final_at = now() where final_at is null'],
  [paid, 'not paid', 'update awaited_transfers set paid_at = null'],
];
test.each(breaks)('%s: %s', async (promise, _how, ...sql) => {
  const found = await findAfter(world.app.db, sql, known());
  expect(
    found.some((text) => text.startsWith(promise)),
    found.join('\n'),
  ).toBe(true);
});
