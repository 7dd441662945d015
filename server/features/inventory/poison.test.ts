import { afterAll, beforeAll, expect, test } from 'vitest';
import { maxAmountMinor, maxPriceMinor } from '../../../contract/money.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { cards, purchase } from '../payments/testing/purchase.ts';
import type { Command } from './inventory.ts';

/** Puts commands that can't be written into one batch with commands that can. */
let world: World;
beforeAll(async () => {
  world = await createWorld({ LOG_LEVEL: 'silent' });
  // Simulates any failure of a single row: this buyer's holds can't be written.
  await world.app.db.run(`
    create function refuse_poison() returns trigger language plpgsql as $$
    begin
      if new.idempotency_key like 'poison%' then
        raise exception 'this one can not be written' using errcode = 'P0001';
      end if;
      return new;
    end $$`);
  await world.app.db.run(
    'create trigger poison before insert on holds for each row execute function refuse_poison()',
  );
});
afterAll(() => world.close());

const place = (person: Person, event: TestEvent, key?: string, quantity = 1) =>
  person.client.post(
    `/api/events/${event.id}/holds`,
    { items: [{ ticketTypeId: event.ticketTypeId, quantity }] },
    key === undefined ? {} : { 'idempotency-key': key },
  );

/** Keeps the events' ledgers busy, so that commands sent meanwhile gather in one batch. */
async function whileBusy<T>(events: TestEvent[], work: () => Promise<T>[]): Promise<T[]> {
  const ids = events.map(({ id }) => id);
  let answers: Promise<T>[] = [];
  await world.app.db.transaction(async (trx) => {
    await trx.query('select from ledgers where event_id = any($1) order by event_id for update', [ids]);
    // The first command of each lane waits for the lock, and the others queue behind it.
    answers = work();
    for (let waiting = 0; waiting < answers.length; ) {
      const { values } = await world.app.metrics.ledgerQueued.get();
      waiting = (values[0]?.value ?? 0) + 2;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  });
  return Promise.all(answers);
}

test('a command that can not be written fails alone, whichever it is', async () => {
  const events = [await world.event({ capacity: 1000 }), await world.event({ capacity: 1000 })];
  const people = await Promise.all(Array.from({ length: 40 }, () => world.guest()));
  for (const event of events) expect((await place(people[0] as Person, event)).status).toBe(201);
  const answers = await whileBusy(events, () =>
    people.flatMap((person, i) =>
      events.map((event) => place(person, event, i === 17 && event === events[0] ? 'poison' : `key-${i}`)),
    ),
  );
  expect(answers.map(({ status }) => status).filter((status) => status !== 201)).toEqual([500]);
  const [pools, holds] = await Promise.all([
    world.app.db.query<{ held: number }>('select held from pools where event_id = any($1)', [
      events.map(({ id }) => id),
    ]),
    world.app.db.query('select from holds where event_id = any($1)', [events.map(({ id }) => id)]),
  ]);
  expect(pools.reduce((sum, { held }) => sum + held, 0)).toBe(81);
  expect(holds.length).toBe(81);
});

test.each([
  ['an order', 'insert on orders', "new.buyer_name = 'Poison'"],
  [
    'a payment',
    'insert on tickets',
    "exists (select from orders where id = new.order_id and buyer_name = 'Poison')",
  ],
  [
    'a charge',
    'insert on transfers',
    "exists (select from orders where id = new.order_id and buyer_name = 'Poison')",
  ],
])('%s that can not be written fails alone', async (_, when, condition) => {
  await world.app.db.run(`
    create or replace function refuse_poison_of_orders() returns trigger language plpgsql as $$
    begin
      if ${condition} then raise exception 'this one can not be written'; end if;
      return new;
    end $$`);
  await world.app.db.run(
    `create trigger poison before ${when} for each row execute function refuse_poison_of_orders()`,
  );
  const event = await world.event({ capacity: 100 });
  const people = await Promise.all(Array.from({ length: 8 }, () => world.guest()));
  const held = await Promise.all(people.map((person) => place(person, event)));
  const order = (person: Person, i: number) =>
    person.client.post('/api/orders', {
      holdId: held[i]?.body.id,
      buyer: { name: i === 3 ? 'Poison' : 'Ada', email: `${person.userId.toLowerCase()}@example.com` },
    });
  const placed = await whileBusy([event], () => people.map(order));
  const isOrder = when.endsWith('orders');
  expect(placed.map(({ status }) => status)).toEqual(people.map((_, i) => (isOrder && i === 3 ? 500 : 201)));
  if (!isOrder) {
    await whileBusy([event], () =>
      placed.map(({ body: { payment } }) =>
        world.app.ledger
          .submit(event.id, {
            kind: 'confirm',
            holdId: `hld_${payment.id.slice(4)}`,
            paid: {
              paymentId: payment.id,
              intentRef: `pi_${payment.id.slice(4)}`,
              amountMinor: 2500,
              currency: 'EUR',
              card: null,
            },
          })
          .catch((error: Error) => error),
      ),
    );
    const orders = await Promise.all(
      people.map(
        async ({ client }, i) => (await client.get(`/api/orders/${placed[i]?.body.order.id}`)).body.status,
      ),
    );
    expect(orders).toEqual(people.map((_, i) => (i === 3 ? 'pending' : 'confirmed')));
  }
  await world.app.db.run(`drop trigger poison on ${when.split(' ').at(-1)}`);
});

test('what is remembered of seats and counts is what was written, after a failure too', async () => {
  const event = await world.event({ seats: [{ zone: 'gold', rows: 1, perRow: 6 }] });
  const best = (person: Person, key?: string) =>
    person.client.post(
      `/api/events/${event.id}/holds`,
      { bestAvailable: { ticketTypeId: event.ticketTypeId, quantity: 3 } },
      key ? { 'idempotency-key': key } : {},
    );
  const people = await Promise.all(Array.from({ length: 3 }, () => world.guest()));
  const [first, second, third] = people as [Person, Person, Person];
  expect((await best(first)).status).toBe(201);
  // The places of the failed writes are free, so nobody is told "sold out".
  for (let i = 0; i < 3; i++) expect((await best(second, `poison-${i}`)).status).toBe(500);
  expect((await best(third)).status).toBe(201);
});

/** Waits until this many commands are queued behind a running batch. */
async function queued(count: number): Promise<void> {
  for (;;) {
    const { values } = await world.app.metrics.ledgerQueued.get();
    if ((values[0]?.value ?? 0) >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('a command that throws while it is decided fails alone, and no free seat is remembered as taken', async () => {
  const event = await world.event({ seats: [{ zone: 'gold', rows: 1, perRow: 20 }] });
  const people = await Promise.all(Array.from({ length: 10 }, () => world.guest()));
  const take = ({ client }: Person, seat: number) =>
    client.post(`/api/events/${event.id}/holds`, {
      seats: [{ seatId: `seat_${event.id.slice(4)}_${seat}` }],
    });
  expect((await take(people[0] as Person, 0)).status).toBe(201);
  // Simulates a bug that one command triggers.
  const broken = {
    kind: 'place',
    holdId: world.app.newId('hold'),
    buyerId: (await world.guest()).userId,
    wants: { kind: 'items', items: null },
    retry: null,
    network: null,
  } as unknown as Command;
  let answers: ReturnType<typeof take>[] = [];
  let failed: Promise<unknown> | undefined;
  await world.app.db.transaction(async (trx) => {
    await trx.query('select from ledgers where event_id = $1 for update', [event.id]);
    answers = people.slice(1, 5).map((person, i) => take(person, i + 1));
    await queued(3);
    failed = world.app.ledger.submit(event.id, broken).catch((error: unknown) => error);
    answers.push(...people.slice(5).map((person, i) => take(person, i + 5)));
    await queued(9);
  });
  const taken = await Promise.all(answers);
  expect(taken.map(({ status, body }) => [status, body.code])).toEqual(answers.map(() => [201, undefined]));
  expect(await failed).toBeInstanceOf(TypeError);
  const rows = await world.app.db.query('select from seats where event_id = $1 and hold_id is not null', [
    event.id,
  ]);
  expect(rows.length).toBe(10);
});

test('an order of more than its columns hold is refused by name, and its neighbours are not', async () => {
  const ticketTypes = [{ name: 'Box', priceMinor: maxPriceMinor, pools: ['floor'], maxPerOrder: 100 }];
  const dear = await world.event({ fields: { ticketTypes, maxPerBuyer: 100 } });
  const other = await world.event();
  const people = await Promise.all(Array.from({ length: 12 }, () => world.guest()));
  const most = maxAmountMinor / maxPriceMinor;
  const answers = await whileBusy([dear, other], () =>
    people.flatMap((person, i) => [
      place(person, dear, undefined, i === 5 ? most + 1 : 3),
      place(person, other),
    ]),
  );
  const refused = answers.filter(({ status }) => status !== 201);
  expect(refused.map(({ body }) => body)).toEqual([
    expect.objectContaining({
      code: 'amount_too_large',
      status: 422,
      detail: 'These tickets cost €110,000,000.00 in total. One order may cost €100,000,000.00 at most.',
      limit: { amount: maxAmountMinor, currency: 'EUR' },
    }),
  ]);
});

test('the dearest order there may be is paid, cancelled and refunded', async () => {
  const quantity = maxAmountMinor / maxPriceMinor;
  const event = await world.event({ capacity: 20, priceMinor: maxPriceMinor });
  const bought = await purchase(world, event, { quantity });
  await bought.pay(cards.success);
  await world.drain();
  expect(await bought.order()).toMatchObject({ status: 'confirmed', total: { amount: maxAmountMinor } });
  const cancelled = await bought.buyer.client.post(`/api/orders/${bought.orderId}/cancellation`);
  expect(cancelled.body).toMatchObject({ status: 'refunded', refunded: { amount: maxAmountMinor } });
  await world.drain();
});

test('columns have the range of the contract', async () => {
  const [domain] = await world.app.db.query<{ check: string }>(
    `select pg_get_constraintdef(oid) as check from pg_constraint where conname = 'amount_in_range'`,
  );
  expect(domain?.check).toContain(String(maxAmountMinor));
  const narrow = await world.app.db.query<{ column: string }>(`
    select table_name || '.' || column_name as column from information_schema.columns
    where column_name like '%\\_minor' and domain_name is distinct from 'amount_minor'
      and table_schema in ('public', 'sandbox') order by 1`);
  // The price of one ticket fits an integer, and so do its parts. A payment that matches no order may be larger than
  // any order. So may all disputes of an order together, and what all orders of an event bring.
  expect(maxPriceMinor).toBeLessThan(2 ** 31);
  expect(narrow.map(({ column }) => column)).toEqual([
    'disputed_money.fee_minor',
    'disputed_money.fee_tax_minor',
    'disputed_money.organiser_minor',
    'disputed_money.platform_minor',
    'disputed_money.tax_minor',
    'disputed_money.withdrawn_minor',
    'events.price_from_minor',
    'events.price_to_minor',
    'gift_card_entries.amount_minor',
    'money_reviews.amount_minor',
    'payout_carried.amount_minor',
    'payout_lines.amount_minor',
    'payout_lines.disputed_minor',
    'payout_lines.earned_minor',
    'payout_lines.fees_minor',
    'payout_lines.paid_before_minor',
    'payout_lines.refunded_minor',
    'payout_lines.sold_minor',
    'payout_lines.till_minor',
    'payout_sums.disputed_minor',
    'payout_sums.earned_minor',
    'payout_sums.fees_minor',
    'payout_sums.refunded_minor',
    'payout_sums.sold_minor',
    'payout_sums.till_minor',
    'payouts.amount_minor',
    'promo_codes.amount_off_minor',
    'ticket_types.list_minor',
    'ticket_types.price_minor',
    'tickets.fee_minor',
    'tickets.net_minor',
    'tickets.refunded_minor',
    'tickets.tax_minor',
    'transfers.amount_minor',
    'transfers.amount_minor',
    'transfers.reversed_minor',
    'vouchers.amount_off_minor',
    'vouchers.budget_minor',
    'vouchers.off_minor',
    'vouchers.price_minor',
  ]);
});
