import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { findAfter } from '../../audit/testing/break-promise.ts';
import { hours, minutes } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { endOrderReviews } from './end-order-reviews.ts';
import { decide, refundReviewed } from './settle-order-review.ts';
import { buyAtOnce, reviewed } from './testing/held-order.ts';

/* An order with a high score waits until the team confirms or refunds it, or its time is over. */
let world: World;
let admin: Person;
beforeAll(async () => {
  world = await createWorld();
  admin = await world.admin();
});
afterAll(() => world?.close());

let event: TestEvent;
let buyer: Person;
beforeEach(async () => {
  event = await world.event({ capacity: 20, fields: reviewed });
  buyer = await world.user();
});

const read = async (path: string, person = buyer) => {
  const { status, body } = await person.client.get(path);
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};
const orderOf = (orderId: string) => read(`/api/orders/${orderId}`);
const decideBy = (orderId: string, action: string, person: Person = event.organiser, reason?: string) =>
  person.client.post(`/api/orders/${orderId}/review/decision`, { action, ...(reason && { reason }) });
const list = async (state = 'open') => {
  const path = `/api/organisations/${event.organiser.organisationId}/order-reviews?limit=100&state=${state}`;
  const { items } = await read(path, event.organiser);
  return items.filter((item: { event: { id: string } }) => item.event.id === event.id);
};
const mails = async (orderId: string) =>
  (
    await world.app.db.query<{ kind: string }>(
      `select kind from deliveries where order_id = $1 and channel = 'email' order by kind`,
      [orderId],
    )
  ).map(({ kind }) => kind);
const free = async () => {
  const { body } = await world.client().get(`/api/events/${event.id}/availability`);
  return body.ticketTypes[0].available;
};
const isSound = async () => {
  world.clock.advance(hours(2));
  await world.drain();
  expect(await audit(world.app.db, { now: world.clock.now(), eventIds: [event.id] })).toEqual([]);
};

test('the tickets of a held order have no codes and cannot be used, passed on, resold or exchanged', async () => {
  const orderId = await buyAtOnce(world, buyer, event);
  const order = await orderOf(orderId);
  expect([order.status, Date.parse(order.review.until) - world.clock.now().getTime()]).toEqual([
    'confirmed',
    hours(48),
  ]);
  expect(await mails(orderId)).toEqual(['order-held']);
  const [{ id }] = order.tickets;
  expect(await read(`/api/tickets/${id}`)).toMatchObject({ code: null, isHeld: true, status: 'valid' });
  const { client } = buyer;
  expect((await client.get(`/api/tickets/${id}/qr.svg`)).body.code).toBe('ticket_not_admissible');
  expect((await client.get(`/api/orders/${orderId}/tickets.pdf`)).body.code).toBe('ticket_not_admissible');
  const to = { email: 'grace@example.com' };
  for (const answer of [
    await client.post(`/api/tickets/${id}/transfers`, to),
    await client.post(`/api/orders/${orderId}/transfers`, to),
    await client.post(`/api/tickets/${id}/resale`, {}),
  ])
    expect([answer.status, answer.body.code]).toEqual([409, 'ticket_held']);
  expect(await list()).toMatchObject([
    {
      order: { id: orderId },
      buyer: { email: 'ada@example.com' },
      tickets: 2,
      score: 25,
      reasons: [{ signal: 'fast_order', points: 25, count: 0 }],
      state: 'open',
      appeal: null,
      decided: null,
    },
  ]);
  await isSound();
});

test('a confirmed order has its tickets at once, and a second decision says what the first was', async () => {
  const orderId = await buyAtOnce(world, buyer, event);
  const [answer, same] = await Promise.all([decideBy(orderId, 'confirm'), decideBy(orderId, 'confirm')]);
  expect([answer.status, same.status, answer.body.state]).toEqual([200, 200, 'confirmed']);
  const order = await orderOf(orderId);
  expect(order.review).toBeNull();
  const ticket = await read(`/api/tickets/${order.tickets[0].id}`);
  expect(ticket.isHeld).toBe(false);
  const scan = { code: ticket.code, nonce: `n-${ticket.id}`, gate: 'North' };
  expect((await event.organiser.client.post(`/api/events/${event.id}/check-ins`, scan)).status).toBe(201);
  await world.drain();
  expect(await mails(orderId)).toEqual(['order-confirmed', 'order-held']);
  const late = await decideBy(orderId, 'refund');
  expect(late).toMatchObject({ status: 409, body: { code: 'order_review_decided', decidedAs: 'confirmed' } });
  expect(await list()).toEqual([]);
  expect(await list('decided')).toMatchObject([
    { state: 'confirmed', decided: { by: event.organiser.userId } },
  ]);
  await isSound();
});

test('a refunded order gives back its places and all of its money, once', async () => {
  const orderId = await buyAtOnce(world, buyer, event);
  expect(await free()).toBe(18);
  const answers = await Promise.all(
    [1, 2, 3].map(() => decideBy(orderId, 'refund', event.organiser, 'More than one account')),
  );
  for (const { status, body } of answers) expect([status, body.state]).toEqual([200, 'refunded']);
  await refundReviewed(world.app, { eventId: event.id, orderId });
  await world.drain();
  const order = await orderOf(orderId);
  expect([order.status, order.refunded, await free()]).toEqual(['refunded', order.total, 20]);
  const { items } = await read(`/api/orders/${orderId}/refunds`);
  expect(items).toHaveLength(1);
  expect(await mails(orderId)).toEqual(['order-held', 'order-refunded', 'refund-sent']);
  expect((await decideBy(orderId, 'confirm')).body).toMatchObject({ decidedAs: 'refunded' });
  const log = await read(
    `/api/organisations/${event.organiser.organisationId}/audit-log?limit=100`,
    event.organiser,
  );
  const acts = log.items.filter((item: { subject: { id: string } }) => item.subject.id === orderId);
  expect(acts.map(({ act }: { act: string }) => act).toSorted()).toEqual([
    'order.refunded',
    'order_review.decided',
  ]);
  await isSound();
});

test('a refund whose process died after the decision is made by its job', async () => {
  const orderId = await buyAtOnce(world, buyer, event);
  const by = { system: 'a test' };
  const made = { decision: 'refunded', reason: null, by, userId: event.organiser.userId } as const;
  expect(await decide(world.app, { eventId: event.id, id: orderId }, made)).toBe('refunded');
  expect((await orderOf(orderId)).status).toBe('confirmed');
  await world.drain();
  expect((await orderOf(orderId)).status).toBe('refunded');
  await isSound();
});

test('if nobody decides, the order is confirmed, at the latest three hours before the doors', async () => {
  const soon = new Date(world.clock.now().getTime() + hours(10));
  const doorsAt = new Date(soon.getTime() - hours(1));
  event = await world.event({
    fields: {
      ...reviewed,
      startsAt: soon.toISOString(),
      endsAt: new Date(soon.getTime() + hours(3)).toISOString(),
      doorsAt: doorsAt.toISOString(),
    },
  });
  const orderId = await buyAtOnce(world, buyer, event);
  expect(Date.parse((await orderOf(orderId)).review.until)).toBe(doorsAt.getTime() - hours(3));
  await endOrderReviews(world.app);
  expect((await orderOf(orderId)).review).not.toBeNull();
  world.clock.advance(hours(6));
  await endOrderReviews(world.app);
  await world.drain();
  expect((await orderOf(orderId)).review).toBeNull();
  expect(await mails(orderId)).toContain('order-confirmed');
  expect(await list('decided')).toMatchObject([{ state: 'confirmed', decided: { by: null } }]);
  // It is too late to look at another order, so it has its tickets at once.
  const late = await world.user();
  const { review } = await read(`/api/orders/${await buyAtOnce(world, late, event)}`, late);
  expect(review).toBeNull();
});

test('the buyer writes once, and the team reads it', async () => {
  const orderId = await buyAtOnce(world, buyer, event);
  const path = `/api/orders/${orderId}/review`;
  const text = 'We are a choir.';
  const { body } = await buyer.client.post(`${path}/appeal`, { text });
  expect(body).toMatchObject({ state: 'open', appeal: { text } });
  expect((await buyer.client.post(`${path}/appeal`, { text })).status).toBe(200);
  expect((await buyer.client.post(`${path}/appeal`, { text: 'More' })).body.code).toBe('appeal_made');
  expect(await list()).toMatchObject([{ appeal: { text } }]);
  expect(Object.keys(await read(path)).toSorted()).toEqual(['appeal', 'state', 'until']);
  await decideBy(orderId, 'confirm');
  expect((await buyer.client.post(`${path}/appeal`, { text: 'Late' })).body.code).toBe(
    'order_review_decided',
  );
  const stranger = await world.user();
  expect((await stranger.client.get(path)).status).toBe(404);
});

test('only the team decides, and only about an order that waits; admins see the list of all', async () => {
  const orderId = await buyAtOnce(world, buyer, event);
  for (const person of [buyer, await world.organiser()])
    expect((await decideBy(orderId, 'confirm', person)).status).toBe(404);
  const support = await world.member(event.organiser, 'support');
  expect((await decideBy(orderId, 'refund', support)).status).toBe(403);
  const { items } = await read('/api/admin/order-reviews?limit=100', admin);
  expect(items.map(({ order }: { order: { id: string } }) => order.id)).toContain(orderId);
  expect((await buyer.client.get('/api/admin/order-reviews')).status).toBe(403);
  const ordinary = await world.event();
  const other = await buyAtOnce(world, await world.user(), ordinary);
  expect((await decideBy(other, 'confirm', ordinary.organiser)).status).toBe(404);
  expect((await buyer.client.get(`/api/orders/${other}/review`)).status).toBe(404);
});

test('an order with a low score gets its tickets with its score; one that was cancelled waits for nobody', async () => {
  event = await world.event({ capacity: 20, fields: { orderReview: { fromScore: 60 } } });
  const orderId = await buyAtOnce(world, buyer, event);
  expect([(await orderOf(orderId)).review, await mails(orderId), await list()]).toEqual([
    null,
    ['order-confirmed'],
    [],
  ]);
  expect(await read(`/api/orders/${orderId}/review`)).toEqual({ state: 'none', until: null, appeal: null });
  event = await world.event({ capacity: 20, priceMinor: 0, fields: reviewed });
  const held = await buyAtOnce(world, buyer, event);
  expect((await buyer.client.post(`/api/orders/${held}/cancellation`, {})).status).toBe(200);
  expect(await list()).toEqual([]);
  expect((await decideBy(held, 'confirm')).body).toMatchObject({ decidedAs: 'ended' });
  await isSound();
});

test('held orders end confirmed or refunded, never both, whoever decides at the same time', async () => {
  event = await world.event({ capacity: 100, fields: { ...reviewed, maxPerBuyer: 100 } });
  const orders: string[] = [];
  for (let n = 0; n < 12; n++)
    orders.push(await buyAtOnce(world, buyer, event, { quantity: 1 + (n % 3), email: `a${n}@example.com` }));
  const manager = await world.member(event.organiser, 'manager');
  /** On a busy machine the ledger may ask for another try. */
  const decideAtLast = async (...of: Parameters<typeof decideBy>) => {
    for (let status = 503; status === 503; ) ({ status } = await decideBy(...of));
  };
  await Promise.all(
    orders.flatMap((orderId, n) => [
      decideAtLast(orderId, n % 2 ? 'confirm' : 'refund'),
      decideAtLast(orderId, n % 3 ? 'refund' : 'confirm', manager),
      n % 4 === 0 ? buyer.client.post(`/api/orders/${orderId}/cancellation`, {}) : null,
      refundReviewed(world.app, { eventId: event.id, orderId: orderId as never }),
    ]),
  );
  await world.drain();
  const decided = new Map(
    (await list('decided')).map((item: { order: { id: string }; state: string }) => [
      item.order.id,
      item.state,
    ]),
  );
  let sold = 0;
  for (const orderId of orders) {
    const order = await orderOf(orderId);
    const state = decided.get(orderId);
    expect(order.review).toBeNull();
    if (state === 'refunded') expect([order.status, order.refunded]).toEqual(['refunded', order.total]);
    if (state === 'confirmed' && order.status === 'confirmed') expect(order.refunded.amount).toBe(0);
    sold += order.status === 'confirmed' ? order.tickets.length : 0;
  }
  expect(decided.size).toBe(12);
  expect(await free()).toBe(100 - sold);
  await isSound();
});

test('the audit finds a refunded order with valid tickets, a confirmed one whose tickets wait, and a ticket that waits for ever', async () => {
  const [first, second] = [await buyAtOnce(world, buyer, event), await buyAtOnce(world, buyer, event)];
  await decideBy(first, 'confirm');
  await decideBy(second, 'refund');
  await isSound();
  const find = (sql: string) =>
    findAfter(world.app.db, [sql], { now: world.clock.now(), eventIds: [event.id] });
  const never = 'an order that was looked at is confirmed or refunded, and never both';
  for (const [sql, promise] of [
    [`update order_reviews set decision = 'refunded' where order_id = '${first}'`, never],
    [`update tickets set held_until = '2100-01-01' where order_id = '${first}'`, never],
    [
      `update tickets set held_until = issued_at where order_id = '${first}'`,
      'a valid ticket is held only while its order waits for its score or its review',
    ],
  ] as const)
    expect((await find(sql)).map((text) => text.split(':')[0])).toContain(promise);
});

test('the team gets one mail about all reviews of a quarter of an hour, and none about what is decided', async () => {
  const owner = await world.organiser();
  event = await world.event({ organiser: owner, capacity: 20, fields: reviewed });
  const notices = async () =>
    (
      await world.app.db.query(`select from deliveries where kind = 'review-notice' and recipient = $1`, [
        owner.email.toLowerCase(),
      ])
    ).length;
  const first = await buyAtOnce(world, buyer, event);
  await buyAtOnce(world, await world.user(), event, { email: 'bob@example.com' });
  expect(await notices()).toBe(0);
  world.clock.advance(minutes(16));
  await world.drain();
  expect(await notices()).toBe(1);
  world.clock.advance(minutes(20));
  await world.drain();
  expect(await notices()).toBe(1);
  const third = await buyAtOnce(world, await world.user(), event, { email: 'cem@example.com' });
  for (const { order } of await list()) await decideBy(order.id, 'confirm');
  expect((await list('decided')).length).toBe(3);
  world.clock.advance(minutes(16));
  await world.drain();
  expect(await notices()).toBe(1);
  // The buyer has what they wrote in the export of their account, without score and reasons.
  const path = '/api/me/export';
  const exported = (await buyer.client.get(path)).body;
  expect(exported.orderReviews).toMatchObject([{ orderId: first, decision: 'confirmed', appeal: null }]);
  expect(JSON.stringify(exported.orderReviews)).not.toMatch(/score|fast_order/);
  expect(exported.orderReviews.some(({ orderId }: { orderId: string }) => orderId === third)).toBe(false);
});
