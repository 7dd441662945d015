import { afterAll, beforeAll, expect, test } from 'vitest';
import { notesOfTicket } from '../../../contract/door-manifest.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { writtenTypes } from '../../testing/written-types.ts';
import { buy } from '../tickets/testing/buy.ts';
import { takeManifest } from './testing/manifests.ts';

let world: World;
let buyer: Person;
beforeAll(async () => {
  world = await createWorld();
  buyer = await world.guest();
});
afterAll(() => world?.close());

const adults = { kind: 'ticket_type', label: null, text: '18+, look at the ID' };
let nonces = 0;
const scan = (event: TestEvent, code: string, more: object = {}) =>
  event.organiser.client.post(`/api/events/${event.id}/check-ins`, {
    code,
    nonce: `door-note-${++nonces}`,
    ...more,
  });

async function setNote({ id, organiser }: TestEvent, doorNote: string) {
  const { body } = await organiser.client.get(`/api/events/${id}/management`);
  const ticketTypes = writtenTypes(body.ticketTypes).map((type) => ({ ...type, doorNote }));
  return organiser.client.patch(`/api/events/${id}`, { ticketTypes }, { 'if-match': `"${body.version}"` });
}

test('the note to a ticket type is in every answer of the door, and buyers never see it', async () => {
  const event = await world.event({ priceMinor: 0 });
  const { tickets } = await buy(world, buyer, event, { quantity: 4 });
  const [first, second, third, fourth] = tickets;
  expect((await scan(event, first!.code)).body.notes).toEqual([]);
  expect((await setNote(event, adults.text)).status).toBe(200);
  expect((await scan(event, second!.code)).body.notes).toEqual([adults]);
  const path = `/api/events/${event.id}`;
  const batch = await event.organiser.client.post(`${path}/check-ins/batch`, {
    scans: [{ code: third!.code, nonce: 'notes-batch' }],
  });
  expect(batch.body.results[0].checkIn.notes).toEqual([adults]);
  const rules = { reEntry: 'after-exit', insideLimit: null, warnInsideAt: null, disputed: 'refuse' };
  const put = await event.organiser.client.put(
    `${path}/door-settings`,
    { ...rules, dayStartsHour: 5, checkpoints: [] },
    { 'if-match': '"0"' },
  );
  expect(put.status).toBe(200);
  // By the longer way of doors with rules, too.
  expect((await scan(event, fourth!.code)).body.notes).toEqual([adults]);
  expect((await scan(event, fourth!.code, { direction: 'out' })).body.notes).toEqual([adults]);
  const seen = await buyer.client.get(`/api/events/${event.slug}`);
  expect(JSON.stringify(seen.body)).not.toContain('look at the ID');
  expect(seen.body.ticketTypes[0]).not.toHaveProperty('doorNote');
});

test('a gate without a network has the notes, also one that changed after its manifest', async () => {
  const event = await world.event({ priceMinor: 0 });
  await buy(world, buyer, event, { quantity: 2 });
  await setNote(event, adults.text);
  const full = await takeManifest(world.app, event);
  expect(full.tickets.map((ticket) => notesOfTicket(full.head, ticket))).toEqual([[adults], [adults]]);
  await setNote(event, 'Wristband: blue');
  const delta = await takeManifest(world.app, event, full.head.version);
  expect(delta.head.since).toBe(full.head.version);
  expect(delta.head.ticketTypes.map(({ doorNote }) => doorNote)).toEqual(['Wristband: blue']);
});

test('a wheelchair place and its companion’s seat are named, online and offline', async () => {
  const seats = [{ zone: 'gold', rows: 1, perRow: 4 }];
  const event = await world.event({ priceMinor: 0, seats, publish: false });
  const { client } = event.organiser;
  const { seatLayout, version } = await layoutOf(event);
  Object.assign(seatLayout.sections[0].rows[0], { accessible: [0], companion: [1] });
  const path = `/api/events/${event.id}`;
  const changed = await client.patch(path, { seatLayout }, { 'if-match': `"${version}"` });
  expect(changed.status).toBe(200);
  const published = await client.post(`${path}/publication`, undefined, {
    'if-match': `"${changed.body.version}"`,
  });
  expect(published.status).toBe(200);
  const map = await buyer.client.get(`${path}/seat-map`);
  const wanted = map.body.sections[0].rows[0].seats.slice(0, 3).map(({ id }: { id: string }) => id);
  const hold = await buyer.client.post(`${path}/holds`, {
    seats: wanted.map((seatId: string) => ({ seatId })),
  });
  const order = await buyer.client.post('/api/orders', {
    holdId: hold.body.id,
    buyer: { name: 'Ada Osei', email: 'ada@example.com' },
  });
  await world.drain();
  const { tickets } = (await buyer.client.get(`/api/orders/${order.body.order.id}`)).body;
  const { head, tickets: known } = await takeManifest(world.app, event);
  const offline = known
    .toSorted((a, b) => ((a.seat?.seat ?? '') < (b.seat?.seat ?? '') ? -1 : 1))
    .map((ticket) => notesOfTicket(head, ticket).map(({ kind }) => kind));
  const online = [];
  for (const { id } of tickets) {
    const { code } = (await buyer.client.get(`/api/tickets/${id}`)).body;
    const { place, notes } = (await scan(event, code)).body;
    online.push([place.seat, notes.map(({ kind }: { kind: string }) => kind)]);
  }
  const kinds = [['wheelchair_place'], ['companion_place'], []];
  expect(online.toSorted().map(([, kind]) => kind)).toEqual(kinds);
  expect(offline).toEqual(kinds);
});

async function layoutOf(event: TestEvent) {
  const path = `/api/events/${event.id}`;
  const { body } = await event.organiser.client.get(`${path}/seat-layout`);
  const { version } = (await event.organiser.client.get(`${path}/management`)).body;
  return { seatLayout: body, version };
}

test('a note has 120 characters at most', async () => {
  const event = await world.event({ priceMinor: 0 });
  const refused = await setNote(event, 'x'.repeat(121));
  expect(refused.body).toMatchObject({ code: 'invalid_request' });
  expect(JSON.stringify(refused.body)).toContain('ticketTypes.0.doorNote');
  expect((await setNote(event, 'x'.repeat(120))).status).toBe(200);
});
