import { afterAll, beforeAll, expect, test } from 'vitest';
import { cards, purchase } from '../features/payments/testing/purchase.ts';
import { hours } from '../testing/clock.ts';
import { createWorld, type World } from '../testing/world.ts';
import { auditBooks, recount } from './recount.ts';
import { lastRun, selectBalances } from './store.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld({ OPERATIONS_EMAIL: 'ops@example.com', LOG_LEVEL: 'silent' });
  const bookingFee = { perTicketMinor: 100, perOrderMinor: 50 };
  const tax = { name: 'VAT', ratePercent: 19, included: true };
  for (let i = 0; i < 3; i++) {
    const bought = await purchase(world, await world.event({ tax, fields: { bookingFee } }), { quantity: 2 });
    await bought.pay(cards.success);
    await world.drain();
    if (i === 0) await bought.buyer.client.post(`/api/orders/${bought.orderId}/cancellation`);
  }
  await world.drain();
  world.clock.advance(hours(2));
});
afterAll(() => world.close());

const gauge = async (name: string) => {
  const text = await world.app.metrics.registry.metrics();
  return Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1]);
};
const mails = () => world.app.db.query(`select from messages where recipient = 'ops@example.com'`);

test('of right books the nightly job finds nothing, and says when it looked', async () => {
  expect(await gauge('admit_audit_age_seconds')).toBe(-1);
  await auditBooks(world.app);
  expect(await recount(world.app.db, world.app.clock.now(), 1)).toEqual([]);
  world.clock.advance(1000);
  expect(await gauge('admit_audit_findings')).toBe(0);
  expect(await gauge('admit_audit_age_seconds')).toBe(1);
});

test('the balances of all accounts add up to nothing in each currency', async () => {
  const balances = await selectBalances(world.app.db);
  expect(balances.map(({ type }) => type)).toEqual(['fee', 'organiser', 'provider', 'refunds', 'tax']);
  expect(balances.reduce((sum, { minor }) => sum + minor, 0)).toBe(0);
});

test.each([
  [
    'tax given to the organiser',
    `update transfers set credit = 'organiser:x' where kind = 'charge' and credit like 'tax:%'`,
    /each part of the price/,
  ],
  [
    'money that only the provider has',
    `insert into sandbox.payments select 'pi_stray', payment_id, order_id, event_id, 700, currency, description, return_url,
       status, card_last4, 0, hold_ends_at, settles_at, created_at from sandbox.payments where status = 'succeeded' limit 1`,
    /the provider has charge pi_stray of 700 EUR, we have nothing/,
  ],
  [
    'another amount at the provider',
    `update sandbox.payments set amount_minor = amount_minor + 1 where status = 'succeeded'`,
    /the provider has charge pi_\w+ of 5251 EUR, we have 5250 EUR/,
  ],
  [
    'a payment that the provider does not know',
    `update payments set intent_ref = 'pi_ghost' where id = (select min(id) from payments where status = 'succeeded')`,
    /we have charge pi_ghost of 5250 EUR, the provider has nothing/,
  ],
])('the job finds %s, raises the alarm, and is content when it is mended', async (_what, sql, finding) => {
  const { db } = world.app;
  const before = (await mails()).length;
  const keep = ['transfers', 'payments', 'sandbox.payments'];
  for (const table of keep) await db.run(`create table ${table}_kept as table ${table}`);
  const armed = (statements: string[]) =>
    db.transaction(async (trx) => {
      await trx.run('set local session_replication_role = replica');
      for (const statement of statements) await trx.run(statement);
    });
  await armed([sql]);
  await auditBooks(world.app);
  const found = await db.query<{ finding: string }>('select finding from audit_findings');
  expect(found.map((row) => row.finding).join('\n')).toMatch(finding);
  expect(await gauge('admit_audit_findings')).toBe(found.length);
  await world.drain();
  expect(await mails()).toHaveLength(before + 1);

  for (const table of keep)
    await armed([
      `delete from ${table}`,
      `insert into ${table} select * from ${table}_kept`,
      `drop table ${table}_kept`,
    ]);
  world.clock.advance(1000);
  await auditBooks(world.app);
  expect((await lastRun(db))?.findings).toBe(0);
  expect(await db.query('select from audit_findings')).toEqual([]);
});
