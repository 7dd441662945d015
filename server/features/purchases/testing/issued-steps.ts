import fc from 'fast-check';
import { expect } from 'vitest';
import type { Order } from '../../../../contract/orders.ts';
import type { Answer } from '../../../testing/client.ts';
import type { Purchase } from '../../payments/testing/purchase.ts';
import type { Stage, StepKind } from './after-sale.ts';

/* Steps of histories (after-sale.ts): what the team issues itself, free of charge or at the door. */

export const said = ({ status, body }: Answer): string => `${status} ${body.code ?? ''}`;

/** The team issued it, so no provider has its money. */
export const isIssued = ({ clientSecret }: Purchase): boolean => clientSecret === '';

interface Issue {
  quantity: number;
  outOfBlock: boolean;
  keyed: boolean;
}

const issueArbitrary = fc.record({
  quantity: fc.integer({ min: 1, max: 3 }),
  outOfBlock: fc.boolean(),
  keyed: fc.boolean(),
});

/** The team gives tickets away, of free places or out of a block. */
export const give: StepKind<Issue> = {
  arbitrary: issueArbitrary,
  async play(stage, step) {
    const email = `given-${stage.next()}@example.com`;
    const order = await issue(stage, step, 'complimentary-orders', {
      recipient: { name: 'Ada Osei', email },
    });
    if (order) await addOrder(stage, order.body);
  },
};

/** The team sells at the door. A wrong amount sells nothing and says the right one. */
export const sell: StepKind<Issue & { method: string }> = {
  arbitrary: fc
    .tuple(issueArbitrary, fc.constantFrom('cash', 'card_terminal'))
    .map(([step, method]) => ({ ...step, method })),
  async play(stage, { method, ...step }) {
    const payment = (amount: number) => ({ payment: { method, amount: { amount, currency: 'EUR' } } });
    const wrong = await issue(stage, step, 'door-sales', payment(1));
    if (wrong) throw new Error('sold for another amount than the price');
    const price = stage.amountDiffers;
    if (price === undefined) return;
    const sold = await issue(stage, step, 'door-sales', payment(price));
    if (!sold) throw new Error('not sold at the price that was named');
    await addOrder(stage, sold.body.order);
  },
};

/** A member gives the money of a door sale back, and says so twice at the same moment. */
export const handOver: StepKind<{ order: number }> = {
  arbitrary: fc.record({ order: fc.nat({ max: 5 }) }),
  async play({ event, orders }, { order }) {
    const issued = orders.filter((each) => isIssued(each) && each.totalMinor > 0);
    const of = issued[order % Math.max(1, issued.length)];
    if (!of) return;
    const { client } = event.organiser;
    const path = `/api/orders/${of.orderId}/refunds`;
    // It may be refunded already, or by this request.
    expect(said(await client.post(path, { reason: 'Ill' }))).toMatch(
      /^(201 |409 (order_not_refundable|refund_exceeds_paid))$/,
    );
    const [refund] = (await client.get(path)).body.items;
    if (!refund) return;
    const ask = () => client.post(`${path}/${refund.id}/handing-over`);
    for (const answer of await Promise.all([ask(), ask()])) {
      expect(said(answer)).toBe('200 ');
      expect(answer.body.status).toBe('succeeded');
    }
  },
};

/** A member gives back the money of every door sale that still waits for it. */
export async function handOverAll({ event, orders }: Stage): Promise<void> {
  const { client } = event.organiser;
  for (const { orderId } of orders.filter(isIssued)) {
    const path = `/api/orders/${orderId}/refunds`;
    for (const { id, status } of (await client.get(path)).body.items)
      if (status === 'pending') expect(said(await client.post(`${path}/${id}/handing-over`))).toBe('200 ');
  }
}

/** Asks once or, with a key, twice at the same moment. Null if it is refused. */
async function issue(
  stage: Stage,
  { quantity, outOfBlock, keyed }: Issue,
  what: string,
  more: object,
): Promise<Answer | null> {
  const { event } = stage;
  const { client } = event.organiser;
  const blocks = outOfBlock ? (await client.get(`/api/events/${event.id}/blocks`)).body.items : [];
  const body = {
    items: [{ ticketTypeId: event.ticketTypeId, quantity }],
    ...(blocks[0] && { blockId: blocks[0].id }),
    ...more,
  };
  const key: Record<string, string> = keyed ? { 'idempotency-key': `issue-${stage.next()}` } : {};
  const ask = () => client.post(`/api/events/${event.id}/${what}`, body, key);
  const answers = keyed ? await Promise.all([ask(), ask()]) : [await ask()];
  const [first] = answers as [Answer];
  const idOf = ({ body: { id, order } }: Answer) => id ?? order?.id;
  for (const answer of answers) {
    expect(said(answer)).toMatch(/^(201 |409 (sold_out|event_cancelled|sale_ended|amount_differs))$/);
    expect([said(answer), idOf(answer)]).toEqual([said(first), idOf(first)]);
  }
  stage.amountDiffers = first.body.total?.amount;
  return first.status === 201 ? first : null;
}

/** Whoever has the secret of the order's link acts for the order. */
async function addOrder({ world, event, orders }: Stage, order: Order): Promise<void> {
  const buyer = await world.guest();
  const secret = world.app.orderLinks.secretOf({ id: order.id, linkVersion: 1 });
  expect((await buyer.client.post(`/api/orders/${order.id}/openings`, { secret })).status).toBe(200);
  orders.push({
    buyer,
    event,
    eventId: event.id,
    holdId: order.holdId,
    orderId: order.id,
    paymentId: `pay_${order.id.slice(4)}`,
    clientSecret: '',
    checkoutUrl: null,
    totalMinor: order.total.amount,
    pay: () => Promise.reject(new Error('nobody pays for what the team issued')),
    order: async () => (await buyer.client.get(`/api/orders/${order.id}`)).body,
  });
}
