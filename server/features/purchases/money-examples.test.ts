import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { createWorld, type TestEvent, type World } from '../../testing/world.ts';
import { cards } from '../payments/testing/purchase.ts';

/** Runs the worked examples of docs/money.md over HTTP. */
interface Example {
  title: string;
  given: {
    currency: string;
    ticketType: { priceMinor: number; tax: object };
    bookingFee: object;
    promoCode?: object;
    quantity: number;
    price: number;
    total: number;
    parts: Record<string, number>;
    cancelOne?: { feePercent: number; refund: number };
  };
  entries: string[][];
}

const page = readFileSync(new URL('../../../docs/money.md', import.meta.url), 'utf8');
const examples = page
  .slice(page.indexOf('\n## Examples'))
  .split('\n### ')
  .slice(1)
  .map((text): Example => {
    const rows = [...text.matchAll(/^\| (\w+) \| (.+?) \| (.+?) \| (\d+) \|$/gm)];
    return {
      title: text.slice(0, text.indexOf('\n')),
      given: JSON.parse(/```json\n([\s\S]*?)\n```/.exec(text)?.[1] ?? ''),
      entries: rows.map(([, ...cells]) => cells as string[]),
    };
  });

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

test('the page has examples in three currencies, with entries', () => {
  expect(examples.map(({ given }) => given.currency)).toEqual(['EUR', 'JPY', 'KWD']);
  for (const { entries } of examples) expect(entries.length).toBeGreaterThan(2);
});

describe.each(examples)('$title', ({ given, entries }) => {
  const { currency } = given;
  const of = (amount: number) => ({ amount, currency });

  test('costs and books what the page says', async () => {
    const event = await eventOf(given);
    const { client, userId } = await world.guest();
    const shown = (await client.get(`/api/events/${event.id}`)).body;
    expect(shown.ticketTypes[0]).toMatchObject({
      price: of(given.price),
      listPrice: of(given.ticketType.priceMinor),
    });
    expect(shown.priceFrom).toEqual(of(given.price));
    const items = [{ ticketTypeId: event.ticketTypeId, quantity: given.quantity }];
    const held = (await client.post(`/api/events/${event.id}/holds`, { items })).body;
    expect(held.total.amount).toBe(given.price * given.quantity + shown.orderFee.amount);
    if (given.promoCode) await client.put(`/api/holds/${held.id}/promo-code`, { code: 'CODE-1' });
    const priced = (await client.get(`/api/holds/${held.id}`)).body;
    const parts = Object.fromEntries(Object.entries(given.parts).map(([part, minor]) => [part, of(minor)]));
    expect(priced).toMatchObject({ total: of(given.total), parts });

    const buyer = { name: 'Ada Osei', email: `${userId.toLowerCase()}@example.com` };
    const { order, payment } = (await client.post('/api/orders', { holdId: held.id, buyer })).body;
    expect(order).toMatchObject({ total: of(given.total), parts });
    await client.post(`/api/sandbox/payments/${payment.id}/confirmation`, {
      clientSecret: payment.clientSecret,
      card: { number: cards.success },
    });
    await world.drain();
    if (given.cancelOne) {
      const { tickets } = (await client.get(`/api/orders/${order.id}`)).body;
      const asked = { tickets: [tickets[0].id] };
      const answer = await client.post(`/api/orders/${order.id}/cancellation`, asked);
      expect(answer.body.refunded).toEqual(of(given.cancelOne.refund));
      await world.drain();
    }
    expect(await entriesOf(order.id)).toEqual(entries);
    expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
  });
});

const eventOf = ({
  currency,
  ticketType,
  bookingFee,
  promoCode,
  cancelOne,
}: Example['given']): Promise<TestEvent> =>
  world.event({
    fields: {
      currency,
      bookingFee,
      ticketTypes: [{ name: 'Regular', pools: ['floor'], ...ticketType }],
      ...(promoCode && { promoCodes: [{ code: 'CODE-1', ...promoCode }] }),
      ...(cancelOne && {
        refundPolicy: { steps: [{ hoursBefore: 1, refundPercent: 100 }], feePercent: cancelOne.feePercent },
      }),
    },
  });

async function entriesOf(orderId: string): Promise<string[][]> {
  const rows = await world.app.db.query<{
    kind: string;
    debit: string;
    credit: string;
    amount_minor: number;
  }>(`select kind, debit, credit, amount_minor from transfers where order_id = $1 order by kind, part`, [
    orderId,
  ]);
  const named = (account: string) =>
    account === 'tax:platform'
      ? 'tax of the platform'
      : account.replace(/^tax:.*/, 'tax of the organiser').replace(/:.*/, '');
  return rows.map(({ kind, debit, credit, amount_minor }) => [
    kind,
    named(debit),
    named(credit),
    String(amount_minor),
  ]);
}

test('the database changes and deletes no entry, except old ones that retention deletes', async () => {
  const { db } = world.app;
  await expect(db.run('update transfers set amount_minor = 1')).rejects.toThrow(/never changed or deleted/);
  await expect(db.run('delete from transfers')).rejects.toThrow(/never changed or deleted/);
  await expect(db.run('truncate transfers')).rejects.toThrow(/never changed or deleted/);
  const insert = (account: string) =>
    db.run(
      `insert into transfers (id, event_id, order_id, kind, debit, credit, amount_minor, currency, created_at)
       values ('trf_x', '', '', 'adjustment', $1, 'platform:written_off', 1, 'EUR', now())`,
      [account],
    );
  await expect(insert('nobody:x')).rejects.toThrow(/transfers_accounts_have_types/);
  const undone = new Error('undone');
  const retention = db.transaction(async (trx) => {
    await trx.run(`select set_config('admit.retention', 'on', true)`);
    expect(await trx.run('delete from transfers')).toBeGreaterThan(0);
    throw undone;
  });
  await expect(retention).rejects.toBe(undone);
});
