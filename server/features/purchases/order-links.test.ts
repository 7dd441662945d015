import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OrderId } from '../../../contract/ids.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';

let world: World;
let event: TestEvent;
beforeAll(async () => {
  world = await createWorld();
  event = await world.event({ capacity: 1000, priceMinor: 0, fields: { maxPerBuyer: 20 } });
});
afterAll(() => world.close());

let count = 0;
const newAddress = () => `guest-${++count}@example.com`;

/** A free order, which is confirmed at once. */
async function order(person: Person, email: string, of = event) {
  const held = await person.client.post(`/api/events/${of.id}/holds`, {
    items: [{ ticketTypeId: of.ticketTypeId, quantity: 2 }],
  });
  expect(held.status).toBe(201);
  const placed = await person.client.post('/api/orders', {
    holdId: held.body.id,
    buyer: { name: 'Ada Osei', email },
  });
  expect(placed.status).toBe(201);
  return (await person.client.get(`/api/orders/${placed.body.order.id}`)).body;
}

interface Mail {
  id: string;
  subject: string;
  text: string;
}
async function mailsTo(email: string): Promise<Mail[]> {
  // The mailbox lists mails by id, and ids of one millisecond have no order.
  world.clock.advance(1);
  await world.drain();
  const { body } = await world.client().get(`/api/mailbox?to=${encodeURIComponent(email)}`);
  return Promise.all(
    body.items.map(async ({ id }: { id: string }) => (await world.client().get(`/api/mailbox/${id}`)).body),
  );
}
const secretIn = (mail: Mail | undefined) => /\/orders\/ord_\w+#([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
/** The secret of the newest mail to an address. */
const newestSecret = async (email: string) => secretIn((await mailsTo(email))[0]);
const open = (person: Pick<Person, 'client'>, orderId: string, secret: string) =>
  person.client.post(`/api/orders/${orderId}/openings`, { secret });
const status = async (person: Pick<Person, 'client'>, orderId: string) =>
  (await person.client.get(`/api/orders/${orderId}`)).status;

test('the link of the mail does on another device all that a buyer does', async () => {
  const email = newAddress();
  const placed = await order(await world.guest(), email);
  const secret = await newestSecret(email);
  expect(secret).toMatch(/^[\w-]{32}$/);

  // Nobody is signed in there: the opening signs a guest in by its key.
  const phone = world.client();
  const opened = await phone.post(
    `/api/orders/${placed.id}/openings`,
    { secret },
    { 'admit-guest-key': 'a'.repeat(32) },
  );
  expect(opened.status).toBe(200);
  expect(opened.body.tickets).toHaveLength(2);
  const ticket = placed.tickets[0].id;
  for (const path of [
    `/api/orders/${placed.id}`,
    `/api/orders/${placed.id}/tickets.pdf`,
    `/api/orders/${placed.id}/event.ics`,
    `/api/tickets/${ticket}`,
    `/api/tickets/${ticket}/qr.svg`,
    `/api/tickets/${ticket}/ticket.pdf`,
  ])
    expect([path, (await phone.get(path)).status]).toEqual([path, 200]);
  expect((await phone.get('/api/orders')).body.items.map(({ id }: { id: string }) => id)).toEqual([
    placed.id,
  ]);
  const cancelled = await phone.post(`/api/orders/${placed.id}/cancellation`, {});
  expect(cancelled.body.status).toBe('cancelled');
});

test('what opens nothing: a guess, the secret of another order, no order, and the order without its secret', async () => {
  const [one, two] = [newAddress(), newAddress()];
  const [first, second] = [await order(await world.guest(), one), await order(await world.guest(), two)];
  const secret = await newestSecret(one);
  const stranger = await world.guest();
  const missing = first.id.replace(/.{8}$/, '00000000');
  const answers = [
    await open(stranger, first.id, 'x'.repeat(32)),
    await open(stranger, first.id, secret.slice(0, -1)),
    await open(stranger, second.id, secret),
    await open(stranger, missing, secret),
  ];
  const plain = answers.map(({ body: { requestId: _, instance: __, ...rest }, status: code }) => [
    code,
    rest,
  ]);
  expect(new Set(plain.map((each) => JSON.stringify(each))).size).toBe(1);
  expect(answers[0]?.body.code).toBe('order_link_invalid');
  for (const id of [first.id, second.id]) expect(await status(stranger, id)).toBe(404);
  expect((await stranger.client.get('/api/orders')).body.items).toEqual([]);
  // The buyer's link is for the buyer: the organiser's team does not get it.
  expect(JSON.stringify(first)).not.toContain(secret);
});

test('a corrected address gets the tickets, and the links of earlier mails end', async () => {
  const [wrong, right] = [newAddress(), newAddress()];
  const buyer = await world.guest();
  const placed = await order(buyer, wrong);
  const oldSecret = await newestSecret(wrong);
  const reader = await world.guest();
  expect((await open(reader, placed.id, oldSecret)).status).toBe(200);

  const corrected = await buyer.client.put(`/api/orders/${placed.id}/buyer-email`, { email: right });
  expect(corrected.body.buyer.email).toBe(right);
  const mails = await mailsTo(right);
  expect(mails).toHaveLength(1);
  expect(mails[0]?.subject).toContain('Your tickets');
  // Whoever reads the wrong mailbox has lost the order, also where they had opened it.
  expect(await status(reader, placed.id)).toBe(404);
  expect((await open(await world.guest(), placed.id, oldSecret)).status).toBe(404);
  expect((await open(await world.guest(), placed.id, secretIn(mails[0]))).status).toBe(200);
  expect(await status(buyer, placed.id)).toBe(200);

  // The same address again only sends the mail again; its link stays.
  await buyer.client.put(`/api/orders/${placed.id}/buyer-email`, { email: right });
  const again = await mailsTo(right);
  expect(again).toHaveLength(2);
  expect(secretIn(again[0])).toBe(secretIn(mails[0]));

  const stranger = await world.guest();
  expect((await stranger.client.put(`/api/orders/${placed.id}/buyer-email`, { email: wrong })).status).toBe(
    404,
  );
  await world.app.db.run(`update tickets set status = 'used', used_at = now() where id = $1`, [
    placed.tickets[0].id,
  ]);
  const late = await buyer.client.put(`/api/orders/${placed.id}/buyer-email`, { email: wrong });
  expect(late.body.code).toBe('order_address_fixed');
});

test('replaced links end for everybody but who replaced them, and the buyer gets a new one', async () => {
  const email = newAddress();
  const buyer = await world.guest();
  const placed = await order(buyer, email);
  const leaked = await newestSecret(email);
  const [thief, friend] = [await world.guest(), await world.guest()];
  for (const person of [thief, friend]) expect((await open(person, placed.id, leaked)).status).toBe(200);

  // Retried with the same key it is one replacement and one mail.
  const replace = () =>
    friend.client.post(`/api/orders/${placed.id}/links`, undefined, {
      'idempotency-key': `replace-${placed.id}`,
    });
  const [first, again] = [await replace(), await replace()];
  expect([first.status, again.status]).toEqual([200, 200]);
  expect(first.body.tickets).toEqual(placed.tickets);

  expect(await status(thief, placed.id)).toBe(404);
  expect((await thief.client.get('/api/orders')).body.items).toEqual([]);
  expect((await open(thief, placed.id, leaked)).body.code).toBe('order_link_invalid');
  for (const person of [buyer, friend]) expect(await status(person, placed.id)).toBe(200);
  const mails = await mailsTo(email);
  expect(mails).toHaveLength(2);
  const fresh = mails.find(({ subject }) => subject === 'Your order: Night Shift');
  expect((await open(await world.guest(), placed.id, secretIn(fresh))).status).toBe(200);
  // Who has lost the order can't lock out the others.
  expect((await thief.client.post(`/api/orders/${placed.id}/links`)).status).toBe(404);
});

test('a link is mailed again by number and address, to that address alone, and the answer tells nothing', async () => {
  const [email, other] = [newAddress(), newAddress()];
  const placed = await order(await world.guest(), email);
  await order(await world.guest(), other);
  const before = (await mailsTo(email)).length;
  const ask = (number: string, address: string) =>
    world.client().post('/api/order-links', { number, email: address });
  const answers = [
    await ask(placed.number, other),
    await ask('00000000', email),
    await ask(placed.number, 'nobody@example.com'),
    await ask(placed.number.toLowerCase(), email.toUpperCase()),
  ];
  expect(answers.map((answer) => [answer.status, answer.body])).toEqual(
    Array(4).fill([202, { status: 'accepted' }]),
  );
  const mails = await mailsTo(email);
  expect(mails).toHaveLength(before + 1);
  expect(mails[0]?.subject).toBe('Your order: Night Shift');
  expect(await mailsTo(other)).toHaveLength(1);
  expect(await mailsTo('nobody@example.com')).toHaveLength(0);
  expect((await open(await world.guest(), placed.id, secretIn(mails[0]))).status).toBe(200);
});

test('an account sees what guests ordered with its address once that is confirmed, earlier and later', async () => {
  const account = await world.user({ verified: false });
  const earlier = await order(await world.guest(), account.email.toUpperCase());
  expect(await status(account, earlier.id)).toBe(404);
  expect((await account.client.get('/api/orders')).body.items).toEqual([]);

  await world.app.db.run('update users set email_verified = true where id = $1', [account.userId]);
  const later = await order(await world.guest(), account.email);
  const own = await order(account, newAddress());
  const listed = async () =>
    (await account.client.get('/api/orders')).body.items.map(({ id }: { id: OrderId }) => id);
  expect((await listed()).sort()).toEqual([earlier.id, later.id, own.id].sort());
  expect(await status(account, earlier.id)).toBe(200);
  const first = (await account.client.get('/api/orders?limit=1')).body;
  const rest = (await account.client.get(`/api/orders?limit=5&cursor=${first.nextCursor}`)).body;
  expect([...first.items, ...rest.items]).toHaveLength(3);

  // Not what another account ordered with that address, and not what a guest has moved to another address.
  const others = await order(await world.user(), account.email);
  expect(await status(account, others.id)).toBe(404);
  const cancelled = await account.client.post(`/api/orders/${earlier.id}/cancellation`, {});
  expect(cancelled.status).toBe(200);
});

test('what a guest has opened, the account has that they open', async () => {
  const email = newAddress();
  const placed = await order(await world.guest(), email);
  const guest = await world.guest();
  await open(guest, placed.id, await newestSecret(email));
  const signedUp = await guest.client.post('/api/auth/sign-up/email', {
    name: 'Ada',
    email: newAddress(),
    password: 'correct-horse-battery',
  });
  expect(signedUp.status).toBe(200);
  expect(await status(guest, placed.id)).toBe(200);
});

test('no more than six links are mailed to an address, however often somebody asks or corrects', async () => {
  const strict = await createWorld({ RATE_LIMIT_FACTOR: '1' });
  try {
    const paid = await strict.event({ capacity: 10, priceMinor: 0 });
    const guest = await strict.guest();
    const placed = await order(guest, 'victim@example.com', paid);
    for (let i = 0; i < 9; i++)
      await strict.client().post('/api/order-links', { number: placed.number, email: 'victim@example.com' });
    for (let i = 0; i < 3; i++)
      await guest.client.put(`/api/orders/${placed.id}/buyer-email`, { email: 'victim@example.com' });
    await strict.drain();
    const { body } = await strict.client().get('/api/mailbox?to=victim@example.com');
    expect(body.items).toHaveLength(1 + 6);
  } finally {
    await strict.close();
  }
});
