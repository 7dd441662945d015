import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { languages } from '../../../../contract/languages.ts';
import { type Order, orderStatuses } from '../../../../contract/orders.ts';
import { days, minutes } from '../../../../server/testing/clock.ts';
import { createWorld, type Person, type World } from '../../../../server/testing/world.ts';
import { comesFromPayment } from './from-payment.ts';
import {
  badgeOf,
  cancelWords,
  moneyBack,
  moneyOf,
  noticeOf,
  type OrderFacts,
  receiptTitles,
  type Word,
} from './say-order.ts';

/** The texts about an order that say that money moved, and when that is true. */
const claims: Partial<Record<Word, (order: OrderFacts) => boolean>> = {
  receipt: (order) => order.total.amount > 0 && order.confirmedAt !== null,
  receiptReturned: isForfeited,
  statusReturned: isForfeited,
  goneTitle: isForfeited,
  goneText: isForfeited,
  cardText: isForfeited,
  refunded: (order) => order.refunded.amount > 0 || isForfeited(order),
  cancelDoneRefund: (order) => order.refunded.amount > 0,
  cancelDo: (order) => order.total.amount > 0 && order.confirmedAt !== null,
  statusRefunded: (order) => order.refunded.amount === order.total.amount && order.total.amount > 0,
  // These speak of a payment that has not reached us.
  statusPending: (order) => order.total.amount > 0 && order.confirmedAt === null,
  pendingTitle: isUnpaid,
  receiptDue: isUnpaid,
  receiptUnpaid: isUnpaid,
  confirming: isUnpaid,
  confirmingLong: isUnpaid,
  statusFailed: isUnpaid,
  failedTitle: isUnpaid,
  failedText: isUnpaid,
  expiredTitle: isUnpaid,
  expiredText: isUnpaid,
  declinedNote: isUnpaid,
  cancelTextPending: isUnpaid,
  cancelDoneUnpaid: isUnpaid,
  // These say that nothing goes back.
  cancelDoNothing: (order) => order.total.amount > 0 && order.confirmedAt !== null,
  cancelDoneNoRefund: (order) => order.confirmedAt !== null && order.refunded.amount === 0,
};

function isForfeited({ problem }: OrderFacts): boolean {
  return problem === 'places_gone_refunded' || problem === 'card_limit_refunded';
}

function isUnpaid(order: OrderFacts): boolean {
  return order.total.amount > 0 && order.confirmedAt === null && !isForfeited(order);
}

/** Words for money that moves, in each language. */
const moneyWords = {
  en: /\bpa(y|id)|charge|refund|money|taken from/i,
  de: /zahl|belastet|erstatt|geld/i,
  es: /pag[oóa]|cobr|devuel|devoluc|reembols|dinero/i,
  fr: /pay[ée]|paiement|débit|rembours|argent/i,
  ar: /دفع|دفعة|سُحب|يُسحب|استرد|مالك|المال/,
};

/** All texts that the order's page, its line in the list and its dialog show. */
function wordsOf(order: OrderFacts): Word[] {
  const seen: Word[] = [badgeOf(order).word, receiptTitles[moneyOf(order)]];
  for (const paid of [true, false]) {
    for (const slow of [true, false]) {
      const notice = noticeOf(order, { paid, slow });
      if (notice) seen.push(notice.title, ...(notice.text ? [notice.text] : []));
    }
  }
  if (moneyBack(order).amount > 0) seen.push('refunded');
  if (order.status === 'pending' || order.status === 'confirmed') {
    for (const refund of order.confirmedAt ? [0, order.total.amount] : [0])
      seen.push(...Object.values(cancelWords(order, refund)));
  }
  return [...new Set(seen)];
}

/** Every order that can exist. */
function* allOrders(): Generator<OrderFacts> {
  const EUR = (amount: number) => ({ amount, currency: 'EUR' as const });
  for (const status of orderStatuses) {
    for (const total of [0, 4900]) {
      for (const refunded of [0, 1000, 4900]) {
        for (const problem of [null, 'declined', 'places_gone_refunded', 'card_limit_refunded'] as const) {
          for (const confirmedAt of [null, '2026-11-28T12:00:00.000Z']) {
            const order = { status, total: EUR(total), refunded: EUR(refunded), problem, confirmedAt };
            if (canExist(order)) yield order;
          }
        }
      }
    }
  }
}

function canExist(order: OrderFacts): boolean {
  const { status, total, refunded, confirmedAt } = order;
  const wasConfirmed = confirmedAt !== null;
  if (['confirmed', 'completed', 'refunded'].includes(status) && !wasConfirmed) return false;
  if (['pending', 'failed', 'expired'].includes(status) && wasConfirmed) return false;
  if (total.amount === 0 && (!wasConfirmed || order.problem)) return false;
  if (wasConfirmed && isForfeited(order)) return false;
  if (status === 'pending' && isForfeited(order)) return false;
  if (refunded.amount > (wasConfirmed ? total.amount : 0)) return false;
  const isFull = total.amount > 0 && refunded.amount === total.amount;
  return status === 'refunded' ? isFull : !(status === 'cancelled' && isFull);
}

test('no text about an order says that money moved unless it did, in any state', () => {
  let count = 0;
  for (const order of allOrders()) {
    count += 1;
    for (const word of wordsOf(order))
      expect(claims[word]?.(order) ?? true, `${word} of ${JSON.stringify(order)}`).toBe(true);
  }
  expect(count).toBeGreaterThan(20);
});

test.each(Object.keys(languages) as (keyof typeof languages)[])(
  'in %s, a text without a claim names no money',
  async (language) => {
    const texts: Record<string, string> = (await import(join(import.meta.dirname, `${language}.ts`))).default;
    const shown = new Set([...allOrders()].flatMap(wordsOf));
    const silent = [...shown].filter((word) => !claims[word]);
    expect(silent.filter((word) => moneyWords[language].test(texts[word] ?? ''))).toEqual([]);
    // The expression finds something in the texts that do.
    expect(moneyWords[language].test(texts.receipt ?? '')).toBe(true);
  },
);

test('who comes back from a bank that refused has not paid', () => {
  expect(comesFromPayment({ paid: 1 })).toBe(true);
  expect(comesFromPayment({ paid: '1', redirect_status: 'succeeded' })).toBe(true);
  expect(comesFromPayment({ paid: '1', redirect_status: 'failed' })).toBe(false);
  expect(comesFromPayment({})).toBe(false);
});

describe('an order of the real server', () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(() => world.close());

  const cards = { good: '4242424242424242', late: '4000000000000259', blocked: '4100000000000019' };

  async function ordered(priceMinor: number, capacity = 10) {
    const event = await world.event({ priceMinor, capacity });
    const person = await world.guest();
    const held = await person.client.post(`/api/events/${event.id}/holds`, {
      items: [{ ticketTypeId: event.ticketTypeId, quantity: 2 }],
    });
    const { body } = await person.client.post('/api/orders', {
      holdId: held.body.id,
      buyer: { name: 'Ada Osei', email: 'ada@example.com' },
    });
    return { person, event, ...body } as {
      person: Person;
      event: typeof event;
      order: Order;
      payment: { id: string; clientSecret: string };
    };
  }
  type Ordered = Awaited<ReturnType<typeof ordered>>;
  const pay = ({ person, payment }: Ordered, number: string) =>
    person.client.post(`/api/sandbox/payments/${payment.id}/confirmation`, {
      clientSecret: payment.clientSecret,
      card: { number },
    });
  const cancel = ({ person, order }: Ordered) => person.client.post(`/api/orders/${order.id}/cancellation`);
  const said = async ({ person, order }: Ordered) => {
    await world.drain();
    const now: Order = (await person.client.get(`/api/orders/${order.id}`)).body;
    const words = wordsOf(now);
    for (const word of words) expect(claims[word]?.(now) ?? true, word).toBe(true);
    return { status: now.status, money: moneyOf(now), back: moneyBack(now).amount, words };
  };

  test('that nobody paid is due, and then unpaid', async () => {
    const it = await ordered(2450);
    expect(await said(it)).toMatchObject({ status: 'pending', money: 'due' });
    world.clock.advance(days(1));
    expect(await said(it)).toMatchObject({ status: 'expired', money: 'unpaid', back: 0 });
  });

  test('that its buyer drops, or whose card is blocked, is unpaid', async () => {
    const dropped = await ordered(2450);
    await cancel(dropped);
    expect(await said(dropped)).toMatchObject({ money: 'unpaid' });
    const blocked = await ordered(2450);
    await pay(blocked, cards.blocked);
    expect(await said(blocked)).toMatchObject({ status: 'failed', money: 'unpaid' });
  });

  test('that was paid says so, before and after it is cancelled', async () => {
    const it = await ordered(2450);
    await pay(it, cards.good);
    expect(await said(it)).toMatchObject({ status: 'confirmed', money: 'paid', back: 0 });
    await cancel(it);
    const after = await said(it);
    expect(after).toMatchObject({ status: 'refunded', money: 'paid', back: 4900 });
    expect(after.words).toEqual(expect.arrayContaining(['refunded', 'cancelDoneRefund']));
  });

  test('whose money came too late for its places says that all of it goes back', async () => {
    const it = await ordered(2450, 2);
    await pay(it, cards.late);
    world.clock.advance(minutes(20));
    const other = await world.guest();
    const taken = await other.client.post(`/api/events/${it.event.id}/holds`, {
      items: [{ ticketTypeId: it.event.ticketTypeId, quantity: 2 }],
    });
    expect(taken.status).toBe(201);
    world.clock.advance(minutes(5));
    expect(await said(it)).toMatchObject({ money: 'returned', back: 4900 });
  });

  test('that is free never speaks of money, and neither does the mail of its cancellation', async () => {
    const it = await ordered(0);
    expect(await said(it)).toMatchObject({ status: 'confirmed', money: 'free' });
    expect((await cancel(it)).status).toBe(200);
    const after = await said(it);
    expect(after).toMatchObject({ status: 'cancelled', money: 'free', back: 0 });
    expect(after.words.filter((word) => claims[word])).toEqual([]);
    const { body } = await world.client().get('/api/mailbox');
    const mail = body.items.find(({ subject }: { subject: string }) => subject.startsWith('Cancelled'));
    const { text } = (await world.client().get(`/api/mailbox/${mail.id}`)).body;
    expect(text).toContain('no longer admit');
    expect(text).not.toMatch(moneyWords.en);
  });
});
