import { afterAll, beforeAll, expect, test } from 'vitest';
import { buy } from '../../../../../server/features/tickets/testing/buy.ts';
import { hours, minutes } from '../../../../../server/testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../../../../server/testing/world.ts';
import { writtenTypes } from '../../../../../server/testing/written-types.ts';
import type { What } from './ask-server.ts';
import type { Gate } from './gate.ts';
import { type Conditions, openDevice as openDeviceAt, scopeOf } from './testing/device.ts';
import { memoryDatabase } from './testing/memory-database.ts';

let world: World;
let event: TestEvent;
let buyer: Person;
let steward: Person;
let scans = 0;

beforeAll(async () => {
  world = await createWorld();
  event = await world.event({ priceMinor: 0, capacity: 500, fields: { maxPerBuyer: 500 } });
  buyer = await world.guest();
  steward = await world.member(event.organiser, 'door');
});
afterAll(() => world.close());

test.each(['with a network', 'without one'])(
  '%s a gate finds a ticket by a name or an order number, and lets its guest in',
  async (how) => {
    const guest = `Zoë Ångström ${how}`;
    const { tickets, orderId } = await buy(world, buyer, event, {
      quantity: 2,
      attendees: [guest, 'Ben Osei'],
    });
    const device = await openDevice();
    const isLocal = how === 'without one';
    if (isLocal) device.goOffline();
    // The first scan without an answer tells the gate that it has no network.
    if (isLocal) await scan(device, { text: 'ADMIT1.X' });
    const found = await device.gate.find(guest.toUpperCase());
    expect(found).toMatchObject({ isLocal, hasMore: false });
    expect(found.tickets).toMatchObject([
      { ticketId: tickets[0]!.id, attendeeName: guest, orderNumber: orderId.slice(-8), isOver: null },
    ]);
    const byOrder = await device.gate.find(orderId.slice(-8).toLowerCase());
    expect(byOrder.tickets.map(({ ticketId }) => ticketId).sort()).toEqual(
      tickets.map(({ id }) => id).sort(),
    );
    expect((await device.gate.find('nobody at all')).tickets).toEqual([]);
    // A refusal of the server is not the network: the gate looks by itself, and says why.
    const problem = isLocal ? null : { code: 'invalid_request' };
    expect(await device.gate.find('Z'.repeat(81))).toMatchObject({ isLocal: true, problem, tickets: [] });

    const what = { ticketId: tickets[0]!.id };
    expect(await scan(device, what)).toMatchObject({ kind: 'admitted', ticketId: tickets[0]!.id });
    expect(await scan(device, what)).toMatchObject({ code: 'already_used' });
    expect((await device.gate.find(guest)).tickets).toMatchObject([{ isOver: 'used' }]);
    if (isLocal) await device.goOnline();
    expect(device.gate.state()).toMatchObject({ waiting: 0, surprises: [] });
    expect(await admit(tickets[0]!.code)).toBe('already_used');
  },
);

test.each(['with a network', 'without one', 'when the answer gets lost'])(
  '%s the others of an order come in together, as many as there are',
  async (how) => {
    const { tickets } = await buy(world, buyer, event, { quantity: 5 });
    const [first, second, ...rest] = tickets.map(({ id, code }) => ({ ticketId: id, code }));
    if (!first || !second) throw new Error('no tickets');
    expect(await admit(second.code)).toBe('admitted');
    const device = await openDevice();
    if (how === 'without one') device.goOffline();
    expect(await scan(device, { text: first.code })).toMatchObject({
      kind: 'admitted',
      ticketId: first.ticketId,
    });
    const { ready, of } = device.gate.othersOf(first.ticketId, mainEntrance);
    expect([ready.sort(), of]).toEqual([rest.map(({ ticketId }) => ticketId).sort(), 4]);
    if (how === 'when the answer gets lost') device.set({ losesAnswer: device.meet });
    // One of them comes in elsewhere, before the gate hears of it.
    const asks = [...ready, second.ticketId];
    const group = await device.gate.group({ ...at(), with: first.ticketId, ticketIds: asks });
    expect(group).toMatchObject({
      kind: 'group',
      movement: 'entry',
      admitted: 3,
      of: 4,
      refused: ['already_used'],
    });
    expect(device.gate.othersOf(first.ticketId, mainEntrance).ready).toEqual([]);
    await device.goOnline();
    expect(device.gate.state()).toMatchObject({ waiting: 0, surprises: [] });
    for (const { code } of rest) expect(await admit(code)).toBe('already_used');
    const [row] = await world.app.db.query<{ conflicts: number }>(
      'select count(*)::int as conflicts from door_conflicts where event_id = $1',
      [event.id],
    );
    expect(row).toEqual({ conflicts: 0 });
  },
);

test('a gate shows the notes to a ticket with a network and without, and a group has each note once', async () => {
  const adults = await world.event({ organiser: event.organiser, priceMinor: 0 });
  const { client } = event.organiser;
  const { body } = await client.get(`/api/events/${adults.id}/management`);
  const ticketTypes = writtenTypes(body.ticketTypes).map((type) => ({
    ...type,
    doorNote: '18+, look at the ID',
  }));
  const set = await client.patch(
    `/api/events/${adults.id}`,
    { ticketTypes },
    { 'if-match': `"${body.version}"` },
  );
  expect(set.status).toBe(200);
  const { tickets } = await buy(world, buyer, adults, { quantity: 4 });
  const [first, second, ...rest] = tickets.map(({ id, code }) => ({ ticketId: id, text: code }));
  if (!first || !second) throw new Error('no tickets');
  const notes = [{ kind: 'ticket_type', label: null, text: '18+, look at the ID' }];
  const device = await openDevice({ at: adults });
  expect(await scan(device, { text: first.text })).toMatchObject({ ticket: { notes } });
  device.goOffline();
  expect(await scan(device, { text: second.text })).toMatchObject({ isLocal: true, ticket: { notes } });
  const ticketIds = rest.map(({ ticketId }) => ticketId);
  const group = await device.gate.group({ ...at(), with: first.ticketId, ticketIds });
  expect(group).toMatchObject({ admitted: 2, of: 2, notes });
});

test('a typed number counts with a network, costs nothing when mistyped, and says what helps without one', async () => {
  const { tickets } = await buy(world, buyer, event, { quantity: 1 });
  const { body } = await buyer.client.get(`/api/tickets/${tickets[0]!.id}`);
  const number = body.shortNumber as string;
  const mistyped = number.slice(0, -1) + (number.endsWith('0') ? '1' : '0');
  const device = await openDevice();
  expect(await scan(device, { text: mistyped })).toMatchObject({ code: 'wrong_number' });
  expect(await scan(device, { text: number.toLowerCase().replace('-', ' ') })).toMatchObject({
    kind: 'admitted',
    ticketId: tickets[0]!.id,
  });
  device.goOffline();
  await scan(device, { text: 'ADMIT1.X' });
  expect(await scan(device, { text: number })).toMatchObject({ code: 'number_offline' });
});

test('a gate that is opened for another link or person hands in what the one before it has left on the device', async () => {
  const { tickets } = await buy(world, buyer, event, { quantity: 2 });
  const database = memoryDatabase();
  const before = await openDevice({ database, who: 'ddv_before' });
  before.goOffline();
  for (const { code } of tickets) await scan(before, { text: code });
  expect(before.gate.state().waiting).toBe(2);
  await before.gate.close('left');
  const other = await world.event({ organiser: event.organiser, priceMinor: 0 });
  await openDevice({ database, who: 'ddv_after', at: other });
  await expect.poll(() => database.all('scans', scopeOf(event, 'ddv_before'))).toEqual([]);
  for (const { code } of tickets) expect(await admit(code)).toBe('already_used');
  // The first gate may be opened again in the next moment, and without a network.
  const again = await openDevice({ database, who: 'ddv_before', isOffline: true });
  expect(await scan(again, { text: tickets[0]!.code })).toMatchObject({ code: 'already_used' });
});

test.each(['has ended', 'believes nothing that comes'])(
  'a gate that %s still hands in what another one has left on the device',
  async (why) => {
    const { tickets } = await buy(world, buyer, event, { quantity: 1 });
    const database = memoryDatabase();
    const before = await openDevice({ database, who: 'ddv_before' });
    before.goOffline();
    await scan(before, { text: tickets[0]!.code });
    await before.gate.close('left');
    const hasEnded = why === 'has ended';
    const foreign = await world.event({ organiser: await world.organiser(), priceMinor: 0 });
    const own = await world.event({ organiser: event.organiser, priceMinor: 0 });
    const at = hasEnded ? foreign : own;
    const after = await openDevice({ database, who: 'ddv_after', at, isOffline: true });
    after.set({ isOffline: false, damage: !hasEnded });
    await after.meet();
    await expect.poll(() => database.all('scans', scopeOf(event, 'ddv_before'))).toEqual([]);
    expect(after.gate.state()).toMatchObject(hasEnded ? { hasEnded } : { isUntrusted: true });
    expect(await admit(tickets[0]!.code)).toBe('already_used');
  },
);

test('neither a slow upload nor a clock that was first compared after the scans changes their times', async () => {
  const { tickets } = await buy(world, buyer, event, { quantity: 3 });
  // The device has never met the server with this clock.
  const database = memoryDatabase();
  await (await openDevice({ database })).gate.close('left');
  const clocks = database.keysOf('clock');
  await database.remove('clock', clocks);
  const device = await openDevice({ database, isOffline: true, aheadMs: hours(2), uploadMs: minutes(0.5) });
  const times: string[] = [];
  for (const { code } of tickets) {
    world.clock.advance(minutes(3));
    times.push(world.clock.now().toISOString());
    expect(await scan(device, { text: code })).toMatchObject({ kind: 'admitted' });
  }
  await device.goOnline();
  const rows = await world.app.db.query<{ at: Date }>(
    'select scanned_at as at from check_ins where ticket_id = any($1) order by scanned_at',
    [tickets.map(({ id }) => id)],
  );
  const offMs = rows.map(({ at: scannedAt }, i) =>
    Math.abs(scannedAt.getTime() - Date.parse(times[i] ?? '')),
  );
  expect(Math.max(...offMs)).toBeLessThan(1_000);
});

const openDevice = (conditions?: Conditions) => openDeviceAt({ world, event, steward }, conditions);

/** What the server says of a code now. */
async function admit(code: string): Promise<string> {
  const nonce = `direct-${++scans}-found`;
  const { status, body } = await steward.client.post(`/api/events/${event.id}/check-ins`, { code, nonce });
  return status === 201 ? 'admitted' : body.code;
}

const mainEntrance = { direction: 'in', checkpointId: null } as const;
const at = () => ({ nonce: `nonce-${++scans}-found`, gate: undefined, place: mainEntrance });
const scan = ({ gate }: { gate: Gate }, what: What) => gate.scan({ ...at(), what });
