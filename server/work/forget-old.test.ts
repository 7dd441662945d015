import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../audit/audit.ts';
import { type Bought, buy } from '../features/tickets/testing/buy.ts';
import { days } from '../testing/clock.ts';
import { createWorld, type Organiser, type Person, type TestEvent, type World } from '../testing/world.ts';
import { forgetOld } from './forget-old.ts';
import { enqueueJobs } from './jobs.ts';

/*
 * Lets time pass after a sale. Each table must shrink when its time has come and not before, everything else must
 * stay, and the books must add up at every step. The events end 30 days and 4 hours after the sale.
 */
let world: World;
let hasty: Organiser;
let event: TestEvent;
let other: TestEvent;
let buyer: Person;
let named: Bought;
let elsewhere: Bought;
let saleMs: number;

beforeAll(async () => {
  world = await createWorld();
  saleMs = world.clock.now().getTime();
  hasty = await world.organiser();
  const fields = {
    asksAttendeeNames: true,
    refundPolicy: { steps: [{ hoursBefore: 1, refundPercent: 100 }] },
  };
  event = await world.event({ organiser: hasty, fields });
  other = await world.event({ fields });
  buyer = await world.guest();
  const attendees = ['Grace Hopper', 'Alan Turing'];
  named = await buy(world, buyer, event, { quantity: 2, attendees });
  elsewhere = await buy(world, buyer, other, { attendees: ['Ada Osei'] });
  const back = await buy(world, buyer, event, { attendees: ['Kurt Gödel'] });
  await buyer.client.post(`/api/orders/${back.orderId}/cancellation`);
  const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
  const held = await buyer.client.post(`/api/events/${event.id}/holds`, { items });
  await buyer.client.delete(`/api/holds/${held.body.id}`);
  await event.organiser.client.post(`/api/events/${event.id}/check-ins`, {
    code: named.tickets[0]?.code,
    nonce: 'gate-a-0001',
  });
  await world.app.db.run(
    `insert into deliveries (key, id, kind, channel, recipient, language, state, attempts, created_at, sent_at)
     values ('audit:x', 'msg_x', 'audit', 'email', 'ops@example.com', 'en', 'sent', 1, $1, $1)`,
    [world.clock.now()],
  );
  await world.app.db.run(`insert into event_reminders (event_id, hours_ahead, sent_at) values ($1, 24, $2)`, [
    event.id,
    world.clock.now(),
  ]);
  await world.drain();
  await world.app.interest.flush();
}, 60_000);
afterAll(() => world.close());

/** Runs the nightly job this many days later. */
async function nightAfter(count: number): Promise<void> {
  world.clock.set(new Date(saleMs + days(count)));
  await forgetOld(world.app);
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
}

async function count(what: string): Promise<number> {
  const [row] = await world.app.db.query<{ count: number }>(`select count(*)::int as count from ${what}`);
  return row?.count ?? 0;
}

const orderOf = async (bought: Bought) => (await buyer.client.get(`/api/orders/${bought.orderId}`)).body;
const sums = () =>
  world.app.db.query(
    `select debit, credit, sum(amount_minor)::int as amount from transfers group by debit, credit order by debit, credit`,
  );

describe('as the days go by', () => {
  test('nothing is forgotten the next night', async () => {
    const tables = ['outbox', 'webhook_events', 'messages', 'deliveries', 'holds', 'event_heat', 'orders'];
    const before = await Promise.all(tables.map(count));
    expect(before.every((rows) => rows > 0)).toBe(true);
    await nightAfter(1);
    expect(await Promise.all(tables.map(count))).toEqual(before);
  });

  test('messages go after two weeks, and never before every sink has had them', async () => {
    const all = await count('outbox');
    const [middle] = await world.app.db.query<{ id: number }>(
      'select id from outbox order by id offset $1 limit 1',
      [Math.floor(all / 2)],
    );
    await world.app.db.run(`insert into outbox_cursors (sink, id) values ('slow', 0)`);
    await nightAfter(15);
    expect(await count('outbox')).toBe(all);
    await world.app.db.run(`update outbox_cursors set id = $1 where sink = 'slow'`, [middle?.id]);
    await nightAfter(15);
    expect(await count(`outbox where id <= ${middle?.id}`)).toBe(0);
    expect(await count('outbox')).toBe(all - Math.floor(all / 2) - 1);
    await world.app.db.run(`delete from outbox_cursors where sink = 'slow'`);
    await nightAfter(15);
    expect(await count('outbox')).toBe(0);
    // From now on the audit must notice missing messages.
    const fresh = await buy(world, buyer, other, { attendees: ['Emmy Noether'] });
    expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
    await world.app.db.run(`delete from outbox where type = 'admit.order.confirmed.v1'`);
    expect((await audit(world.app.db, { now: world.clock.now() })).join()).toContain(fresh.orderId);
    await world.app.db.run('delete from outbox');
    await world.app.db.run(
      `update outbox_kept set since = $1::timestamptz + interval '1 s', tx = pg_current_xact_id()`,
      [world.clock.now()],
    );
  });

  test('mail, bodies of webhooks and failed jobs go after a month, younger ones stay', async () => {
    const failedAt = async (key: string, ago: string) => {
      const job = { task: 'send-mail' as const, payload: { kind: 'x' }, key };
      await enqueueJobs(world.app.db, [job]);
      await world.app.db.run(
        `update graphile_worker._private_jobs set attempts = max_attempts, updated_at = now() - $2::interval where key = $1`,
        [key, ago],
      );
    };
    await failedAt('old', '31 days');
    await failedAt('young', '29 days');
    await world.app.db.run(`update revocations set revoked_at = now() - interval '25 hours'`);
    await world.app.db.run(`insert into revocations (session_id) values ('just now')`);
    expect(await count('revocations')).toBeGreaterThan(1);
    const webhooks = await count('webhook_events');
    // The orders of day 15 are 16 days old.
    const young = await count(`webhook_events where received_at > to_timestamp(${saleMs / 1000 + 86_400})`);
    expect(young).toBeGreaterThan(0);
    await nightAfter(31);
    expect(await count('webhook_events')).toBe(webhooks);
    expect(await count('webhook_events where payload is not null')).toBe(young);
    expect(await count('messages')).toBe(1);
    expect(await count('message_attachments')).toBe(2);
    expect(await count('deliveries where event_id is null')).toBe(0);
    expect(await world.app.db.query('select key from graphile_worker.jobs')).toEqual([{ key: 'young' }]);
    expect(await count('revocations')).toBe(1);
  });

  test('a month after the event its figures go, and holds that became nothing', async () => {
    const holds = await count('holds');
    const ended = await count(`holds where status in ('released', 'expired') and not ordered`);
    expect([ended, await count('event_heat'), await count('event_reminders')]).toEqual([1, 2, 1]);
    await nightAfter(59);
    expect(await count('holds')).toBe(holds);
    await nightAfter(61);
    expect(await count('holds')).toBe(holds - ended);
    expect([await count('event_heat'), await count('event_reminders')]).toEqual([0, 0]);
  });

  test('names go when their organisation says so, a year after the event by itself, and money stays', async () => {
    const before = await sums();
    expect(before.length).toBeGreaterThan(2);
    await world.app.db.run('update organisations set names_kept_days = 90 where id = $1', [
      hasty.organisationId,
    ]);
    await nightAfter(119);
    expect((await orderOf(named)).buyer.name).toBe('Ada Osei');
    await nightAfter(121);
    expect(await orderOf(named)).toMatchObject({
      status: 'completed',
      buyer: { name: '', email: 'erased@deleted.invalid' },
      total: { amount: 5000, currency: 'EUR' },
    });
    const personal = `orders where event_id = '${event.id}' and (buyer_name <> '' or buyer_email like '%@example.com' or attendees is not null)`;
    expect(await count(personal)).toBe(0);
    expect(await count(`tickets where event_id = '${event.id}' and attendee_name is not null`)).toBe(0);
    expect(await count(`payments where event_id = '${event.id}' and client_secret <> ''`)).toBe(0);
    expect((await orderOf(elsewhere)).buyer.name).toBe('Ada Osei');
    await nightAfter(394);
    expect((await orderOf(elsewhere)).buyer.name).toBe('Ada Osei');
    await nightAfter(396);
    expect((await orderOf(elsewhere)).buyer.name).toBe('');
    expect(await count('tickets where attendee_name is not null')).toBe(0);
    expect(await sums()).toEqual(before);
    expect(await count('orders')).toBe(4);
  });

  test('after 400 days what became of a webhook goes, and the test money of the sandbox', async () => {
    expect(await count('webhook_events')).toBeGreaterThan(0);
    const before = await sums();
    await nightAfter(420);
    expect(await count('webhook_events')).toBe(0);
    expect([await count('sandbox.payments'), await count('sandbox.refunds')]).toEqual([0, 0]);
    expect(await sums()).toEqual(before);
  });

  test('a step that fails does not keep the others from theirs, and the job is tried again', async () => {
    await world.app.db.run(
      `insert into deliveries (key, id, kind, channel, recipient, language, state, attempts, created_at, sent_at)
       values ('again', 'msg_y', 'audit', 'email', 'ops@example.com', 'en', 'sent', 1, to_timestamp(0), to_timestamp(0))`,
    );
    await world.app.db.run('alter table outbox_kept rename to away');
    await expect(forgetOld(world.app)).rejects.toThrow('could not be forgotten');
    await world.app.db.run('alter table away rename to outbox_kept');
    expect(await count('deliveries where event_id is null')).toBe(0);
  });
});
