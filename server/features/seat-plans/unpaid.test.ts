import { afterAll, beforeAll, expect, test } from 'vitest';
import { seatId } from '../../../contract/ids.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { apply, drawn, edit, hall, must, save } from './testing/draw.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

test('a seat that gets other names while somebody pays: the mail that confirms the order says the chosen name and the present one', async () => {
  const event = await drawn(world);
  const ada = await world.guest();
  const email = 'ada.paying@example.com';
  const seats = [{ seatId: seatId(event.id as never, 0) }];
  const held = await must(ada.client.post(`/api/events/${event.id}/holds`, { seats }), 201);
  const buyer = { name: 'Ada', email };
  const { order, payment } = await must(ada.client.post('/api/orders', { holdId: held.id, buyer }), 201);
  const rowsFrom = (start: number) =>
    edit(hall(), {
      do: 'number',
      objects: ['block1'],
      rowNames: { scheme: 'letters', start, from: 'front' },
    });
  for (const start of [5, 7]) {
    await save(event, rowsFrom(start));
    await must(apply(event));
  }
  const shown = await must(ada.client.get(`/api/orders/${order.id}`));
  expect(shown.lines[0].seats[0]).toMatchObject({ row: 'G', seat: '1' });
  await must(
    ada.client.post(`/api/sandbox/payments/${payment.id}/confirmation`, {
      clientSecret: payment.clientSecret,
      card: { number: '4242424242424242' },
    }),
  );
  await world.drain();
  const { items } = await must(world.client().get(`/api/mailbox?to=${email}`));
  const mails = await Promise.all(
    items.map(({ id }: { id: string }) => must(world.client().get(`/api/mailbox/${id}`))),
  );
  expect(mails).toHaveLength(1);
  expect(mails[0].text).toMatch(/has changed the seat map/);
  expect(mails[0].text).toMatch(/Stalls, row G, seat 1/);
  // The name in between was never shown to anybody.
  expect(mails[0].text).toMatch(/Before: .*Stalls, row A, seat 1/);
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
