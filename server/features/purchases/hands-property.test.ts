import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Order } from '../../../contract/orders.ts';
import { audit } from '../../audit/audit.ts';
import { runs } from '../../testing/thorough.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';
import { scan } from '../transfers/testing/offer.ts';

/*
 * Any sequence of purchases, offers, acceptances, renames, exchanges, resales, returns and scans: each place that was bought has at
 * most one live ticket, each live ticket has one holder and one code, each seat has one ticket, and the books balance.
 */
let world: World;
let people: Person[];
beforeAll(async () => {
  world = await createWorld({ DATABASE_POOL_SIZE: '20' });
  people = await Promise.all([1, 2, 3].map(() => world.guest()));
});
afterAll(async () => {
  await world.drain();
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
  await world.close();
});

/** Two seats are sold. Nobody can wait while a third one is free, and a ticket can be exchanged for it. */
const eventWith = (spare: number): Promise<TestEvent> =>
  world.event({
    seats: [{ zone: 'stalls', rows: 1, perRow: 2 + spare }],
    fields: {
      maxPerBuyer: 1000,
      exchanges: { allowed: true },
      resale: { allowed: true, feePercent: 10, feePerTicketMinor: 100 },
      ticketTypes: [2500, 4000, 1000].map((priceMinor) => ({
        name: `Type ${priceMinor}`,
        priceMinor,
        zone: 'stalls',
      })),
    },
  });

const kinds = [
  'offer',
  'offer',
  'offer all',
  'accept',
  'accept',
  'decline',
  'withdraw',
  'rename',
  'exchange',
  'exchange',
  'pay',
  'pay',
  'resell',
  'resell',
  'keep',
  'wait',
  'wait',
  'buy offered',
  'buy offered',
  'resell and pay',
  'resell and pay',
  'resell and pay',
  'return',
  'cancel order',
  'scan',
] as const;
const steps = fc.array(
  fc.record({ kind: fc.constantFrom(...kinds), by: fc.nat({ max: 2 }), pick: fc.nat({ max: 20 }) }),
  { minLength: 6, maxLength: 18 },
);
type Step = { kind: (typeof kinds)[number]; by: number; pick: number };

/** What has happened to the places of one purchase. */
interface Places {
  event: TestEvent;
  orders: { id: string; by: number }[];
  /** The place that each ticket is for: 0 or 1, or another number for a freed place that somebody waited for. */
  placeOf: Map<string, number>;
  /** The place that the latest ticket of each seat was for. A resale passes it on with the seat. */
  placeAt: Map<string, number>;
  offers: string[];
  payments: { id: string; clientSecret: string; orderId: string; place: number | null }[];
  codes: Set<string>;
}

/** Notes for which place a new ticket is. */
function note(
  { placeOf, placeAt }: Places,
  { id, place: at }: Order['tickets'][number],
  place: number,
): void {
  placeOf.set(id, place);
  placeAt.set(JSON.stringify(at), place);
}

const of = <T>(all: T[], pick: number): T | undefined => all[pick % Math.max(all.length, 1)];
let addresses = 0;
const address = () => `hands-property-${++addresses}@example.com`;
const secretOf = (id: string) => world.app.transferLinks.secretOf(id as `ttr_${string}`);

async function take({ kind, by, pick }: Step, places: Places): Promise<void> {
  const { event } = places;
  const { client } = people[by]!;
  const ticket = of([...places.placeOf.keys()], pick) ?? '';
  const offer = of(places.offers, pick);
  const order = of(places.orders, pick);
  if (kind === 'offer') {
    const { body } = await client.post(`/api/tickets/${ticket}/transfers`, { email: address() });
    if (body.id) places.offers.push(body.id);
  } else if (kind === 'offer all' && order) {
    const { body } = await client.post(`/api/orders/${order.id}/transfers`, { email: address() });
    for (const { id } of body.items ?? []) places.offers.push(id);
  } else if (kind === 'accept' && offer) {
    await client.post(`/api/transfers/${offer}/acceptance`, {
      secret: secretOf(offer),
      name: `Person ${by}`,
    });
  } else if (kind === 'decline' && offer) {
    await client.post(`/api/transfers/${offer}/refusal`, { secret: secretOf(offer) });
  } else if (kind === 'withdraw' && offer) {
    await client.delete(`/api/transfers/${offer}`);
  } else if (kind === 'rename') {
    await client.put(`/api/tickets/${ticket}/attendee`, { name: `Name ${pick}` });
  } else if (kind === 'exchange') {
    const ticketTypeId = of(event.ticketTypes, pick)?.id;
    const { body } = await client.post(`/api/tickets/${ticket}/exchanges`, { ticketTypeId });
    if (!body.order) return;
    places.orders.push({ id: body.order.id, by });
    const place = places.placeOf.get(ticket) ?? 0;
    for (const each of body.order.tickets) note(places, each, place);
    if (body.payment) places.payments.push({ ...body.payment, orderId: body.order.id, place });
  } else if (kind === 'pay') {
    const payment = of(places.payments, pick);
    if (!payment) return;
    const card = { clientSecret: payment.clientSecret, card: { number: '4242424242424242' } };
    await world.client().post(`/api/sandbox/payments/${payment.id}/confirmation`, card);
    await world.drain();
    const paid = places.orders.find(({ id }) => id === payment.orderId);
    const { body } = await people[paid?.by ?? 0]!.client.get(`/api/orders/${payment.orderId}`);
    // Money that came has bought the places, or goes back.
    expect([kind, body.status]).not.toEqual([kind, 'pending']);
    for (const each of (body as Order).tickets.filter(({ id }) => !places.placeOf.has(id))) {
      const passedOn = body.lines[0].isResale && places.placeAt.get(JSON.stringify(each.place));
      note(places, each, payment.place ?? passedOn ?? places.placeOf.size + 2);
    }
  } else if (kind === 'resell') {
    await client.post(`/api/tickets/${ticket}/resale`);
  } else if (kind === 'keep') {
    await client.delete(`/api/tickets/${ticket}/resale`);
  } else if (kind === 'wait') {
    const ticketTypeId = of(event.ticketTypes, pick)?.id;
    await client.post(`/api/events/${event.id}/waitlist`, { ticketTypeId, quantity: 1, email: address() });
  } else if (kind === 'buy offered') {
    const { body } = await client.get(`/api/events/${event.id}/waitlist/mine`);
    const offered = body.items.find(({ status }: { status: string }) => status === 'offered');
    if (!offered) return;
    const { order: placed, payment } = (
      await client.post('/api/orders', {
        holdId: offered.offer.holdId,
        buyer: { name: `Person ${by}`, email: address() },
      })
    ).body;
    if (!placed || places.orders.some(({ id }) => id === placed.id)) return;
    places.orders.push({ id: placed.id, by });
    places.payments.push({ ...payment, orderId: placed.id, place: null });
  } else if (kind === 'resell and pay') {
    await resellAndPay(ticket, places);
  } else if (kind === 'return') {
    await client.post(`/api/tickets/${ticket}/cancellation`, {});
  } else if (kind === 'cancel order' && order) {
    await people[order.by]!.client.post(`/api/orders/${order.id}/cancellation`, {});
  } else if (kind === 'scan') {
    const code = of([...places.codes], pick);
    if (code) await scan(event, code);
  }
}

/** The holder offers a ticket, somebody else waits for it, and whoever is offered it pays. Few sequences get this far by chance. */
async function resellAndPay(ticket: string, places: Places): Promise<void> {
  const seen = await Promise.all(people.map(({ client }) => client.get(`/api/tickets/${ticket}`)));
  const holder = seen.findIndex(({ body }) => body.code);
  const type = places.event.ticketTypes.findIndex(({ name }) => name === seen[holder]?.body.ticketTypeName);
  if (type === -1) return;
  const pick = [...places.placeOf.keys()].indexOf(ticket);
  await take({ kind: 'resell', by: holder, pick }, places);
  await take({ kind: 'wait', by: (holder + 1) % people.length, pick: type }, places);
  for (const by of people.keys()) {
    const before = places.payments.length;
    await take({ kind: 'buy offered', by, pick: 0 }, places);
    if (places.payments.length > before) await take({ kind: 'pay', by, pick: before }, places);
  }
}

/** Each live ticket is shown to one person with one code, and each place has at most one live ticket. */
async function check(step: Step, { placeOf, codes }: Places): Promise<void> {
  const ids = [...placeOf.keys()];
  const rows = await world.app.db.query<{ id: string; status: string }>(
    'select id, status from tickets where id = any($1::text[])',
    [ids],
  );
  const live = rows.filter(({ status }) => status !== 'cancelled').map(({ id }) => id);
  const livePlaces = live.map((id) => placeOf.get(id));
  expect([step, livePlaces.length]).toEqual([step, new Set(livePlaces).size]);
  for (const id of ids) {
    const seen = await Promise.all(people.map(({ client }) => client.get(`/api/tickets/${id}`)));
    const shown = seen.flatMap(({ body }) => (body.code?.startsWith('ADMIT1.') ? [body.code as string] : []));
    expect([step, id, shown.length]).toEqual([step, id, live.includes(id) ? 1 : 0]);
    for (const code of shown) codes.add(code);
  }
}

test('after each step each place has one live ticket at most, with one holder and one code', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.constantFrom(0, 0, 1), async (sequence, spare) => {
      const event = await eventWith(spare);
      const { orderId } = await buy(world, people[0]!, event, {
        quantity: 2,
        buyer: { name: 'Ada Osei', email: address() },
      });
      const places: Places = {
        event,
        orders: [{ id: orderId, by: 0 }],
        placeOf: new Map(),
        placeAt: new Map(),
        offers: [],
        payments: [],
        codes: new Set(),
      };
      const bought = (await people[0]!.client.get(`/api/orders/${orderId}`)).body as Order;
      for (const [place, each] of bought.tickets.entries()) note(places, each, place);
      for (const step of sequence) {
        await take(step, places);
        await check(step, places);
      }
      // At the door each place admits once at most, whichever codes anybody has ever seen.
      const admitted: string[] = [];
      for (const code of places.codes) {
        const { status, body } = await scan(event, code);
        if (status === 201) admitted.push(body.ticketId);
      }
      const placesIn = admitted.map((id) => places.placeOf.get(id));
      expect(placesIn.length).toBe(new Set(placesIn).size);
      const twice = await world.app.db.query(
        `select seat_index from tickets where event_id = $1 and status <> 'cancelled' group by seat_index having count(*) > 1`,
        [event.id],
      );
      expect(twice).toEqual([]);
    }),
    { numRuns: runs(8, 30) },
  );
  await world.drain();
  expect(await audit(world.app.db, { now: world.clock.now() })).toEqual([]);
});
