import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { days, hours } from '../../testing/clock.ts';
import { createWorld, type Organiser, type TestEvent, type World } from '../../testing/world.ts';
import {
  holdPlaces,
  importFile,
  offerTransfers,
  orderByTransfer,
  placeBy,
  unpaid,
} from './testing/order-by-transfer.ts';
import { camt, type Line } from './testing/statements.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const free = async (event: TestEvent) =>
  (await world.client().get(`/api/events/${event.id}/availability`)).body.ticketTypes[0].available;
const day = () => world.clock.now().toISOString().slice(0, 10);
const line = (minor: number, text: string, more: Partial<Line> = {}): Line => ({
  day: day(),
  minor,
  text,
  ...more,
});
const root = (house: Organiser) => `/api/organisations/${house.organisationId}`;
const entries = async (house: Organiser, state: string) =>
  (await house.client.get(`${root(house)}/bank-entries?state=${state}`)).body.items;
const returns = async (house: Organiser, state = 'open') =>
  (await house.client.get(`${root(house)}/bank-returns?state=${state}`)).body.items;
const mails = async (orderId: string) =>
  (
    await world.app.db.query<{ kind: string }>(
      `select split_part(key, ':', 1) as kind from messages where key like '%' || $1 order by id`,
      [orderId],
    )
  ).map(({ kind }) => kind);

async function stage(options: Parameters<World['event']>[0] = {}) {
  const house = await world.organiser();
  await offerTransfers(house);
  const event = await world.event({ organiser: house, capacity: 20, ...options });
  return { house, event };
}

describe('an order by bank transfer', () => {
  test('keeps its places for days, tells what to pay, and is paid by a statement', async () => {
    const { house, event } = await stage();
    const { person, orderId, transfer } = await orderByTransfer(world, event, 2);
    const inSevenDays = new Date(world.clock.now().getTime() + days(7));
    expect(transfer).toMatchObject({
      state: 'awaited',
      account: { iban: 'DE89370400440532013000' },
      amount: eur(5000),
      open: eur(5000),
    });
    expect(Math.abs(Date.parse(transfer.payUntil) - inSevenDays.getTime())).toBeLessThan(60_000);
    expect(transfer.reference).toMatch(/^RF\d\d[0-9A-Z]{12}$/);
    expect(transfer.qr).toMatch(/^<svg/);
    world.clock.advance(days(6));
    expect(await free(event)).toBe(18);
    const imported = await importFile(
      house,
      camt([
        line(5000, `Tickets ${transfer.reference.toLowerCase().replace(/(.{4})/g, '$1 ')}`, { name: 'Ada' }),
      ]),
    );
    expect(imported).toMatchObject({ status: 201, body: { done: 1, partly: 0, unmatched: 0 } });
    await world.drain();
    const order = (await person.client.get(`/api/orders/${orderId}`)).body;
    expect(order).toMatchObject({ status: 'confirmed', payBy: 'bank_transfer' });
    expect(order.tickets).toHaveLength(2);
    expect((await person.client.get(`/api/orders/${orderId}/transfer`)).body).toMatchObject({
      state: 'paid',
      open: eur(0),
      qr: null,
    });
    expect((await entries(house, 'done'))[0]).toMatchObject({
      rest: eur(0),
      problem: null,
      assignments: [{ orderId, amount: eur(5000), isFinal: true }],
    });
    const booked = await world.app.db.query(
      'select kind, debit, credit, amount_minor from transfers where order_id = $1',
      [orderId],
    );
    const { organisationId } = house;
    expect(booked).toEqual([
      {
        kind: 'charge',
        debit: `till:${organisationId}`,
        credit: `organiser:${organisationId}`,
        amount_minor: 5000,
      },
    ]);
    expect(await audit(world.app.db)).toEqual([]);
  });

  test('frees its places when nobody pays, and tells the buyer before and after', async () => {
    const { event } = await stage();
    const { person, orderId } = await orderByTransfer(world, event, 3);
    await world.drain();
    world.clock.advance(days(5) + hours(1));
    await world.drain();
    expect(await free(event)).toBe(17);
    world.clock.advance(days(2));
    await world.app.ledger.submit(event.id, { kind: 'expire' });
    await world.drain();
    expect(await free(event)).toBe(20);
    expect((await person.client.get(`/api/orders/${orderId}`)).body.status).toBe('expired');
    expect(await mails(orderId)).toEqual(['transfer-asked', 'transfer-reminder', 'transfer-lapsed']);
  });

  test('ends when its buyer cancels, and its money then goes back', async () => {
    const { house, event } = await stage();
    const { person, orderId, transfer } = await orderByTransfer(world, event, 1);
    expect((await person.client.post(`/api/orders/${orderId}/cancellation`)).body.status).toBe('cancelled');
    expect(await free(event)).toBe(20);
    await importFile(house, camt([line(2500, transfer.reference)]));
    await world.drain();
    expect(await returns(house)).toMatchObject([
      {
        why: 'refund',
        orderId,
        amount: eur(2500),
        to: { name: 'Ada Öztürk', iban: 'GB82WEST12345698765432' },
      },
    ]);
    const [{ id }] = await returns(house);
    const sent = await house.client.post(`${root(house)}/bank-returns/sent`, { ids: [id] });
    expect(sent.body.items[0].sentAt).not.toBeNull();
    expect(await returns(house)).toEqual([]);
    await world.drain();
    const [last] = await world.app.db.query<{ key: string }>(
      `select key from messages where key like '%refund-sent:' || $1`,
      [id],
    );
    expect(last?.key).toBe(`late-refund-sent:${id}`);
    expect(await audit(world.app.db)).toEqual([]);
  });

  test('takes its places again if its money comes late and they are free, and is refunded if not', async () => {
    const { house, event } = await stage({ capacity: 1 });
    const early = await orderByTransfer(world, event, 1);
    world.clock.advance(days(8));
    const second = await orderByTransfer(world, event, 1);
    await importFile(house, camt([line(2500, early.transfer.reference)]));
    await world.drain();
    const read = async ({ person, orderId }: typeof early) =>
      (await person.client.get(`/api/orders/${orderId}`)).body;
    expect(await read(early)).toMatchObject({ status: 'expired', problem: 'places_gone_refunded' });
    expect(await returns(house)).toMatchObject([{ orderId: early.orderId }]);
    world.clock.advance(days(8));
    await importFile(house, camt([line(2500, second.transfer.reference)]));
    await world.drain();
    expect(await read(second)).toMatchObject({ status: 'confirmed' });
    expect(await audit(world.app.db)).toEqual([]);
  });

  test('takes no card beside its transfer', async () => {
    const { event } = await stage();
    const order = await orderByTransfer(world, event, 1);
    const opened = await order.person.client.post(`/api/orders/${order.orderId}/payment`);
    expect(opened).toMatchObject({ status: 409, body: { code: 'waits_for_transfer' } });
  });

  test('buys nothing of an event that is over, though its places are free', async () => {
    const { house, event } = await stage();
    const order = await orderByTransfer(world, event, 1);
    world.clock.advance(days(400));
    await importFile(house, camt([line(2500, order.transfer.reference)]));
    await world.drain();
    expect((await order.person.client.get(`/api/orders/${order.orderId}`)).body).toMatchObject({
      status: 'expired',
      problem: 'places_gone_refunded',
    });
    expect(await returns(house)).toMatchObject([{ orderId: order.orderId }]);
    expect(await audit(world.app.db)).toEqual([]);
  });
});

describe('a way to pay later', () => {
  test('is offered only with time enough before the start, and from its price on', async () => {
    const { house, event } = await stage();
    const offered = async (quantity: number) => {
      const person = await world.guest();
      const holdId = await holdPlaces(person, event, quantity);
      const ways = (await person.client.get(`/api/holds/${holdId}/ways-to-pay`)).body.items;
      const placed = ways.length > 1 ? null : await placeBy(person, holdId, 'late@example.com');
      return { ways: ways.map(({ way }: { way: string }) => way), refused: placed?.body.code };
    };
    await offerTransfers(house, { bankTransfer: { days: 7, hoursBefore: 72, fromMinor: 5000 } });
    expect(await offered(1)).toEqual({ ways: ['card'], refused: 'way_not_offered' });
    expect(await offered(2)).toEqual({ ways: ['card', 'bank_transfer'], refused: undefined });
    const own = { bankTransfer: null, unpaid };
    const path = `/api/events/${event.id}/ways-to-pay`;
    const put = await house.client.send('PUT', path, {
      body: JSON.stringify({ own }),
      headers: { 'content-type': 'application/json', 'if-match': '"0"' },
    });
    expect(put).toMatchObject({ status: 200, body: { own, hasAccount: true } });
    expect((await offered(2)).ways).toEqual(['card']);
  });

  test('never holds more unpaid places than a buyer, a network and an event may', async () => {
    const { house, event } = await stage({ capacity: 40 });
    const place = async (
      limits: object,
      person = undefined as Awaited<ReturnType<World['guest']>> | undefined,
    ) => {
      await offerTransfers(house, { unpaid: { ...unpaid, ...limits } });
      const buyer = person ?? (await world.guest());
      const holdId = await holdPlaces(buyer, event, 2);
      return { buyer, placed: await placeBy(buyer, holdId, `${holdId}@example.com`) };
    };
    const first = await place({ perBuyer: 3 });
    expect(first.placed.status).toBe(201);
    const { placed } = await place({ perBuyer: 3 }, first.buyer);
    expect(placed.body).toMatchObject({ code: 'too_many_unpaid', of: 'buyer', limit: 3, have: 2 });
    const network = (await place({ perNetwork: 3 })).placed;
    expect(network.body).toMatchObject({ code: 'too_many_unpaid', of: 'network', limit: 3, have: 2 });
    expect((await place({ inAll: 3 })).placed.body).toMatchObject({ of: 'event', limit: 3, have: 2 });
    // At once, of which two fit.
    await offerTransfers(house, { unpaid: { ...unpaid, inAll: 6 } });
    const rush = await Promise.all(
      Array.from({ length: 5 }, async (_, i) => {
        const buyer = await world.guest();
        return placeBy(buyer, await holdPlaces(buyer, event, 2), `rush-${i}@example.com`);
      }),
    );
    expect(rush.filter(({ status }) => status === 201)).toHaveLength(2);
  });
});
