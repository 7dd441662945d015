import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OrderId, TicketId } from '../../../contract/ids.ts';
import { audit } from '../../audit/audit.ts';
import { enqueueEffects } from '../../data/outbox.ts';
import { type Answer, createClient } from '../../testing/client.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld({ DATABASE_POOL_SIZE: '20' });
});
afterAll(async () => {
  await world.drain();
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
  await world.close();
});

interface Bought {
  buyer: Person;
  event: TestEvent;
  orderId: string;
  tickets: { id: string; code: string }[];
}

async function bought(event: TestEvent, quantity: number): Promise<Bought> {
  const buyer = await world.guest();
  const email = `${buyer.userId.toLowerCase()}@example.com`;
  const order = await buy(world, buyer, event, { quantity, buyer: { name: 'Ada Osei', email } });
  return { buyer, event, ...order };
}
const feeOf10 = {
  refundPolicy: { steps: [{ hoursBefore: 24, refundPercent: 100 }], feePercent: 10 },
  maxPerBuyer: 50,
};

const cancel = ({ buyer, orderId }: Bought, tickets?: string[], key?: string): Promise<Answer> =>
  buyer.client.post(
    `/api/orders/${orderId}/cancellation`,
    tickets && { tickets },
    key === undefined ? {} : { 'idempotency-key': key },
  );
const read = async ({ buyer, orderId }: Bought) => (await buyer.client.get(`/api/orders/${orderId}`)).body;
const statuses = (order: { tickets: { status: string }[] }) => order.tickets.map(({ status }) => status);
const available = async (event: TestEvent) =>
  (await world.client().get(`/api/events/${event.id}/availability`)).body.ticketTypes[0].available;
let nonces = 0;
const scan = ({ event }: Bought, code: string): Promise<Answer> =>
  event.organiser.client.post(`/api/events/${event.id}/check-ins`, { code, nonce: `door-${++nonces}-scan` });
const refunds = ({ orderId }: Bought) =>
  world.app.db.query<{ amount_minor: number }>(
    'select amount_minor from refunds where order_id = $1 order by amount_minor',
    [orderId],
  );
const idsOf = ({ tickets }: Bought) => tickets.map(({ id }) => id);

describe('cancelling by ticket', () => {
  test('the order stays confirmed, the seat is another’s, the ticket admits nobody, and its price goes back', async () => {
    const event = await world.event({
      seats: [{ zone: 'gold', rows: 1, perRow: 3, priceMinor: 999 }],
      fields: feeOf10,
    });
    const of = await bought(event, 3);
    const [first = '', second = '', third = ''] = idsOf(of);
    const before = await read(of);
    expect(before.cancellation.refund.amount).toBe(2700);
    const seat = before.lines[0].seats[1].seatId;
    const answer = await cancel(of, [second]);
    expect(answer).toMatchObject({
      status: 200,
      body: { status: 'confirmed', refunded: { amount: 900 }, cancellation: { refund: { amount: 1800 } } },
    });
    expect(statuses(answer.body)).toEqual(['valid', 'cancelled', 'valid']);
    expect((await scan(of, of.tickets[1]?.code ?? '')).body.code).toBe('ticket_cancelled');
    expect((await of.buyer.client.get(`/api/tickets/${second}`)).body).toMatchObject({
      status: 'cancelled',
      code: null,
    });
    expect(await available(event)).toBe(1);
    const other = await world.guest();
    const held = await other.client.post(`/api/events/${event.id}/holds`, { seats: [{ seatId: seat }] });
    expect(held.status).toBe(201);

    expect((await cancel(of, [third, first])).body).toMatchObject({
      status: 'cancelled',
      refunded: { amount: 2700 },
      cancellation: null,
    });
    await world.drain();
    expect(await refunds(of)).toEqual([{ amount_minor: 900 }, { amount_minor: 1800 }]);
    expect(await available(event)).toBe(2);
  });

  test('is told by mail and on the live channel, and the whole order once at its end', async () => {
    const of = await bought(await world.event({ fields: feeOf10 }), 3);
    const [first = '', ...rest] = idsOf(of);
    await cancel(of, [first]);
    await cancel(of, rest);
    await world.drain();
    const told = await world.app.db.query(
      `select type, payload -> 'tickets' as tickets, payload -> 'refund' ->> 'amount' as amount from outbox
       where topic = 'order_events' and payload ->> 'orderId' = $1 order by id`,
      [of.orderId],
    );
    expect(told).toEqual([
      { type: 'admit.order.confirmed.v1', tickets: null, amount: null },
      { type: 'admit.order.tickets_cancelled.v1', tickets: [first], amount: '2250' },
      { type: 'admit.order.cancelled.v1', tickets: null, amount: '4500' },
    ]);
    const to = `${of.buyer.userId.toLowerCase()}@example.com`;
    const mails = await world.app.db.query<{ subject: string }>(
      'select subject from messages where recipient = $1',
      [to],
    );
    expect(mails.map(({ subject }) => subject.split(':')[0]).sort()).toEqual([
      'Cancelled',
      'Refund sent',
      'Refund sent',
      'Ticket cancelled',
      'Your tickets',
    ]);
  });

  test('of an order of which a ticket was used, the others can be cancelled, and not the whole', async () => {
    const of = await bought(await world.event({ fields: feeOf10 }), 3);
    const [first = '', second = '', third = ''] = idsOf(of);
    expect((await scan(of, of.tickets[0]?.code ?? '')).status).toBe(201);
    expect((await read(of)).cancellation).toBeNull();
    const whole = await cancel(of);
    expect(whole).toMatchObject({ status: 409, body: { code: 'order_not_cancellable' } });
    expect(whole.body.detail).toContain('1 of the 3 tickets');
    expect(await cancel(of, [second, first])).toMatchObject({
      status: 409,
      body: { code: 'ticket_not_cancellable', tickets: [{ id: first, status: 'used' }] },
    });
    expect((await cancel(of, [second, third])).body).toMatchObject({
      status: 'confirmed',
      refunded: { amount: 4500 },
    });
    expect(statuses(await read(of))).toEqual(['used', 'cancelled', 'cancelled']);
  });
});

describe('is refused, and changes nothing', () => {
  test('for tickets of nobody, of another order, or none at all', async () => {
    const event = await world.event({ fields: feeOf10 });
    const of = await bought(event, 2);
    const another = await bought(event, 1);
    const [first = '', second = ''] = idsOf(of);
    const nobodys = `tkt_${'0'.repeat(26)}`;
    expect(await cancel(of, [first, nobodys, idsOf(another)[0] ?? ''])).toMatchObject({
      status: 422,
      body: { code: 'ticket_not_of_order', tickets: [nobodys, idsOf(another)[0]] },
    });
    for (const tickets of [[], ['x'], 'all', null, [first, 7], Array(101).fill(first)]) {
      const answer = await of.buyer.client.post(`/api/orders/${of.orderId}/cancellation`, { tickets });
      expect([tickets, answer.status, answer.body.code]).toEqual([tickets, 400, 'invalid_request']);
    }
    for (const body of ['null', '[]', '{"ticket":"x"}']) {
      const answer = await of.buyer.client.send('POST', `/api/orders/${of.orderId}/cancellation`, {
        body,
        headers: { 'content-type': 'application/json' },
      });
      expect([body, answer.status, answer.body.code]).toEqual([body, 400, 'invalid_request']);
    }
    expect((await cancel({ ...of, buyer: another.buyer }, [first])).status).toBe(404);
    expect(statuses(await read(of))).toEqual(['valid', 'valid']);
    // A ticket that is named twice counts once.
    expect((await cancel(of, [second, second])).body.refunded.amount).toBe(2250);
    expect(await available(event)).toBe(98);
  });

  test('for a pending order by ticket, which has none yet', async () => {
    const event = await world.event();
    const buyer = await world.guest();
    const items = [{ ticketTypeId: event.ticketTypeId, quantity: 1 }];
    const hold = await buyer.client.post(`/api/events/${event.id}/holds`, { items });
    const person = { name: 'Ada', email: 'pending@example.com' };
    const placed = await buyer.client.post('/api/orders', { holdId: hold.body.id, buyer: person });
    const of = { buyer, event, orderId: placed.body.order.id, tickets: [] };
    const nobodys = `tkt_${'0'.repeat(26)}`;
    expect((await cancel(of, [nobodys])).body.code).toBe('ticket_not_of_order');
    expect((await read(of)).status).toBe('pending');
    expect((await cancel(of)).body.status).toBe('cancelled');
    expect((await cancel(of)).body.status).toBe('cancelled');
    expect((await cancel(of, [nobodys])).body.code).toBe('ticket_not_of_order');
  });

  test('where its transaction fails: order, tickets, refund and places stay as they were', async () => {
    const event = await world.event({ fields: feeOf10 });
    const of = await bought(event, 2);
    const [first = ''] = idsOf(of);
    await world.app.db.run(
      `create function refuse_refunds() returns trigger language plpgsql as $$ begin raise exception 'no refunds today'; end $$`,
    );
    await world.app.db.run(
      'create trigger no_refunds before insert on refunds for each row execute function refuse_refunds()',
    );
    try {
      expect((await cancel(of, [first], 'key-of-a-failure')).status).toBe(500);
      expect(await read(of)).toMatchObject({ status: 'confirmed', refunded: { amount: 0 } });
      expect(statuses(await read(of))).toEqual(['valid', 'valid']);
      expect(await available(event)).toBe(98);
    } finally {
      await world.app.db.run('drop function refuse_refunds cascade');
    }
    expect((await cancel(of, [first], 'key-of-a-failure')).body.refunded.amount).toBe(2250);
    expect(await refunds(of)).toHaveLength(1);
  });
});

describe('asked twice', () => {
  test('with the same key it is one cancellation, also at the same instant', async () => {
    const event = await world.event({ fields: feeOf10 });
    const of = await bought(event, 3);
    const [first = '', second = ''] = idsOf(of);
    const answers = await Promise.all(Array.from({ length: 6 }, () => cancel(of, [first], 'same-key-1')));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
    expect(await cancel(of, [second], 'same-key-1')).toMatchObject({
      status: 422,
      body: { code: 'idempotency_key_reused' },
    });
    expect((await cancel(of, [first], 'same-key-1')).body.refunded.amount).toBe(2250);
    expect(await refunds(of)).toEqual([{ amount_minor: 2250 }]);
    expect(await available(event)).toBe(98);
  });

  test('without a key one of them has the ticket; of the whole order each is answered alike', async () => {
    const event = await world.event({ fields: feeOf10 });
    const of = await bought(event, 3);
    const [first = ''] = idsOf(of);
    const answers = await Promise.all(Array.from({ length: 6 }, () => cancel(of, [first])));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
      code: 'ticket_not_cancellable',
      tickets: [{ id: first, status: 'cancelled' }],
    });
    const whole = await Promise.all(Array.from({ length: 4 }, () => cancel(of)));
    expect(whole.map(({ status, body }) => [status, body.status])).toEqual(Array(4).fill([200, 'cancelled']));
    expect(await refunds(of)).toEqual([{ amount_minor: 2250 }, { amount_minor: 4500 }]);
    expect(await available(event)).toBe(100);
  });

  test('each ticket by its own request, all at once: the refunds add up to that of the whole order', async () => {
    const event = await world.event({ priceMinor: 333, fields: feeOf10 });
    const of = await bought(event, 7);
    // Half of the requests go to another process.
    const other = await world.another();
    const client = createClient(other.url);
    for (const [name, value] of of.buyer.client.cookies) client.cookies.set(name, value);
    const there = { ...of, buyer: { ...of.buyer, client } };
    const answers = await Promise.all(idsOf(of).map((id, i) => cancel(i % 2 === 0 ? of : there, [id])));
    expect(answers.map(({ status }) => status)).toEqual(Array(7).fill(200));
    expect(await read(of)).toMatchObject({ status: 'cancelled', refunded: { amount: 2331 - 231 } });
    const back = await refunds(of);
    expect(back.reduce((sum, { amount_minor }) => sum + amount_minor, 0)).toBe(2331 - 231);
    await other.close();
  });
});

describe('against the door at the same instant', () => {
  test('exactly one has the ticket', async () => {
    const event = await world.event({ fields: feeOf10 });
    const of = await bought(event, 10);
    const pairs = await Promise.all(
      of.tickets.map(async ({ id, code }, i) => {
        // Alternates which request is sent first.
        const [scanned, cancelled] =
          i % 2 === 0
            ? await Promise.all([scan(of, code), cancel(of, [id])])
            : (await Promise.all([cancel(of, [id]), scan(of, code)])).reverse();
        return [scanned as Answer, cancelled as Answer] as const;
      }),
    );
    for (const [scanned, cancelled] of pairs) {
      const outcome = [scanned.status, cancelled.status, scanned.body.code ?? cancelled.body.code];
      expect([
        [201, 409, 'ticket_not_cancellable'],
        [409, 200, 'ticket_cancelled'],
      ]).toContainEqual(outcome);
    }
    const order = await read(of);
    const gone = statuses(order).filter((status) => status === 'cancelled').length;
    expect(statuses(order).filter((status) => status === 'used')).toHaveLength(10 - gone);
    expect(order.refunded.amount).toBe(gone * 2250);
    expect(await available(event)).toBe(90 + gone);
  });

  test('a scan that has the ticket’s row is waited for, and wins', async () => {
    const of = await bought(await world.event({ fields: feeOf10 }), 1);
    const [ticket] = of.tickets;
    let asked: Promise<Answer> | undefined;
    await world.app.db.transaction(async (trx) => {
      // Does what the door does (door/store.ts), and stops before the commit.
      await trx.query('select from tickets where id = $1 for update', [ticket?.id]);
      asked = cancel(of);
      await untilSomebodyWaits();
      await trx.run(`update tickets set status = 'used', used_at = $2, visit = 1 where id = $1`, [
        ticket?.id,
        world.clock.now(),
      ]);
      const checkInId = `chk_${'0'.repeat(26)}`;
      const at = world.clock.now();
      await trx.run(
        `insert into check_ins (id, event_id, ticket_id, nonce, admitted_by, scanned_at, created_at)
         values ($1, $2, $3, 'nonce-of-the-row', $4, $5, $5)`,
        [checkInId, of.event.id, ticket?.id, of.event.organiser.userId, at],
      );
      const data = {
        ticketId: ticket?.id as TicketId,
        ticketTypeId: of.event.ticketTypeId,
        orderId: of.orderId as OrderId,
        checkInId: checkInId as `chk_${string}`,
        gate: null,
        checkedInAt: at.toISOString(),
      };
      enqueueEffects(trx, [{ type: 'admit.ticket.admitted.v1', eventId: of.event.id, data }], at);
    });
    expect(await asked).toMatchObject({ status: 409, body: { code: 'order_not_cancellable' } });
    expect(statuses(await read(of))).toEqual(['used']);
    expect(await refunds(of)).toEqual([]);
  });
});

async function untilSomebodyWaits(): Promise<void> {
  for (;;) {
    const waiting = await world.app.db.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (waiting.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
