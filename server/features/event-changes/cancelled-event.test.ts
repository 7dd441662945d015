import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { hours } from '../../testing/clock.ts';
import { createWorld, type TestEvent, type World } from '../../testing/world.ts';
import { openBooks } from '../payments/testing/books.ts';
import { cards, purchase } from '../payments/testing/purchase.ts';
import { buy } from '../tickets/testing/buy.ts';
import { cancelOrders } from './cancel-orders.ts';

/* The organiser cancels an event: the sale, the door, the orders, the money, the mails. */
let world: World;
let books: ReturnType<typeof openBooks>;
beforeAll(async () => {
  world = await createWorld();
  books = openBooks(world);
});
afterAll(async () => {
  await world.drain();
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
  await world.close();
});

async function bought(event: TestEvent, quantity = 1, in_ = world) {
  const buyer = await in_.guest();
  const email = `${buyer.userId.toLowerCase()}@example.com`;
  return {
    buyer,
    email,
    ...(await buy(in_, buyer, event, { quantity, buyer: { name: 'Ada Osei', email } })),
  };
}
type Bought = Awaited<ReturnType<typeof bought>>;

const full = { reason: 'The singer is ill.', refund: 'full' };
const cancel = (event: TestEvent, body: object = full, headers: Record<string, string> = {}) =>
  event.organiser.client.post(`/api/events/${event.id}/cancellation`, body, headers);
const progress = async (event: TestEvent) =>
  (await event.organiser.client.get(`/api/events/${event.id}/cancellation`)).body;
const retry = (event: TestEvent) =>
  event.organiser.client.post(`/api/events/${event.id}/cancellation/retries`);
const read = async ({ buyer, orderId }: Bought) => (await buyer.client.get(`/api/orders/${orderId}`)).body;
let nonces = 0;
const scan = (event: TestEvent, code = '') =>
  event.organiser.client.post(`/api/events/${event.id}/check-ins`, { code, nonce: `cancelled-${++nonces}` });
const hold = async (event: TestEvent) =>
  (await world.guest()).client.post(`/api/events/${event.id}/holds`, {
    items: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }],
  });
async function letters({ email }: { email: string }) {
  const { items } = (await world.client().get(`/api/mailbox?to=${encodeURIComponent(email)}`)).body;
  return items.filter(({ subject }: { subject: string }) => !subject.startsWith('Your tickets'));
}
const textOf = async ({ id }: { id: string }) => (await world.client().get(`/api/mailbox/${id}`)).body.text;

describe('cancelling an event', () => {
  test('refunds every order, ends the tickets, and sends each buyer one mail that removes the calendar entry', async () => {
    const event = await world.event();
    const of = [await bought(event, 2), await bought(event)];
    const answer = await cancel(event);
    expect(answer).toMatchObject({ status: 202, body: { ...full, orders: { total: 2, failed: 0 } } });
    await world.drain();
    expect(await progress(event)).toMatchObject({
      ...full,
      state: 'done',
      orders: { total: 2, done: 2, failed: 0 },
      failures: [],
    });
    for (const each of of) {
      const order = await read(each);
      expect(order).toMatchObject({ status: 'refunded', refunded: order.total });
      expect(order.event.cancellation).toMatchObject(full);
      expect(order.tickets.every(({ status }: { status: string }) => status === 'cancelled')).toBe(true);
      expect(await books.refunds(each.orderId)).toMatchObject([
        { amount_minor: order.total.amount, reason: 'event_cancelled', status: 'succeeded' },
      ]);
      const [letter, ...others] = await letters(each);
      expect(others).toEqual([]);
      expect(letter.subject).toBe('Event cancelled: Night Shift');
      const text = await textOf(letter);
      expect(text).toContain('The singer is ill.');
      expect(text).toMatch(/€(50|25)\.00 goes back to the card/);
      const calendar = (await world.client().get(`/api/mailbox/${letter.id}/attachments/0`)).body;
      expect(calendar).toMatch(/METHOD:CANCEL\r\n/);
      expect(calendar).toMatch(/STATUS:CANCELLED\r\n/);
      expect(calendar).toMatch(/ORGANIZER/);
      expect(calendar).toContain(`UID:${each.orderId}`);
      expect(Number(/SEQUENCE:(\d+)/.exec(calendar)?.[1])).toBeGreaterThan(event.version);
    }
  });

  test('stops the sale and the door at once, before any job has run', async () => {
    const event = await world.event();
    const of = await bought(event);
    const held = await hold(event);
    await cancel(event);
    expect((await hold(event)).body.code).toBe('event_not_on_sale');
    expect((await scan(event, of.tickets[0]?.code)).body.code).toBe('ticket_cancelled');
    expect(held.status).toBe(201);
    expect(await books.rows('select status from holds where id = $1', held.body.id)).toEqual([
      { status: 'released' },
    ]);
    const shown = (await world.client().get(`/api/events/${event.id}`)).body;
    expect(shown).toMatchObject({ status: 'cancelled', cancellation: full });
  });

  test('ends an unpaid order, and sends its late money back with the reason', async () => {
    const event = await world.event();
    const [waiting, late] = [await purchase(world, event), await purchase(world, event)];
    // The second hold has run out, and its places are free.
    await cancel(event);
    expect((await waiting.order()).status).toBe('cancelled');
    await world.app.db.run('delete from graphile_worker._private_jobs');
    await late.pay(cards.success);
    await world.drain();
    expect(await late.order()).toMatchObject({ problem: 'cancelled_before_payment_refunded' });
    expect(await books.refunds(late.orderId)).toMatchObject([
      { reason: 'cancelled_before_payment', status: 'succeeded', amount_minor: 2500 },
    ]);
    const [letter] = await letters({ email: `${late.buyer.userId.toLowerCase()}@example.com` });
    expect(await textOf(letter)).toContain('after the organiser had cancelled the event');
    expect((await progress(event)).orders).toEqual({ total: 0, done: 0, failed: 0 });
  });

  test('refuses a buyer who cancels before the job has, because the policy would give them less', async () => {
    const fields = { refundPolicy: { steps: [{ hoursBefore: 0, refundPercent: 50 }] } };
    const event = await world.event({ fields });
    const of = await bought(event, 2);
    await cancel(event);
    expect((await read(of)).cancellation).toBeNull();
    const tickets = of.tickets.slice(0, 1).map(({ id }) => id);
    for (const body of [{}, { tickets }]) {
      const answer = await of.buyer.client.post(`/api/orders/${of.orderId}/cancellation`, body);
      expect(answer.body).toMatchObject({ code: 'order_not_cancellable' });
      expect(answer.body.detail).toContain('has cancelled this event');
    }
    await world.drain();
    expect(await read(of)).toMatchObject({ status: 'refunded', refunded: { amount: 5000 } });
  });

  test('without refunds, ends the tickets, keeps the money, and says so', async () => {
    const event = await world.event();
    const of = await bought(event);
    await cancel(event, { reason: 'Storm.', refund: 'none' });
    await world.drain();
    expect(await read(of)).toMatchObject({ status: 'cancelled', refunded: { amount: 0 } });
    expect(await books.refunds(of.orderId)).toEqual([]);
    const [letter, ...others] = await letters(of);
    expect(others).toEqual([]);
    expect(await textOf(letter)).toContain('gives no money back');
    expect(await progress(event)).toMatchObject({ state: 'done', orders: { total: 1, done: 1 } });
  });

  test('gives back the price of used tickets too, which stay used, and what is left after a partial refund', async () => {
    const event = await world.event();
    const [used, partly] = [await bought(event, 2), await bought(event, 2)];
    expect((await scan(event, used.tickets[0]?.code)).status).toBe(201);
    const { client } = event.organiser;
    const amount = { amount: 1000, currency: 'EUR' };
    const refund = await client.post(`/api/orders/${partly.orderId}/refunds`, { amount, reason: 'Noise.' });
    expect(refund.status, JSON.stringify(refund.body)).toBeLessThan(300);
    await cancel(event);
    await world.drain();
    expect(await read(used)).toMatchObject({
      refunded: { amount: 5000 },
      tickets: [{ status: 'used' }, { status: 'cancelled' }],
    });
    expect(await read(partly)).toMatchObject({ status: 'refunded', refunded: { amount: 5000 } });
    expect(await progress(event)).toMatchObject({ state: 'done', orders: { total: 2, done: 2 } });
  });

  test('twice is once, with the same key, another key, and at the same instant', async () => {
    const event = await world.event();
    const of = await bought(event);
    const key = { 'idempotency-key': 'cancel-this-event' };
    const answers = await Promise.all([cancel(event, full, key), cancel(event, full, key), cancel(event)]);
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    await world.drain();
    expect((await cancel(event)).body).toMatchObject({ state: 'done', orders: { total: 1, done: 1 } });
    await world.drain();
    expect(await books.refunds(of.orderId)).toHaveLength(1);
    expect(await letters(of)).toHaveLength(1);
    const { items } = (
      await event.organiser.client.get(
        `/api/organisations/${event.organiser.organisationId}/audit-log?act=event.cancelled&limit=100`,
      )
    ).body;
    const ours = items.filter(({ subject }: { subject: { id: string } }) => subject.id === event.id);
    expect(ours).toHaveLength(1);
    expect(ours[0]).toMatchObject({ after: { status: 'cancelled', ...full } });
  });

  test('cannot be taken back: no other choice, no edit, no publication', async () => {
    const event = await world.event();
    await cancel(event);
    const { client } = event.organiser;
    const other = await cancel(event, { ...full, refund: 'none' });
    expect(other).toMatchObject({ status: 409, body: { code: 'event_cancelled', refund: 'full' } });
    const { version, status } = (await client.get(`/api/events/${event.id}/management`)).body;
    expect(status).toBe('cancelled');
    const headers = { 'if-match': `"${version}"` };
    for (const answer of [
      await client.patch(`/api/events/${event.id}`, { title: 'Again' }, headers),
      await client.post(`/api/events/${event.id}/publication`, undefined, headers),
    ]) {
      expect(answer).toMatchObject({ status: 409, body: { code: 'event_cancelled' } });
    }
    await client.delete(`/api/events/${event.id}/publication`, headers);
    expect((await world.client().get(`/api/events/${event.id}`)).body.status).toBe('cancelled');
    await expect(
      world.app.db.run(`update events set status = 'published' where id = $1`, [event.id]),
    ).rejects.toThrow('is cancelled');
  });

  test('a draft that was never published, and an event that is not cancelled', async () => {
    const draft = await world.event({ publish: false });
    expect((await cancel(draft)).body.code).toBe('event_not_cancellable');
    const event = await world.event();
    expect((await progress(event)).code).toBe('not_found');
    expect((await retry(event)).body.code).toBe('not_found');
  });

  test('at the same instant as purchases, every paid order ends without tickets and with its money back', async () => {
    const event = await world.event();
    const open = await Promise.all(Array.from({ length: 8 }, () => purchase(world, event)));
    await Promise.all([...open.map((each) => each.pay(cards.success)), cancel(event), world.drain()]);
    await world.drain();
    for (const each of open) {
      const order = await each.order();
      expect(['cancelled', 'refunded', 'failed']).toContain(order.status);
      expect(order.tickets.filter(({ status }: { status: string }) => status === 'valid')).toEqual([]);
      const back = (await books.refunds(each.orderId)) as { amount_minor: number; status: string }[];
      expect(back).toMatchObject([{ amount_minor: 2500, status: 'succeeded' }]);
    }
    const { state, orders } = await progress(event);
    expect({ state, open: orders.total - orders.done }).toEqual({ state: 'done', open: 0 });
  });
});

describe('the work after a cancellation', () => {
  test('waits for a provider that is down for an hour, then ends with one refund for each order', async () => {
    const event = await world.event();
    const of = [await bought(event), await bought(event), await bought(event)];
    const { refund } = world.app.payments;
    let answers = 1;
    world.app.payments.refund = async (wanted) => {
      if (answers-- > 0) return refund.call(world.app.payments, wanted);
      throw new Error('the provider is down');
    };
    await cancel(event);
    await world.drain();
    expect(await progress(event)).toMatchObject({
      state: 'running',
      orders: { total: 3, done: 1, failed: 0 },
    });
    world.app.payments.refund = refund;
    world.clock.advance(hours(1));
    await world.drain();
    expect(await progress(event)).toMatchObject({ state: 'done', orders: { total: 3, done: 3 } });
    for (const { orderId } of of) expect(await books.refunds(orderId)).toHaveLength(1);
  });

  test('lists refunds that the provider refused, and tries them again on request without paying twice', async () => {
    const event = await world.event();
    const of = await bought(event);
    const { refund } = world.app.payments;
    world.app.payments.refund = async () => ({ ref: null, status: 'failed' });
    await cancel(event);
    await world.drain();
    expect(await progress(event)).toMatchObject({
      state: 'incomplete',
      orders: { total: 1, done: 0, failed: 1 },
      failures: [{ orderId: of.orderId, code: 'refund_failed', amount: { amount: 2500 } }],
    });
    world.app.payments.refund = refund;
    const again = await retry(event);
    expect(again).toMatchObject({ status: 202, body: { state: 'running' } });
    await world.drain();
    expect((await retry(event)).status).toBe(202);
    await world.drain();
    expect(await progress(event)).toMatchObject({ state: 'done', orders: { done: 1, failed: 0 } });
    const rows = (await books.refunds(of.orderId)) as { status: string }[];
    expect(rows.map(({ status }) => status).toSorted()).toEqual(['failed', 'succeeded']);
    const reviews = await books.rows('select settlement from money_reviews where order_id = $1', of.orderId);
    expect(reviews).toEqual([{ settlement: 'write_off' }]);
  });

  test('does not try a refund again that a person has settled in another way', async () => {
    const event = await world.event();
    const of = await bought(event);
    const { refund } = world.app.payments;
    world.app.payments.refund = async () => ({ ref: null, status: 'failed' });
    await cancel(event);
    await world.drain();
    world.app.payments.refund = refund;
    const admin = await world.admin();
    const { items } = (await admin.client.get('/api/admin/money-reviews?state=open')).body;
    const item = items.find(({ orderId }: { orderId: string }) => orderId === of.orderId);
    await admin.client.post(`/api/admin/money-reviews/${item.id}/settlement`, {
      action: 'write_off',
      note: 'Paid in cash.',
    });
    await retry(event);
    await world.drain();
    expect(await books.refunds(of.orderId)).toHaveLength(1);
    expect(await progress(event)).toMatchObject({ state: 'done' });
  });

  test('goes on behind an order that cannot be cancelled, lists it, and tries it again on request', async () => {
    const event = await world.event();
    const of = [await bought(event), await bought(event)];
    const broken = of[0] as Bought;
    await world.app.db.run(`
      create function break_one() returns trigger language plpgsql as $$
      begin if new.order_id = '${broken.orderId}' then raise exception 'broken'; end if; return new; end $$`);
    await world.app.db.run(
      'create trigger break_one before insert on cancellations for each row execute function break_one()',
    );
    await cancel(event);
    await world.drain();
    expect(await progress(event)).toMatchObject({
      state: 'incomplete',
      orders: { total: 2, done: 1, failed: 1 },
      failures: [{ orderId: broken.orderId, code: 'internal' }],
    });
    await world.app.db.run('drop function break_one() cascade');
    await retry(event);
    await world.drain();
    expect(await progress(event)).toMatchObject({ state: 'done', orders: { total: 2, done: 2, failed: 0 } });
    for (const { orderId } of of) expect(await books.refunds(orderId)).toHaveLength(1);
  });

  test('two processes with the same job cancel each order once', async () => {
    const event = await world.event();
    const of = await Promise.all(Array.from({ length: 6 }, () => bought(event)));
    await cancel(event);
    const other = await world.another();
    // Both take each of the three portions, and find at the end that nothing is left.
    const job = { eventId: event.id };
    for (let portion = 0; portion < 4; portion++)
      await Promise.all([cancelOrders(world.app, job, 2), cancelOrders(other.app, job, 2)]);
    expect(await progress(event)).toMatchObject({ orders: { total: 6, failed: 0 } });
    await world.drain();
    for (const { orderId } of of) expect(await books.refunds(orderId)).toHaveLength(1);
    expect(await progress(event)).toMatchObject({ state: 'done', orders: { total: 6, done: 6, failed: 0 } });
  });

  test('what a cancellation would mean is counted before', async () => {
    const event = await world.event();
    await bought(event, 3);
    await bought(event);
    const { body } = await event.organiser.client.get(`/api/events/${event.id}/sales`);
    expect(body).toEqual({
      orders: 2,
      buyers: 2,
      tickets: 4,
      refundable: { amount: 10_000, currency: 'EUR' },
    });
  });
});
