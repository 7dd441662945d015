import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../app.ts';
import { sweepHolds } from '../features/inventory/sweep-holds.ts';
import { reconcilePayments } from '../features/payments/reconcile-payments.ts';
import { someoneIsBlocked } from '../testing/blocked.ts';
import type { Answer } from '../testing/client.ts';
import { days } from '../testing/clock.ts';
import { createWorld, type Person, type TestEvent, testPassword, type World } from '../testing/world.ts';
import { forgetOld } from '../work/forget-old.ts';

/** If one command locks in the wrong order, the first or second round shows it. */
const rounds = 5;

/**
 * Races commands that lock the same rows. docs/locks.md lists the order in which every transaction locks. A
 * transaction that breaks the order shows up in PostgreSQL's deadlock count, even if a retry hides it from the
 * caller.
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

/** Tables whose rows several commands change. */
const contended = [
  'organisations',
  'members',
  'users',
  'events',
  'ledgers',
  'pools',
  'holds',
  'orders',
  'tickets',
  'payments',
  'refunds',
];

/**
 * Delays each row update by some milliseconds while the row is locked. Without the delay a transaction ends before
 * another begins, and commands with opposite lock orders deadlock in one run of hundreds.
 */
async function lingerOverRows(): Promise<() => Promise<void>> {
  const { db } = world.app;
  await db.run(`
    create or replace function linger() returns trigger language plpgsql as $$
    begin
      perform pg_sleep(random() * 0.008);
      return new;
    end $$`);
  for (const table of contended)
    await db.run(`create trigger a_linger before update on ${table} for each row execute function linger()`);
  return async () => {
    for (const table of contended) await db.run(`drop trigger a_linger on ${table}`);
  };
}

interface Placed {
  orderId: string;
  paymentId: string;
  clientSecret: string;
}

async function order(buyer: Person, event: TestEvent): Promise<Placed> {
  const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
  const hold = await buyer.client.post(`/api/events/${event.id}/holds`, { items });
  const { body } = await buyer.client.post('/api/orders', {
    holdId: hold.body.id,
    buyer: { name: 'Ada Osei', email: `${buyer.userId.toLowerCase()}@example.com` },
  });
  const { id: paymentId, clientSecret } = body.payment;
  return { orderId: body.order.id, paymentId, clientSecret };
}

const pay = ({ paymentId, clientSecret }: Placed) =>
  world.client().post(`/api/sandbox/payments/${paymentId}/confirmation`, {
    clientSecret,
    card: { number: '4242424242424242' },
  });

/** The app at a time when every record may be deleted. */
const yearsLater = (): App => ({
  ...world.app,
  clock: { ...world.app.clock, now: () => new Date(world.clock.now().getTime() + days(4000)) },
});

/** Makes the rows that all commands lock: two events, and a guest with orders for both, some of them paid. */
async function stage() {
  const organiser = await world.organiser();
  const events = await Promise.all(
    [1, 2].map(() => world.event({ organiser, capacity: 500, fields: { maxPerBuyer: 50 } })),
  );
  const [first, second] = events as [TestEvent, TestEvent];
  const buyer = await world.guest();
  const both = [first, second, first, second];
  const paid = await Promise.all(both.map((event) => order(buyer, event)));
  await Promise.all(paid.map(pay));
  await world.drain();
  const tickets = await world.app.db.query<{ id: string; event_id: string }>(
    'select id, event_id from tickets where order_id = any($1) order by id',
    [paid.map(({ orderId }) => orderId)],
  );
  const scans = await Promise.all(
    tickets.map(async ({ id, event_id }) => {
      const { code } = (await buyer.client.get(`/api/tickets/${id}`)).body;
      return { eventId: event_id, code };
    }),
  );
  const open = await Promise.all(both.map((event) => order(buyer, event)));
  // These orders are overdue, and no sweep has expired them yet.
  const due = await Promise.all(both.map((event) => order(buyer, event)));
  await world.app.db.run(`update holds set expires_at = $2 where id = any($1)`, [
    due.map(({ orderId }) => `hld_${orderId.slice(4)}`),
    new Date(world.clock.now().getTime() - 1000),
  ]);
  const member = await world.member(organiser, 'manager');
  const admin = await world.admin();
  const team = `/api/organisations/${organiser.organisationId}/members/${member.userId}`;
  const later = yearsLater();
  const handIn = (gate: string, order: (scans: { eventId: string; code: string }[]) => typeof scans) =>
    Promise.all(
      events.map((event) =>
        organiser.client.post(`/api/events/${event.id}/check-ins/batch`, {
          scans: order(scans.filter(({ eventId }) => eventId === event.id)).map(({ code }, i) => ({
            code,
            nonce: `${gate}-${event.id}-${i}`,
          })),
        }),
      ),
    );
  const commands: Record<string, () => Promise<unknown>> = {
    'a guest signs up': () =>
      buyer.client.post('/api/auth/sign-up/email', {
        name: 'Ada',
        email: `ada-${buyer.userId.slice(-8).toLowerCase()}@example.com`,
        password: testPassword,
      }),
    'money comes': async () => {
      const answers = await Promise.all([...open, ...due].map(pay));
      await world.drain();
      return answers;
    },
    'orders are cancelled, and their refunds settled': async () => {
      const answers = await Promise.all(
        [...paid].reverse().map(({ orderId }) => buyer.client.post(`/api/orders/${orderId}/cancellation`)),
      );
      await world.drain();
      return answers;
    },
    'tickets are scanned': () =>
      Promise.all([handIn('north', (all) => all), handIn('south', (all) => [...all].reverse())]),
    'places are held': () =>
      Promise.all(
        events.map(async (event) => {
          const person = await world.guest();
          const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
          return person.client.post(`/api/events/${event.id}/holds`, { items });
        }),
      ),
    'events are edited': () =>
      Promise.all(
        events.map(({ id, version }) =>
          organiser.client.patch(
            `/api/events/${id}`,
            { pools: [{ key: 'floor', name: 'Floor', capacity: 501 }], title: 'Another night' },
            { 'if-match': `"${version}"` },
          ),
        ),
      ),
    'the team changes': async () => [
      await organiser.client.put(team, { role: 'door' }),
      await organiser.client.delete(team),
    ],
    'a member is suspended': () =>
      admin.client.post(`/api/admin/users/${member.userId}/suspension`, { reason: 'A test' }),
    'a member leaves for good': () =>
      member.client.post('/api/me/deletion', { password: testPassword, ticketsLeaveMe: true }),
    'holds are swept': () => sweepHolds(world.app),
    'payments are asked about': () => reconcilePayments(world.app),
    'old things are forgotten': () => forgetOld(later),
  };
  return commands;
}

test('commands that lock the same rows at once never deadlock', async () => {
  const before = await deadlocks();
  for (let round = 0; round < rounds; round++) {
    const commands = Object.values(await stage());
    const hurry = await lingerOverRows();
    const answers = await Promise.all(commands.map((command) => command()));
    await hurry();
    await world.drain();
    expect((await deadlocks()) - before, `deadlocks in round ${round}`).toBe(0);
    for (const answer of answers.flat(2) as Partial<Answer>[])
      if (answer?.status) expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(500);
  }
});

test('a command that moves a guest’s orders locks the ledger before the orders', async () => {
  const event = await world.event();
  const guest = await world.guest();
  const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
  const hold = await guest.client.post(`/api/events/${event.id}/holds`, { items });
  const buyer = { name: 'Ada Osei', email: 'ada@example.com' };
  const { body } = await guest.client.post('/api/orders', { holdId: hold.body.id, buyer });
  const before = await deadlocks();
  let signUp: Promise<Answer> | undefined;
  // A batch of the ledger, as run-from-database.ts runs it: it locks the ledger first, then the order.
  await world.app.db.transaction(async (trx) => {
    await trx.query('select from ledgers where event_id = $1 for update', [event.id]);
    signUp = guest.client.post('/api/auth/sign-up/email', {
      name: 'Ada',
      email: 'ada@locks.example',
      password: testPassword,
    });
    await someoneIsBlocked(world.app.db);
    await trx.run(`update orders set problem = 'declined' where id = $1`, [body.order.id]);
  });
  expect((await signUp)?.status).toBe(200);
  expect((await deadlocks()) - before).toBe(0);
});

test('deleting the records of an event locks the figures before the orders', async () => {
  const event = await world.event();
  const buyer = await world.guest();
  const placed = await order(buyer, event);
  await pay(placed);
  await world.drain();
  const before = await deadlocks();
  let forgetting: Promise<unknown> | undefined;
  // Counting, as count-orders.ts does it: it locks the figures, and its rows refer to the event and its orders.
  await world.app.db.transaction(async (trx) => {
    await trx.query('select from figure_states where event_id = $1 for update', [event.id]);
    await trx.run('update order_figures set entries = entries where order_id = $1', [placed.orderId]);
    forgetting = forgetOld(yearsLater());
    await someoneIsBlocked(world.app.db);
    await trx.query('select from orders where id = $1 for key share', [placed.orderId]);
    await trx.query('select from events where id = $1 for key share', [event.id]);
  });
  await forgetting;
  expect((await deadlocks()) - before).toBe(0);
  expect(await world.app.db.query('select from events where id = $1', [event.id])).toEqual([]);
});

test('a transaction that PostgreSQL ends because of a deadlock is retried', async () => {
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
