import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CheckIn } from '../../../contract/check-ins.ts';
import { someoneIsBlocked } from '../../testing/blocked.ts';
import { days, hours, minutes } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';

let world: World;
let buyer: Person;
let event: TestEvent;
let anna: Person;
let ben: Person;
let nonces = 0;

beforeAll(async () => {
  world = await createWorld();
  buyer = await world.guest();
  event = await world.event({ priceMinor: 0, capacity: 500, fields: { maxPerBuyer: 500 } });
  anna = await world.member(event.organiser, 'door');
  ben = await world.member(event.organiser, 'manager');
});
afterAll(() => world.close());

const newNonce = () => `scan-${String(++nonces).padStart(6, '0')}`;
const scan = (person: Person, code: string, more: Record<string, unknown> = {}, at = event) =>
  person.client.post(`/api/events/${at.id}/check-ins`, { code, nonce: newNonce(), ...more });
const handIn = (person: Person, scans: unknown[], at = event) =>
  person.client.post(`/api/events/${at.id}/check-ins/batch`, { scans });
const newTickets = async (quantity: number, attendees?: string[]) =>
  (await buy(world, buyer, event, { quantity, ...(attendees && { attendees }) })).tickets;
const newTicket = async () => (await newTickets(1))[0]!;
const nameOf = async (person: Person) => (await person.client.get('/api/me')).body.name as string;
const countRows = async (ticketId: string) =>
  (
    await world.app.db.query<{ total: number }>(
      'select count(*) as total from check_ins where ticket_id = $1',
      [ticketId],
    )
  )[0]?.total;

describe('a scan', () => {
  test('admits a ticket and says what the steward must know', async () => {
    const [ticket] = await newTickets(1, ['Zoë Ångström']);
    const { status, body } = await scan(anna, ticket!.code, { gate: 'North' });
    expect(status).toBe(201);
    const expected: Partial<CheckIn> = {
      ticketId: ticket!.id,
      checkedInAt: world.clock.now().toISOString(),
      gate: 'North',
      ticketTypeName: 'Regular',
      place: null,
      attendeeName: 'Zoë Ångström',
    };
    expect(body).toMatchObject(expected);
    const shown = await buyer.client.get(`/api/tickets/${ticket!.id}`);
    expect(shown.body).toMatchObject({
      status: 'used',
      usedAt: body.checkedInAt,
      orderNumber: body.orderNumber,
    });
  });

  test('names the seat where there are seats', async () => {
    const theatre = await world.event({ seats: [{ zone: 'a', rows: 2, perRow: 4, priceMinor: 0 }] });
    const { tickets } = await buy(world, buyer, theatre);
    const { body } = await scan(theatre.organiser, tickets[0]!.code, {}, theatre);
    expect(body.place).toEqual({ section: 'Stalls', row: 'A', seat: expect.any(String) });
  });

  test('says the name that the ticket type was sold by, after it was renamed', async () => {
    const night = await world.event({ priceMinor: 0 });
    const { tickets } = await buy(world, buyer, night);
    const renamed = { id: night.ticketTypeId, name: 'Late entry', priceMinor: 0, pools: ['floor'] };
    const { status } = await night.organiser.client.patch(
      `/api/events/${night.id}`,
      { ticketTypes: [renamed] },
      { 'if-match': `"${night.version}"` },
    );
    expect(status).toBe(200);
    const { body } = await scan(night.organiser, tickets[0]!.code, {}, night);
    expect(body.ticketTypeName).toBe('Regular');
  });

  test('by two scanners at the same instant admits once; the other learns when, where and by whom', async () => {
    for (let round = 0; round < 5; round++) {
      const ticket = await newTicket();
      const answers = await Promise.all([
        scan(anna, ticket.code, { gate: 'North' }),
        scan(ben, ticket.code, { gate: 'South' }),
        scan(anna, ticket.code, { gate: 'North' }),
        scan(ben, ticket.code, { gate: 'South' }),
      ]);
      const [first, ...others] = answers.toSorted((a, b) => a.status - b.status);
      expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409, 409]);
      for (const { body } of others) {
        expect(body).toMatchObject({
          code: 'already_used',
          usedAt: first!.body.checkedInAt,
          gate: first!.body.gate,
          by: await nameOf(first!.body.gate === 'North' ? anna : ben),
        });
      }
      expect(await countRows(ticket.id)).toBe(1);
    }
  });

  test('of a ticket that someone is changing waits, and uses what has become of it', async () => {
    const ticket = await newTicket();
    const { scanned } = await world.app.db.transaction(async (trx) => {
      await trx.run(`update tickets set attendee_name = 'Grace Hopper' where id = $1`, [ticket.id]);
      const answer = scan(anna, ticket.code);
      await someoneIsBlocked(world.app.db);
      return { scanned: answer };
    });
    const { status, body } = await scanned;
    expect([status, body.attendeeName]).toEqual([201, 'Grace Hopper']);
    expect((await buyer.client.get(`/api/tickets/${ticket.id}`)).body.status).toBe('used');
  });

  test('sent again with the same nonce is the same admission, also at the same instant', async () => {
    const ticket = await newTicket();
    const nonce = newNonce();
    const together = await Promise.all(
      [1, 2, 3].map(() => scan(anna, ticket.code, { nonce, gate: 'North' })),
    );
    world.clock.advance(minutes(1));
    const answers = [...together, await scan(anna, ticket.code, { nonce, gate: 'North' })];
    expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    expect(await countRows(ticket.id)).toBe(1);
  });

  test('with a nonce of another ticket is refused and admits nobody', async () => {
    const [one, two] = await newTickets(2);
    const nonce = newNonce();
    await scan(anna, one!.code, { nonce });
    const { status, body } = await scan(anna, two!.code, { nonce });
    expect([status, body.code]).toEqual([422, 'idempotency_key_reused']);
    expect(await countRows(two!.id)).toBe(0);
    const [three, four] = await newTickets(2);
    const shared = newNonce();
    const racing = await Promise.all([
      scan(anna, three!.code, { nonce: shared }),
      scan(ben, four!.code, { nonce: shared }),
    ]);
    expect(racing.map((answer) => answer.status).sort()).toEqual([201, 422]);
  });

  test('of another event, a cancelled, reissued, unknown or tampered ticket is refused by name', async () => {
    const other = await world.event({ priceMinor: 0 });
    const foreign = await buy(world, buyer, other);
    const order = await buy(world, buyer, event);
    await buyer.client.post(`/api/orders/${order.orderId}/cancellation`);
    const reissued = await newTicket();
    await world.app.db.run('update tickets set issue = 2 where id = $1', [reissued.id]);
    const waiting = await newTicket();
    await world.app.db.run('update tickets set held_until = now() where id = $1', [waiting.id]);
    const unknown = world.app.signer.sign({
      eventId: event.id,
      ticketId: world.app.newId('ticket'),
      issue: 1,
    });
    const good = (await newTicket()).code;
    const at = 80;
    const flipped = good.slice(0, at) + (good[at] === '0' ? '1' : '0') + good.slice(at + 1);
    const cases: [string, string][] = [
      [foreign.tickets[0]!.code, 'wrong_event'],
      [order.tickets[0]!.code, 'ticket_cancelled'],
      [reissued.code, 'ticket_reissued'],
      [waiting.code, 'not_yet_paid'],
      [unknown, 'unknown_ticket'],
      [flipped, 'bad_signature'],
      ['https://example.com/', 'bad_signature'],
    ];
    for (const [code, refusal] of cases) {
      const answer = await scan(anna, code);
      expect([answer.status, answer.body.code], refusal).toEqual([409, refusal]);
    }
    const current = world.app.signer.sign({ eventId: event.id, ticketId: reissued.id, issue: 2 });
    expect((await scan(anna, current)).status).toBe(201);
    expect((await scan(anna, good.toLowerCase())).status).toBe(201);
  });

  test('tells an old copy of a reissued ticket nothing of the new one', async () => {
    const ticket = await newTicket();
    await world.app.db.run('update tickets set issue = 2 where id = $1', [ticket.id]);
    await scan(anna, world.app.signer.sign({ eventId: event.id, ticketId: ticket.id, issue: 2 }));
    const { body } = await scan(anna, ticket.code);
    expect(body.code).toBe('ticket_reissued');
    expect(body).not.toHaveProperty('usedAt');
  });

  test("counts at the device's time, moved out of the future and the distant past", async () => {
    const now = world.clock.now().getTime();
    const said = async (atMs: number) => {
      const { body } = await scan(anna, (await newTicket()).code, {
        scannedAt: new Date(atMs).toISOString(),
      });
      return Date.parse(body.checkedInAt);
    };
    expect(await said(now - hours(2))).toBe(now - hours(2));
    expect(await said(now + hours(2))).toBe(now);
    expect(await said(now - days(400))).toBe(now - days(7));
  });

  test("is for that event's team only", async () => {
    const ticket = await newTicket();
    const elsewhere = await world.organiser();
    const theirDoor = await world.member(elsewhere, 'door');
    for (const stranger of [theirDoor, elsewhere, buyer, await world.admin()]) {
      const answer = await scan(stranger, ticket.code);
      expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
      expect((await handIn(stranger, [{ code: ticket.code, nonce: newNonce() }])).status).toBe(404);
      expect((await stranger.client.get(`/api/events/${event.id}/check-ins/counts`)).status).toBe(404);
    }
    expect(
      (
        await world
          .client()
          .post(`/api/events/${event.id}/check-ins`, { code: ticket.code, nonce: newNonce() })
      ).status,
    ).toBe(401);
    expect((await scan(anna, ticket.code)).status).toBe(201);
  });
});

describe('the scans of an offline device', () => {
  test('are decided in their order, each on its own', async () => {
    const [one, two] = await newTickets(2);
    const scannedAt = new Date(world.clock.now().getTime() - hours(1)).toISOString();
    const scans = [
      { code: one!.code, nonce: newNonce(), scannedAt, gate: 'West' },
      { code: 'ADMIT1.NONSENSE', nonce: newNonce() },
      { code: one!.code, nonce: newNonce() },
      { code: two!.code, nonce: newNonce() },
    ];
    const { status, body } = await handIn(anna, scans);
    expect(status).toBe(200);
    expect(body.results.map((result: { nonce: string }) => result.nonce)).toEqual(
      scans.map((one) => one.nonce),
    );
    expect(body.results).toMatchObject([
      { outcome: 'admitted', checkIn: { ticketId: one!.id, checkedInAt: scannedAt, gate: 'West' } },
      { outcome: 'refused', code: 'bad_signature' },
      { outcome: 'refused', code: 'already_used', usedAt: scannedAt, gate: 'West', by: await nameOf(anna) },
      { outcome: 'admitted', checkIn: { ticketId: two!.id } },
    ]);

    const again = await handIn(anna, scans);
    expect(again.body).toEqual(body);
    expect([await countRows(one!.id), await countRows(two!.id)]).toEqual([1, 1]);
  });

  test('one that cannot be read is refused by name, and the others are decided', async () => {
    const [one, two] = await newTickets(2);
    const unreadable: unknown[] = [
      null,
      'ADMIT1.X',
      [],
      {},
      { code: '', nonce: newNonce() },
      { code: one!.code, nonce: 'short' },
      { code: one!.code, nonce: 7 },
      { code: 'x'.repeat(1001), nonce: newNonce() },
      { code: one!.code, nonce: newNonce(), scannedAt: 'yesterday' },
      { code: one!.code, nonce: newNonce(), gate: 'G'.repeat(41) },
      { code: one!.code, nonce: newNonce(), more: 1 },
    ];
    const good = [one, two].map((ticket) => ({ code: ticket!.code, nonce: newNonce() }));
    const { status, body } = await handIn(anna, [good[0], ...unreadable, good[1]]);
    expect(status).toBe(200);
    expect(body.results).toHaveLength(unreadable.length + 2);
    expect(body.results.at(0)).toMatchObject({ nonce: good[0]!.nonce, outcome: 'admitted' });
    expect(body.results.at(-1)).toMatchObject({ nonce: good[1]!.nonce, outcome: 'admitted' });
    for (const [i, given] of unreadable.entries()) {
      const nonce = (given as { nonce?: string } | null)?.nonce;
      expect(body.results[i + 1]).toMatchObject({
        nonce: typeof nonce === 'string' && nonce.length >= 8 ? nonce : null,
        outcome: 'refused',
        code: 'invalid_request',
        detail: expect.any(String),
      });
    }
  });

  test('name a double that two devices let in, whichever syncs first', async () => {
    const ticket = await newTicket();
    await handIn(ben, [{ code: ticket.code, nonce: newNonce(), gate: 'South' }]);
    const { body } = await handIn(anna, [{ code: ticket.code, nonce: newNonce(), gate: 'North' }]);
    expect(body.results[0]).toMatchObject({
      outcome: 'refused',
      code: 'already_used',
      gate: 'South',
      by: await nameOf(ben),
    });
  });

  test('from four devices with the same tickets in other orders never deadlock nor admit twice', async () => {
    const tickets = (await Promise.all([newTickets(10), newTickets(10), newTickets(10)])).flat();
    const orders = [
      tickets,
      tickets.toReversed(),
      [...tickets.slice(7), ...tickets.slice(0, 7)],
      [...tickets.slice(15), ...tickets.slice(0, 15)],
    ];
    const answers = await Promise.all(
      orders.map((order, i) =>
        handIn(
          i % 2 ? anna : ben,
          order.map(({ code }) => ({ code, nonce: newNonce() })),
        ),
      ),
    );
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
    const admitted = answers
      .flatMap((answer) => answer.body.results)
      .filter((result) => result.outcome === 'admitted');
    expect(admitted.map((result) => result.checkIn.ticketId).sort()).toEqual(
      tickets.map((ticket) => ticket.id).sort(),
    );
  });

  test('with one nonce for two tickets refuse the second by name and admit the others', async () => {
    const [one, two, three] = await newTickets(3);
    const nonce = newNonce();
    const { status, body } = await handIn(anna, [
      { code: one!.code, nonce },
      { code: two!.code, nonce },
      { code: three!.code, nonce: newNonce() },
    ]);
    expect(status).toBe(200);
    expect(body.results).toMatchObject([
      { nonce, outcome: 'admitted', checkIn: { ticketId: one!.id } },
      { nonce, outcome: 'refused', code: 'idempotency_key_reused' },
      { outcome: 'admitted', checkIn: { ticketId: three!.id } },
    ]);
    expect([await countRows(one!.id), await countRows(two!.id), await countRows(three!.id)]).toEqual([
      1, 0, 1,
    ]);
  });

  test('are 500 at most, and 500 are quick', async () => {
    const { code } = await newTicket();
    const scans = Array.from({ length: 501 }, () => ({ code, nonce: newNonce() }));
    expect((await handIn(anna, scans)).status).toBe(400);
    const { body } = await handIn(anna, scans.slice(1));
    const codes = body.results.map((result: { code?: string }) => result.code ?? 'admitted');
    expect([codes[0], new Set(codes.slice(1))]).toEqual(['admitted', new Set(['already_used'])]);
  });
});

test('the counters follow, and each admission is told to the bus once', async () => {
  const night = await world.event({ priceMinor: 0 });
  const { tickets } = await buy(world, buyer, night, { quantity: 3 });
  const gone = await buy(world, buyer, night, { quantity: 2 });
  await buyer.client.post(`/api/orders/${gone.orderId}/cancellation`);
  const counts = async () =>
    (await night.organiser.client.get(`/api/events/${night.id}/check-ins/counts`)).body;
  expect(await counts()).toEqual({ admitted: 0, tickets: 3, inside: 0, toCome: 3 });
  const heard: string[] = [];
  await world.app.relay.addSink({
    name: 'steward',
    topics: ['door_events'],
    cursor: 'process',
    deliver(messages) {
      for (const { type, partitionkey, subject } of messages) {
        if (partitionkey === night.id) heard.push(`${type} ${subject}`);
      }
    },
  });
  const nonce = newNonce();
  await scan(night.organiser, tickets[0]!.code, { nonce }, night);
  await scan(night.organiser, tickets[0]!.code, { nonce }, night);
  await scan(night.organiser, tickets[0]!.code, {}, night);
  await world.drain();
  expect(await counts()).toEqual({ admitted: 1, tickets: 3, inside: 1, toCome: 2 });
  expect(heard).toEqual([`admit.ticket.admitted.v1 ${tickets[0]!.id}`]);
});
