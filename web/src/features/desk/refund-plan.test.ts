import { expect, test } from 'vitest';
import type { TicketId } from '../../../../contract/ids.ts';
import type { Order } from '../../../../contract/orders.ts';
import { planOf } from './refund-plan.ts';

const eur = (amount: number) => ({ amount, currency: 'EUR' as const });
const ticket = (n: number, status: 'valid' | 'used' | 'cancelled', refunded = 0, price = 1000) => ({
  id: `tkt_${n}` as TicketId,
  status,
  price: eur(price),
  refunded: eur(refunded),
});

/** Two valid tickets, a used one, and a cancelled one of which 1.00 was kept, with a fee of 0.50 for the order. */
const order = {
  status: 'confirmed',
  total: eur(4050),
  refunded: eur(900),
  orderFee: eur(50),
  tickets: [ticket(0, 'valid'), ticket(1, 'valid'), ticket(2, 'used'), ticket(3, 'cancelled', 900)],
} as unknown as Order;
const nothing = { way: 'whole' as const, tickets: [] as TicketId[], amount: '', keeps: null };

test('everything that is left goes back, and valid tickets end', () => {
  expect(planOf(order, nothing)).toMatchObject({
    sumMinor: 3150,
    ends: 2,
    keeps: false,
    fault: null,
    body: { keepTickets: false },
  });
  expect(planOf(order, { ...nothing, keeps: true })).toMatchObject({ sumMinor: 3150, ends: 0 });
});

test('tickets give back what is left of them, and the last ones the fee of the order', () => {
  const by = (...tickets: TicketId[]) => planOf(order, { ...nothing, way: 'byTicket', tickets });
  expect(by()).toMatchObject({ fault: 'pick', sumMinor: 0 });
  expect(by('tkt_0', 'tkt_3')).toMatchObject({ fault: null, sumMinor: 1100, ends: 1 });
  expect(by('tkt_0', 'tkt_1', 'tkt_2')).toMatchObject({ sumMinor: 3050, ends: 2 });
});

test('an amount is at most what is left, and keeps the tickets unless asked otherwise', () => {
  const amount = (typed: string, keeps: boolean | null = null) =>
    planOf(order, { ...nothing, way: 'byAmount', amount: typed, keeps });
  for (const wrong of ['', '0', 'ten', '31.51', '1.234'])
    expect(amount(wrong)).toMatchObject({ fault: 'amountWrong', sumMinor: null });
  expect(amount('31,5')).toMatchObject({
    fault: null,
    sumMinor: 3150,
    ends: 0,
    body: { amount: eur(3150), keepTickets: true },
  });
  expect(amount('5', false)).toMatchObject({ ends: 2, body: { keepTickets: false } });
});

test('says when nothing can be refunded', () => {
  const of = (more: object) => planOf({ ...order, ...more } as Order, nothing).impossible;
  expect(of({})).toBeNull();
  expect(of({ status: 'pending', tickets: [] })).toBe('unpaid');
  expect(of({ status: 'refunded', refunded: eur(4050), tickets: [ticket(0, 'cancelled', 1000)] })).toBe(
    'nothing',
  );
  const free = { total: eur(0), refunded: eur(0), orderFee: eur(0) };
  expect(of({ ...free, tickets: [ticket(0, 'valid', 0, 0)] })).toBeNull();
  expect(of({ ...free, tickets: [ticket(0, 'used', 0, 0)] })).toBe('nothing');
});
