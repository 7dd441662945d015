import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OrderId } from '../../../contract/ids.ts';
import type { OrderHistoryEntry } from '../../../contract/order-desk.ts';
import { createWorld, type Organiser, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { eraseBuyerNames } from '../orders/erase-buyer-names.ts';

let world: World;
let house: Organiser;
let event: TestEvent;
beforeAll(async () => {
  world = await createWorld();
  house = await world.organiser();
  event = await world.event({ organiser: house });
});
afterAll(() => world.close());

let buyers = 0;
async function buy(card = '4242424242424242', of = event) {
  const person = await world.guest();
  const items = [{ ticketTypeId: of.ticketTypeId, quantity: 1 }];
  const held = await person.client.post(`/api/events/${of.id}/holds`, { items });
  const email = `history-${++buyers}@example.com`;
  const buyer = { name: 'Ada Osei', email };
  const placed = (await person.client.post('/api/orders', { holdId: held.body.id, buyer })).body;
  await person.client.post(`/api/sandbox/payments/${placed.payment.id}/confirmation`, {
    clientSecret: placed.payment.clientSecret,
    card: { number: card },
  });
  await world.drain();
  const order = (await person.client.get(`/api/orders/${placed.order.id}`)).body;
  return { person, email, id: order.id as string, ticketId: order.tickets[0].id as string };
}

const historyOf = async (who: Pick<Person, 'client'>, id: string) =>
  (await who.client.get(`/api/orders/${id}/history`)).body as {
    tags: string[];
    cardLast4: string | null;
    items: OrderHistoryEntry[];
  };
/** The clock of a test stands still, and ids of one millisecond have no order. */
const later = () => world.clock.advance(1000);
const kindsOf = (items: OrderHistoryEntry[]) => items.map(({ kind }) => kind);
const actsOf = (items: OrderHistoryEntry[]) =>
  items.flatMap((item) => (item.kind === 'act' ? [[item.act, item.actor.role]] : []));

describe('the history of an order', () => {
  test('has what every part knows of it, the latest first', async () => {
    const order = await buy();
    const support = await world.member(house, 'support');
    await support.client.post(`/api/orders/${order.id}/notes`, { text: 'Comes late' });
    await support.client.put(`/api/tickets/${order.ticketId}/attendee`, { name: 'Bo Lind' });
    await house.client.post(`/api/orders/${order.id}/refunds`, {
      amount: { amount: 100, currency: 'EUR' },
      reason: 'Late start',
    });
    await world.drain();
    const { items, cardLast4 } = await historyOf(house, order.id);
    expect(cardLast4).toBe('4242');
    const kinds = new Set(kindsOf(items));
    for (const kind of [
      'ordered',
      'confirmed',
      'payment',
      'refund',
      'booked',
      'ticket',
      'message',
      'note',
      'act',
      'rename',
    ])
      expect(kinds).toContain(kind);
    expect(actsOf(items)).toEqual(
      expect.arrayContaining([
        ['order.noted', 'support'],
        ['order.refunded', 'owner'],
      ]),
    );
    const times = items.map(({ at }) => Date.parse(at));
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(items.at(-1)?.kind).toBe('ordered');
    const refund = items.find(({ kind }) => kind === 'refund');
    expect(refund).toMatchObject({ status: 'succeeded', amount: { amount: 100, currency: 'EUR' } });
  });

  test('shows the entries of the books only to roles that see the books', async () => {
    const order = await buy();
    const [support, finance] = [await world.member(house, 'support'), await world.member(house, 'finance')];
    expect(kindsOf((await historyOf(finance, order.id)).items)).toContain('booked');
    expect(kindsOf((await historyOf(support, order.id)).items)).not.toContain('booked');
    expect((await order.person.client.get(`/api/orders/${order.id}/history`)).status).toBe(404);
  });
});

describe('notes and tags', () => {
  test('are for the team only, and the audit log has no text of a note', async () => {
    const order = await buy();
    const support = await world.member(house, 'support');
    const path = `/api/orders/${order.id}/notes`;
    later();
    const key = { 'idempotency-key': 'note-1' };
    const text = 'Wheelchair, row A';
    const [note, again] = [
      await support.client.post(path, { text }, key),
      await support.client.post(path, { text }, key),
    ];
    expect(note.status).toBe(201);
    expect(again.body).toEqual(note.body);
    expect(JSON.stringify((await order.person.client.get(`/api/orders/${order.id}`)).body)).not.toContain(
      text,
    );
    expect(JSON.stringify((await order.person.client.get('/api/me/export')).body)).not.toContain(text);
    const log = await house.client.get(
      `/api/organisations/${house.organisationId}/audit-log?act=order.noted`,
    );
    expect(log.body.items[0]).toMatchObject({ after: { note: note.body.id }, actor: { role: 'support' } });
    expect(JSON.stringify(log.body)).not.toContain(text);
    expect((await historyOf(house, order.id)).items.filter(({ kind }) => kind === 'note')).toHaveLength(1);
    expect((await support.client.delete(`${path}/${note.body.id}`)).status).toBe(204);
    expect((await support.client.delete(`${path}/${note.body.id}`)).status).toBe(404);
    expect(kindsOf((await historyOf(house, order.id)).items)).not.toContain('note');
  });

  test('tags replace each other, without doubles in other case', async () => {
    const order = await buy();
    const put = (tags: string[]) => house.client.put(`/api/orders/${order.id}/tags`, { tags });
    expect((await put(['VIP', 'press', 'vip'])).body.tags).toEqual(['VIP', 'press']);
    expect((await put(['press', 'wheelchair'])).body.tags).toEqual(['press', 'wheelchair']);
    expect((await historyOf(house, order.id)).tags).toEqual(['press', 'wheelchair']);
    const tagged = (await historyOf(house, order.id)).items.filter(
      (item) => item.kind === 'act' && item.act === 'order.tagged',
    );
    expect(tagged).toHaveLength(2);
  });
});

test('notes are erased with the name of the buyer', async () => {
  const order = await buy();
  await house.client.post(`/api/orders/${order.id}/notes`, { text: 'Ask for Bo' });
  await world.app.db.writeAll((trx) => eraseBuyerNames(trx, event.id, [order.id as OrderId]));
  const { items } = await historyOf(house, order.id);
  expect(kindsOf(items)).not.toContain('note');
  expect(JSON.stringify(items)).not.toContain('Ask for Bo');
});

test('the last four digits of the card find an order', async () => {
  const [visa, mastercard] = [await buy(), await buy('5555555555554444')];
  const find = async (q: string): Promise<string[]> =>
    (await house.client.get(`/api/organisations/${house.organisationId}/orders?q=${q}`)).body.items.map(
      ({ id }: { id: string }) => id,
    );
  expect((await historyOf(house, mastercard.id)).cardLast4).toBe('4444');
  expect(await find('4444')).toEqual([mastercard.id]);
  expect(await find('4444 osei')).toEqual([mastercard.id]);
  expect(await find('4242')).toContain(visa.id);
  expect(await find('4242')).not.toContain(mastercard.id);
});

test('a member who may corrects the address: the mail goes there, and the audit log masks it', async () => {
  const order = await buy();
  const support = await world.member(house, 'support');
  const finance = await world.member(house, 'finance');
  const path = `/api/orders/${order.id}/buyer-email`;
  expect((await finance.client.put(path, { email: 'right@example.com' })).status).toBe(403);
  const corrected = await support.client.put(path, { email: 'right@example.com' });
  expect(corrected.body.buyer.email).toBe('right@example.com');
  await world.drain();
  const mails = (await world.client().get('/api/mailbox?to=right@example.com')).body.items;
  expect(mails).toHaveLength(1);
  later();
  expect((await support.client.put(path, { email: 'right@example.com' })).status).toBe(200);
  await world.drain();
  expect((await world.client().get('/api/mailbox?to=right@example.com')).body.items).toHaveLength(2);
  const acts = (await historyOf(house, order.id)).items.flatMap((item) =>
    item.kind === 'act' ? [{ act: item.act, before: item.before, after: item.after }] : [],
  );
  expect(acts).toEqual([
    { act: 'order.sent_again', before: null, after: { address: 'r…@example.com' } },
    {
      act: 'order.address_corrected',
      before: null,
      after: { address: 'r…@example.com' },
    },
  ]);
  // The buyer's own correction is nobody else's act.
  expect((await order.person.client.put(path, { email: order.email })).status).toBe(200);
  expect(actsOf((await historyOf(house, order.id)).items)).toHaveLength(2);
});
