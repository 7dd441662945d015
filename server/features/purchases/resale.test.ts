import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { days, hours } from '../../testing/clock.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { endResales } from '../inventory/end-resales.ts';
import { lettersTo, offer, scan } from '../transfers/testing/offer.ts';
import {
  accept,
  entryOf,
  join,
  orderOf,
  own,
  pay,
  resell,
  resellable,
  ticketOf,
  withdraw,
} from './testing/resale.ts';

/* A ticket is resold at the price that was paid: who gets it, what comes back, and what is refused, over HTTP. */
let world: World;
beforeAll(async () => {
  world = await createWorld({ DATABASE_POOL_SIZE: '20' });
});
afterAll(async () => {
  await world.drain();
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
  await world.close();
});

/** The text of the mail to an address whose subject begins so. */
const letter = async (email: string, subject: string): Promise<string> =>
  (await lettersTo(world, email)).find((each) => each.subject.startsWith(subject))?.text ?? 'no such mail';

const fee = { feePercent: 10, feePerTicketMinor: 100 };

describe('a resale', () => {
  test('goes to the first in line at the price paid, and money, place and code change at once', async () => {
    const event = await resellable(world, { resale: { allowed: true, ...fee } });
    const seller = await own(world, event);
    const [ann, bob] = [await world.guest(), await world.guest()];
    await join(ann, event);
    await join(bob, event);
    const terms = { price: { amount: 2500 }, back: { amount: 2150 }, fee: { amount: 350 } };
    const quote = await seller.buyer.client.get(`/api/tickets/${seller.ticket.id}/resale`);
    expect(quote.body).toMatchObject(terms);
    const offered = await resell(seller);
    expect([offered.status, offered.body]).toMatchObject([201, { ...terms, endedAt: null }]);
    // The ticket is the seller's until the money is there.
    expect(await ticketOf(seller.buyer, seller.ticket.id)).toMatchObject({
      status: 'valid',
      code: seller.ticket.code,
      resale: { status: 'reserved', id: offered.body.id },
    });
    expect((await orderOf(seller.buyer, seller.orderId)).tickets[0].isOnResale).toBe(true);
    const entry = await entryOf(ann, event);
    expect(entry.status).toBe('offered');
    expect((await entryOf(bob, event)).status).toBe('waiting');
    const hold = await ann.client.get(`/api/holds/${entry.offer.holdId}`);
    expect(hold.body).toMatchObject({ total: { amount: 2500 }, lines: [{ isResale: true, quantity: 1 }] });

    const bought = await accept(world, ann, event);
    expect(bought).toMatchObject({
      status: 'confirmed',
      total: { amount: 2500 },
      tickets: [{ status: 'valid' }],
    });
    expect(await entryOf(ann, event)).toMatchObject({ status: 'accepted' });
    expect((await entryOf(bob, event)).status).toBe('waiting');
    expect(await ticketOf(seller.buyer, seller.ticket.id)).toMatchObject({
      status: 'cancelled',
      resale: null,
    });
    expect(await orderOf(seller.buyer, seller.orderId)).toMatchObject({
      tickets: [{ status: 'cancelled' }],
      refunded: { amount: 2150 },
    });
    expect((await scan(event, seller.ticket.code)).body.code).toBe('ticket_cancelled');
    const { code } = await ticketOf(ann, bought.tickets[0].id);
    expect((await scan(event, code)).status).toBe(201);
    const seen = await event.organiser.client.get(`/api/orders/${seller.orderId}/resales`);
    expect(seen.body.items).toMatchObject([
      { status: 'sold', price: { amount: 2500 }, back: { amount: 2150 } },
    ]);
    expect(await letter(seller.email, 'Ticket resold')).toContain('€21.50');
    expect(await letter(seller.email, 'Refund sent')).toContain('Somebody else has bought your ticket');
    expect(await letter(seller.email, 'Offered for resale')).toContain('€3.50');
  });

  test('stays offered while nobody waits, and goes to the first who joins', async () => {
    const event = await resellable(world);
    const seller = await own(world, event);
    expect((await resell(seller)).body).toMatchObject({ status: 'offered' });
    const ann = await world.guest();
    expect((await join(ann, event)).status).toBe(201);
    await world.drain();
    expect(await entryOf(ann, event)).toMatchObject({ status: 'offered' });
    await accept(world, ann, event);
    expect((await orderOf(seller.buyer, seller.orderId)).refunded.amount).toBe(2500);
  });

  test('goes to the next in line when an offer is declined or runs out', async () => {
    const event = await resellable(world);
    const seller = await own(world, event);
    const people = [await world.guest(), await world.guest(), await world.guest()] as const;
    for (const person of people) await join(person, event);
    await resell(seller);
    const first = await entryOf(people[0], event);
    expect((await people[0].client.delete(`/api/waitlist-entries/${first.id}`)).status).toBe(204);
    expect((await entryOf(people[1], event)).status).toBe('offered');
    const { release } = await people[1].client
      .delete(`/api/holds/${(await entryOf(people[1], event)).offer.holdId}`)
      .then(({ status }) => ({ release: status }));
    expect(release).toBe(204);
    expect((await entryOf(people[2], event)).status).toBe('offered');
    expect((await ticketOf(seller.buyer, seller.ticket.id)).resale.status).toBe('reserved');
  });

  test('is free for a free ticket', async () => {
    const free = await resellable(world, {
      ticketTypes: [{ name: 'Free', priceMinor: 0, pools: ['floor'] }],
    });
    const seller = await own(world, free);
    const ann = await world.guest();
    await join(ann, free);
    expect((await resell(seller)).body).toMatchObject({ price: { amount: 0 }, back: { amount: 0 } });
    expect(await accept(world, ann, free)).toMatchObject({
      status: 'confirmed',
      tickets: [{ status: 'valid' }],
    });
    expect((await ticketOf(seller.buyer, seller.ticket.id)).status).toBe('cancelled');
  });

  test('brings the money to whoever paid if the ticket was passed on', async () => {
    const event = await resellable(world);
    const seller = await own(world, event);
    const friend = await world.guest();
    const { id, secret } = await offer(world, seller.buyer, seller.ticket.id, {
      email: 'friend@example.com',
    });
    await friend.client.post(`/api/transfers/${id}/acceptance`, { secret, name: 'Grace Hopper' });
    expect((await resell(seller)).body.code).toBe('ticket_transferred');
    const held = { ...seller, buyer: friend };
    expect((await resell(held)).status).toBe(201);
    const ann = await world.guest();
    await join(ann, event);
    await world.drain();
    await accept(world, ann, event);
    expect((await orderOf(seller.buyer, seller.orderId)).refunded.amount).toBe(2500);
    expect(await letter('friend@example.com', 'Ticket resold')).toContain('the person who paid');
    expect(await letter(seller.email, 'Refund sent')).toContain('Somebody else has bought your ticket');
  });

  test('gathers for a party, with free places in one hold', async () => {
    const event = await resellable(world, {}, 3);
    const [one, two, three] = [await own(world, event), await own(world, event), await own(world, event)];
    const party = await world.guest();
    await join(party, event, 3);
    await resell(one);
    expect((await entryOf(party, event)).status).toBe('waiting');
    const single = await world.guest();
    await join(single, event);
    await world.drain();
    expect((await entryOf(single, event)).status).toBe('waiting');
    await resell(two);
    // The third place is free, because its ticket is returned.
    const refunded = await event.organiser.client.post(`/api/orders/${three.orderId}/refunds`, {
      reason: 'A mistake',
    });
    expect(refunded.status).toBe(201);
    const bought = await accept(world, party, event);
    expect(bought.tickets).toHaveLength(3);
    expect(bought.lines.map(({ isResale }: { isResale?: true }) => isResale)).toEqual([
      true,
      true,
      undefined,
    ]);
    for (const { buyer, orderId } of [one, two])
      expect((await orderOf(buyer, orderId)).refunded.amount).toBe(2500);
    expect((await entryOf(single, event)).status).toBe('waiting');
  });

  test('of a resold ticket works again, and of an exchanged one costs both payments', async () => {
    const event = await resellable(world);
    const seller = await own(world, event);
    const [ann, bob] = [await world.guest(), await world.guest()];
    await join(ann, event);
    await resell(seller);
    const { id, tickets } = await accept(world, ann, event);
    expect((await resell({ ...seller, buyer: seller.buyer })).body.code).toBe('ticket_cancelled');
    await join(bob, event);
    const again = await resell({ ...seller, buyer: ann }, { ticketId: tickets[0].id });
    expect(again.body).toMatchObject({ price: { amount: 2500 }, back: { amount: 2500 } });
    const last = await accept(world, bob, event);
    expect(last.status).toBe('confirmed');
    expect(await orderOf(ann, id)).toMatchObject({ status: 'refunded', refunded: { amount: 2500 } });
  });

  test('costs what a promo code left, and the code is free for another purchase', async () => {
    const promoCodes = [{ code: 'HALF', percentOff: 50, maxTickets: 1 }];
    const event = await resellable(world, { promoCodes });
    const buyer = await world.guest();
    const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
    const hold = await buyer.client.post(`/api/events/${event.id}/holds`, { items });
    await buyer.client.put(`/api/holds/${hold.body.id}/promo-code`, { code: 'HALF' });
    const ordered = await buyer.client.post('/api/orders', {
      holdId: hold.body.id,
      buyer: { name: 'Ada Osei', email: 'half@example.com' },
    });
    await pay(world, ordered);
    const { id, tickets } = (await buyer.client.get(`/api/orders/${ordered.body.order.id}`)).body;
    const seller = { buyer, event, orderId: id, ticket: tickets[0], tickets, email: '' };
    const ann = await world.guest();
    await join(ann, event);
    expect((await resell(seller)).body.price.amount).toBe(1250);
    expect((await accept(world, ann, event)).total.amount).toBe(1250);
    const [pool] = await world.app.db.query(
      `select held, sold from pools where event_id = $1 and key like '%HALF%'`,
      [event.id],
    );
    expect(pool).toEqual({ held: 0, sold: 0 });
  });

  test('of a seat gives the buyer that seat', async () => {
    const event = await world.event({
      seats: [{ zone: 'stalls', rows: 1, perRow: 2 }],
      fields: { resale: { allowed: true }, maxPerBuyer: 1 },
    });
    const [seller] = [await own(world, event), await own(world, event)];
    const { place } = await ticketOf(seller.buyer, seller.ticket.id);
    const ann = await world.guest();
    await join(ann, event);
    await resell(seller);
    const { offer: place2 } = await entryOf(ann, event);
    const hold = await ann.client.get(`/api/holds/${place2.holdId}`);
    expect(hold.body.lines[0].seats).toMatchObject([place]);
    const bought = await accept(world, ann, event);
    expect(bought.tickets).toMatchObject([{ place, status: 'valid' }]);
    const map = await world.client().get(`/api/events/${event.id}/availability`);
    expect(map.body.ticketTypes[0].available).toBe(0);
  });
});

describe('what is refused', () => {
  test('twice, of a used, cancelled or refunded ticket, where it is off, and after the deadline', async () => {
    const event = await resellable(world, {}, 5);
    const seller = await own(world, event);
    expect((await resell(seller, { key: 'first-key' })).status).toBe(201);
    const [again, replayed] = [await resell(seller), await resell(seller, { key: 'first-key' })];
    expect(again.body.code).toBe('resale_pending');
    expect(replayed.status).toBe(201);
    const quote = await seller.buyer.client.get(`/api/tickets/${seller.ticket.id}/resale`);
    expect(quote.body.code).toBe('resale_pending');

    const used = await own(world, event);
    await scan(event, used.ticket.code);
    expect((await resell(used)).body.code).toBe('ticket_used');
    const returned = await own(world, event);
    await event.organiser.client.post(`/api/orders/${returned.orderId}/refunds`, { reason: 'x' });
    expect((await resell(returned)).body.code).toBe('ticket_cancelled');
    const refunded = await own(world, event);
    await event.organiser.client.post(`/api/orders/${refunded.orderId}/refunds`, {
      reason: 'x',
      keepTickets: true,
    });
    expect((await resell(refunded)).body.code).toBe('ticket_refunded');
    expect((await resell({ ...seller, buyer: await world.guest() })).status).toBe(404);

    const off = await resellable(world, { resale: { allowed: false } });
    expect((await resell(await own(world, off))).body.code).toBe('resales_off');
    const until = new Date(world.clock.now().getTime() - hours(1)).toISOString();
    const late = await resellable(world, { resale: { allowed: true, until } });
    expect((await resell(await own(world, late))).body.code).toBe('resales_ended');
  });

  test('passing on and exchanging while it is offered', async () => {
    const event = await resellable(world, { exchanges: { allowed: true } });
    const seller = await own(world, event);
    await resell(seller);
    const { client } = seller.buyer;
    const { id } = seller.ticket;
    const passed = await client.post(`/api/tickets/${id}/transfers`, { email: 'x@example.com' });
    expect(passed.body.code).toBe('resale_pending');
    const exchanged = await client.post(`/api/tickets/${id}/exchanges`, { ticketTypeId: event.ticketTypeId });
    expect(exchanged.body.code).toBe('resale_pending');
    expect((await client.get(`/api/tickets/${id}/exchange-quote`)).body.code).toBe('resale_pending');
    expect((await withdraw(seller)).status).toBe(204);
    expect((await withdraw(seller)).status).toBe(204);
    const offered = await client.post(`/api/tickets/${id}/transfers`, { email: 'x@example.com' });
    expect(offered.status).toBe(201);
    expect((await resell(seller)).body.code).toBe('transfer_pending');
  });

  test('other places or a promo code for the hold of an offer', async () => {
    const event = await resellable(world, { promoCodes: [{ code: 'HALF', percentOff: 50, maxTickets: 5 }] });
    const seller = await own(world, event);
    const ann = await world.guest();
    await join(ann, event);
    await resell(seller);
    const { offer: place } = await entryOf(ann, event);
    const body = { items: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }] };
    const changed = await ann.client.put(`/api/holds/${place.holdId}/places`, body);
    expect(changed.body.code).toBe('places_fixed');
    const redeemed = await ann.client.put(`/api/holds/${place.holdId}/promo-code`, { code: 'HALF' });
    expect(redeemed.body.code).toBe('places_fixed');
  });
});

describe('an offer ends', () => {
  test('with the deadline, and its seller hears of it', async () => {
    const start = world.clock.now().getTime() + days(20);
    const event = await resellable(world, {
      startsAt: new Date(start).toISOString(),
      endsAt: new Date(start + hours(3)).toISOString(),
      resale: { allowed: true, until: new Date(world.clock.now().getTime() + days(2)).toISOString() },
    });
    const seller = await own(world, event);
    await resell(seller);
    await endResales(world.app);
    expect((await ticketOf(seller.buyer, seller.ticket.id)).resale.status).toBe('offered');
    world.clock.advance(days(2));
    await endResales(world.app);
    expect((await ticketOf(seller.buyer, seller.ticket.id)).resale).toBe(null);
    expect(await letter(seller.email, 'Not resold')).toContain('Nobody bought your ticket');
    const seen = await event.organiser.client.get(`/api/orders/${seller.orderId}/resales`);
    expect(seen.body.items).toMatchObject([{ status: 'ended', endedBecause: 'unsold' }]);
  });

  test('with a return, a refund of a part, and the cancellation of the event', async () => {
    const event = await resellable(world, {}, 3);
    const [one, two, three] = [await own(world, event), await own(world, event), await own(world, event)];
    const ann = await world.guest();
    await join(ann, event);
    for (const seller of [one, two, three]) await resell(seller);
    expect((await ticketOf(one.buyer, one.ticket.id)).resale.status).toBe('reserved');
    await event.organiser.client.post(`/api/orders/${two.orderId}/refunds`, {
      reason: 'x',
      amount: { amount: 500, currency: 'EUR' },
    });
    expect(await ticketOf(two.buyer, two.ticket.id)).toMatchObject({ status: 'valid', resale: null });
    expect((await resell(two)).body.price.amount).toBe(2000);
    // The ticket that ann may buy ends: she is offered the next one, and it is hers to refuse.
    await event.organiser.client.post(`/api/orders/${one.orderId}/refunds`, { reason: 'x' });
    await world.drain();
    expect((await entryOf(ann, event)).status).toBe('offered');
    const called = await event.organiser.client.post(`/api/events/${event.id}/cancellation`, {
      reason: 'The hall has burnt down',
      refund: 'full',
    });
    expect(called.status).toBe(202);
    await world.drain();
    expect((await ticketOf(three.buyer, three.ticket.id)).status).toBe('cancelled');
    const seen = await event.organiser.client.get(`/api/orders/${three.orderId}/resales`);
    expect(seen.body.items).toMatchObject([{ status: 'ended', endedBecause: 'cancelled' }]);
  });
});
