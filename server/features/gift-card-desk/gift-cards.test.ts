import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readGiftCode } from '../../../contract/gift-code.ts';
import { audit } from '../../audit/audit.ts';
import { days, minutes } from '../../testing/clock.ts';
import { createWorld, type TestEvent, type World } from '../../testing/world.ts';
import { sweepHolds } from '../inventory/sweep-holds.ts';
import { cards, purchase } from '../payments/testing/purchase.ts';
import { expireGiftCards } from './expire-gift-cards.ts';
import { balanceOf, issueCard, readCard } from './testing/gift-cards.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());
afterEach(async () => {
  await world.drain();
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
});

/** An event of an organisation of its own, so that no other test has cards of it. */
const anEvent = async (more: Parameters<World['event']>[0] = {}): Promise<TestEvent> =>
  world.event({
    organiser: await world.organiser(),
    priceMinor: 2000,
    ...more,
    fields: {
      refundPolicy: { steps: [{ hoursBefore: 0, refundPercent: 100 }] },
      bookingFee: { perTicketMinor: 99, perOrderMinor: 101, tax: { name: 'VAT', ratePercent: 19 } },
      ...more?.fields,
    },
  });

const owedOf = async ({ organiser: { client, organisationId } }: TestEvent) =>
  (await client.get(`/api/organisations/${organisationId}/gift-cards`)).body.liabilities;

describe('paying with gift cards', () => {
  test('a card pays a part, the buyer pays the rest, and a cancellation brings both back', async () => {
    const event = await anEvent();
    const card = await issueCard(event.organiser, 1500);
    // 20.00 + 0.99 + 1.01
    const order = await purchase(world, event, { giftCards: [card.code.toLowerCase().replaceAll('-', ' ')] });
    expect(order.totalMinor).toBe(700);
    expect(await balanceOf(event.organiser, card)).toBe(0);
    // Reserved money is still owed to the holder.
    expect(await owedOf(event)).toEqual([{ amount: 1500, currency: 'EUR' }]);
    await order.pay(cards.success);
    await world.drain();
    expect(await order.order()).toMatchObject({
      status: 'confirmed',
      total: { amount: 2200 },
      giftCardAmount: { amount: 1500 },
    });
    expect(await owedOf(event)).toEqual([]);
    const cancelled = await order.buyer.client.post(`/api/orders/${order.orderId}/cancellation`);
    expect(cancelled.body).toMatchObject({ status: 'refunded', refunded: { amount: 2200 } });
    await world.drain();
    expect(await balanceOf(event.organiser, card)).toBe(1500);
    expect(await owedOf(event)).toEqual([{ amount: 1500, currency: 'EUR' }]);
    const { items } = (await order.buyer.client.get(`/api/orders/${order.orderId}/refunds`)).body;
    expect(
      items
        .map(({ amount, status }: { amount: { amount: number }; status: string }) => [amount.amount, status])
        .sort(),
    ).toEqual([
      [1500, 'succeeded'],
      [700, 'succeeded'],
    ]);
    const { entries } = await readCard(event.organiser, card);
    expect(entries.map(({ kind }: { kind: string }) => kind)).toEqual(['returned', 'reserved', 'issued']);
  });

  test('cards that pay everything confirm the order at once, without a payment', async () => {
    const event = await anEvent();
    const [first, second] = [await issueCard(event.organiser, 1000), await issueCard(event.organiser, 5000)];
    const order = await purchase(world, event, { giftCards: [first.code, second.code, first.code] });
    expect(order.paymentId).toBeNull();
    expect(await order.order()).toMatchObject({ status: 'confirmed', giftCardAmount: { amount: 2200 } });
    expect((await order.order()).tickets).toHaveLength(1);
    expect(await balanceOf(event.organiser, first)).toBe(0);
    expect(await balanceOf(event.organiser, second)).toBe(3800);
    // The organisation has the money already: its payouts owe it the price, less what is in its till.
    const { rows } = await world.app.db.pool.query(
      `select kind, split_part(debit, ':', 1) as debit, split_part(credit, ':', 1) as credit, amount_minor::int as minor
       from transfers where order_id = $1 order by part`,
      [order.orderId],
    );
    expect(rows).toEqual([
      { kind: 'charge', debit: 'gift', credit: 'organiser', minor: 2000 },
      { kind: 'charge', debit: 'gift', credit: 'fee', minor: 168 },
      { kind: 'charge', debit: 'gift', credit: 'tax', minor: 32 },
      { kind: 'gift_funded', debit: 'till', credit: 'gift_issued', minor: 2200 },
    ]);
  });

  test('a rest is never too small for a card payment', async () => {
    const event = await anEvent();
    const card = await issueCard(event.organiser, 2190);
    const order = await purchase(world, event, { giftCards: [card.code] });
    expect(order.totalMinor).toBe(50);
    expect(await balanceOf(event.organiser, card)).toBe(40);
    await order.pay(cards.success);
  });

  test('an order that ends unpaid gives the balance back once, whatever ends it', async () => {
    const event = await anEvent();
    const card = await issueCard(event.organiser, 1000);
    const ends = {
      expires: async () => {
        world.clock.advance(minutes(30));
        await sweepHolds(world.app);
      },
      fails: async (order: Awaited<ReturnType<typeof purchase>>) => {
        await order.pay(cards.blocked);
        await world.drain();
      },
      'is cancelled twice': async (order: Awaited<ReturnType<typeof purchase>>) => {
        const cancel = () => order.buyer.client.post(`/api/orders/${order.orderId}/cancellation`);
        await Promise.all([cancel(), cancel()]);
      },
      'is released': async (order: Awaited<ReturnType<typeof purchase>>) => {
        await order.buyer.client.delete(`/api/holds/${order.holdId}`);
      },
    };
    for (const [how, end] of Object.entries(ends)) {
      const order = await purchase(world, event, { giftCards: [card.code] });
      expect(await balanceOf(event.organiser, card), how).toBe(0);
      await end(order);
      await world.drain();
      expect((await order.order()).status, how).toMatch(/expired|failed|cancelled/);
      expect(await balanceOf(event.organiser, card), how).toBe(1000);
    }
  });

  test('a card that ends while an order waits can be spent for a week when the order ends unpaid', async () => {
    const event = await anEvent();
    const expiresAt = new Date(world.clock.now().getTime() + minutes(1)).toISOString();
    const card = await issueCard(event.organiser, 1000, { expiresAt });
    await purchase(world, event, { giftCards: [card.code] });
    world.clock.advance(minutes(30));
    await sweepHolds(world.app);
    await expireGiftCards(world.app);
    expect(await balanceOf(event.organiser, card)).toBe(1000);
    const order = await purchase(world, event, { giftCards: [card.code] });
    expect(order.totalMinor).toBe(1200);
    world.clock.advance(days(8));
    await sweepHolds(world.app);
    await world.drain();
  });

  test('ten orders at once never spend a card twice', async () => {
    const organiser = await world.organiser();
    const events = [await anEvent({ organiser }), await anEvent({ organiser }), await anEvent({ organiser })];
    const pair = [await issueCard(organiser, 3000), await issueCard(organiser, 3000)];
    const codes = pair.map(({ code }) => code);
    const orders = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        purchase(world, events[i % 3] as TestEvent, {
          giftCards: i % 2 ? codes : codes.toReversed(),
        }).catch((error: Error) => error.message),
      ),
    );
    const placed = orders.filter((order) => typeof order !== 'string');
    for (const order of orders) if (typeof order === 'string') expect(order).toContain('gift_card_empty');
    const spent = await Promise.all(placed.map(async (order) => (await order.order()).giftCardAmount.amount));
    const left = await Promise.all(pair.map((card) => balanceOf(organiser, card)));
    expect([...spent, ...left].reduce((sum, minor) => sum + minor, 0)).toBe(6000);
    // Orders go on until a card is empty: each names both.
    expect(Math.min(...left)).toBe(0);
  });

  test('money that comes when the card has its balance back goes back', async () => {
    const event = await anEvent();
    const card = await issueCard(event.organiser, 1000);
    const order = await purchase(world, event, { giftCards: [card.code] });
    await order.pay(cards.late);
    world.clock.advance(minutes(30));
    await sweepHolds(world.app);
    await world.drain();
    expect(await order.order()).toMatchObject({ status: 'expired', problem: 'gift_card_returned_refunded' });
    expect(await balanceOf(event.organiser, card)).toBe(1000);
  });

  test('a refund in part goes to the payment first, then to the cards', async () => {
    const event = await anEvent();
    const card = await issueCard(event.organiser, 1500);
    const order = await purchase(world, event, { giftCards: [card.code] });
    await order.pay(cards.success);
    await world.drain();
    const refund = async (amount: number) => {
      const body = { reason: 'Sorry', amount: { amount, currency: 'EUR' } };
      const answer = await event.organiser.client.post(`/api/orders/${order.orderId}/refunds`, body);
      expect(answer.status).toBe(201);
      await world.drain();
      return balanceOf(event.organiser, card);
    };
    expect(await refund(500)).toBe(0);
    expect(await refund(500)).toBe(300);
    expect(await refund(1200)).toBe(1500);
  });

  test('a cancelled event gives everything back, and revives an expired card', async () => {
    const event = await anEvent();
    const expiresAt = new Date(world.clock.now().getTime() + days(1)).toISOString();
    const card = await issueCard(event.organiser, 3000, { expiresAt });
    const order = await purchase(world, event, { giftCards: [card.code] });
    expect((await order.order()).status).toBe('confirmed');
    world.clock.advance(days(2));
    await expireGiftCards(world.app);
    expect((await readCard(event.organiser, card)).card).toMatchObject({
      state: 'expired',
      balance: { amount: 0 },
    });
    // What was left of it was never the platform's money, so only the liability ends.
    expect(await owedOf(event)).toEqual([]);
    const body = { reason: 'Storm.', refund: 'full' };
    await event.organiser.client.post(`/api/events/${event.id}/cancellation`, body);
    await world.drain();
    expect((await readCard(event.organiser, card)).card).toMatchObject({
      state: 'active',
      balance: { amount: 2200 },
      expiresAt: new Date(world.clock.now().getTime() + days(90)).toISOString(),
    });
  });

  test('each reason why a card cannot pay has its code, for the balance and for the order', async () => {
    const event = await anEvent();
    const other = await anEvent();
    const soon = new Date(world.clock.now().getTime() + minutes(5)).toISOString();
    const blocked = await issueCard(event.organiser, 1000);
    await event.organiser.client.put(
      `/api/organisations/${event.organiser.organisationId}/gift-cards/${blocked.card.id}/block`,
      { blocked: true },
    );
    const empty = await issueCard(event.organiser, 1000);
    await purchase(world, event, { giftCards: [empty.code] });
    const codes = {
      gift_card_unknown: '7K3Q-A9XW-2M4N-P8RT-VY00',
      gift_card_blocked: blocked.code,
      gift_card_empty: empty.code,
      gift_card_expired: (await issueCard(event.organiser, 1000, { expiresAt: soon })).code,
      gift_card_other_organiser: (await issueCard(other.organiser, 1000)).code,
      gift_card_other_currency: (
        await issueCard(event.organiser, 1000, { amount: { amount: 1000, currency: 'CHF' } })
      ).code,
    };
    world.clock.advance(minutes(6));
    for (const [reason, code] of Object.entries(codes)) {
      const { client } = await world.guest();
      const checked = await client.post('/api/gift-cards/balance', { code, eventId: event.id });
      expect(checked.body.code, reason).toBe(reason);
      await expect(purchase(world, event, { giftCards: [code] }), reason).rejects.toThrow(reason);
    }
  });
});

test('the database keeps no code, and finding a card by its code works all the same', async () => {
  const { organiser } = await anEvent();
  const { code, card } = await issueCard(organiser, 1000, { note: 'Tourist office' });
  const normal = readGiftCode(code) as string;
  const { rows } = await world.app.db.pool.query(
    'select row_to_json(gift_cards)::text as row from gift_cards',
  );
  expect(rows.map(({ row }) => row).join('')).not.toContain(normal);
  const find = async (q: string) =>
    (
      await organiser.client.get(
        `/api/organisations/${organiser.organisationId}/gift-cards?q=${encodeURIComponent(q)}`,
      )
    ).body.items;
  for (const q of [code, card.last4.toLowerCase(), 'tourist']) expect(await find(q), q).toHaveLength(1);
  expect(await find('zzzz')).toEqual([]);
  const file = await organiser.client.get(
    `/api/organisations/${organiser.organisationId}/gift-card-files/gift-cards.csv`,
  );
  expect(String(file.body)).toContain('Tourist office');
  expect(String(file.body)).not.toContain(normal);
});

test('wrong codes spend a budget, and right ones nearly nothing', async () => {
  const limited = await createWorld({ RATE_LIMIT_FACTOR: '1' });
  try {
    const event = await limited.event();
    const card = await issueCard(event.organiser, 1000);
    const { client } = await limited.guest();
    const check = (code: string) => client.post('/api/gift-cards/balance', { code, eventId: event.id });
    for (let i = 0; i < 12; i++) expect((await check(card.code)).body.balance.amount).toBe(1000);
    const answers = [];
    for (let i = 0; i < 11; i++) answers.push((await check('7K3Q-A9XW-2M4N-P8RT-VY00')).body.code);
    expect(answers.filter((code) => code === 'too_many_gift_card_codes').length).toBeGreaterThan(0);
    expect(answers[0]).toBe('gift_card_unknown');
    // The right code tells nothing any more.
    expect((await check(card.code)).status).toBe(429);
  } finally {
    await limited.close();
  }
});
