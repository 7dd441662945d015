import { afterAll, beforeAll, expect, test } from 'vitest';
import { cards, purchase } from '../features/payments/testing/purchase.ts';
import { minutes } from '../testing/clock.ts';
import { createWorld, type World } from '../testing/world.ts';
import { audit } from './audit.ts';
import { bank } from './bank-promises.ts';
import { codes } from './code-promises.ts';
import { door } from './door-promises.ts';
import { gifts } from './gift-promises.ts';
import { lines } from './line-promises.ts';
import { passes } from './pass-promises.ts';
import { payouts } from './payout-promises.ts';
import { promises } from './promises.ts';
import { queues } from './queue-promises.ts';
import { resales } from './resale-promises.ts';
import { reviews } from './review-promises.ts';
import { findAfter } from './testing/break-promise.ts';

let world: World;
const told: string[] = [];
const settled = () => ({ acknowledged: told, now: world.clock.now() });
/** Makes one of everything that can happen to a place: held, released, expired, sold, used, cancelled, late, refunded. */
beforeAll(async () => {
  world = await createWorld();
  const fee = {
    perTicketMinor: 99,
    perTicketPercent: 2.5,
    perOrderMinor: 100,
    tax: { name: 'VAT', ratePercent: 19 },
  };
  const floor = await world.event({
    capacity: 15,
    tax: { name: 'VAT', ratePercent: 7, included: true },
    fields: { bookingFee: fee },
  });
  const seated = await world.event({
    seats: [{ zone: 'gold', rows: 2, perRow: 8 }],
    tax: { name: 'Sales tax', ratePercent: 8.875, included: false },
    fields: { maxPerBuyer: 20, bookingFee: { ...fee, paidBy: 'absorbed' } },
  });
  const small = await world.event({ capacity: 2 });
  const cancelled = await purchase(world, floor, { quantity: 2 });
  const sold = await purchase(world, floor, { quantity: 2 });
  const late = await purchase(world, floor, { quantity: 1 });
  const refunded = await purchase(world, small, { quantity: 2 });
  for (const each of [cancelled, sold]) await each.pay(cards.success);
  for (const each of [late, refunded]) await each.pay(cards.late);
  await purchase(world, floor, { quantity: 1 });
  await world.drain();
  const undone = await cancelled.buyer.client.post(`/api/orders/${cancelled.orderId}/cancellation`);
  expect(undone.status).toBe(200);
  // One ticket of three.
  const partly = await purchase(world, floor, { quantity: 3 });
  await partly.pay(cards.success);
  await world.drain();
  const [first] = (await partly.order()).tickets;
  const some = { tickets: [first.id] };
  const given = await partly.buyer.client.post(`/api/orders/${partly.orderId}/cancellation`, some);
  expect(given.status).toBe(200);
  const buyer = await world.user();
  const hold = (body: object) => buyer.client.post(`/api/events/${seated.id}/holds`, body);
  const best = (quantity: number) => hold({ bestAvailable: { ticketTypeId: seated.ticketTypeId, quantity } });
  const free = await world.event({ capacity: 5, priceMinor: 0 });
  const gratis = await world.user();
  const items = [{ ticketTypeId: free.ticketTypeId, quantity: 2 }];
  const mine = await gratis.client.post(`/api/events/${free.id}/holds`, { items });
  const order = { holdId: mine.body.id, buyer: { name: 'Ada Osei', email: 'ada@example.com' } };
  told.push(mine.body.id, (await gratis.client.post('/api/orders', order)).body.order.id);
  const placed = await best(3);
  const ordered = await buyer.client.post('/api/orders', { ...order, holdId: placed.body.id });
  const { payment } = ordered.body;
  const card = { number: cards.success };
  await buyer.client.post(`/api/sandbox/payments/${payment.id}/confirmation`, {
    clientSecret: payment.clientSecret,
    card,
  });
  await world.drain();
  const { tickets } = (await buyer.client.get(`/api/orders/${ordered.body.order.id}`)).body;
  const { code } = (await buyer.client.get(`/api/tickets/${tickets[0].id}`)).body;
  const scanned = await seated.organiser.client.post(`/api/events/${seated.id}/check-ins`, {
    code,
    nonce: 'gate-a-0001',
  });
  told.push(placed.body.id, ordered.body.order.id, payment.id, tickets[0].id, scanned.body.id);
  await buyer.client.delete(`/api/holds/${(await best(2)).body.id}`);
  world.clock.advance(minutes(12));
  // Another buyer takes the places before the late payment arrives.
  const quick = await world.user();
  const taken = { items: [{ ticketTypeId: small.ticketTypeId, quantity: 2 }] };
  expect((await quick.client.post(`/api/events/${small.id}/holds`, taken)).status).toBe(201);
  await world.drain();
  expect((await refunded.order()).problem).toBe('places_gone_refunded');
  expect((await late.order()).status).toBe('confirmed');
  await world.drain();
  await best(4);
  const guest = await world.guest();
  const one = [{ ticketTypeId: floor.ticketTypeId, quantity: 1 }];
  expect((await guest.client.post(`/api/events/${floor.id}/holds`, { items: one })).status).toBe(201);
  const ada = { name: 'Ada', email: 'ada@audit.example', password: 'correct-horse-battery' };
  expect((await guest.client.post('/api/auth/sign-up/email', ada)).status).toBe(200);
  const more = { pools: [{ key: 'floor', name: 'Floor', capacity: 20 }] };
  const version = { 'if-match': `"${floor.version}"` };
  expect((await floor.organiser.client.patch(`/api/events/${floor.id}`, more, version)).status).toBe(200);
  expect(scanned.body).toMatchObject({ ticketId: tickets[0].id });
});
afterAll(() => world.close());

test('of a world where everything has happened nothing is broken', async () => {
  expect(await audit(world.app.db, settled())).toEqual([]);
  const [held] = await world.app.db.query<{ count: number }>(
    `select count(*) from seats where status = 'held'`,
  );
  expect(held?.count).toBe(4);
});

test('events can be looked at one by one', async () => {
  const rows = await world.app.db.query<{ event_id: `evt_${string}` }>('select event_id from ledgers');
  for (const row of rows)
    expect(await audit(world.app.db, { ...settled(), eventIds: [row.event_id] })).toEqual([]);
});

/** Each row breaks one promise. */
const breaks: [promise: string, how: string, ...sql: string[]][] = [
  [
    'held + sold + kept + blocked is never more than the capacity',
    'oversold',
    'update pools set capacity = held + sold - 1 where held + sold > 0',
  ],
  [
    'counters are the sums of their holds',
    'counted twice',
    `update pools set held = held + 1 where key = 'floor'`,
  ],
  [
    'counters are the sums of their holds',
    'sold forgotten',
    'update pools set sold = sold - 1 where sold > 0',
  ],
  [
    'counters are the sums of their holds',
    'leaked',
    `update holds set status = 'released' where status = 'active'`,
  ],
  [
    'counters are the sums of their holds',
    'a hold of a pool that is gone',
    `delete from pools where sold > 0`,
  ],
  [
    'a seat has one live owner, which names it',
    'lost',
    `update seats set status = 'free', hold_id = null where status = 'held'`,
  ],
  [
    'a seat has one live owner, which names it',
    'sold before it was paid',
    `update seats set status = 'sold' where status = 'held'`,
  ],
  [
    'a seat has one live owner, which names it',
    'kept by a hold that ended',
    `update seats set status = 'held', hold_id = (select id from holds where status = 'released' limit 1) where index = 15 and status = 'free'`,
  ],
  [
    'a seat has one live owner, which names it',
    'two owners',
    `update holds set lines = (select lines from holds where status = 'confirmed' and lines::text like '%seats%') where status = 'active' and lines::text like '%seats%'`,
  ],
  [
    'a hold is all or nothing',
    'a place fewer',
    'update holds set places = places - 1 where places > 1 and returned = 0',
  ],
  [
    'a hold is all or nothing',
    'a seat fewer',
    `update holds set lines = lines #- '{0,seats,0}' where lines::text like '%seats%'`,
  ],
  [
    'an order stands as its hold does',
    'order expired alone',
    `update orders set status = 'expired' where status = 'pending'`,
    `update orders set status = 'expired' where status = 'confirmed'`,
  ],
  ['an order stands as its hold does', 'order missing', `delete from orders where status = 'confirmed'`],
  ['an order stands as its hold does', 'another price', 'update orders set total_minor = total_minor + 1'],
  ['an order stands as its hold does', 'hold not marked', 'update holds set ordered = false'],
  [
    'the place of each cancelled ticket is given back, and no other',
    'not returned',
    `update holds set returned = 0 where returned > 0`,
  ],
  [
    'the place of each cancelled ticket is given back, and no other',
    'returned, and the ticket admits',
    'update holds set returned = 1 where places > 1 and returned = 0',
  ],
  [
    'each cancelled ticket names its cancellation, which gave back what the order says',
    'cancelled by nothing',
    `update tickets set cancellation_id = null where status = 'cancelled'`,
  ],
  [
    'each cancelled ticket names its cancellation, which gave back what the order says',
    'less than was said',
    'update cancellations set refund_minor = refund_minor - 1',
  ],
  [
    'counters are the sums of their holds',
    'the wrong place came back',
    `update tickets set status = 'cancelled', cancelled_at = now() where status = 'valid' and seat_index is null`,
  ],
  [
    'a seat has one live owner, which names it',
    'cancelled and still sold',
    `update tickets set status = 'cancelled', cancelled_at = now() where status = 'valid' and seat_index is not null`,
  ],
  [
    'one ticket per paid place',
    'one missing',
    `delete from tickets where id = (select id from tickets where status = 'valid' limit 1)`,
  ],
  [
    'one ticket per paid place',
    'issued twice',
    `insert into tickets (id, event_id, order_id, ticket_type_id, position, issued_at, ticket_type_name, net_minor, tax_minor, fee_minor) select 'tkt_x', event_id, order_id, ticket_type_id, 99, issued_at, ticket_type_name, net_minor, tax_minor, fee_minor from tickets where status = 'valid' and seat_index is null limit 1`,
  ],
  [
    'one ticket per paid place',
    'still valid after the refund',
    `update tickets set status = 'valid', cancelled_at = null where status = 'cancelled'`,
  ],
  [
    'a ticket that was exchanged for another date has ended, and one order at most replaces it',
    'for another date, and still valid',
    `update tickets set moved_event_id = event_id where status = 'valid'`,
  ],
  ['one ticket per paid place', 'never confirmed', `update orders set confirmed_at = null`],
  [
    'a sold seat has one ticket, of the order that bought it',
    'ticket of another seat',
    'update tickets set seat_index = seat_index + 20 where seat_index is not null',
  ],
  ...(
    [
      [0, 'used without', 'delete from check_ins'],
      [0, 'admitted, still valid', `update tickets set status = 'valid' where status = 'used'`],
      [1, 'a visit is missing', 'update check_ins set visit = 2'],
      [2, 'a double without a name', 'update check_ins set void = 1'],
    ] as const
  ).map(([n, how, sql]): [string, string, string] => [door[n]?.name ?? '', how, sql]),
  [
    'each version of an event is told once',
    'told twice',
    `insert into outbox (topic, type, event_id, payload, created_at) select topic, type, event_id, payload, created_at from outbox where type = 'admit.availability.changed.v1' limit 1`,
  ],
  [
    'each version of an event is told once',
    'never told',
    `delete from outbox where type = 'admit.availability.changed.v1' and event_id in (select event_id from seats)`,
  ],
  ['each version of an event is told once', 'version not moved', 'update ledgers set version = 1'],
  [
    'whoever changed a hold last has told of it',
    'one batch untold',
    `delete from outbox where type = 'admit.availability.changed.v1' and tx::xid in (select xmin from holds limit 1)`,
  ],
  [
    'the end of each order is told once',
    'confirmation untold',
    `delete from outbox where type = 'admit.order.confirmed.v1'`,
  ],
  [
    'the end of each order is told once',
    'told of an order that is not',
    `insert into outbox (topic, type, event_id, payload, created_at) select topic, type, event_id, '{"orderId": "ord_x"}', created_at from outbox where type = 'admit.order.confirmed.v1' limit 1`,
  ],
  [
    'each movement at the door and each refund is told once',
    'admission untold',
    `delete from outbox where type = 'admit.ticket.admitted.v1'`,
  ],
  [
    'each movement at the door and each refund is told once',
    'refund untold',
    `delete from outbox where type = 'admit.payment.refunded.v1'`,
  ],
  [
    'the places that were told of add up to those that are sold',
    'a return untold',
    `update outbox set payload = jsonb_set(payload, '{changes}', '[]') where payload -> 'changes' @> '[{"kind": "returned"}]'`,
  ],
  [
    'each charge is told once',
    'charge untold',
    `delete from outbox where id = (select min(id) from outbox where type = 'admit.payment.succeeded.v1')`,
  ],
  ['the money of each order balances', 'charge lost', `delete from transfers where kind = 'charge'`],
  ['the money of each order balances', 'refund not entered', `delete from transfers where kind = 'refund'`],
  ['the money of each order balances', 'cent lost', `update transfers set amount_minor = amount_minor - 1`],
  [
    'the money of each order balances',
    'another currency',
    `update transfers set currency = 'USD' where kind = 'charge'`,
  ],
  [
    'the money of each order balances',
    'late money kept',
    `delete from transfers where kind = 'refund' and debit like 'buyer:%'`,
  ],
  [
    'the price parts of the lines and of the tickets of an order add up to its total',
    'a cent of tax on a ticket',
    'update tickets set tax_minor = tax_minor + 1',
  ],
  [
    'the price parts of the lines and of the tickets of an order add up to its total',
    'a cent of net in a line',
    `update orders set lines = jsonb_set(lines, '{0,parts,netMinor}', '1') where total_minor > 1`,
  ],
  [
    'each payment and each refund has its entry',
    'entry of nothing',
    `insert into transfers (id, event_id, order_id, kind, debit, credit, amount_minor, currency, created_at)
      select 'trf_x', event_id, order_id, 'charge', debit, credit, amount_minor, currency, created_at from transfers limit 1`,
  ],
  [
    'each part of the price of an order is on its own account',
    'tax given to the organiser',
    `update transfers set credit = 'organiser:x' where kind = 'charge' and credit like 'tax:org%'`,
  ],
  [
    'each part of the price of an order is on its own account',
    'fee refunded as tax',
    `update transfers set debit = 'tax:platform' where kind = 'refund' and debit like 'fee:%'`,
  ],
  [
    'money that the team took is in the till of its organisation, and all other money with the provider',
    'card money in a till',
    `update transfers set debit = 'till:x' where kind = 'charge' and debit like 'provider:%'`,
  ],
  [
    'a refund has left the provider in the books exactly if the provider sent it',
    'sent and not entered',
    `delete from transfers where kind = 'refund_sent'`,
  ],
  [
    'what disputes have taken is in the books of their order',
    'taken and not booked',
    'update orders set disputed_minor = 1',
  ],
  ['each payment and each refund has its entry', 'payment open', `update payments set status = 'open'`],
  [
    'money that matches nothing is on the list and in the books',
    'on the list and not entered',
    `insert into money_reviews (id, provider, reference, reason, direction, amount_minor, currency, created_at) values ('mrv_x', 'sandbox', 'pi_x', 'unknown_order', 'in', 1, 'EUR', now())`,
  ],
  [
    'money that matches nothing is on the list and in the books',
    'entered and not on the list',
    `insert into transfers (id, event_id, order_id, kind, debit, credit, amount_minor, currency, created_at) values ('trf_x', '', '', 'unmatched_in', 'provider:sandbox', 'review:mrv_x', 1, 'EUR', now())`,
  ],
  [
    'money that the sandbox took or gave back is in the books',
    'taken and unknown',
    `update sandbox.payments set amount_minor = amount_minor + 1 where status = 'succeeded'`,
  ],
  [
    'money that the sandbox took or gave back is in the books',
    'refunded twice',
    `update sandbox.payments set refunded_minor = refunded_minor - 1 where refunded_minor > 0`,
  ],
  [
    'the refunds of the tickets of an order add up to the refunds of the order',
    'a share too many',
    `update tickets set refunded_minor = 1 where refunded_minor = 0 and net_minor > 0`,
  ],
  ...(
    [
      ['the documents of each order add up to its price less its refunds', 'total_minor = total_minor + 1'],
      ['each document has the total and number that its content says', 'number = number + 1000'],
      ['each sale has a receipt or invoice, and each refund of one a credit note', `order_id = 'ord_x'`],
    ] as const
  ).map(([promise, change]): [string, string, string] => [promise, change, `update documents set ${change}`]),
  ...['holds', 'orders', 'payments', 'tickets', 'check_ins'].map((table): [string, string, string] => [
    'what was acknowledged is there',
    table,
    `delete from ${table}`,
  ]),
];
test.each(breaks)('%s: %s', async (promise, _how, ...sql) => {
  const found = await findAfter(world.app.db, sql, settled());
  expect(found.map((line) => line.slice(0, line.indexOf(':')))).toContain(promise);
});
test('each check is broken by one of these', () => {
  /** Other tests of this folder, and order-reviews.test.ts, break these. */
  const elsewhere = [bank, codes, gifts, lines, passes, resales, queues, payouts, reviews].flat();
  const here = promises.filter((check) => !elsewhere.includes(check));
  expect(new Set(breaks.map(([promise]) => promise))).toEqual(new Set(here.map(({ name }) => name)));
});
