import fc from 'fast-check';
import { expect } from 'vitest';
import type { GiftCard } from '../../../../contract/gift-cards.ts';
import type { TicketId } from '../../../../contract/ids.ts';
import type { Order } from '../../../../contract/orders.ts';
import { refundSum } from '../../../../contract/refund-sum.ts';
import type { Answer, Client } from '../../../testing/client.ts';
import { days, hours, minutes } from '../../../testing/clock.ts';
import type { TestEvent, World } from '../../../testing/world.ts';
import { cards, type Purchase, purchase } from '../../payments/testing/purchase.ts';
import { dispute, stripeEvent } from '../../payments/testing/stripe-events.ts';
import { sendWebhook } from '../../payments/testing/webhook.ts';
import { blockGift, buyWithGifts, expireGifts, issueGift } from './gift-steps.ts';
import { give, handOver, isIssued, said, sell } from './issued-steps.ts';

/** What a history plays on: one small event, and the orders that it has so far. */
export interface Stage {
  world: World;
  event: TestEvent;
  orders: Purchase[];
  /** The gift cards that were issued so far. */
  gifts: { card: GiftCard; code: string }[];
  /** The price that the last refusal has named. */
  amountDiffers?: number | undefined;
  /** A number that no other step has. */
  next(): number;
}

/** One kind of step: how to make one at random, and how to play it. It expects what every answer must satisfy. */
export interface StepKind<Step> {
  arbitrary: fc.Arbitrary<Step>;
  play(stage: Stage, step: Step): Promise<void>;
}

/** Declares a kind of step. The list below has them all, so a new command only adds a line there. */
const kind = <Step>(arbitrary: fc.Arbitrary<Step>, play: StepKind<Step>['play']): StepKind<Step> => ({
  arbitrary,
  play,
});

const nth = fc.nat({ max: 5 });
const some = fc.option(fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 3 }), { nil: null });
const code = 'THIRD-OFF';

const buy = kind(
  fc.record({
    quantity: fc.integer({ min: 1, max: 4 }),
    promo: fc.boolean(),
    card: fc.constantFrom('success', 'success', 'success', 'late', 'twice', 'declined'),
  }),
  async ({ world, event, orders }, { quantity, promo, card }) => {
    const placed = await purchase(world, event, { quantity, ...(promo && { promoCode: code }) }).catch(
      () => null,
    );
    if (!placed) return;
    orders.push(placed);
    await placed.pay(cards[card as keyof typeof cards]);
    if (card !== 'late') await world.drain();
  },
);

const cancel = kind(
  fc.record({ order: nth, tickets: some, keyed: fc.boolean() }),
  async (stage, { order, tickets, keyed }) => {
    const of = chosen(stage, order);
    if (!of) return;
    const named = idsOf(await of.order(), tickets);
    const ask = () =>
      of.buyer.client.post(
        `/api/orders/${of.orderId}/cancellation`,
        named ? { tickets: named } : undefined,
        key,
      );
    const key: Record<string, string> = keyed ? { 'idempotency-key': `cancel-${stage.next()}` } : {};
    const answers = keyed ? await Promise.all([ask(), ask()]) : [await ask()];
    for (const answer of answers)
      expect(said(answer)).toMatch(
        /^(200 |409 (order_not_cancellable|ticket_not_cancellable|refund_not_allowed|order_disputed|ticket_transferred))$/,
      );
    expect(new Set(answers.map(said)).size).toBe(1);
  },
);

const refund = kind(
  fc.record({
    order: nth,
    tickets: some,
    amount: fc.option(fc.constantFrom(0, 1, 99, 333, 700, 2000), { nil: null }),
    keepTickets: fc.option(fc.boolean(), { nil: undefined }),
    keyed: fc.boolean(),
  }),
  async (stage, { order, tickets, amount, keepTickets, keyed }) => {
    const of = chosen(stage, order);
    if (!of) return;
    const before: Order = await of.order();
    const named = idsOf(before, tickets);
    const left = refundSum(before, named ?? 'all');
    const body = {
      reason: 'A history of steps',
      ...(named && { tickets: named }),
      ...(amount !== null && { amount: { amount, currency: before.total.currency } }),
      ...(keepTickets !== undefined && { keepTickets }),
    };
    const key: Record<string, string> = keyed ? { 'idempotency-key': `refund-${stage.next()}` } : {};
    const { client } = stage.event.organiser as { client: Client };
    const ask = () => client.post(`/api/orders/${of.orderId}/refunds`, body, key);
    const answers = keyed ? await Promise.all([ask(), ask()]) : [await ask()];
    const [first] = answers as [Answer];
    for (const answer of answers) expect(said(answer)).toBe(said(first));
    expect(said(first)).toMatch(/^(201 |409 (order_not_refundable|refund_exceeds_paid|order_disputed))$/);
    const after: Order = await of.order();
    const back = after.refunded.amount - before.refunded.amount;
    // What the page shows before the button is what goes back.
    expect(back).toBe(first.status === 201 ? (amount ?? left) : 0);
    expect(first.body.refund?.amount.amount ?? 0).toBe(back);
    if (first.body.code === 'refund_exceeds_paid') expect(first.body.left.amount).toBe(left);
  },
);

const checkIn = kind(
  fc.record({ order: nth, ticket: fc.nat({ max: 3 }), race: fc.boolean() }),
  async (stage, { order, ticket, race }) => {
    const of = chosen(stage, order);
    const id = of && (await of.order()).tickets[ticket]?.id;
    if (!of || !id) return;
    const { client } = stage.event.organiser as { client: Client };
    const { code } = (await of.buyer.client.get(`/api/tickets/${id}`)).body;
    const nonce = `after-sale-${stage.event.id.slice(-6)}-${stage.next()}`;
    const [scanned, ended] = await Promise.all([
      client.post(`/api/events/${stage.event.id}/check-ins`, { code: code ?? 'ADMIT1.nothing', nonce }),
      race && client.post(`/api/orders/${of.orderId}/refunds`, { tickets: [id], reason: 'At the door' }),
    ]);
    expect([201, 409]).toContain(scanned.status);
    if (ended) expect([201, 409]).toContain(ended.status);
    const now = (await of.order()).tickets[ticket]?.status;
    // Whoever came first has the ticket.
    if (scanned.status === 201) expect(now).toBe('used');
  },
);

/** What a bank says of a dispute. */
const verdicts = {
  opened: { status: 'needs_response', moves: [] },
  withdrawn: { status: 'needs_response', moves: [-1] },
  lost: { status: 'lost', moves: [-1] },
  won: { status: 'won', moves: [-1] },
  reinstated: { status: 'won', moves: [-1, 1] },
  lostAndReturned: { status: 'lost', moves: [-1, 1] },
} as const;

/** The bank says something of one of two disputes of an order. The news may come in any order, and twice. */
const hearOfDispute = kind(
  fc.record({
    order: nth,
    ref: fc.constantFrom('a', 'b'),
    verdict: fc.constantFrom(...(Object.keys(verdicts) as (keyof typeof verdicts)[])),
    share: fc.constantFrom(1, 1, 0.4),
    times: fc.constantFrom(1, 1, 2),
    secondsAgo: fc.nat({ max: 2 }),
  }),
  async (stage, { order, ref, verdict, share, times, secondsAgo }) => {
    const of = chosen(stage, order);
    // The sandbox's own payment must be there before a bank can dispute it. No bank paid for what the team issued.
    if (!of || isIssued(of) || !['confirmed', 'cancelled'].includes((await of.order()).status)) return;
    const { status, moves } = verdicts[verdict];
    const amount = Math.max(1, Math.floor(of.totalMinor * share));
    const id = `dp_${of.orderId}_${ref}`;
    const object = dispute(of, '2026-10-28.endive', {
      id,
      status,
      amount,
      moved: moves.map((sign) => sign * amount),
    });
    const seconds = Math.floor(stage.world.clock.now().getTime() / 1000) - secondsAgo;
    const body = stripeEvent('2026-10-28.endive', 'charge.dispute.updated', object, seconds);
    for (let time = 0; time < times; time++) expect((await sendWebhook(stage.world, body)).status).toBe(200);
  },
);

/** Somebody refunds in the dashboard of the provider, which may fail there later. */
const refundOutside = kind(
  fc.record({
    order: nth,
    amount: fc.option(fc.constantFrom(1, 99, 364, 1000), { nil: null }),
    tickets: some,
    outcome: fc.constantFrom('succeeded', 'succeeded', 'failed'),
  }),
  async (stage, { order, amount, tickets, outcome }) => {
    const of = chosen(stage, order);
    if (!of || isIssued(of)) return;
    const named = idsOf(await of.order(), tickets);
    const answer = await stage.world.client().post(`/api/sandbox/payments/${of.paymentId}/refunds`, {
      clientSecret: of.clientSecret,
      outcome,
      ...(amount !== null && { amount }),
      ...(named && { tickets: named }),
    });
    expect(said(answer)).toMatch(/^(20[01] |409 refund_exceeds_paid)$/);
    await stage.world.drain();
  },
);

/** The organiser cancels the event, once or twice. Then no ticket of it is valid, and the other choice is refused. */
const cancelEvent = kind(
  fc.record({ refund: fc.constantFrom('full', 'full', 'none'), times: fc.constantFrom(1, 2) }),
  async ({ world, event, orders }, { refund: wanted, times }) => {
    const ask = () =>
      event.organiser.client.post(`/api/events/${event.id}/cancellation`, {
        reason: 'Storm.',
        refund: wanted,
      });
    const before: Order[] = await Promise.all(orders.map((of) => of.order()));
    const answers = await Promise.all(Array.from({ length: times }, ask));
    for (const answer of answers) expect(said(answer)).toMatch(/^(202 |409 event_cancelled)$/);
    expect(new Set(answers.map(said)).size).toBe(1);
    await world.drain();
    const progress = (await event.organiser.client.get(`/api/events/${event.id}/cancellation`)).body;
    for (const [at, of] of orders.entries()) {
      const order: Order = await of.order();
      expect(order.tickets.filter(({ status }) => status === 'valid')).toEqual([]);
      // What was agreed for an order of which no ticket was left is over.
      if (progress.refund !== 'full' || before[at]?.status !== 'confirmed') continue;
      // Nothing of the payment stays, except what a bank disputes or has taken.
      if (order.tickets.length > 0 && order.disputes.length === 0)
        expect(order.refunded.amount).toBe(order.total.amount);
    }
  },
);

/** The organiser moves the event, and may give all of the money back until a date. Then a buyer has this offer. */
const moveEvent = kind(
  fc.record({ hours: fc.constantFrom(-48, 24, 500), offers: fc.boolean() }),
  async ({ world, event, orders }, { hours: byHours, offers }) => {
    const { client } = event.organiser;
    const { body: now } = await client.get(`/api/events/${event.id}/management`);
    const moved = (at: string) => new Date(Date.parse(at) + hours(byHours)).toISOString();
    const refundUntil = new Date(world.clock.now().getTime() + days(2)).toISOString();
    if (moved(now.startsAt) <= refundUntil) return;
    const answer = await client.patch(
      `/api/events/${event.id}`,
      { startsAt: moved(now.startsAt), endsAt: moved(now.endsAt), ...(offers && { refundUntil }) },
      { 'if-match': `"${now.version}"` },
    );
    expect(said(answer)).toMatch(/^(200 |409 event_cancelled)$/);
    if (answer.status !== 200 || !offers) return;
    for (const of of orders) {
      const { refundOffer, cancellation, tickets }: Order = await of.order();
      const hasUsed = tickets.some(({ status }) => status === 'used');
      if (!cancellation || tickets.length === 0 || hasUsed) continue;
      expect(Date.parse(refundOffer?.until ?? '')).toBeGreaterThanOrEqual(Date.parse(refundUntil));
      expect(cancellation.fee.amount).toBe(0);
    }
  },
);

/** The team takes places off sale. */
const block = kind(fc.integer({ min: 1, max: 3 }), async ({ event }, quantity) => {
  const items = [{ ticketTypeId: event.ticketTypeId, quantity }];
  const body = { label: 'House', items };
  const answer = await event.organiser.client.post(`/api/events/${event.id}/blocks`, body);
  expect(said(answer)).toMatch(/^(201 |409 (sold_out|event_cancelled))$/);
});

const release = kind(nth, async ({ event }, nth) => {
  const { client } = event.organiser;
  const { items } = (await client.get(`/api/events/${event.id}/blocks`)).body;
  const chosenBlock = items[nth % Math.max(1, items.length)];
  if (chosenBlock)
    expect((await client.delete(`/api/events/${event.id}/blocks/${chosenBlock.id}`)).status).toBe(204);
});

const wait = kind(fc.record({ long: fc.boolean() }), async ({ world }, { long }) => {
  world.clock.advance(long ? days(1) : minutes(6));
  await world.drain();
});

/** Every kind of step. */
const steps = {
  buy,
  cancel,
  refund,
  checkIn,
  wait,
  block,
  release,
  give,
  sell,
  handOver,
  hearOfDispute,
  refundOutside,
  moveEvent,
  cancelEvent,
  issueGift,
  buyWithGifts,
  blockGift,
  expireGifts,
};

type Steps = typeof steps;
type Step = { [K in keyof Steps]: { do: K; with: Parameters<Steps[K]['play']>[1] } }[keyof Steps];

/** A purchase is more likely than another kind, because the others need one. After a cancelled event little can happen. */
const weights: Partial<Record<keyof Steps, number>> = {
  buy: 8,
  refund: 4,
  hearOfDispute: 6,
  refundOutside: 4,
  cancel: 2,
  give: 3,
  sell: 4,
  handOver: 2,
  issueGift: 4,
  buyWithGifts: 8,
};

/** Histories of steps. */
export const histories: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    ...Object.entries(steps).map(([name, { arbitrary }]) => ({
      weight: weights[name as keyof Steps] ?? 1,
      arbitrary: fc.record({ do: fc.constant(name), with: arbitrary as fc.Arbitrary<unknown> }),
    })),
  ) as fc.Arbitrary<Step>,
  { minLength: 6, maxLength: 14 },
);

export const playStep = (stage: Stage, step: Step): Promise<void> =>
  (steps[step.do].play as (stage: Stage, given: unknown) => Promise<void>)(stage, step.with);

/** Opens an event that is so small that places soon run out, with tax and fees in all parts of its prices. */
export async function openStage(world: World, more: Parameters<World['event']>[0] = {}): Promise<Stage> {
  const event = await world.event({
    ...more,
    capacity: 7,
    priceMinor: 333,
    fields: {
      refundPolicy: { steps: [{ hoursBefore: 24, refundPercent: 100 }], feePercent: 15 },
      bookingFee: {
        perTicketMinor: 31,
        perTicketPercent: 2.5,
        perOrderMinor: 101,
        tax: { name: 'VAT', ratePercent: 19 },
      },
      promoCodes: [{ code, percentOff: 33 }],
      ...more?.fields,
    },
  });
  let count = 0;
  return { world, event, orders: [], gifts: [], next: () => ++count };
}

const chosen = ({ orders }: Stage, nth: number): Purchase | undefined =>
  orders[nth % Math.max(1, orders.length)];

/** The ids of these tickets of the order; null for all. */
function idsOf({ tickets }: Pick<Order, 'tickets'>, positions: number[] | null): TicketId[] | null {
  const ids = new Set(positions?.flatMap((position) => tickets[position]?.id ?? []));
  return ids.size > 0 ? [...ids] : null;
}
