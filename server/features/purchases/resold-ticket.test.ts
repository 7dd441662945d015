import { afterAll, beforeAll, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { offer, scan } from '../transfers/testing/offer.ts';
import { accept, entryOf, join, orderOf, own, resell, resellable, ticketOf } from './testing/resale.ts';

/* A resold ticket goes on: its buyer passes it on, the new holder resells it, and the last holder returns it. */
let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.drain();
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
  await world.close();
});

/** Somebody who waits. */
async function waiting(event: TestEvent): Promise<Person> {
  const person = await world.guest();
  expect((await join(person, event)).status).toBe(201);
  return person;
}

/** Passes a ticket on to somebody new. Returns them, with the ticket's new code. */
async function passOn(sender: Person, ticketId: string): Promise<Person & { code: string }> {
  const person = await world.guest();
  const email = `${person.userId.toLowerCase()}@example.com`;
  const { id, secret } = await offer(world, sender, ticketId, { email });
  const accepted = await person.client.post(`/api/transfers/${id}/acceptance`, { secret, name: 'Zoë Holt' });
  expect(accepted.status, JSON.stringify(accepted.body)).toBe(200);
  return { ...person, code: (await ticketOf(person, ticketId)).code };
}

test('a resold ticket is passed on, resold again and returned: one code admits at each step, and whoever paid gets the money', async () => {
  const event = await resellable(world, { resale: { allowed: true, feePercent: 10 } });
  const dead: string[] = [];
  const scanDead = async () => {
    const answers = await Promise.all(dead.map((code) => scan(event, code)));
    return answers.map(({ status, body }) => [status, body.code]);
  };
  const backOf = async (person: Person, orderId: string) => (await orderOf(person, orderId)).refunded.amount;

  // Ada sells to Ann, who waits.
  const ada = await own(world, event);
  const ann = await waiting(event);
  expect((await resell(ada)).status).toBe(201);
  const annOrder = await accept(world, ann, event);
  const first = annOrder.tickets[0].id;
  const annCode = (await ticketOf(ann, first)).code;
  dead.push(ada.ticket.code);
  expect(await scanDead()).toEqual([[409, 'ticket_cancelled']]);
  expect([await backOf(ada.buyer, ada.orderId), await backOf(ann, annOrder.id)]).toEqual([2250, 0]);

  // Ann passes it on to a friend. Nobody is paid.
  const friend = await passOn(ann, first);
  dead.push(annCode);
  expect(friend.code).not.toBe(annCode);
  expect(await scanDead()).toEqual([
    [409, 'ticket_cancelled'],
    [409, 'ticket_transferred'],
  ]);
  expect((await resell({ ...ada, buyer: ann }, { ticketId: first })).body.code).toBe('ticket_transferred');
  const returned = await ann.client.post(`/api/tickets/${first}/cancellation`, {});
  expect(returned.body.code).toBe('ticket_transferred');
  expect(await backOf(ann, annOrder.id)).toBe(0);

  // The friend resells it to Bob: Ann paid, so Ann gets the money.
  const bob = await waiting(event);
  const again = await resell({ ...ada, buyer: friend }, { ticketId: first });
  expect(again.body).toMatchObject({ price: { amount: 2500 }, back: { amount: 2250 } });
  // Until Bob has paid, the ticket is the friend's, and it can't be passed on meanwhile.
  expect(await ticketOf(friend, first)).toMatchObject({ status: 'valid', code: friend.code });
  const meanwhile = await friend.client.post(`/api/tickets/${first}/transfers`, { email: 'x@example.com' });
  expect(meanwhile.body.code).toBe('resale_pending');
  expect(await entryOf(bob, event)).toMatchObject({ status: 'offered' });
  const bobOrder = await accept(world, bob, event);
  const second = bobOrder.tickets[0].id;
  const bobCode = (await ticketOf(bob, second)).code;
  dead.push(friend.code);
  expect((await scanDead()).map(([, code]) => code)).toEqual([
    'ticket_cancelled',
    'ticket_cancelled',
    'ticket_cancelled',
  ]);
  expect(await backOf(ann, annOrder.id)).toBe(2250);
  expect(await backOf(ada.buyer, ada.orderId)).toBe(2250);
  expect(await backOf(bob, bobOrder.id)).toBe(0);

  // Bob passes it on, and the last holder returns it: the money goes to Bob.
  const last = await passOn(bob, second);
  dead.push(bobCode);
  const quote = (await last.client.get(`/api/tickets/${second}/cancellation-quote`)).body;
  expect(quote.refund.amount).toBe(2500);
  const ended = await last.client.post(`/api/tickets/${second}/cancellation`, { refund: quote.refund });
  expect([ended.status, ended.body.status]).toEqual([200, 'cancelled']);
  dead.push(last.code);
  await world.drain();
  expect(await backOf(bob, bobOrder.id)).toBe(2500);
  expect(await backOf(ann, annOrder.id)).toBe(2250);
  expect(await backOf(ada.buyer, ada.orderId)).toBe(2250);
  for (const [status] of await scanDead()) expect(status).toBe(409);
  // The place is on sale again, once.
  const { ticketTypes } = (await world.client().get(`/api/events/${event.id}/availability`)).body;
  expect(ticketTypes[0].available).toBe(1);
});
