import { afterAll, beforeAll, expect, test } from 'vitest';
import { minutes } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const buyer = { name: 'Ada Osei', email: 'ada@example.com' };
const half = { code: 'half-27', percentOff: 50, maxTickets: 3 };
const tenner = { code: 'Tenner', amountOffMinor: 1000 };
const gift = { code: 'GIFT', percentOff: 100 };

const promoted = (promoCodes: unknown[], more = {}) =>
  world.event({ capacity: 50, priceMinor: 2500, fields: { promoCodes, ...more } });

async function hold(person: Person, event: TestEvent, quantity = 2) {
  const items = [{ ticketTypeId: event.ticketTypeId, quantity }];
  return (await person.client.post(`/api/events/${event.id}/holds`, { items })).body;
}

const redeem = (person: Person, holdId: string, code: string) =>
  person.client.put(`/api/holds/${holdId}/promo-code`, { code });

/** The codes as the team sees them, with the held and sold tickets of each. */
async function codes({ organiser, id }: TestEvent) {
  const { promoCodes } = (await organiser.client.get(`/api/events/${id}/management`)).body;
  return promoCodes.map((each: { code: string; held: number; sold: number }) => [
    each.code,
    each.held,
    each.sold,
  ]);
}

async function edit(event: TestEvent, promoCodes: unknown[]) {
  const { version } = (await event.organiser.client.get(`/api/events/${event.id}/management`)).body;
  const headers = { 'if-match': `"${version}"` };
  return event.organiser.client.patch(`/api/events/${event.id}`, { promoCodes }, headers);
}

test('a code however typed makes a hold cheaper, and that is what is ordered, paid, mailed and given back', async () => {
  const event = await promoted([half, tenner], {
    refundPolicy: { steps: [{ hoursBefore: 1, refundPercent: 100 }], feePercent: 10 },
  });
  const ada = await world.guest();
  const held = await hold(ada, event);
  expect(held.total).toEqual({ amount: 5000, currency: 'EUR' });
  const redeemed = await redeem(ada, held.id, ' Half-27 ');
  expect(redeemed.status).toBe(200);
  expect(redeemed.body).toMatchObject({
    id: held.id,
    expiresAt: held.expiresAt,
    total: { amount: 2500, currency: 'EUR' },
    lines: [
      {
        quantity: 2,
        unitPrice: { amount: 1250 },
        promo: { code: 'HALF-27', fullUnitPrice: { amount: 2500, currency: 'EUR' } },
      },
    ],
  });
  const { now: _, ...again } = (await ada.client.get(`/api/holds/${held.id}`)).body;
  expect(redeemed.body).toMatchObject(again);
  expect(await codes(event)).toEqual([
    ['HALF-27', 2, 0],
    ['TENNER', 0, 0],
  ]);

  const placed = (await ada.client.post('/api/orders', { holdId: held.id, buyer })).body;
  expect(placed.order.total.amount).toBe(2500);
  expect(await redeem(ada, held.id, 'TENNER')).toMatchObject({
    status: 409,
    body: { code: 'already_ordered' },
  });
  const { id, clientSecret } = placed.payment;
  const card = { number: '4242424242424242' };
  await ada.client.post(`/api/sandbox/payments/${id}/confirmation`, { clientSecret, card });
  await world.drain();
  const order = (await ada.client.get(`/api/orders/${placed.order.id}`)).body;
  expect(order).toMatchObject({ status: 'confirmed', lines: redeemed.body.lines });
  expect(order.tickets).toHaveLength(2);
  expect(await codes(event)).toEqual([
    ['HALF-27', 0, 2],
    ['TENNER', 0, 0],
  ]);
  const [mail] = (await world.client().get('/api/mailbox?to=ada%40example.com')).body.items;
  const { text } = (await world.client().get(`/api/mailbox/${mail.id}`)).body;
  expect(text).toContain('Promo code: HALF-27');
  expect(text).toContain('Total: €25.00');

  const cancelled = await ada.client.post(`/api/orders/${order.id}/cancellation`);
  expect(cancelled.body.refunded.amount).toBe(2250);
  expect(await codes(event)).toEqual([
    ['HALF-27', 0, 0],
    ['TENNER', 0, 0],
  ]);
});

test('ten at once for the last three tickets of a code: three get them, and the others keep their price', async () => {
  const event = await promoted([half]);
  const people = await Promise.all(Array.from({ length: 10 }, () => world.guest()));
  const holds = await Promise.all(people.map((person) => hold(person, event, 1)));
  const answers = await Promise.all(people.map((person, i) => redeem(person, holds[i].id, 'HALF-27')));
  const won = answers.filter(({ status }) => status === 200);
  const lost = answers.filter(({ status }) => status === 409);
  expect([won.length, lost.length]).toEqual([3, 7]);
  for (const { body } of lost) expect(body).toMatchObject({ code: 'promo_code_used_up', available: 0 });
  const loser = answers.findIndex(({ status }) => status === 409);
  const kept = await (people[loser] as Person).client.get(`/api/holds/${holds[loser].id}`);
  expect(kept.body.total.amount).toBe(2500);
  expect(kept.body.lines[0].promo).toBeUndefined();

  const winner = answers.findIndex(({ status }) => status === 200);
  const removed = await (people[winner] as Person).client.delete(`/api/holds/${holds[winner].id}/promo-code`);
  expect(removed).toMatchObject({ status: 200, body: { total: { amount: 2500 } } });
  expect((await redeem(people[loser] as Person, holds[loser].id, 'half-27')).status).toBe(200);
});

test('with nothing left to pay the order is confirmed at once', async () => {
  const event = await promoted([gift]);
  const ada = await world.guest();
  const held = await hold(ada, event);
  expect((await redeem(ada, held.id, 'gift')).body.total.amount).toBe(0);
  const placed = (await ada.client.post('/api/orders', { holdId: held.id, buyer })).body;
  expect(placed).toMatchObject({ order: { status: 'confirmed', total: { amount: 0 } }, payment: null });
  expect(placed.order.tickets).toHaveLength(2);
});

test('what can not be redeemed is refused by name', async () => {
  const validUntil = new Date(world.clock.now().getTime() + minutes(5)).toISOString();
  const event = await promoted([{ ...tenner, validUntil }]);
  await promoted([gift]);
  const [ada, bob] = [await world.guest(), await world.guest()];
  const held = await hold(ada, event);
  expect(await redeem(ada, held.id, 'GIFT')).toMatchObject({
    status: 422,
    body: { code: 'unknown_promo_code' },
  });
  expect(await redeem(ada, held.id, 'a b')).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  expect(await redeem(bob, held.id, 'TENNER')).toMatchObject({ status: 404 });
  expect((await redeem(ada, held.id, 'TENNER')).body.total.amount).toBe(3000);
  world.clock.advance(minutes(6));
  const late = await hold(bob, event);
  expect(await redeem(bob, late.id, 'TENNER')).toMatchObject({
    status: 409,
    body: { code: 'promo_code_ended', validUntil },
  });
  // A code that was redeemed in time stays.
  expect((await ada.client.get(`/api/holds/${held.id}`)).body.total.amount).toBe(3000);
  world.clock.advance(minutes(5));
  expect(await redeem(ada, held.id, 'TENNER')).toMatchObject({ status: 409, body: { code: 'hold_expired' } });
});

test('the team edits codes while they are used: what was reduced stays so, and is still counted', async () => {
  const event = await promoted([half, gift]);
  const ada = await world.guest();
  const held = await hold(ada, event);
  await redeem(ada, held.id, 'HALF-27');

  const fewer = await edit(event, [{ ...half, maxTickets: 1 }]);
  expect(fewer.body.promoCodes).toMatchObject([{ code: 'HALF-27', maxTickets: 1, held: 2, sold: 0 }]);
  const bob = await world.guest();
  const his = await hold(bob, event, 1);
  expect(await redeem(bob, his.id, 'HALF-27')).toMatchObject({
    body: { code: 'promo_code_used_up', available: 0 },
  });
  expect(await redeem(bob, his.id, 'GIFT')).toMatchObject({ body: { code: 'unknown_promo_code' } });

  expect((await edit(event, [])).body).toMatchObject({ promoCodes: [], takesPromoCodes: false });
  const placed = (await ada.client.post('/api/orders', { holdId: held.id, buyer })).body;
  expect(placed.order.total.amount).toBe(2500);
  // The same code again, now for three tickets. Two are used.
  await edit(event, [half]);
  expect(await codes(event)).toEqual([['HALF-27', 2, 0]]);
  expect((await redeem(bob, his.id, 'HALF-27')).status).toBe(200);
  const { pools } = (await event.organiser.client.get(`/api/events/${event.id}/management`)).body;
  expect(pools).toHaveLength(1);
});

test('only those who may edit the event are told its codes', async () => {
  const event = await promoted([half, gift]);
  const seenBy = async (role: 'door' | 'manager') => {
    const { client } = await world.member(event.organiser, role);
    return (await client.get(`/api/events/${event.id}/management`)).body.promoCodes.length;
  };
  expect([await seenBy('manager'), await seenBy('door')]).toEqual([2, 0]);
  const { promoCodes, takesPromoCodes } = (await world.client().get(`/api/events/${event.id}`)).body;
  expect([promoCodes, takesPromoCodes]).toEqual([undefined, true]);
});

test('a faulty code is refused where it is wrong', async () => {
  const event = await promoted([]);
  const refused = await edit(event, [
    half,
    { code: 'HALF-27', percentOff: 10 },
    { code: 'BOTH', percentOff: 1, amountOffMinor: 1 },
  ]);
  expect(refused).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  expect(refused.body.issues.map((issue: { path: string }) => issue.path)).toEqual([
    'body.promoCodes.1.code',
    'body.promoCodes.2.percentOff',
  ]);
  for (const wrong of [
    { percentOff: 0 },
    { percentOff: 101 },
    { amountOffMinor: 0 },
    { maxTickets: 0, percentOff: 5 },
  ])
    expect((await edit(event, [{ code: 'WRONG', ...wrong }])).status).toBe(400);
  expect((await edit(event, [{ code: 'خصم-٢٧', percentOff: 5 }])).body.promoCodes).toMatchObject([
    { code: 'خصم-٢٧' },
  ]);
});

test('late money for a code that is used up by then goes back', async () => {
  const event = await promoted([{ ...half, maxTickets: 2 }]);
  const [ada, bob] = [await world.guest(), await world.guest()];
  const held = await hold(ada, event);
  await redeem(ada, held.id, 'HALF-27');
  const placed = (await ada.client.post('/api/orders', { holdId: held.id, buyer })).body;
  const { id, clientSecret } = placed.payment;
  const card = { number: '4000000000000259' };
  await ada.client.post(`/api/sandbox/payments/${id}/confirmation`, { clientSecret, card });
  await world.drain();
  world.clock.advance(minutes(11));
  const his = await hold(bob, event);
  expect((await redeem(bob, his.id, 'HALF-27')).status).toBe(200);
  world.clock.advance(minutes(1));
  await world.drain();
  const order = (await ada.client.get(`/api/orders/${placed.order.id}`)).body;
  expect(order).toMatchObject({ status: 'expired', problem: 'places_gone_refunded', tickets: [] });
  expect(await codes(event)).toEqual([['HALF-27', 2, 0]]);
});
