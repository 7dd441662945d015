import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { days, hours } from '../../testing/clock.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';

/** Runs the worked examples of docs/refunds.md over HTTP. */
interface Example {
  title: string;
  given: {
    currency: string;
    ticketType: object;
    bookingFee: object | null;
    refundPolicy: object;
    quantity: number;
    total: number;
    /** One ticket each. */
    cancel: ({ hoursBefore: number } & (
      | { refund: number; fee: number; untilHours: number }
      | { code: string }
    ))[];
  };
  entries: string[][];
}

const page = readFileSync(new URL('../../../docs/refunds.md', import.meta.url), 'utf8');
const examples = page
  .slice(page.indexOf('\n## Examples'))
  .split('\n### ')
  .slice(1)
  .map(
    (text): Example => ({
      title: text.slice(0, text.indexOf('\n')),
      given: JSON.parse(/```json\n([\s\S]*?)\n```/.exec(text)?.[1] ?? ''),
      entries: [...text.matchAll(/^\| (refund) \| (.+?) \| (.+?) \| (\d+) \|$/gm)].map(
        ([, ...cells]) => cells as string[],
      ),
    }),
  );

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

test('the page has examples in three currencies, with entries', () => {
  expect(examples.map(({ given }) => given.currency)).toEqual(['EUR', 'JPY', 'KWD']);
  for (const { entries } of examples) expect(entries.length).toBeGreaterThan(1);
});

describe.each(examples)('$title', ({ given, entries }) => {
  const { currency } = given;
  const of = (amount: number) => ({ amount, currency });

  test('gives back and books what the page says', async () => {
    const start = new Date(world.clock.now().getTime() + days(10));
    const event = await world.event({
      fields: {
        currency,
        startsAt: start.toISOString(),
        endsAt: new Date(start.getTime() + hours(4)).toISOString(),
        bookingFee: given.bookingFee,
        refundPolicy: given.refundPolicy,
        ticketTypes: [{ name: 'Regular', pools: ['floor'], ...given.ticketType }],
      },
    });
    const ada = await world.guest();
    const { orderId, tickets } = await buy(world, ada, event, { quantity: given.quantity });
    const read = async () => (await ada.client.get(`/api/orders/${orderId}`)).body;
    expect((await read()).total).toEqual(of(given.total));
    let refunded = 0;
    for (const [i, step] of given.cancel.entries()) {
      world.clock.set(new Date(start.getTime() - hours(step.hoursBefore)));
      const id = tickets[i]?.id as string;
      const quote = await ada.client.get(`/api/orders/${orderId}/cancellation-quote?tickets=${id}`);
      const answer = await ada.client.post(`/api/orders/${orderId}/cancellation`, { tickets: [id] });
      if ('code' in step) {
        expect([quote.body.code, answer.body.code]).toEqual([step.code, step.code]);
        continue;
      }
      const until = new Date(start.getTime() - hours(step.untilHours)).toISOString();
      expect(quote.body).toEqual({ refund: of(step.refund), fee: of(step.fee), until });
      refunded += step.refund;
      expect([answer.status, answer.body.refunded]).toEqual([200, of(refunded)]);
    }
    await world.drain();
    expect(await refundsOf(orderId)).toEqual(entries);
    expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
  });
});

/** The entries of an order's refunds, in the order of its cancellations. */
async function refundsOf(orderId: string): Promise<string[][]> {
  const rows = await world.app.db.query<Record<'kind' | 'debit' | 'credit' | 'minor', string>>(
    `select kind, debit, credit, amount_minor::text as minor from transfers where order_id = $1 and kind = 'refund'
     order by created_at, id, part`,
    [orderId],
  );
  const named = (account: string) => account.replace(/^tax:.*/, 'tax of the organiser').replace(/:.*/, '');
  return rows.map(({ kind, debit, credit, minor }) => [kind, named(debit), named(credit), minor]);
}
