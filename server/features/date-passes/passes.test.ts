import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TicketId } from '../../../contract/ids.ts';
import { ticketOfPass } from '../../../contract/pass-tickets.ts';
import { audit } from '../../audit/audit.ts';
import { days, minutes } from '../../testing/clock.ts';
import { dateOf } from '../../testing/possible-passes.ts';
import { createWorld, type Organiser, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';
import { makePass, passOn, readPass, setPlaces } from './testing/make-pass.ts';

let world: World;
let house: Organiser;
beforeAll(async () => {
  world = await createWorld();
  house = await world.organiser();
});
afterAll(() => world.close());

const date = (options: Parameters<World['event']>[0] = {}) =>
  world.event({ organiser: house, capacity: 10, ...options });
const free = async (event: TestEvent) =>
  (await world.client().get(`/api/events/${event.id}/availability`)).body.ticketTypes[0].available;
const audited = () => audit(world.app.db, { settled: false, now: world.clock.now() });
const ticketOn = async (event: TestEvent, pass: { id: TicketId }, issue = 1) =>
  (
    await world.app.db.query<{ status: string }>('select status from tickets where id = $1', [
      ticketOfPass(pass.id, issue, event.id),
    ])
  )[0]?.status;
const refund = (event: TestEvent, orderId: string) =>
  event.organiser.client.post(`/api/orders/${orderId}/refunds`, { reason: 'Ill' });

describe('the places of a pass', () => {
  test('are kept by each date, all or none', async () => {
    const [one, two] = [await date(), await date({ capacity: 6 })];
    const pass = await makePass(world, [one, two], { places: 4 });
    expect([await free(one), await free(two), await free(pass)]).toEqual([6, 2, 4]);
    const refused = await setPlaces(pass, 7);
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'pass_date_full', eventId: two.id, available: 2 },
    });
    expect([await free(one), await free(two), await free(pass)]).toEqual([6, 2, 4]);
    expect((await setPlaces(pass, 6)).status).toBe(200);
    expect([await free(one), await free(two), await free(pass)]).toEqual([4, 0, 6]);
    expect((await setPlaces(pass, 1)).status).toBe(200);
    expect([await free(one), await free(two), await free(pass)]).toEqual([9, 5, 1]);
    expect(await audited()).toEqual([]);
  });

  test('are not fewer than are held and sold', async () => {
    const dates = [await date(), await date()];
    const pass = await makePass(world, dates, { places: 3 });
    await buy(world, await world.guest(), pass, { quantity: 2 });
    expect(await setPlaces(pass, 1)).toMatchObject({
      status: 409,
      body: { code: 'capacity_below_taken', taken: 2 },
    });
    expect((await setPlaces(pass, 2)).status).toBe(200);
    const read = await readPass(pass);
    expect(read).toMatchObject({ places: 2, sold: 2, changing: false });
    // Dates that begin at the same time are shown in the order of their ids.
    const byId = new Map(read.dates.map((each) => [each.eventId, each]));
    for (const { id } of dates)
      expect(byId.get(id)).toMatchObject({ kept: 0, tickets: 2, admitted: 0, free: 8 });
    expect(await audited()).toEqual([]);
  });

  test('are changed by nobody but its own command', async () => {
    const dates = [await date(), await date()];
    const pass = await makePass(world, dates, { places: 3 });
    const { client } = house;
    const { version, pools } = (await client.get(`/api/events/${pass.id}/management`)).body;
    const [{ key, name }] = pools;
    const patch = (body: object) =>
      client.patch(`/api/events/${pass.id}`, body, { 'if-match': `"${version}"` });
    expect(await patch({ pools: [{ key, name, capacity: 9 }] })).toMatchObject({
      status: 409,
      body: { code: 'pass_places' },
    });
    const copy = await client.post(`/api/events/${pass.id}/copies`, {
      startsAt: new Date(world.clock.now().getTime() + days(90)).toISOString(),
    });
    expect(copy).toMatchObject({ status: 409, body: { code: 'pass_places' } });
    // The block is not among the team's blocks, so nobody gives its places away by hand.
    expect((await client.get(`/api/events/${dates[0]?.id}/blocks`)).body.items).toEqual([]);
    expect((await patch({ title: 'Pass of the season' })).status).toBe(200);
  });

  test('are of a ticket type that stays as it is', async () => {
    const fields = {
      pools: [{ key: 'floor', name: 'Floor', capacity: 10 }],
      ticketTypes: ['Regular', 'Other'].map((name) => ({ name, priceMinor: 100, pools: ['floor'] })),
    };
    const [one, two] = [await date({ fields }), await date()];
    expect((await setPlaces(await makePass(world, [one, two], { places: 1 }), 0)).status).toBe(200);
    const { version, ticketTypes } = (await house.client.get(`/api/events/${one.id}/management`)).body;
    const patch = (types: object[]) =>
      house.client.patch(`/api/events/${one.id}`, { ticketTypes: types }, { 'if-match': `"${version}"` });
    const plain = ticketTypes.map(({ id, name }: { id: string; name: string }) => ({
      id,
      name,
      priceMinor: 100,
      pools: ['floor'],
    }));
    const ofPass = dateOf(one).ticketTypeId;
    const without = (id: string) => plain.filter((type: { id: string }) => type.id !== id);
    expect(await patch(without(ofPass))).toMatchObject({ status: 409, body: { code: 'event_has_sales' } });
    const other = plain.find((type: { id: string }) => type.id !== ofPass);
    expect((await patch(without(other.id))).status).toBe(200);
  });

  test('follow the pass after a crash between two dates', async () => {
    const made = [await date(), await date()];
    const pass = await makePass(world, made, { places: 2 });
    // In the order in which the change goes through them.
    const [one, two] = (await readPass(pass)).dates.map(
      ({ eventId }) => made.find(({ id }) => id === eventId) as TestEvent,
    ) as [TestEvent, TestEvent];
    const { submit } = world.app.ledger;
    world.app.ledger.submit = (eventId, command) =>
      eventId === two.id ? Promise.reject(new Error('killed')) : submit(eventId, command);
    try {
      expect((await setPlaces(pass, 5)).status).toBe(500);
      expect([await free(one), await free(two), await free(pass)]).toEqual([5, 8, 2]);
    } finally {
      world.app.ledger.submit = submit;
    }
    expect(await readPass(pass)).toMatchObject({ places: 2, changing: true });
    world.clock.advance(minutes(2));
    await world.drain();
    expect([await free(one), await free(two), await free(pass)]).toEqual([8, 8, 2]);
    expect(await readPass(pass)).toMatchObject({ places: 2, changing: false });
    expect(await audited()).toEqual([]);
  });

  test('need the right to block places of every date, and show no date that is not theirs', async () => {
    const [one, two] = [await date(), await date()];
    const pass = await makePass(world, [one, two], { places: 2 });
    const ofPass = await world.member(house, 'manager', [pass.id, one.id]);
    const path = `/api/events/${pass.id}/pass/places`;
    expect(await ofPass.client.put(path, { places: 9 })).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
    expect([await free(one), await free(two)]).toEqual([8, 8]);
    const shown = (await ofPass.client.get(path)).body;
    expect(shown.dates.map(({ eventId }: { eventId: string }) => eventId)).toEqual([one.id]);
    const ofAll = await world.member(house, 'manager', [pass.id, one.id, two.id]);
    expect(await ofAll.client.put(path, { places: 3 })).toMatchObject({ status: 200, body: { places: 3 } });
  });

  test('come from dates that fit', async () => {
    const [one, two] = [await date(), await date()];
    const make = (dates: object[]) =>
      house.client.post(`/api/organisations/${house.organisationId}/passes`, {
        title: 'Pass',
        priceMinor: 100,
        dates,
      });
    const refusedFor = (event: TestEvent) => ({
      status: 422,
      body: { code: 'pass_date_unfit', eventId: event.id },
    });
    const seated = await date({ seats: [{ zone: 'gold', rows: 1, perRow: 4 }] });
    expect(await make([dateOf(one), dateOf(seated)])).toMatchObject(refusedFor(seated));
    const foreign = await world.event();
    expect(await make([dateOf(one), dateOf(foreign)])).toMatchObject(refusedFor(foreign));
    const otherMoney = await date({ fields: { currency: 'USD' } });
    expect(await make([dateOf(one), dateOf(otherMoney)])).toMatchObject(refusedFor(otherMoney));
    const cancelled = await date();
    const ended = await house.client.post(
      `/api/events/${cancelled.id}/cancellation`,
      { reason: 'Rain', refund: 'full' },
      { 'if-match': `"${cancelled.version}"` },
    );
    expect(ended.status, JSON.stringify(ended.body)).toBe(202);
    expect(await make([dateOf(one), dateOf(cancelled)])).toMatchObject(refusedFor(cancelled));
    const wrongType = { ...dateOf(two), ticketTypeId: one.ticketTypeId };
    expect(await make([dateOf(one), wrongType])).toMatchObject(refusedFor(two));
    const pass = await makePass(world, [one, two], { places: 1 });
    expect(await make([dateOf(one), dateOf(pass)])).toMatchObject(refusedFor(pass));
    expect((await make([dateOf(one)])).status).toBe(400);
    expect((await make([dateOf(one), dateOf(one)])).status).toBe(400);
  });
});

describe('a ticket of a pass', () => {
  let dates: TestEvent[];
  let pass: TestEvent;
  let buyer: Person;
  beforeAll(async () => {
    dates = [await date(), await date()];
    pass = await makePass(world, dates, { places: 4 });
    buyer = await world.guest();
  });

  test('brings a ticket of each date, out of the places that are kept', async () => {
    const { tickets } = await buy(world, buyer, pass, { quantity: 2 });
    for (const event of dates) {
      expect(await free(event)).toBe(6);
      for (const ticket of tickets) expect(await ticketOn(event, ticket)).toBe('valid');
    }
    const own = (await buyer.client.get('/api/orders')).body.items;
    expect(own.filter(({ origin }: { origin: string }) => origin === 'pass')).toHaveLength(4);
    // One mail with the pass, and none with each date.
    const { items } = (await world.client().get('/api/mailbox?to=ada%40example.com')).body;
    expect(items.filter(({ subject }: { subject: string }) => subject.includes(pass.slug))).toHaveLength(0);
    expect(await audited()).toEqual([]);
  });

  test('takes its tickets with it when it is refunded, and the next pass gets their places', async () => {
    const { tickets, orderId } = await buy(world, await world.guest(), pass, { quantity: 2 });
    const [ticket] = tickets as [{ id: TicketId; code: string }];
    expect(await free(pass)).toBe(0);
    expect((await refund(pass, orderId)).status).toBe(201);
    await world.drain();
    expect(await ticketOn(dates[0]!, ticket)).toBe('cancelled');
    // The place stays with the pass, which can be sold again.
    expect([await free(pass), await free(dates[0]!)]).toEqual([2, 6]);
    const again = await buy(world, await world.guest(), pass, { quantity: 2 });
    expect(await ticketOn(dates[1]!, again.tickets[0]!)).toBe('valid');
    expect(await audited()).toEqual([]);
  });

  test('goes with the pass to its next holder, and is not passed on or sold alone', async () => {
    const fields = { resale: { allowed: true } };
    const [one, two] = [await date({ fields }), await date({ fields })];
    const season = await makePass(world, [one, two], { places: 1 });
    const seller = await world.guest();
    const [ticket] = (await buy(world, seller, season)).tickets as [{ id: TicketId; code: string }];
    const child = ticketOfPass(ticket.id, 1, one.id);
    const friend = { email: 'friend@example.com' };
    expect(await seller.client.post(`/api/tickets/${child}/transfers`, friend)).toMatchObject({
      status: 409,
      body: { code: 'ticket_of_pass' },
    });
    const order = (await seller.client.get(`/api/tickets/${child}`)).body.orderId;
    expect(await seller.client.post(`/api/orders/${order}/cancellation`)).toMatchObject({
      status: 409,
      body: { code: 'ticket_of_pass' },
    });
    for (const answer of [
      await seller.client.get(`/api/tickets/${child}/resale`),
      await seller.client.post(`/api/tickets/${child}/resale`),
    ])
      expect(answer).toMatchObject({ status: 409, body: { code: 'ticket_of_pass' } });
    await passOn(world, seller, ticket.id);
    expect(await ticketOn(one, ticket)).toBe('cancelled');
    expect(await ticketOn(one, ticket, 2)).toBe('valid');
    expect(await audited()).toEqual([]);
  });

  test('follows the pass to another address, until it was used on a date', async () => {
    const [one, two] = [await date(), await date()];
    const season = await makePass(world, [one, two], { places: 1 });
    const person = await world.guest();
    const { tickets, orderId } = await buy(world, person, season);
    const [ticket] = tickets as [{ id: TicketId; code: string }];
    const addresses = () =>
      world.app.db.query(
        `select distinct buyer_email, link_version from orders where id = $1 or lines->0->'ofPass'->>'orderId' = $1`,
        [orderId],
      );
    const correct = (email: string) => person.client.put(`/api/orders/${orderId}/buyer-email`, { email });
    const before = await addresses();
    expect(before).toHaveLength(1);
    expect(await correct('right@example.com')).toMatchObject({ status: 200 });
    const link_version = Number((before[0] as { link_version: number }).link_version) + 1;
    expect(await addresses()).toEqual([{ buyer_email: 'right@example.com', link_version }]);
    const scanned = { code: ticket.code, nonce: 'used-on-a-date', gate: 'North' };
    const scan = await house.client.post(`/api/events/${two.id}/check-ins`, scanned);
    expect(scan.status, JSON.stringify(scan.body)).toBe(201);
    expect(await correct('other@example.com')).toMatchObject({
      status: 409,
      body: { code: 'order_address_fixed' },
    });
    expect(await addresses()).toEqual([{ buyer_email: 'right@example.com', link_version }]);
  });

  test('of a cancelled pass ends, and the dates get all places back', async () => {
    const [one, two] = [await date(), await date()];
    const season = await makePass(world, [one, two], { places: 5 });
    const [ticket] = (await buy(world, await world.guest(), season)).tickets as [
      { id: TicketId; code: string },
    ];
    const { version } = (await house.client.get(`/api/events/${season.id}/management`)).body;
    const cancelled = await house.client.post(
      `/api/events/${season.id}/cancellation`,
      { reason: 'Rain', refund: 'full' },
      { 'if-match': `"${version}"` },
    );
    expect(cancelled.status, JSON.stringify(cancelled.body)).toBe(202);
    await world.drain();
    expect(await ticketOn(one, ticket)).toBe('cancelled');
    expect([await free(one), await free(two)]).toEqual([10, 10]);
    expect(await audited()).toEqual([]);
  });
});

test('anybody can read which dates a pass opens', async () => {
  const dates = [await date(), await date()];
  const pass = await makePass(world, dates, { places: 1 });
  const { status, body } = await world.client().get(`/api/events/${pass.id}/pass`);
  expect(status).toBe(200);
  expect(body.dates.map(({ eventId }: { eventId: string }) => eventId).sort()).toEqual(
    dates.map(({ id }) => id).sort(),
  );
  expect((await world.client().get(`/api/events/${dates[0]?.id}/pass`)).status).toBe(404);
});
