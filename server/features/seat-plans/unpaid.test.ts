import { afterAll, beforeAll, expect, test } from 'vitest';
import { seatId } from '../../../contract/ids.ts';
import { createWorld, type TestEvent, type World } from '../../testing/world.ts';
import { apply, drawn, edit, hall, must, save } from './testing/draw.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

/** Everything that a seat of row A is renamed to: the number of its row. */
const rowsFrom = (start: number) =>
  edit(hall(), {
    do: 'number',
    objects: ['block1'],
    rowNames: { scheme: 'letters', start, from: 'front' },
  });
const renameTo = async (event: TestEvent, start: number) => {
  await save(event, rowsFrom(start));
  await must(apply(event));
};

/** Orders a seat and leaves it unpaid. */
async function ordered(email: string, event: TestEvent) {
  const { client } = await world.guest();
  const seats = [{ seatId: seatId(event.id as never, 0) }];
  const held = await must(client.post(`/api/events/${event.id}/holds`, { seats }), 201);
  const buyer = { name: 'Ada', email };
  const { order, payment } = await must(client.post('/api/orders', { holdId: held.id, buyer }), 201);
  const pay = async () => {
    const { clientSecret } = payment;
    const card = { number: '4242424242424242' };
    await must(client.post(`/api/sandbox/payments/${payment.id}/confirmation`, { clientSecret, card }));
    await world.drain();
  };
  return { client, order, pay };
}

/** All mails to an address. */
async function mailsTo(email: string): Promise<{ text: string }[]> {
  const { items } = await must(world.client().get(`/api/mailbox?to=${email}`));
  return Promise.all(items.map(({ id }: { id: string }) => must(world.client().get(`/api/mailbox/${id}`))));
}

test('a seat that gets other names while somebody pays: the mail that confirms the order says the chosen name and the present one', async () => {
  const event = await drawn(world);
  const email = 'ada.paying@example.com';
  const { client, order, pay } = await ordered(email, event);
  for (const start of [5, 7]) await renameTo(event, start);
  const shown = await must(client.get(`/api/orders/${order.id}`));
  expect(shown.lines[0].seats[0]).toMatchObject({ row: 'G', seat: '1' });
  await pay();
  const mails = await mailsTo(email);
  expect(mails).toHaveLength(1);
  expect(mails[0]?.text).toMatch(/has changed the seat map/);
  expect(mails[0]?.text).toMatch(/Stalls, row G, seat 1/);
  // The name in between was never shown to anybody.
  expect(mails[0]?.text).toMatch(/Before: .*Stalls, row A, seat 1/);
});

test('tickets that are sent again say nothing of what was told with the first ones', async () => {
  const event = await drawn(world);
  const email = 'ada.again@example.com';
  const { client, order, pay } = await ordered(email, event);
  await renameTo(event, 5);
  await pay();
  await renameTo(event, 7);
  await world.drain();
  await must(client.put(`/api/orders/${order.id}/buyer-email`, { email }));
  await world.drain();
  const withTickets = (await mailsTo(email)).filter(({ text }) => text.includes('Thank you, Ada'));
  expect(withTickets).toHaveLength(2);
  expect(withTickets.filter(({ text }) => text.includes('seat map'))).toHaveLength(1);
});

test('a seat that has its chosen name again is no news', async () => {
  const event = await drawn(world);
  const email = 'ada.returned@example.com';
  const { pay } = await ordered(email, event);
  for (const start of [5, 1]) await renameTo(event, start);
  await pay();
  const [mail] = await mailsTo(email);
  expect(mail?.text).toMatch(/row A, seat 1/);
  expect(mail?.text).not.toMatch(/seat map/);
});

test('an order whose seats stay as they are is confirmed without a word about the seat map', async () => {
  const event = await drawn(world);
  const ada = await world.guest();
  const email = 'ada.plain@example.com';
  const seats = [{ seatId: seatId(event.id as never, 1) }];
  const held = await must(ada.client.post(`/api/events/${event.id}/holds`, { seats }), 201);
  const { payment } = await must(
    ada.client.post('/api/orders', { holdId: held.id, buyer: { name: 'Ada', email } }),
    201,
  );
  await must(
    ada.client.post(`/api/sandbox/payments/${payment.id}/confirmation`, {
      clientSecret: payment.clientSecret,
      card: { number: '4242424242424242' },
    }),
  );
  await world.drain();
  const { items } = await must(world.client().get(`/api/mailbox?to=${email}`));
  const mail = await must(world.client().get(`/api/mailbox/${items[0].id}`));
  expect(mail.text).not.toMatch(/seat map/);
});
