import { afterAll, beforeAll, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { minutes } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const products = [
  { name: 'T-shirt', variants: [{ name: 'M', priceMinor: 0, stock: 50 }] },
  { name: 'Poster', collect: 'post', variants: [{ priceMinor: 0, stock: 50 }] },
];

let nonces = 0;
const newNonce = () => `extra-${String(++nonces).padStart(6, '0')}`;

/** An event with extras, people at its gates, and an order with a ticket, a shirt and a posted poster. */
async function open() {
  const event = await world.event({ priceMinor: 0, fields: { products } });
  const gate = await world.member(event.organiser, 'door');
  const { body } = await world.client().get(`/api/events/${event.id}`);
  const { body: settings } = await event.organiser.client.get(`/api/events/${event.id}/door-settings`);
  const buyer = await world.guest();
  const held = await buyer.client.post(`/api/events/${event.id}/holds`, {
    items: [
      event.ticketTypeId,
      ...body.products.map((product: { variants: { id: string }[] }) => product.variants[0]?.id),
    ].map((ticketTypeId) => ({ ticketTypeId, quantity: 1 })),
  });
  const placed = await buyer.client.post('/api/orders', {
    holdId: held.body.id,
    buyer: { name: 'Ada Osei', email: `${buyer.userId.toLowerCase()}@example.com` },
  });
  await world.drain();
  const order = (await buyer.client.get(`/api/orders/${placed.body.order.id}`)).body;
  const [ticket, shirt, poster] = await Promise.all(
    order.tickets.map(async ({ id }: { id: string }) => (await buyer.client.get(`/api/tickets/${id}`)).body),
  );
  return { event, gate, buyer, order, ticket, shirt, poster, settings, desk: settings.checkpoints[0].id };
}

const scan = (person: Person, event: TestEvent, code: string, more: Record<string, unknown> = {}) =>
  person.client.post(`/api/events/${event.id}/check-ins`, { code, nonce: newNonce(), ...more });
const said = ({ status, body }: { status: number; body: Record<string, unknown> }) =>
  status === 201 ? body.kind : body.code;
const promisesOf = async (event: TestEvent) => {
  await world.drain();
  return audit(world.app.db, { now: world.clock.now(), eventIds: [event.id] });
};

test('an event with extras has a desk for them from the start, and a team that removes it keeps it removed', async () => {
  const { event, settings } = await open();
  expect(settings).toMatchObject({ version: 1, checkpoints: [{ kind: 'extras', ticketTypeIds: null }] });
  const { version: _, ...rules } = settings;
  const put = (body: object, version: number) =>
    event.organiser.client.put(`/api/events/${event.id}/door-settings`, body, { 'if-match': `"${version}"` });
  expect((await put({ ...rules, checkpoints: [] }, 1)).status).toBe(200);
  const { body } = await event.organiser.client.get(`/api/events/${event.id}/management`);
  const edited = await event.organiser.client.patch(
    `/api/events/${event.id}`,
    { products: products.slice(0, 1) },
    { 'if-match': `"${body.version}"` },
  );
  // Both were sold, so this list of new products cannot take their place.
  expect(edited.body.code).toBe('event_has_sales');
  expect(
    (await event.organiser.client.get(`/api/events/${event.id}/door-settings`)).body.checkpoints,
  ).toEqual([]);
});

test('a shirt admits nobody and is handed out once, at any desk; a ticket gets nothing there', async () => {
  const { event, gate, ticket, shirt, poster, desk, settings } = await open();
  expect(said(await scan(gate, event, shirt.code))).toBe('not_a_ticket');
  expect(said(await scan(gate, event, ticket.code))).toBe('entry');
  expect(said(await scan(gate, event, ticket.code, { checkpointId: desk }))).toBe('wrong_gate');
  const { version, ...rules } = settings;
  const second = { ...settings.checkpoints[0], id: undefined, name: 'Balcony' };
  const put = await event.organiser.client.put(
    `/api/events/${event.id}/door-settings`,
    { ...rules, checkpoints: [...rules.checkpoints, second] },
    { 'if-match': `"${version}"` },
  );
  expect(put.status, JSON.stringify(put.body)).toBe(200);
  const other = put.body.checkpoints[1].id;
  const first = await scan(gate, event, shirt.code, { checkpointId: desk, gate: 'Foyer' });
  expect(first.body).toMatchObject({ kind: 'handout', ticketTypeName: 'T-shirt, M' });
  expect((await scan(gate, event, shirt.code, { checkpointId: other })).body).toMatchObject({
    code: 'handout_used',
    gate: 'Foyer',
  });
  expect(said(await scan(gate, event, shirt.code, { checkpointId: desk }))).toBe('handout_used');
  expect(said(await scan(gate, event, shirt.code))).toBe('not_a_ticket');
  // What comes by post is not handed out.
  expect(said(await scan(gate, event, poster.code, { checkpointId: desk }))).toBe('wrong_gate');
  expect(await promisesOf(event)).toEqual([]);
});

test('scans of one shirt at the same instant hand it out once', async () => {
  const { event, gate, shirt, desk } = await open();
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => scan(gate, event, shirt.code, { checkpointId: desk })),
  );
  expect(answers.map(said).filter((each) => each === 'handout')).toHaveLength(1);
});

test('two desks without a network hand one shirt out: the earlier counts, and the other is named as a double', async () => {
  const { event, gate, shirt, ticket, desk, settings } = await open();
  const { version, ...rules } = settings;
  const put = await event.organiser.client.put(
    `/api/events/${event.id}/door-settings`,
    {
      ...rules,
      checkpoints: [...rules.checkpoints, { ...settings.checkpoints[0], id: undefined, name: 'Balcony' }],
    },
    { 'if-match': `"${version}"` },
  );
  const other = put.body.checkpoints[1].id;
  const at = (ago: number) => new Date(world.clock.now().getTime() - minutes(ago)).toISOString();
  const handIn = (code: string, checkpointId: string | undefined, ago: number, name: string) =>
    gate.client.post(`/api/events/${event.id}/check-ins/batch`, {
      scans: [
        {
          code,
          nonce: newNonce(),
          scannedAt: at(ago),
          gate: name,
          ...(checkpointId && { checkpointId }),
          offline: { admitted: true },
        },
      ],
    });
  await handIn(shirt.code, desk, 1, 'Foyer');
  await handIn(shirt.code, other, 3, 'Balcony');
  const { body } = await event.organiser.client.get(`/api/events/${event.id}/door-conflicts`);
  expect(body.items).toMatchObject([
    {
      code: 'double',
      counts: false,
      scan: { gate: 'Foyer' },
      admission: { gate: 'Balcony', kind: 'handout' },
    },
  ]);
  // A gate that knew nothing of extras let somebody in with a second shirt: it stays to be handed out.
  const more = await open();
  await more.gate.client.post(`/api/events/${more.event.id}/check-ins/batch`, {
    scans: [{ code: more.shirt.code, nonce: newNonce(), scannedAt: at(2), offline: { admitted: true } }],
  });
  const found = await more.event.organiser.client.get(`/api/events/${more.event.id}/door-conflicts`);
  expect(found.body.items).toMatchObject([{ code: 'not_a_ticket', counts: false }]);
  expect(said(await scan(more.gate, more.event, more.shirt.code, { checkpointId: more.desk }))).toBe(
    'handout',
  );
  expect(ticket.code).not.toBe(shirt.code);
  expect(await promisesOf(event)).toEqual([]);
  expect(await promisesOf(more.event)).toEqual([]);
});

test('counts and groups at the door are of tickets alone', async () => {
  const { event, gate, ticket, order } = await open();
  const counts = async () => (await gate.client.get(`/api/events/${event.id}/check-ins/counts`)).body;
  expect(await counts()).toMatchObject({ admitted: 0, tickets: 1, toCome: 1 });
  await scan(gate, event, ticket.code);
  expect(await counts()).toMatchObject({ admitted: 1, tickets: 1, inside: 1, toCome: 0 });
  const group = await gate.client.post(`/api/events/${event.id}/check-ins/group`, {
    code: ticket.code,
    nonce: newNonce(),
    count: 5,
  });
  expect(group.body.results).toEqual([]);
  expect(order.tickets).toHaveLength(3);
});

test('what was handed out is not refunded by its buyer any more', async () => {
  const { event, gate, buyer, order, shirt, desk } = await open();
  await scan(gate, event, shirt.code, { checkpointId: desk });
  const answer = await buyer.client.post(`/api/orders/${order.id}/cancellation`, { tickets: [shirt.id] });
  expect(answer.body.code).toBe('ticket_not_cancellable');
});
