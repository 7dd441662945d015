import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seatId } from '../../../contract/ids.ts';
import { audit } from '../../audit/audit.ts';
import { minutes } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { forgetClocks } from './forget-clocks.ts';

/* One person with many guest accounts, with one address, or with the same places again and again. */
let world: World;
let other: Awaited<ReturnType<World['another']>>;
beforeAll(async () => {
  world = await createWorld({ TRUST_PROXY: 'loopback' });
  other = await world.another();
});
afterAll(async () => {
  await other?.close();
  await world?.close();
});

const guests = (count: number): Promise<Person[]> =>
  Promise.all(Array.from({ length: count }, () => world.guest()));
interface From {
  address?: string;
  url?: string;
  key?: string;
}
const ask = (person: Person, event: TestEvent, body: unknown, { address, url = '', key }: From) =>
  person.client.post(`${url}/api/events/${event.id}/holds`, body, {
    'x-forwarded-for': address ?? '192.0.2.1',
    ...(key && { 'idempotency-key': key }),
  });
const hold = (person: Person, event: TestEvent, quantity: number, from: From = {}) =>
  ask(person, event, { items: [{ ticketTypeId: event.ticketTypeId, quantity }] }, from);
const holdSeats = (person: Person, event: TestEvent, seats: number[], from: From = {}) =>
  ask(person, event, { seats: seats.map((index) => ({ seatId: seatId(event.id, index) })) }, from);
const order = (person: Person, holdId: string, email: string, url = '') =>
  person.client.post(`${url}/api/orders`, { holdId, buyer: { name: 'Ada Osei', email } });
const codes = (answers: { status: number; body: { code?: string } }[]) =>
  Object.fromEntries(
    [...Map.groupBy(answers, ({ status, body }) => (status === 201 ? 'held' : body.code))].map(
      ([code, all]) => [code, all.length],
    ),
  );
const secondsLeft = ({ body }: { body: { expiresAt: string; now: string } }) =>
  (Date.parse(body.expiresAt) - Date.parse(body.now)) / 1000;

describe('a network’s budget', () => {
  test('50 guests of one address at once hold exactly what the budget says; elsewhere there is room', async () => {
    const event = await world.event({ capacity: 100, fields: { placesPerNetwork: 20 } });
    const [away, ...people] = await guests(51);
    const answers = await Promise.all(people.map((person) => hold(person, event, 1)));
    expect(codes(answers)).toEqual({ held: 20, network_limit: 30 });
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
      limit: 20,
      held: 20,
      retryable: true,
      retryAfterSeconds: 600,
      freeAt: new Date(world.clock.now().getTime() + minutes(10)).toISOString(),
    });
    expect((await hold(away as Person, event, 10, { address: '192.0.2.2' })).status).toBe(201);
  });

  test('two processes count the same places, and so does one that has just started', async () => {
    const event = await world.event({ capacity: 100, fields: { placesPerNetwork: 20 } });
    const people = await guests(40);
    const answers = await Promise.all(
      people.map((person, i) => hold(person, event, 1, { url: i % 2 ? other.url : '' })),
    );
    expect(codes(answers)).toEqual({ held: 20, network_limit: 20 });
    const third = await world.another();
    const late = await world.guest();
    expect((await hold(late, event, 1, { url: third.url })).body.code).toBe('network_limit');
    await third.close();
  });

  test('the default leaves most of a house to others, and an organiser may switch it off', async () => {
    const fields = { placesPerNetwork: undefined };
    const event = await world.event({ capacity: 594, fields });
    const people = await guests(99);
    const answers = await Promise.all(people.map((person) => hold(person, event, 6)));
    expect(codes(answers)).toEqual({ held: 5, network_limit: 94 });
    const { client } = event.organiser;
    const { version, placesPerNetwork } = (await client.get(`/api/events/${event.id}/management`)).body;
    expect(placesPerNetwork).toBe(30);
    const off = { placesPerNetwork: 0 };
    await client.patch(`/api/events/${event.id}`, off, { 'if-match': `"${version}"` });
    const rest = await Promise.all(people.slice(5).map((person) => hold(person, event, 6)));
    expect(codes(rest)).toEqual({ held: 94 });
  });

  test('an IPv6 network is its /64; an account with a confirmed address has a budget of its own', async () => {
    const event = await world.event({ capacity: 100, fields: { placesPerNetwork: 4 } });
    const [ann, bob, cat] = (await guests(3)) as [Person, Person, Person];
    expect((await hold(ann, event, 4, { address: '2001:db8:0:1::5' })).status).toBe(201);
    expect((await hold(bob, event, 1, { address: '2001:db8:0:1:ffff::7' })).body.code).toBe('network_limit');
    expect((await hold(cat, event, 4, { address: '2001:db8:0:2::5' })).status).toBe(201);
    const known = await world.user();
    expect((await hold(known, event, 10, { address: '2001:db8:0:1::5' })).status).toBe(201);
    const unconfirmed = await world.user({ verified: false });
    expect((await hold(unconfirmed, event, 1, { address: '2001:db8:0:1::5' })).body.code).toBe(
      'network_limit',
    );
  });

  test('what an office buys makes room for the next, and no network is kept with what has ended', async () => {
    const event = await world.event({ capacity: 100, priceMinor: 0, fields: { placesPerNetwork: 4 } });
    for (const person of await guests(5)) {
      const held = await hold(person, event, 4);
      expect(held.status).toBe(201);
      expect((await order(person, held.body.id, `${person.userId}@example.com`)).status).toBe(201);
    }
    const [last] = await guests(1);
    const held = await hold(last as Person, event, 4);
    await (last as Person).client.delete(`/api/holds/${held.body.id}`);
    const rows = await world.app.db.query<{ status: string; network: number | null }>(
      'select distinct status, network from holds where event_id = $1 order by status',
      [event.id],
    );
    expect(rows).toEqual([
      { status: 'confirmed', network: null },
      { status: 'released', network: null },
    ]);
  });
});

describe('a hold’s clock', () => {
  test('letting go and holding again does not make it longer, in whatever process', async () => {
    const event = await world.event({ seats: [{ zone: 'gold', rows: 1, perRow: 10 }] });
    const ann = await world.guest();
    let held = await holdSeats(ann, event, [1, 2]);
    expect(held.body.resumed).toBeUndefined();
    for (const [n, left] of [480, 360, 240, 120].entries()) {
      world.clock.advance(minutes(2));
      await ann.client.delete(`${n % 2 ? other.url : ''}/api/holds/${held.body.id}`);
      held = await holdSeats(ann, event, [2, 3], { url: n % 2 ? '' : other.url, key: `k${n}` });
      expect([held.status, secondsLeft(held), held.body.resumed]).toEqual([201, left, true]);
    }
    world.clock.advance(100_000);
    await ann.client.delete(`/api/holds/${held.body.id}`);
    const later = await holdSeats(ann, event, [2]);
    expect(later).toMatchObject({
      status: 409,
      body: { code: 'hold_again_later', retryAfterSeconds: 600, retryable: true },
    });
    expect((await holdSeats(ann, event, [7])).body.resumed).toBeUndefined();
    expect(secondsLeft(await holdSeats(await world.guest(), event, [2], { address: '192.0.2.9' }))).toBe(600);
  });

  test('a hold that ran out rests as long as it lasted', async () => {
    const event = await world.event({ capacity: 10 });
    const ann = await world.guest();
    await hold(ann, event, 2);
    world.clock.advance(minutes(10));
    expect((await hold(ann, event, 2)).body).toMatchObject({
      code: 'hold_again_later',
      retryAfterSeconds: 600,
    });
    world.clock.advance(minutes(10));
    expect(secondsLeft(await hold(ann, event, 2))).toBe(600);
  });

  test('a buyer whose hold ran out holds again at once, as long as nobody is kept from a place by it', async () => {
    const event = await world.event({ capacity: 40, fields: { maxPerBuyer: 2, placesPerNetwork: 0 } });
    const [ann, bob, ...others] = (await guests(19)) as [Person, Person, ...Person[]];
    await hold(ann, event, 2);
    world.clock.advance(minutes(5));
    for (const other of others) expect((await hold(other, event, 2)).status).toBe(201);
    world.clock.advance(minutes(5));
    // More than a tenth of the places, and more than one order, is left after it.
    const again = await hold(ann, event, 2);
    expect([again.status, secondsLeft(again), again.body.resumed]).toEqual([201, 600, undefined]);
    await ann.client.delete(`/api/holds/${again.body.id}`);
    expect((await hold(bob, event, 1)).status).toBe(201);
    world.clock.advance(minutes(4));
    // Less than a tenth is left: the earlier clock counts again until it has rested.
    expect((await hold(ann, event, 2)).body).toMatchObject({
      code: 'hold_again_later',
      retryAfterSeconds: 360,
    });
  });

  test('nor does a new guest account, for the same seats from the same network', async () => {
    const event = await world.event({ seats: [{ zone: 'gold', rows: 1, perRow: 10 }] });
    const [ann, bob, cat, dan] = (await guests(4)) as [Person, Person, Person, Person];
    // The first hold of an event is decided from the database, the following ones from the cache.
    await holdSeats(dan, event, [9], { address: '192.0.2.7' });
    const held = await holdSeats(ann, event, [1, 2]);
    world.clock.advance(minutes(4));
    await ann.client.delete(`/api/holds/${held.body.id}`);
    expect(secondsLeft(await holdSeats(bob, event, [2]))).toBe(360);
    expect(secondsLeft(await holdSeats(cat, event, [1], { address: '192.0.2.8' }))).toBe(600);
  });

  test('nor does opening an account', async () => {
    const event = await world.event({ capacity: 10 });
    const guest = await world.guest();
    const held = await hold(guest, event, 2);
    world.clock.advance(minutes(4));
    await guest.client.delete(`/api/holds/${held.body.id}`);
    const account = { name: 'Ada', email: 'ada-keeps-time@example.com', password: 'a good long password' };
    expect((await guest.client.post('/api/auth/sign-up/email', account)).status).toBe(200);
    expect(secondsLeft(await hold(guest, event, 2))).toBe(360);
  });

  test('clocks are forgotten when they have stopped', async () => {
    const event = await world.event({ seats: [{ zone: 'gold', rows: 1, perRow: 10 }] });
    const ann = await world.guest();
    const held = await holdSeats(ann, event, [1]);
    await ann.client.delete(`/api/holds/${held.body.id}`);
    const kept = () => world.app.db.query('select owner from hold_clocks where event_id = $1', [event.id]);
    await forgetClocks(world.app);
    expect(await kept()).toHaveLength(2);
    world.clock.advance(minutes(10) + 1);
    await forgetClocks(world.app);
    expect(await kept()).toEqual([]);
  });
});

describe('the limit of one buyer', () => {
  test('counts all orders of one e-mail address, also two at once in two processes', async () => {
    const event = await world.event({ capacity: 100, fields: { maxPerBuyer: 2 } });
    const people = await guests(8);
    const held = await Promise.all(people.map((person) => hold(person, event, 2)));
    const spellings = ['Ada@example.com', 'ada+1@example.com', 'ADA@EXAMPLE.COM', 'ada+x@example.com'];
    const answers = await Promise.all(
      people.map((person, i) =>
        order(person, held[i]?.body.id, spellings[i % 4] as string, i % 2 ? other.url : ''),
      ),
    );
    expect(codes(answers)).toEqual({ held: 1, email_limit_reached: 7 });
    const refused = answers.find(({ status }) => status === 409)?.body;
    expect(refused).toMatchObject({ limit: 2, have: 2, retryable: false });
    const i = answers.findIndex(({ status }) => status === 409);
    // The places are still held, and a buyer with another address buys them.
    expect((await order(people[i] as Person, held[i]?.body.id, 'bob@example.com')).status).toBe(201);
  });

  test('counts what a card has bought: one payment too many goes back, with its places and a mail', async () => {
    const event = await world.event({ capacity: 100, fields: { maxPerBuyer: 2 } });
    const buy = async (email: string, number: string) => {
      const guest = await world.guest();
      const placed = (await order(guest, (await hold(guest, event, 2)).body.id, email)).body;
      await guest.client.post(`/api/sandbox/payments/${placed.payment.id}/confirmation`, {
        clientSecret: placed.payment.clientSecret,
        card: { number },
      });
      await world.drain();
      return (await guest.client.get(`/api/orders/${placed.order.id}`)).body;
    };
    expect((await buy('card-1@example.com', '5555555555554444')).status).toBe('confirmed');
    expect(await buy('card-2@example.com', '5555555555554444')).toMatchObject({
      status: 'failed',
      problem: 'card_limit_refunded',
      tickets: [],
    });
    // All test buyers share this card, so it has no limit.
    expect((await buy('card-3@example.com', '4242424242424242')).status).toBe('confirmed');
    expect((await buy('card-4@example.com', '4242424242424242')).status).toBe('confirmed');
    expect((await world.client().get(`/api/events/${event.id}/availability`)).body.ticketTypes).toMatchObject(
      [{ available: 94 }],
    );
    const [mail] = (await world.client().get('/api/mailbox')).body.items.filter((each: { to: string }) =>
      each.to.includes('card-2@example.com'),
    );
    expect(mail.subject).toBe('No tickets, money back: Night Shift');
    expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
  });

  test('and a dropped order makes room', async () => {
    const event = await world.event({ capacity: 100, fields: { maxPerBuyer: 2 } });
    const [ann, bob] = (await guests(2)) as [Person, Person];
    const [anns, bobs] = [await hold(ann, event, 2), await hold(bob, event, 2)];
    const placed = await order(ann, anns.body.id, 'ada@example.com');
    expect((await order(bob, bobs.body.id, 'ada@example.com')).body.code).toBe('email_limit_reached');
    await ann.client.post(`/api/orders/${placed.body.order.id}/cancellation`);
    expect((await order(bob, bobs.body.id, 'ada@example.com')).status).toBe(201);
  });
});
