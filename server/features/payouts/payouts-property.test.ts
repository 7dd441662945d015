import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { days } from '../../testing/clock.ts';
import { runs } from '../../testing/thorough.ts';
import { createWorld, type Person, type World } from '../../testing/world.ts';
import { enqueueJobs } from '../../work/jobs.ts';
import { webhookSecret } from '../payments/testing/webhook.ts';
import { histories, openStage, playStep, type Stage } from '../purchases/testing/after-sale.ts';

let world: World;
let admin: Person;
beforeAll(async () => {
  world = await createWorld({ SANDBOX_WEBHOOK_SECRET: webhookSecret, LOG_LEVEL: 'silent' });
  admin = await world.admin();
});
afterAll(() => world.close());

// Counted without the code of payouts: all that the orders of the organisation's events brought it.
const broughtSql = `
  select coalesce(sum(
    case when credit like 'organiser:%' or credit like 'till:%' or credit like 'tax:org_%' then amount_minor else 0 end
    - case when debit like 'organiser:%' or debit like 'till:%' or debit like 'tax:org_%' then amount_minor else 0 end
  ), 0)::bigint as minor
  from transfers where event_id = any($1::text[]) and order_id <> ''`;

/** Looks at the payouts, and compares them with the books. */
async function look({ event: { organiser } }: Stage, eventIds: string[]) {
  const { body } = await organiser.client.get(`/api/organisations/${organiser.organisationId}/payouts`);
  const [{ owed, due, later, paid } = nothing] = body.balances;
  const [brought] = await world.app.db.query<{ minor: number }>(broughtSql, [eventIds]);
  expect(owed.amount + paid.amount).toBe(brought?.minor);
  expect(due.amount).toBeGreaterThanOrEqual(0);
  expect(later.amount).toBeGreaterThanOrEqual(0);
  expect(due.amount + later.amount).toBe(Math.max(0, owed.amount));
  const sum = (of: { amount: number }[]) => of.reduce((total, { amount }) => total + amount, 0);
  expect(sum(body.events.map(({ owed }: { owed: { amount: number } }) => owed))).toBe(owed.amount);
  return { organiser, due };
}
const zero = { amount: 0, currency: 'EUR' };
const nothing = { owed: zero, due: zero, later: zero, paid: zero };

const ways = ['by hand', 'by transfer', 'refused', 'reversed'] as const;
type Way = (typeof ways)[number];

/** Two admins pay what is due at the same instant. */
async function payAll(stage: Stage, eventIds: string[], way: Way): Promise<void> {
  // A transfer waits for all jobs, and the money of a late payment among them would be due too.
  if (way !== 'by hand') await world.drain();
  const { organiser, due } = await look(stage, eventIds);
  const { organisationId } = organiser;
  const amount = { ...due, amount: Math.max(1, due.amount) };
  const name = `payout ${stage.next()}`;
  const at = `/api/admin/organisations/${organisationId}`;
  const ask = (reference: string) =>
    way === 'by hand'
      ? admin.client.post(`${at}/payouts`, { amount, reference })
      : admin.client.post(`${at}/payout-transfers`, { amount });
  if (way !== 'by hand') await organiser.client.post(`/api/organisations/${organisationId}/payout-account`);
  const answers = await Promise.all([ask(name), ask(`${name} again`)]);
  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses).toEqual(due.amount > 0 ? [201, 409] : [409, 409]);
  expect((await look(stage, eventIds)).due.amount).toBe(0);
  if (way === 'by hand') return;
  const { db } = world.app;
  if (way === 'refused') await db.run('update sandbox.accounts set is_ready = false');
  await world.drain();
  const [payout] = answers.filter(({ status }) => status === 201);
  if (way === 'reversed' && payout) {
    const { id } = payout.body;
    await db.run('update sandbox.transfers set reversed_minor = amount_minor where payout_id = $1', [id]);
    await enqueueJobs(db, [{ task: 'settle-payout', payload: { payoutId: id } }]);
    await world.drain();
  }
  const after = await look(stage, eventIds);
  expect(after.due.amount).toBe(way === 'by transfer' ? 0 : due.amount);
}

test('after any history with payouts between its steps, what is owed and what was paid are the books', {
  timeout: 900_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      histories,
      histories,
      fc.array(fc.option(fc.constantFrom(...ways)), { minLength: 16, maxLength: 16 }),
      async (first, second, pays) => {
        const tax = { name: 'VAT', ratePercent: 7, included: true };
        const stage = await openStage(world, { organiser: await world.organiser(), tax });
        const eventIds: string[] = [stage.event.id];
        for (const step of first) await playStep(stage, step);
        await world.drain();
        world.clock.advance(days(70));
        await payAll(stage, eventIds, pays[14] ?? 'by transfer');
        // Refunds and disputes come after the payout, while another event is on sale.
        const other = await openStage(world, { organiser: stage.event.organiser, tax });
        eventIds.push(other.event.id);
        for (const [i, step] of second.entries()) {
          await playStep(i % 3 === 2 ? stage : other, step);
          const way = pays[i];
          if (way) await payAll(other, eventIds, way);
        }
        await world.drain();
        await look(other, eventIds);
        world.clock.advance(days(70));
        await world.drain();
        await payAll(other, eventIds, pays[15] ?? 'by hand');
        expect(
          await audit(world.app.db, {
            now: world.clock.now(),
            skip: ['money that the sandbox took or gave back is in the books'],
          }),
        ).toEqual([]);
      },
    ),
    { numRuns: runs(4, 20) },
  );
});
