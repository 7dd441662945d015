import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer } from '../testing/client.ts';
import { createWorld, type Person, testPassword, type World } from '../testing/world.ts';

/**
 * Races commands that lock the same rows. docs/locks.md has the order in which every transaction locks; one that does not
 * keep to it shows up in PostgreSQL's count of deadlocks, even where the retry hides it from the caller.
 */
let world: World;
beforeAll(async () => {
  world = await createWorld({ DATABASE_POOL_SIZE: '30' });
});
afterAll(() => world.close());

async function deadlocks(): Promise<number> {
  await world.app.db.query('select pg_stat_force_next_flush()');
  const [row] = await world.app.db.query<{ deadlocks: number }>(
    'select deadlocks from pg_stat_database where datname = current_database()',
  );
  return row?.deadlocks ?? -1;
}

/** Rows that all commands want: two events, and a guest and an account with orders for both. */
async function stage() {
  const organiser = await world.organiser();
  const events = await Promise.all(
    [1, 2].map(() => world.event({ organiser, priceMinor: 2500, capacity: 500 })),
  );
  const buyer = await world.guest();
  const orders: { orderId: string; paymentId: string; clientSecret: string; holdId: string }[] = [];
  for (let i = 0; i < 6; i++) {
    const event = events[i % 2] as (typeof events)[number];
    const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
    const hold = await buyer.client.post(`/api/events/${event.id}/holds`, { items });
    const { body } = await buyer.client.post('/api/orders', {
      holdId: hold.body.id,
      buyer: { name: 'Ada Osei', email: 'ada@example.com' },
    });
    const { payment } = body;
    orders.push({
      orderId: body.order.id,
      paymentId: payment.id,
      clientSecret: payment.clientSecret,
      holdId: hold.body.id,
    });
  }
  const member = await world.member(organiser, 'manager');
  const admin = await world.admin();
  const settled = (answers: (Answer | unknown)[]) => answers as Answer[];
  const patch = async (body: unknown) => {
    const [event] = events as [(typeof events)[number]];
    const { version } = (await organiser.client.get(`/api/events/${event.id}/management`)).body;
    return organiser.client.patch(`/api/events/${event.id}`, body, {
      'if-match': `"${version ?? event.version}"`,
    });
  };
  const newcomer: Person = { ...buyer };
  const commands: Record<string, () => Promise<Answer[]>> = {
    'a guest signs up': async () =>
      settled([
        await newcomer.client.post('/api/auth/sign-up/email', {
          name: 'Ada',
          email: `ada-${buyer.userId.slice(-8).toLowerCase()}@example.com`,
          password: testPassword,
        }),
      ]),
    'money comes': async () => {
      await Promise.all(
        orders.map(({ paymentId, clientSecret }) =>
          world.client().post(`/api/sandbox/payments/${paymentId}/confirmation`, {
            clientSecret,
            card: { number: '4242424242424242' },
          }),
        ),
      );
      await world.drain();
      return [];
    },
    'orders are cancelled': async () => {
      const answers = await Promise.all(
        orders.map(({ orderId }) => buyer.client.post(`/api/orders/${orderId}/cancellation`)),
      );
      return answers;
    },
    'places are held': () =>
      Promise.all(
        events.map(async (event) => {
          const person = await world.guest();
          const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
          return person.client.post(`/api/events/${event.id}/holds`, { items });
        }),
      ),
    'the event is edited': async () => [
      await patch({ pools: [{ key: 'floor', name: 'Floor', capacity: 501 }], title: 'Another night' }),
    ],
    'the team changes': async () => [
      await organiser.client.put(`/api/organisations/${organiser.organisationId}/members`, {
        email: member.email,
        role: 'door',
      }),
      await organiser.client.delete(
        `/api/organisations/${organiser.organisationId}/members/${member.userId}`,
      ),
    ],
    'a member is suspended': async () => [
      await admin.client.post(`/api/admin/users/${member.userId}/suspension`, { reason: 'A test' }),
    ],
    'a member leaves for good': async () => [
      await member.client.send('DELETE', '/api/me', {
        body: JSON.stringify({ password: testPassword, ticketsLeaveMe: true }),
        headers: { 'content-type': 'application/json' },
      }),
    ],
  };
  return commands;
}

const names = [
  'a guest signs up',
  'money comes',
  'orders are cancelled',
  'places are held',
  'the event is edited',
  'the team changes',
  'a member is suspended',
  'a member leaves for good',
] as const;
const pairs = names.flatMap((first, i) => names.slice(i + 1).map((second) => [first, second] as const));

test.each(pairs)('%s, and meanwhile: %s', async (first, second) => {
  const before = await deadlocks();
  for (let round = 0; round < 2; round++) {
    const commands = await stage();
    const both = await Promise.all([commands[first]?.(), commands[second]?.()]);
    for (const answer of both.flat()) expect(answer?.status, JSON.stringify(answer?.body)).toBeLessThan(500);
  }
  expect((await deadlocks()) - before).toBe(0);
});

test('whoever moves a guest’s orders waits for the ledger before they lock an order', async () => {
  const event = await world.event();
  const guest = await world.guest();
  const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
  const hold = await guest.client.post(`/api/events/${event.id}/holds`, { items });
  const buyer = { name: 'Ada Osei', email: 'ada@example.com' };
  const { body } = await guest.client.post('/api/orders', { holdId: hold.body.id, buyer });
  const before = await deadlocks();
  let signUp: Promise<Answer> | undefined;
  // A batch of the ledger, as run-from-database.ts does it: the ledger first, then the order.
  await world.app.db.transaction(async (trx) => {
    await trx.query('select from ledgers where event_id = $1 for update', [event.id]);
    signUp = guest.client.post('/api/auth/sign-up/email', {
      name: 'Ada',
      email: 'ada@locks.example',
      password: testPassword,
    });
    for (;;) {
      const waiting = await world.app.db.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      if (waiting.length > 0) break;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await trx.run(`update orders set problem = 'declined' where id = $1`, [body.order.id]);
  });
  expect((await signUp)?.status).toBe(200);
  expect((await deadlocks()) - before).toBe(0);
});

test('a transaction that PostgreSQL ends for a deadlock is run again', async () => {
  const { db } = world.app;
  await db.run('create table tied (id int primary key, count int not null)');
  await db.run('insert into tied values (1, 0), (2, 0)');
  const gate = Promise.withResolvers<void>();
  let here = 0;
  const both = (first: number, second: number) =>
    db.transaction(async (trx) => {
      await trx.run('update tied set count = count + 1 where id = $1', [first]);
      if (++here === 2) gate.resolve();
      await gate.promise;
      await trx.run('update tied set count = count + 1 where id = $1', [second]);
    });
  await Promise.all([both(1, 2), both(2, 1)]);
  const rows = await db.query<{ count: number }>('select count from tied');
  expect(rows.map(({ count }) => count)).toEqual([2, 2]);
});
