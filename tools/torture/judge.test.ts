import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Purchase, purchase } from '../../server/features/payments/testing/purchase.ts';
import { createWorld, type TestEvent, type World } from '../../server/testing/world.ts';
import { createJournal, type Entry, newEntry } from './journal.ts';
import { judge } from './judge.ts';

// The judge of a torture run must find money that a buyer never got back.

let world: World;
let event: TestEvent;
beforeAll(async () => {
  world = await createWorld({ LOG_LEVEL: 'silent' });
  // Ahead of the database's clock, so that no job of the sandbox runs before the test says so.
  world.clock.advance(3_600_000);
  event = await world.event({ capacity: 1000, priceMinor: 2500 });
});
afterAll(() => world.close());

/** A purchase of two tickets, whose buyer knows that they are paid. */
async function bought(card = '4242 4242 4242 4242') {
  const of = await purchase(world, event, { quantity: 2 });
  expect((await of.pay(card)).status).toBe(200);
  await world.drain();
  // The judge finds a purchase by the key of its hold.
  await world.app.db.run(`update holds set idempotency_key = 'a purchase', fingerprint = '' where id = $1`, [
    of.holdId,
  ]);
  const entry: Entry = {
    ...newEntry(of.buyer.userId, event.id, 'a purchase'),
    held: { id: of.holdId, places: 2 },
    costs: of.totalMinor,
    ordered: of.orderId,
    paid: true,
  };
  return { of, entry };
}

async function pass(seconds: number): Promise<void> {
  world.clock.advance(seconds * 1000);
  await world.drain();
}

/** What the judge says of an order's money. The states that these tests make break other promises too. */
async function missing({ entry }: Awaited<ReturnType<typeof bought>>): Promise<string[]> {
  const said = await judge(world.app.db, { ...createJournal(), entries: [entry] }, world.clock.now());
  return said.filter((each) => each.includes('did not come back'));
}

const end = ({ orderId }: Purchase) =>
  world.app.db.run(`update orders set status = 'cancelled' where id = $1`, [orderId]);

test('a cancelled order whose money nobody returned', async () => {
  const it = await bought();
  expect(await missing(it)).toEqual([]);
  await end(it.of);
  expect(await missing(it)).toMatchObject([expect.stringContaining('5000 of 5000 did not come back')]);
});

test('a lost dispute is money back only as far as the bank took it, and until the provider returns it', async () => {
  const it = await bought('4000 0000 0000 2685');
  await pass(5);
  await pass(60);
  expect((await it.of.order()).status).toBe('cancelled');
  expect(await missing(it)).toEqual([]);
  const change = (set: string) =>
    world.app.db.run(`update disputes set ${set} where order_id = $1`, [it.of.orderId]);
  await change('amount_minor = 4999');
  expect(await missing(it)).toMatchObject([expect.stringContaining('1 of 5000 did not come back')]);
  await change('amount_minor = 5000, reinstated_at = withdrawn_at');
  expect(await missing(it)).toMatchObject([expect.stringContaining('5000 of 5000')]);
});

test('a refund that was decided and that the provider never made', async () => {
  const it = await bought();
  const { status } = await event.organiser.client.post(`/api/orders/${it.of.orderId}/refunds`, {
    reason: 'a test',
  });
  expect(status).toBe(201);
  await world.drain();
  it.entry.refundedMinor = 5000;
  expect((await it.of.order()).status).toBe('refunded');
  expect(await missing(it)).toEqual([]);
  await world.app.db.run(
    `delete from sandbox.refunds where intent_ref = (select intent_ref from payments where order_id = $1)`,
    [it.of.orderId],
  );
  expect(await missing(it)).toMatchObject([expect.stringContaining('5000 of 5000')]);
});

test('a sale at the door that is gone, and one that was made twice', async () => {
  const sell = async () => {
    const payment = { method: 'cash', amount: { amount: 2500, currency: 'EUR' } };
    const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
    const sold = await event.organiser.client.post(`/api/events/${event.id}/door-sales`, { items, payment });
    expect(sold.status).toBe(201);
    return { eventId: event.id, orderId: sold.body.order.id };
  };
  const say = async (doorSales: Awaited<ReturnType<typeof sell>>[]) =>
    (await judge(world.app.db, { ...createJournal(), doorSales }, world.clock.now())).filter((each) =>
      each.includes('at the door'),
    );
  const [one, two] = [await sell(), await sell()];
  expect(await say([one, two])).toEqual([]);
  expect(await say([one])).toEqual([`was sold at the door twice: ${two.orderId}`]);
  const gone = { ...two, orderId: `${two.orderId.slice(0, -3)}XYZ` as typeof two.orderId };
  expect(await say([one, two, gone])).toEqual([`was sold at the door and is not: ${gone.orderId}`]);
});
