import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { days, hours, minutes } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { sweepHolds } from '../inventory/sweep-holds.ts';
import { lettersTo, offer, scan } from '../transfers/testing/offer.ts';
import { datesOf, type Owned } from './testing/dates.ts';

/* The team exchanges a ticket for a dearer place and asks its holder to pay the difference, over HTTP. */
let world: World;
let at: ReturnType<typeof datesOf>;
beforeAll(async () => {
  world = await createWorld({ DATABASE_POOL_SIZE: '20' });
  at = datesOf(world);
});
afterAll(async () => {
  await world.drain();
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
  await world.close();
});

const two = days(2) / hours(1);

/** A manager exchanges the ticket for a place in the circle, which is 35 euros dearer. */
const ask = (
  { ticket }: Pick<Owned, 'ticket'>,
  event: TestEvent,
  {
    name = 'Circle',
    withinHours = two,
    to = event,
  }: { name?: string; withinHours?: number; to?: TestEvent } = {},
) =>
  event.organiser.client.post(`/api/tickets/${ticket.id}/exchanges`, {
    ticketTypeId: to.ticketTypes.find((type) => type.name === name)?.id,
    ...(to !== event && { eventId: to.id }),
    askHolder: { withinHours },
  });
const openPayment = ({ client }: Pick<Person, 'client'>, orderId: string) =>
  client.post(`/api/orders/${orderId}/payment`);
const withdraw = ({ client }: Pick<Person, 'client'>, orderId: string) =>
  client.delete(`/api/orders/${orderId}/payment`);
/** The mails to an address, the newest first. Ids of one millisecond have no order, so each look takes one. */
const letters = async (email: string) => {
  world.clock.advance(1);
  return lettersTo(world, email);
};
const subjects = async (email: string) => (await letters(email)).map(({ subject }) => subject);

async function asked(fields: object = {}) {
  const { friday } = await at.dates(fields);
  const owned = await at.own(friday);
  await letters(owned.email);
  const answer = await ask(owned, friday);
  expect([answer.status, answer.body.payment]).toEqual([201, null]);
  return { ...owned, event: friday, order: answer.body.order };
}

describe('the holder is asked', () => {
  test('by mail, pays by its link on another device, and gets the new ticket for the old one', async () => {
    const { event, order, ...owned } = await asked({ exchanges: { allowed: false } });
    const until = new Date(world.clock.now().getTime() + days(2)).toISOString();
    expect(order).toMatchObject({
      status: 'pending',
      total: { amount: 3500 },
      exchangeOf: { orderId: owned.orderId, ticketId: owned.ticket.id, askedUntil: until },
    });
    // Both places are taken, and the old ticket is the one that admits.
    expect(await at.free(event)).toEqual([9, 9]);
    expect(await at.ticketOf(owned, owned.ticket.id)).toMatchObject({
      status: 'valid',
      code: owned.ticket.code,
    });
    // The manager gets no payment, and sees until when the place is held.
    const seen = (await event.organiser.client.get(`/api/orders/${order.id}`)).body;
    expect(seen.exchangeOf.askedUntil).toBe(until);

    const [letter] = await letters(owned.email);
    expect(letter?.subject).toBe('A new place for you: Night Shift');
    expect(letter?.text).toContain('€35.00');
    const secret = new RegExp(`/orders/${order.id}#([\\w-]{32})`).exec(letter?.text ?? '')?.[1];
    world.clock.advance(days(1.5));
    const phone = await world.guest();
    expect((await openPayment(phone, order.id)).status).toBe(404);
    await phone.client.post(`/api/orders/${order.id}/openings`, { secret });
    const { status, body } = await openPayment(phone, order.id);
    expect([status, body.order.id]).toEqual([200, order.id]);
    await at.pay(body);

    const done = await at.orderOf(owned, order.id);
    expect(done).toMatchObject({
      status: 'confirmed',
      tickets: [{ ticketTypeName: 'Circle', status: 'valid' }],
    });
    expect(await at.free(event)).toEqual([10, 9]);
    expect((await scan(event, owned.ticket.code)).body.code).toBe('ticket_cancelled');
    expect((await scan(event, (await at.ticketOf(owned, done.tickets[0].id)).code)).status).toBe(201);
    expect((await openPayment(owned.buyer, order.id)).body).toMatchObject({ payment: null });
    expect((await subjects(owned.email))[0]).toMatch(/^Your tickets/);
  });

  test('who has the ticket from somebody else pays for it, and the buyer does not', async () => {
    const { friday } = await at.dates();
    const owned = await at.own(friday);
    const friend = await world.guest();
    const email = `${friend.userId.toLowerCase()}@example.com`;
    const { id, secret } = await offer(world, owned.buyer, owned.ticket.id, { email });
    await friend.client.post(`/api/transfers/${id}/acceptance`, { secret, name: 'Grace Hopper' });
    const { order } = (await ask(owned, friday)).body;
    expect(await subjects(email)).toContain('A new place for you: Night Shift');
    expect(await subjects(owned.email)).not.toContain('A new place for you: Night Shift');
    expect((await openPayment(owned.buyer, order.id)).status).toBe(404);
    await at.pay((await openPayment(friend, order.id)).body);
    expect((await at.orderOf({ buyer: friend }, order.id)).status).toBe('confirmed');
  });

  test('for a place on another date too', async () => {
    const { friday, saturday } = await at.dates();
    const owned = await at.own(friday);
    const { order } = (await ask(owned, friday, { to: saturday })).body;
    expect([await at.free(friday), await at.free(saturday)]).toEqual([
      [9, 10],
      [10, 9],
    ]);
    await at.pay((await openPayment(owned.buyer, order.id)).body);
    expect([await at.free(friday), await at.free(saturday)]).toEqual([
      [10, 10],
      [10, 9],
    ]);
    expect((await scan(friday, owned.ticket.code)).body.code).toBe('ticket_cancelled');
  });

  test('for nothing if the new place is not dearer: the exchange is finished at once', async () => {
    const { friday } = await at.dates();
    const owned = await at.own(friday);
    const { body } = await ask(owned, friday, { name: 'Student' });
    expect(body.order).toMatchObject({ status: 'confirmed', exchangeOf: { askedUntil: null } });
    expect(await subjects(owned.email)).not.toContain('A new place for you: Night Shift');
  });

  test('never after the event has begun', async () => {
    const { friday } = await at.dates();
    const owned = await at.own(friday);
    const { startsAt } = (await world.client().get(`/api/events/${friday.id}`)).body;
    world.clock.set(new Date(Date.parse(startsAt) - hours(3)));
    const { order } = (await ask(owned, friday)).body;
    expect(order.exchangeOf.askedUntil).toBe(startsAt);
  });
});

describe('nobody pays', () => {
  test('until the time is over: the new place is free, the ticket stays, and the holder is told', async () => {
    const { event, order, ...owned } = await asked();
    world.clock.advance(days(2));
    expect((await openPayment(owned.buyer, order.id)).body.code).toBe('hold_expired');
    world.clock.advance(minutes(2));
    await sweepHolds(world.app);
    expect((await subjects(owned.email))[0]).toBe('Your ticket stays as it is: Night Shift');
    expect(await at.free(event)).toEqual([9, 10]);
    expect((await at.orderOf(owned, order.id)).status).toBe('expired');
    expect((await scan(event, owned.ticket.code)).status).toBe(201);
  });

  test('because the team takes it back; a payment that was opened buys nothing', async () => {
    const { event, order, ...owned } = await asked();
    const { payment } = (await openPayment(owned.buyer, order.id)).body;
    await letters(owned.email);
    expect((await withdraw(event.organiser, order.id)).body.status).toBe('cancelled');
    expect(await at.free(event)).toEqual([9, 10]);
    expect((await openPayment(owned.buyer, order.id)).body.code).toBe('hold_ended');
    await letters(owned.email);
    const card = { clientSecret: payment.clientSecret, card: { number: '4242424242424242' } };
    const late = await world.client().post(`/api/sandbox/payments/${payment.id}/confirmation`, card);
    expect(late.body.code).toBe('payment_not_open');
    expect((await subjects(owned.email))[0]).toBe('Your ticket stays as it is: Night Shift');
    const entryOf = async (act: string) =>
      (
        await event.organiser.client.get(
          `/api/organisations/${event.organiser.organisationId}/audit-log?act=${act}`,
        )
      ).body.items.find(({ subject }: { subject: { id: string } }) => subject.id === owned.ticket.id);
    const amount = { amount: 3500, currency: 'EUR' };
    expect((await entryOf('ticket.exchange_withdrawn')).before).toEqual({ order: order.id, amount });
    expect((await entryOf('ticket.exchanged')).after).toMatchObject({ order: order.id, amount });
    // Another exchange is possible now.
    expect((await ask(owned, event)).status).toBe(201);
  });

  test('because the ticket was used: the payment is not opened, and one that was begun goes back', async () => {
    const { event, order, ...owned } = await asked();
    const { body } = await openPayment(owned.buyer, order.id);
    await scan(event, owned.ticket.code);
    expect((await openPayment(owned.buyer, order.id)).body.code).toBe('ticket_used');
    await at.pay(body);
    expect(await at.orderOf(owned, order.id)).toMatchObject({
      status: 'failed',
      problem: 'ticket_gone_refunded',
    });
    expect(await at.free(event)).toEqual([9, 10]);
  });

  test('because the event is cancelled', async () => {
    const { event, order, ...owned } = await asked();
    await at.call(event);
    await world.drain();
    expect((await openPayment(owned.buyer, order.id)).body.code).toBe('hold_ended');
    expect(await subjects(owned.email)).not.toContain('Your ticket stays as it is: Night Shift');
  });
});

describe('who may, and twice', () => {
  test('a holder cannot ask, and whoever paid cannot be asked back', async () => {
    const { event, order, ...owned } = await asked();
    const own = await owned.buyer.client.post(`/api/tickets/${owned.ticket.id}/exchanges`, {
      ticketTypeId: order.lines[0].ticketTypeId,
      askHolder: { withinHours: 1 },
    });
    expect(own.body.code).toBe('invalid_request');
    expect((await ask(owned, event)).body.code).toBe('exchange_pending');
    await at.pay((await openPayment(owned.buyer, order.id)).body);
    expect((await withdraw(event.organiser, order.id)).body.code).toBe('order_not_cancellable');
    // An exchange that the holder has begun is not the team's to take back.
    const { friday } = await at.dates();
    const other = await at.own(friday);
    const begun = (await at.exchange(other, friday, 'Circle')).body.order;
    expect((await withdraw(friday.organiser, begun.id)).body.code).toBe('order_not_cancellable');
    expect((await withdraw(await world.organiser(), begun.id)).status).toBe(404);
    // The order of the ticket itself waits for no payment and cannot be taken back either.
    expect((await withdraw(friday.organiser, other.orderId)).body.code).toBe('order_not_cancellable');
    expect((await at.orderOf(other, other.orderId)).status).toBe('confirmed');
  });

  test('the same payment is opened after two days, and a payment that nobody told us of is found', async () => {
    const { friday } = await at.dates();
    const owned = await at.own(friday);
    const { order } = (await ask(owned, friday, { withinHours: 168 })).body;
    const first = (await openPayment(owned.buyer, order.id)).body.payment;
    world.clock.advance(days(2));
    expect((await openPayment(owned.buyer, order.id)).body.payment).toEqual(first);
    // The provider has the money, and its news never arrives.
    await world.app.db.run(
      `update sandbox.payments set status = 'succeeded', settles_at = $2 where payment_id = $1`,
      [first.id, world.clock.now()],
    );
    const again = await openPayment(owned.buyer, order.id);
    expect(again.body).toMatchObject({ order: { status: 'confirmed' }, payment: null });
  });

  test('a payment and a withdrawal at the same instant: one of them wins', async () => {
    for (let round = 0; round < 4; round++) {
      const { event, order, ...owned } = await asked();
      const { payment } = (await openPayment(owned.buyer, order.id)).body;
      const [, withdrawn] = await Promise.all([at.pay({ payment }), withdraw(event.organiser, order.id)]);
      await world.drain();
      const { status } = await at.orderOf(owned, order.id);
      expect(status).toBe(withdrawn.status === 200 ? 'cancelled' : 'confirmed');
      expect(await at.free(event)).toEqual(status === 'confirmed' ? [10, 9] : [9, 10]);
    }
  });
});
