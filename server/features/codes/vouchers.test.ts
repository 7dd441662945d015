import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { seatId } from '../../../contract/ids.ts';
import { audit } from '../../audit/audit.ts';
import { minutes } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { sweepHolds } from '../inventory/sweep-holds.ts';
import { backstage, free, hold, list, make, regular, withHidden } from './testing/codes.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
// Every test leaves tables that agree with each other.
afterEach(async () => {
  await world.drain();
  expect(await audit(world.app.db, { acknowledged: [], now: world.clock.now() })).toEqual([]);
});
afterAll(() => world.close());

const check = (person: Person, event: TestEvent, code: string) =>
  person.client.post(`/api/events/${event.id}/code-checks`, { code });

let mailbox = 0;
async function buy(person: Person, holdId: string) {
  const buyer = { name: 'Ada Osei', email: `codes-${++mailbox}@example.com` };
  const placed = await person.client.post('/api/orders', { holdId, buyer });
  if (placed.body.payment) {
    const { id, clientSecret } = placed.body.payment;
    const card = { number: '4242424242424242' };
    await person.client.post(`/api/sandbox/payments/${id}/confirmation`, { clientSecret, card });
  }
  await world.drain();
  return placed.body.order.id as string;
}
const cancel = (person: Person, orderId: string, headers = {}) =>
  person.client.post(`/api/orders/${orderId}/cancellation`, undefined, headers);

describe('what a buyer hears of a code before the choice', () => {
  test('what each ticket costs with it is what a hold then costs', async () => {
    const event = await world.event({
      fields: {
        bookingFee: { perTicketMinor: 100 },
        pools: [{ key: 'hall', name: 'Hall', capacity: 50 }],
        ticketTypes: [
          { name: 'Full', priceMinor: 3000, pools: ['hall'] },
          { name: 'Half', priceMinor: 1500, pools: ['hall'] },
          { name: 'Gift', priceMinor: 0, pools: ['hall'] },
          { name: 'Own price', priceMinor: 1000, pools: ['hall'], payWhatYouWant: { minMinor: 0 } },
          { name: 'Secret', priceMinor: 9000, pools: ['hall'], hidden: true },
        ],
        promoCodes: [{ code: 'TENTH', percentOff: 10 }],
      },
    });
    const ids = Object.fromEntries(event.ticketTypes.map(({ name, id }) => [name, id]));
    const secret = event.ticketTypes.find(({ name }) => name === 'Secret')?.id;
    await make(event, { csv: 'FIVE', priceMinor: 500, ticketTypeIds: [ids.Full, secret] });
    await make(event, { csv: 'ALL', percentOff: 20 });
    const ada = await world.guest();
    for (const [code, names] of [
      ['TENTH', ['Full', 'Half']],
      ['FIVE', ['Full', 'Secret']],
      // A code for all types is for those that everybody sees, and says nothing about the others.
      ['ALL', ['Full', 'Half']],
    ] as const) {
      const { prices } = (await check(ada, event, code)).body;
      expect(prices.map(({ ticketTypeId }: { ticketTypeId: string }) => ticketTypeId)).toEqual(
        names.map((name) => ids[name]),
      );
      for (const { ticketTypeId, price } of prices) {
        const held = await hold(ada, event, ticketTypeId, 1, code);
        expect(held.body.lines[0].unitPrice).toEqual(price);
        await ada.client.delete(`/api/holds/${held.body.id}`);
      }
    }
  });
});

describe('hidden ticket types', () => {
  test('the public sees nothing of them, and no hold of them works without a code', async () => {
    const { event, open, hidden } = await withHidden(world);
    const page = (await world.client().get(`/api/events/${event.slug}`)).body;
    expect(page.ticketTypes.map(({ id }: { id: string }) => id)).toEqual([open]);
    expect(page.priceTo).toEqual({ amount: 2500, currency: 'EUR' });
    const available = (await world.client().get(`/api/events/${event.id}/availability`)).body;
    expect(available.ticketTypes.map(({ id }: { id: string }) => id)).toEqual([open]);
    const found = (await world.client().get('/api/events?minPrice=8000')).body.items;
    expect(found.map(({ id }: { id: string }) => id)).not.toContain(event.id);
    const html = await (await fetch(`${world.url}/e/${event.slug}`)).text();
    expect(html).not.toContain('Backstage');
    const ada = await world.guest();
    expect(await hold(ada, event, hidden, 1)).toMatchObject({
      status: 409,
      body: { code: 'access_code_needed', ticketTypeId: hidden },
    });
    await make(event, { csv: 'CHEAP', percentOff: 50 });
    expect(await hold(ada, event, hidden, 1, 'CHEAP')).toMatchObject({
      status: 409,
      body: { code: 'access_code_needed' },
    });
    const wait = { ticketTypeId: hidden, quantity: 1 };
    expect((await ada.client.post(`/api/events/${event.id}/waitlist`, wait)).body.code).toBe(
      'unknown_ticket_type',
    );
  });

  test('a code that names one opens it, for its uses', async () => {
    const { event, hidden } = await withHidden(world);
    expect((await make(event, { csv: 'crew', ticketTypeIds: [hidden], uses: 3 })).body).toEqual({
      made: 1,
      bad: [],
    });
    const ada = await world.guest();
    expect((await check(ada, event, ' crew ')).body).toMatchObject({
      code: 'CREW',
      opened: [{ id: hidden, name: 'Backstage', available: 3, price: { amount: 9000 } }],
      usesLeft: 3,
      keepsPlaces: false,
    });
    const held = await hold(ada, event, hidden, 2, 'Crew');
    expect(held).toMatchObject({
      status: 201,
      body: { total: { amount: 18000 }, lines: [{ promo: { code: 'CREW' } }] },
    });
    const bob = await world.guest();
    expect(await hold(bob, event, hidden, 2, 'CREW')).toMatchObject({
      status: 409,
      body: { code: 'promo_code_used_up', available: 1 },
    });
    expect(await ada.client.delete(`/api/holds/${held.body.id}/promo-code`)).toMatchObject({
      status: 409,
      body: { code: 'access_code_needed' },
    });
    await buy(ada, held.body.id);
    expect((await list(event)).items[0]).toMatchObject({
      code: 'CREW',
      uses: 3,
      held: 0,
      sold: 2,
      state: 'open',
    });
    // More of the same type in the same hold counts too.
    const one = await hold(bob, event, hidden, 1, 'CREW');
    const places = { items: [{ ticketTypeId: hidden, quantity: 2 }] };
    expect((await bob.client.put(`/api/holds/${one.body.id}/places`, places)).body.code).toBe(
      'promo_code_used_up',
    );
    expect((await list(event)).items[0]).toMatchObject({ held: 1, sold: 2 });
  });

  test('a code opens a hidden ticket whose price the buyer names, and each counts as a use', async () => {
    const named = { ...backstage, payWhatYouWant: { minMinor: 1000 } };
    const event = await world.event({ capacity: 10, fields: { ticketTypes: [regular, named] } });
    const { ticketTypes } = (await event.organiser.client.get(`/api/events/${event.id}/management`)).body;
    const [open, hidden] = ticketTypes.map(({ id }: { id: string }) => id);
    const codes = (csv: string, more = {}) =>
      make(event, { csv, ticketTypeIds: [open, hidden], uses: 2, percentOff: 50, ...more });
    await codes('OPENS');
    const take = (person: Person, code: string, items: object[]) =>
      person.client.post(`/api/events/${event.id}/holds`, { items, code });
    const [ada, bob] = [await world.guest(), await world.guest()];
    const held = await take(ada, 'OPENS', [{ ticketTypeId: hidden, quantity: 1, priceMinor: 4000 }]);
    expect(held).toMatchObject({
      status: 201,
      body: { total: { amount: 4000 }, lines: [{ chosenPrice: { amount: 4000 }, promo: { code: 'OPENS' } }] },
    });
    const dearer = { items: [{ ticketTypeId: hidden, quantity: 1, priceMinor: 5000 }] };
    expect((await ada.client.put(`/api/holds/${held.body.id}/places`, dearer)).body.total.amount).toBe(5000);
    expect((await list(event)).items[0]).toMatchObject({ held: 1, off: { amount: 0 } });
    const both = [
      { ticketTypeId: open, quantity: 1 },
      { ticketTypeId: hidden, quantity: 1, priceMinor: 1000 },
    ];
    expect((await take(bob, 'OPENS', both)).body).toMatchObject({ code: 'promo_code_used_up', available: 1 });
    expect((await list(event)).items[0]).toMatchObject({ held: 1, sold: 0 });
    await buy(ada, held.body.id);
    // A code that only reduces has nothing to give here, and keeps its uses.
    const openOne = await world.event({ fields: { ticketTypes: [{ ...named, hidden: false }] } });
    await make(openOne, { csv: 'HALF', percentOff: 50 });
    expect((await hold(bob, openOne, openOne.ticketTypeId, 1, 'HALF')).body.code).toBe(
      'promo_code_not_for_these',
    );
    await codes('KEEPS', { ticketTypeIds: [hidden], keepsPlaces: true });
    expect(await free(world, event)).toBe(7);
    const kept = await take(bob, 'KEEPS', [{ ticketTypeId: hidden, quantity: 2, priceMinor: 1000 }]);
    expect(kept.body).toMatchObject({ total: { amount: 2000 } });
    // The places are those that were kept, so nobody else has fewer.
    expect(await free(world, event)).toBe(7);
    expect((await list(event, '?q=KEEPS')).items[0]).toMatchObject({ held: 2, off: { amount: 0 } });
  });

  test('numbered seats cannot be hidden', async () => {
    const event = await world.event({ seats: [{ zone: 'gold', rows: 1, perRow: 4 }] });
    const { ticketTypes } = (await event.organiser.client.get(`/api/events/${event.id}/management`)).body;
    const [{ id }] = ticketTypes;
    const patch = { ticketTypes: [{ id, name: 'Gold', priceMinor: 2500, zone: 'gold', hidden: true }] };
    const answer = await event.organiser.client.patch(`/api/events/${event.id}`, patch, {
      'if-match': `"${event.version}"`,
    });
    expect(answer).toMatchObject({ status: 400, body: { issues: [{ path: 'body.ticketTypes.0.hidden' }] } });
  });
});

describe('kept places', () => {
  test('nobody else can buy them, whoever has the code can, and each end gives them back', async () => {
    const { event, open } = await withHidden(world, 5);
    await make(event, {
      csv: 'A-KEEPS\nB-KEEPS',
      ticketTypeIds: [open],
      uses: 2,
      keepsPlaces: true,
      percentOff: 50,
    });
    expect(await free(world, event)).toBe(1);
    const [ada, bob] = [await world.guest(), await world.guest()];
    expect(await hold(bob, event, open, 2)).toMatchObject({
      status: 409,
      body: { code: 'sold_out', available: 1 },
    });
    expect((await hold(bob, event, open, 1)).status).toBe(201);
    expect((await check(ada, event, 'A-KEEPS')).body).toMatchObject({
      keepsPlaces: true,
      opened: [{ id: open, available: 2 }],
    });
    const held = await hold(ada, event, open, 2, 'A-KEEPS');
    expect(held).toMatchObject({ status: 201, body: { total: { amount: 2500 } } });
    expect(await free(world, event)).toBe(0);
    // The time runs out: both places are the code's again, and nobody else's.
    world.clock.advance(minutes(11));
    expect(await hold(bob, event, open, 2)).toMatchObject({
      status: 409,
      body: { code: 'sold_out', available: 1 },
    });
    const again = await hold(ada, event, open, 2, 'A-KEEPS');
    const orderId = await buy(ada, again.body.id);
    expect((await list(event, '?q=a-k')).items).toMatchObject([
      { sold: 2, held: 0, state: 'used', off: { amount: 2500 } },
    ]);
    const key = { 'idempotency-key': 'cancel-once' };
    expect((await cancel(ada, orderId, key)).status).toBe(200);
    expect((await cancel(ada, orderId, key)).status).toBe(200);
    expect((await list(event, '?q=A-K')).items).toMatchObject([
      { sold: 0, held: 0, state: 'open', off: { amount: 0 } },
    ]);
    expect(await free(world, event)).toBe(1);
    expect(
      (await event.organiser.client.patch(`/api/events/${event.id}/vouchers`, { tag: '', revoked: true }))
        .body,
    ).toEqual({
      changed: 2,
    });
    expect(await free(world, event)).toBe(5);
    expect((await hold(ada, event, open, 1, 'A-KEEPS')).body.code).toBe('promo_code_ended');
  });

  test('a code that ends frees its places at that instant, and a refund after it gives them to everybody', async () => {
    const { event, open } = await withHidden(world, 4);
    const validUntil = new Date(world.clock.now().getTime() + minutes(30)).toISOString();
    await make(event, { csv: 'ENDS', ticketTypeIds: [open], uses: 3, keepsPlaces: true, validUntil });
    const [ada, bob] = [await world.guest(), await world.guest()];
    const orderId = await buy(ada, (await hold(ada, event, open, 1, 'ENDS')).body.id);
    // A process that remembers the event sells from memory, and must notice the end.
    for (let i = 0; i < 3; i++) {
      const { body } = await hold(bob, event, open, 1);
      expect(await hold(await world.guest(), event, open, 1)).toMatchObject({
        status: 409,
        body: { code: 'sold_out' },
      });
      await bob.client.delete(`/api/holds/${body.id}`);
    }
    world.clock.advance(minutes(30));
    expect((await hold(await world.guest(), event, open, 3)).status).toBe(201);
    world.clock.advance(minutes(11));
    await sweepHolds(world.app);
    expect(await free(world, event)).toBe(3);
    expect((await cancel(ada, orderId)).status).toBe(200);
    expect(await free(world, event)).toBe(4);
    // A later end keeps places again.
    const later = new Date(world.clock.now().getTime() + minutes(30)).toISOString();
    await event.organiser.client.patch(`/api/events/${event.id}/vouchers`, { tag: '', validUntil: later });
    expect(await free(world, event)).toBe(1);
    world.clock.advance(minutes(31));
    await sweepHolds(world.app);
    expect(await free(world, event)).toBe(4);
  });

  test('a seat is kept for one code', async () => {
    const event = await world.event({ seats: [{ zone: 'gold', rows: 1, perRow: 4 }] });
    const seat = seatId(event.id, 2);
    expect((await make(event, { seatIds: [seat], keepsPlaces: true, priceMinor: 1000 })).status).toBe(201);
    const [{ code, seat: name }] = (await list(event)).items;
    expect(name).toEqual({ section: 'Stalls', row: 'A', seat: '3' });
    const [ada, bob] = [await world.guest(), await world.guest()];
    const ask = (person: Person, index: number, more = {}) =>
      person.client.post(`/api/events/${event.id}/holds`, {
        seats: [{ seatId: seatId(event.id, index) }],
        ...more,
      });
    expect(await ask(bob, 2)).toMatchObject({ status: 409, body: { code: 'seats_taken' } });
    expect(await ask(ada, 1, { code })).toMatchObject({ status: 409, body: { code: 'code_not_for_places' } });
    const held = await ask(ada, 2, { code });
    expect(held).toMatchObject({ status: 201, body: { total: { amount: 1000 } } });
    expect(await ada.client.delete(`/api/holds/${held.body.id}/promo-code`)).toMatchObject({
      status: 409,
      body: { code: 'code_keeps_places' },
    });
    await ada.client.delete(`/api/holds/${held.body.id}`);
    expect(await ask(bob, 2)).toMatchObject({ status: 409, body: { code: 'seats_taken' } });
    await buy(ada, (await ask(ada, 2, { code })).body.id);
    expect((await list(event)).items[0]).toMatchObject({ state: 'used', sold: 1 });
  });

  test('a code for a hold that has other places takes its kept ones, and leaves only if others are free', async () => {
    const { event, open } = await withHidden(world, 3);
    await make(event, {
      csv: 'LATER',
      ticketTypeIds: [open],
      uses: 1,
      keepsPlaces: true,
      amountOffMinor: 500,
    });
    const ada = await world.guest();
    const held = await hold(ada, event, open, 1);
    expect(await free(world, event)).toBe(1);
    const code = { code: 'LATER' };
    expect((await ada.client.put(`/api/holds/${held.body.id}/promo-code`, code)).body.total.amount).toBe(
      2000,
    );
    expect(await free(world, event)).toBe(2);
    const bob = await hold(await world.guest(), event, open, 2);
    expect(bob.status).toBe(201);
    const removal = () => ada.client.delete(`/api/holds/${held.body.id}/promo-code`);
    expect((await removal()).body.code).toBe('code_keeps_places');
    const places = { items: [{ ticketTypeId: open, quantity: 2 }] };
    expect((await ada.client.put(`/api/holds/${held.body.id}/places`, places)).body.code).toBe(
      'places_fixed',
    );
  });

  test('places that are not free cannot be kept, and a retry makes nothing twice', async () => {
    const { event, open } = await withHidden(world, 3);
    const body = { count: 2, ticketTypeIds: [open], keepsPlaces: true };
    expect(await make(event, { ...body, count: 4 })).toMatchObject({
      status: 409,
      body: { code: 'sold_out', available: 3 },
    });
    const key = { 'idempotency-key': 'make-once' };
    const answers = [await make(event, body, key), await make(event, body, key)];
    expect(answers.map((answer) => answer.body)).toEqual([
      { made: 2, bad: [] },
      { made: 2, bad: [] },
    ]);
    expect(await free(world, event)).toBe(1);
    expect((await list(event)).items).toHaveLength(2);
    expect((await make(event, { ...body, count: 1 }, key)).body.code).toBe('idempotency_key_reused');
    // The event cannot have fewer places than are kept.
    const { version } = (await event.organiser.client.get(`/api/events/${event.id}/management`)).body;
    const pools = [{ key: 'floor', name: 'Floor', capacity: 1 }];
    const patched = await event.organiser.client.patch(
      `/api/events/${event.id}`,
      { pools },
      { 'if-match': `"${version}"` },
    );
    expect(patched.body).toMatchObject({ code: 'capacity_below_taken', taken: 2 });
  });
});

describe('prices', () => {
  test('a budget ends in the middle of a price, and comes back with a released hold', async () => {
    const { event, open } = await withHidden(world, 10);
    await make(event, { csv: 'BUDGET', percentOff: 50, uses: 10, budgetMinor: 3000 });
    const [ada, bob] = [await world.guest(), await world.guest()];
    const first = await hold(ada, event, open, 2, 'BUDGET');
    expect(first.body.total.amount).toBe(2500);
    expect((await hold(bob, event, open, 1, 'BUDGET')).body.total.amount).toBe(2000);
    expect((await list(event)).items[0]).toMatchObject({ off: { amount: 3000 }, budget: { amount: 3000 } });
    await ada.client.delete(`/api/holds/${first.body.id}`);
    expect((await list(event)).items[0].off.amount).toBe(500);
    const cat = await hold(await world.guest(), event, open, 1, 'BUDGET');
    expect(cat.body.total.amount).toBe(1250);
  });

  test('a set price never raises a price, and a code without an effect changes none', async () => {
    const { event, open } = await withHidden(world, 10);
    await make(event, { csv: 'FIVE', priceMinor: 500, uses: 2 });
    await make(event, { csv: 'HIGH', priceMinor: 5000, uses: 2 });
    await make(event, { csv: 'NONE' });
    for (const [code, amount] of [
      ['FIVE', 500],
      ['HIGH', 2500],
      ['NONE', 2500],
    ] as const)
      expect((await hold(await world.guest(), event, open, 1, code)).body.total.amount).toBe(amount);
    expect((await make(event, { count: 1, percentOff: 10, priceMinor: 5 })).status).toBe(400);
  });
});
