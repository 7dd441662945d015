import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AvailabilityDelta } from '../../../contract/holds.ts';
import { type SeatId, seatId } from '../../../contract/ids.ts';
import type { LayoutRow, SeatLayout } from '../../../contract/layout.ts';
import { audit } from '../../audit/audit.ts';
import { createClient } from '../../testing/client.ts';
import { minutes } from '../../testing/clock.ts';
import { openLive } from '../../testing/live.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { sendMail } from '../notifications/send-mail.ts';
import { buy } from '../tickets/testing/buy.ts';
import { readPdfText } from '../tickets/testing/read-pdf.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
// After all edits of plans, every count and every owner must be right.
afterAll(async () => {
  await world.drain();
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
  await world.close();
});

const row = (label: string, zone: string, y: number, count = 4): LayoutRow => ({
  label,
  zone,
  labels: Array.from({ length: count }, (_, i) => String(i + 1)),
  x: Array.from({ length: count }, (_, i) => 10 + i * 10),
  y: Array.from({ length: count }, () => y),
});

/** Rows A (front) and B (back) of four seats: A1 is seat 0, B1 is seat 4. */
const room = (): SeatLayout => ({
  width: 100,
  height: 100,
  zones: [
    { key: 'front', name: 'Front', color: '#112233' },
    { key: 'back', name: 'Back', color: '#445566' },
  ],
  sections: [{ key: 'stalls', name: 'Stalls', rows: [row('A', 'front', 30), row('B', 'back', 40)] }],
});

/** The same rows under another name, with a new row before them, so that every seat has another index. */
const rebuilt = (): SeatLayout => {
  const layout = room();
  layout.sections[0]!.name = 'Parterre';
  layout.sections[0]!.rows.unshift(row('0', 'front', 20, 3));
  return layout;
};

const without = (label: string): SeatLayout => {
  const layout = room();
  layout.sections[0]!.rows = layout.sections[0]!.rows.filter((each) => each.label !== label);
  return layout;
};

const theatre = () =>
  world.event({
    fields: {
      seatLayout: room(),
      pools: [],
      ticketTypes: [
        { name: 'Front', priceMinor: 4000, zone: 'front' },
        { name: 'Back', priceMinor: 2000, zone: 'back' },
      ],
      refundPolicy: { steps: [{ hoursBefore: 24, refundPercent: 100 }], feePercent: 10 },
    },
  });

/** Edits an event as its organiser. */
async function edit(event: TestEvent, patch: Record<string, unknown>) {
  const { client } = event.organiser;
  const { body } = await client.get(`/api/events/${event.id}/management`);
  return client.patch(`/api/events/${event.id}`, patch, { 'if-match': `"${body.version}"` });
}

const must = async (answer: ReturnType<Person['client']['get']>, status: number) => {
  const got = await answer;
  expect([got.status, got.body?.detail]).toEqual([status, undefined]);
  return got.body;
};

const seatMap = async (event: TestEvent) =>
  (await world.client().get(`/api/events/${event.id}/seat-map`)).body;
const hold = (person: Person, event: TestEvent, seats: number[], more = {}) =>
  person.client.post(`/api/events/${event.id}/holds`, {
    seats: seats.map((index) => ({ seatId: seatId(event.id, index) })),
    ...more,
  });
const namesOf = (body: { lines: { seats: { section: string; row: string; seat: string }[] }[] }) =>
  body.lines.flatMap((line) => line.seats.map(({ section, row, seat }) => `${section} ${row}${seat}`));
/** By index; 1 is free. */
async function freeSeats(event: TestEvent, url = world.url): Promise<number[]> {
  const { body } = await createClient(url).get(`/api/events/${event.id}/availability`);
  const bits = Buffer.from(body.seats, 'base64');
  return Array.from({ length: bits.length * 8 }, (_, i) => i).filter(
    (i) => ((bits[i >> 3] ?? 0) >> (i & 7)) & 1,
  );
}

/** Orders seats, and pays so late that the hold has expired. */
async function payLate(person: Person, event: TestEvent, seats: number[]) {
  const held = await must(hold(person, event, seats), 201);
  const buyer = { name: 'Ada Osei', email: `${held.id.toLowerCase()}@example.com` };
  const { order, payment } = await must(person.client.post('/api/orders', { holdId: held.id, buyer }), 201);
  const card = { clientSecret: payment.clientSecret, card: { number: '4000000000000259' } };
  await must(person.client.post(`/api/sandbox/payments/${payment.id}/confirmation`, card), 200);
  await world.drain();
  return async () => {
    await world.drain();
    return must(person.client.get(`/api/orders/${order.id}`), 200);
  };
}

test('an order keeps its seat names, refund terms and prices when the organiser changes plan, policy and prices', async () => {
  const event = await theatre();
  const ada = await world.guest();
  const email = 'ada.newplan@example.com';
  const bought = await buy(world, ada, event, { quantity: 2, buyer: { name: 'Ada Osei', email } });
  const sold = await must(ada.client.get(`/api/orders/${bought.orderId}`), 200);
  expect(namesOf(sold)).toEqual(['Stalls A1', 'Stalls A2']);
  const first = await seatMap(event);
  expect(sold.lines[0].seatMapId).toBe(first.id);

  const [front, back] = event.ticketTypes;
  const changed = await edit(event, {
    seatLayout: rebuilt(),
    ticketTypes: [
      { id: front?.id, name: 'Premium', priceMinor: 9900, zone: 'front' },
      { id: back?.id, name: 'Back', priceMinor: 8800, zone: 'back' },
    ],
    refundPolicy: { steps: [] },
  });
  expect([changed.status, changed.body.code]).toEqual([200, undefined]);

  expect(await must(ada.client.get(`/api/orders/${bought.orderId}`), 200)).toEqual({
    ...sold,
    event: expect.anything(),
  });
  expect(sold.tickets.map((ticket: { place: unknown }) => ticket.place)).toEqual([
    { section: 'Stalls', row: 'A', seat: '1' },
    { section: 'Stalls', row: 'A', seat: '2' },
  ]);
  const ticket = await must(ada.client.get(`/api/tickets/${bought.tickets[0]?.id}`), 200);
  expect(ticket).toMatchObject({
    ticketTypeName: 'Front',
    place: { section: 'Stalls', row: 'A', seat: '1' },
  });
  const pdf = readPdfText((await ada.client.get(`/api/orders/${bought.orderId}/tickets.pdf`)).bytes);
  expect(pdf).toMatch(/Stalls/);
  expect(pdf).toMatch(/€40\.00/);
  expect(pdf).not.toMatch(/Parterre|Premium|99\.00/);

  // Sends the mail with the tickets again, after the edit.
  await world.app.db.run('delete from messages');
  await world.app.db.run('delete from deliveries');
  await sendMail(world.app, { kind: 'order-confirmed', orderId: bought.orderId });
  const { items } = (await world.client().get(`/api/mailbox?to=${email}`)).body;
  const { text } = (await world.client().get(`/api/mailbox/${items[0].id}`)).body;
  expect(text).toMatch(/Stalls, row A, seat 2/);
  expect(text).not.toMatch(/Parterre|Premium|99\.00/);

  const scan = { code: bought.tickets[0]?.code, nonce: 'nonce-new-plan-1' };
  const admitted = await event.organiser.client.post(`/api/events/${event.id}/check-ins`, scan);
  expect(admitted.body).toMatchObject({ ticketTypeName: 'Front', place: { section: 'Stalls', seat: '1' } });

  // The next buyer gets the new names and prices, and no seat that is sold.
  const bob = await world.guest();
  const next = await must(hold(bob, event, [2, 8]), 201);
  expect(namesOf(next)).toEqual(['Parterre A3', 'Parterre 01']);
  expect((await hold(bob, event, [1])).body.code).toBe('seats_taken');

  // Nothing of the purchase has changed, so the remaining ticket is refunded by the old policy.
  const grace = await world.guest();
  const kept = await theatre();
  const other = await buy(world, grace, kept);
  await edit(kept, { refundPolicy: { steps: [] }, seatLayout: rebuilt() });
  const cancelled = await must(grace.client.post(`/api/orders/${other.orderId}/cancellation`), 200);
  expect(cancelled.refunded).toEqual({ amount: 3600, currency: 'EUR' });
  expect(await freeSeats(kept)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

describe('an edit of an event with numbered seats', () => {
  test('that leaves the plan alone is free of it, while seats are held and sold', async () => {
    const event = await theatre();
    const ada = await world.guest();
    await buy(world, ada, event);
    await must(hold(ada, event, [4, 5, 6]), 201);
    const before = await seatMap(event);
    const types = (priceMinor: number) => [
      { id: event.ticketTypes[0]?.id, name: 'Front', priceMinor, zone: 'front' },
      { id: event.ticketTypes[1]?.id, name: 'Back', priceMinor, zone: 'back' },
    ];
    // The three ways in which a client sends a patch: one member, several, or the whole draft with its layout.
    for (const patch of [
      { title: 'Renamed' },
      { ticketTypes: types(5000) },
      { promoCodes: [{ code: 'HALF', percentOff: 50 }] },
      { title: 'Renamed again', seatLayout: room(), ticketTypes: types(6000) },
    ]) {
      const { status, body } = await edit(event, patch);
      expect([Object.keys(patch), status, body.code]).toEqual([Object.keys(patch), 200, undefined]);
    }
    expect(await seatMap(event)).toEqual(before);
  });

  test('that would lose a held or sold seat, or move it to another price zone, is refused and names it', async () => {
    const event = await theatre();
    const ada = await world.guest();
    await buy(world, ada, event);
    await must(hold(ada, event, [5]), 201);
    const before = await seatMap(event);
    const rezoned = room();
    rezoned.sections[0]!.rows[1]!.zone = 'front';
    const relabelled = room();
    relabelled.sections[0]!.rows[1]!.labels[1] = '2a';
    for (const [seatLayout, seats] of [
      [without('A'), [{ section: 'Stalls', row: 'A', seat: '1' }]],
      [without('B'), [{ section: 'Stalls', row: 'B', seat: '2' }]],
      [rezoned, [{ section: 'Stalls', row: 'B', seat: '2' }]],
      [relabelled, [{ section: 'Stalls', row: 'B', seat: '2' }]],
    ] as const) {
      const { status, body } = await edit(event, { seatLayout });
      expect([status, body.code, body.seats]).toEqual([409, 'event_has_sales', seats]);
      expect(body.detail).toMatch(/Stalls, row [AB], seat [12]/);
    }
    expect(await seatMap(event)).toEqual(before);
    // Seats that nobody holds may be removed. The other seats of row B do not prevent it.
    const smaller = room();
    smaller.sections[0]!.rows[1] = { ...row('B', 'back', 40), labels: ['1', '2'], x: [10, 20], y: [40, 40] };
    expect((await edit(event, { seatLayout: smaller })).status).toBe(200);
    expect(await freeSeats(event)).toEqual([1, 2, 3, 4]);
  });
});

describe('a buyer whose page shows an older plan', () => {
  let event: TestEvent;
  let ada: Person;
  beforeEach(async () => {
    event = await theatre();
    ada = await world.guest();
  });

  test('gets the very seat they chose, wherever it stands in the new plan', async () => {
    const before = await seatMap(event);
    const chosen = before.sections[0].rows[1].seats[2] as { id: SeatId; label: string };
    expect((await edit(event, { seatLayout: rebuilt() })).status).toBe(200);
    const held = await must(
      ada.client.post(`/api/events/${event.id}/holds`, { seats: [{ seatId: chosen.id }] }),
      201,
    );
    expect(namesOf(held)).toEqual([`Parterre B${chosen.label}`]);
    expect(held.total.amount).toBe(2000);
  });

  test('is told that the plan has changed where the seat is gone, or costs another price', async () => {
    const rezoned = room();
    rezoned.sections[0]!.rows[0]!.zone = 'back';
    for (const seatLayout of [without('A'), rezoned]) {
      const place = await theatre();
      expect((await edit(place, { seatLayout })).status).toBe(200);
      const { id } = await seatMap(place);
      const { status, body } = await hold(ada, place, [1]);
      expect([status, body.code, body.seatMapId]).toEqual([409, 'seat_map_changed', id]);
    }
  });

  test('is told so for any seat where the page says which plan it shows', async () => {
    const old = await seatMap(event);
    expect((await edit(event, { seatLayout: rebuilt() })).status).toBe(200);
    const present = await seatMap(event);
    expect([old.version, present.version]).toEqual([1, 2]);
    const best = { bestAvailable: { ticketTypeId: event.ticketTypeId, quantity: 2 } };
    for (const body of [{ seats: [{ seatId: seatId(event.id, 4) }] }, best]) {
      const ask = (seatMapId: string) =>
        ada.client.post(`/api/events/${event.id}/holds`, { ...body, seatMapId });
      const refused = await ask(old.id);
      expect([refused.body.code, refused.body.seatMapId]).toEqual(['seat_map_changed', present.id]);
      expect((await must(ask(present.id), 201)).lines[0].seatMapId).toBe(present.id);
    }
  });

  test('is told live which plan is the current one, after an edit and after every hold', async () => {
    const live = await openLive(world.url, { event: event.id });
    const maps = () => live.told('availability').map((delta) => (delta as AvailabilityDelta).seatMapId);
    const old = await seatMap(event);
    await must(hold(ada, event, [4]), 201);
    await vi.waitFor(() => expect(maps()).toEqual([old.id]), 10_000);
    expect((await edit(event, { seatLayout: rebuilt() })).status).toBe(200);
    const present = await seatMap(event);
    await vi.waitFor(() => expect(maps().at(-1)).toBe(present.id), 10_000);
    const [front, back] = event.ticketTypes;
    const ticketTypes = [
      { id: front?.id, name: 'Front', priceMinor: 4100, zone: 'front' },
      { id: back?.id, name: 'Back', priceMinor: 2100, zone: 'back' },
    ];
    expect((await edit(event, { ticketTypes })).status).toBe(200);
    await must(hold(ada, event, [5]), 201);
    await vi.waitFor(() => expect(live.told('availability').at(-1)).toMatchObject({ taken: [5] }), 10_000);
    expect(new Set(maps())).toEqual(new Set([old.id, present.id]));
    live.close();
  });

  test('finds in every process what is free, and never a seat that is gone', async () => {
    const other = await world.another();
    try {
      const bob = { ...(await world.guest()), client: createClient(other.url) };
      await must(bob.client.post('/api/auth/sign-in/anonymous', {}), 200);
      await must(hold(bob, event, [7]), 201);
      expect(await freeSeats(event, other.url)).toEqual([0, 1, 2, 3, 4, 5, 6]);
      const layout = without('A');
      layout.sections[0]!.rows.push(row('C', 'front', 50, 2));
      expect((await edit(event, { seatLayout: layout })).status).toBe(200);
      for (const url of [other.url, world.url]) expect(await freeSeats(event, url)).toEqual([4, 5, 6, 8, 9]);
      expect((await hold(bob, event, [0])).body.code).toBe('seat_map_changed');
      const front = { ticketTypeId: event.ticketTypes[0]?.id, quantity: 2 };
      const held = await must(
        bob.client.post(`/api/events/${event.id}/holds`, { bestAvailable: front }),
        201,
      );
      expect(namesOf(held)).toEqual(['Stalls C1', 'Stalls C2']);
      const { body } = await ada.client.post(`/api/events/${event.id}/holds`, { bestAvailable: front });
      expect(body.code).toBe('sold_out');
    } finally {
      await other.close();
    }
  });
});

describe('money that comes late, after the plan has changed', () => {
  let event: TestEvent;
  let ada: Person;
  beforeEach(async () => {
    event = await theatre();
    ada = await world.guest();
  });
  const expire = () => world.clock.advance(minutes(12));

  test('buys the seats that were chosen, under the names that they had', async () => {
    const settled = await payLate(ada, event, [4, 5]);
    expire();
    expect((await edit(event, { seatLayout: rebuilt() })).status).toBe(200);
    const order = await settled();
    expect(order).toMatchObject({ status: 'confirmed', total: { amount: 4000 } });
    expect(namesOf(order)).toEqual(['Stalls B1', 'Stalls B2']);
    expect(order.tickets.map((ticket: { place: { seat: string } }) => ticket.place.seat)).toEqual(['1', '2']);
    expect(await freeSeats(event)).toEqual([0, 1, 2, 3, 6, 7, 8, 9, 10]);
  });

  test('goes back where a seat is gone, though the price zone has others', async () => {
    const settled = await payLate(ada, event, [0]);
    expire();
    const layout = without('A');
    layout.sections[0]!.rows.push(row('C', 'front', 50, 4));
    expect((await edit(event, { seatLayout: layout })).status).toBe(200);
    expect(await settled()).toMatchObject({
      status: 'expired',
      problem: 'places_gone_refunded',
      tickets: [],
    });
  });

  test('goes back where somebody else has the seat: no other of a plan that its buyer never saw', async () => {
    const settled = await payLate(ada, event, [0]);
    expire();
    expect((await edit(event, { seatLayout: rebuilt() })).status).toBe(200);
    await must(hold(await world.user(), event, [0]), 201);
    expect(await settled()).toMatchObject({ status: 'expired', problem: 'places_gone_refunded' });
  });

  test('still buys others of the same price zone where the plan is the one they chose from', async () => {
    const settled = await payLate(ada, event, [0]);
    expire();
    await must(hold(await world.user(), event, [0]), 201);
    const order = await settled();
    expect(order.status).toBe('confirmed');
    expect(namesOf(order)).not.toEqual(['Stalls A1']);
    expect(order.tickets[0].place).toEqual({ section: 'Stalls', row: 'A', seat: expect.any(String) });
  });
});

test('each version of a seat map can be asked for by its id, for good', async () => {
  const event = await theatre();
  const first = await seatMap(event);
  expect((await edit(event, { seatLayout: rebuilt() })).status).toBe(200);
  const present = await seatMap(event);
  expect([present.version, present.id === first.id]).toEqual([2, false]);
  const ask = (path: string) => world.client().get(path);
  const old = await ask(`/api/events/${event.id}/seat-map?seatMapId=${first.id}`);
  expect([old.status, old.body, old.headers.get('etag')]).toEqual([200, first, `W/"${first.id}"`]);
  expect(old.headers.get('cache-control')).toMatch(/^public, max-age=\d+, immutable$/);
  const foreign = await theatre();
  expect((await ask(`/api/events/${foreign.id}/seat-map?seatMapId=${first.id}`)).status).toBe(404);
  const { body } = await ask(`/api/events/${event.id}/availability`);
  expect(body.seatMapId).toBe(present.id);
});
