import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  isSignedManifest,
  type Manifest,
  mergeManifest,
  NoManifest,
  readManifest,
} from '../../../contract/door-manifest.ts';
import { decideGateCopy, readGateCode } from '../../../contract/gate-code.ts';
import type { TicketId } from '../../../contract/ids.ts';
import { openWalletKey } from '../../../contract/rotating-code.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';
import { manifestBytes, takeManifest } from './testing/manifests.ts';

let world: World;
let buyer: Person;

beforeAll(async () => {
  world = await createWorld();
  buyer = await world.guest();
});
afterAll(() => world?.close());

const bytesOf = (event: TestEvent, since?: string) => manifestBytes(world.app, event, since);
const take = (event: TestEvent, since?: string) => takeManifest(world.app, event, since);

let nonces = 0;
const scan = (event: TestEvent, code: string) =>
  event.organiser.client.post(`/api/events/${event.id}/check-ins`, {
    code,
    nonce: `manifest-${++nonces}`,
    gate: 'North',
  });

test('a manifest has every ticket with its type, seat, name, order and state', async () => {
  const event = await world.event({
    priceMinor: 1000,
    seats: [{ zone: 'gold', rows: 2, perRow: 10 }],
  });
  const one = await buy(world, buyer, event, { quantity: 2, attendees: ['Żółć Ŋ 張', 'Bo'] });
  const two = await buy(world, buyer, event, { quantity: 3 });
  expect((await scan(event, two.tickets[0]!.code)).status).toBe(201);
  const refund = await event.organiser.client.post(`/api/orders/${two.orderId}/refunds`, {
    tickets: [two.tickets[1]!.id],
    reason: 'ill',
  });
  expect(refund.status).toBe(201);
  await world.drain();
  const held = two.tickets[2]!.id;
  await world.app.db.run('update tickets set held_until = now() where id = $1', [held]);
  const { head, tickets } = await take(event);
  expect(head).toMatchObject({
    event: { id: event.id, status: 'published' },
    since: null,
    hasNames: true,
    ticketTypes: [{ id: event.ticketTypeId, isAllowed: true }],
  });
  expect(Date.parse(head.expiresAt) - Date.parse(head.issuedAt)).toBe(12 * 3_600_000);
  const byId = new Map(tickets.map((ticket) => [ticket.id, ticket]));
  expect(tickets.map(({ id }) => id)).toEqual(
    [...one.tickets, ...two.tickets].map(({ id }) => id).toSorted(),
  );
  for (const { orderId, tickets: bought } of [one, two]) {
    for (const { id } of bought) {
      const { place } = (await buyer.client.get(`/api/tickets/${id}`)).body;
      expect(byId.get(id)).toMatchObject({ orderId, seat: place, issue: 1, type: 0 });
    }
  }
  expect(one.tickets.map(({ id }) => byId.get(id)?.name)).toEqual(['Żółć Ŋ 張', 'Bo']);
  expect(one.tickets.map(({ id }) => byId.get(id)?.state)).toEqual(['valid', 'valid']);
  expect(two.tickets.map(({ id }) => byId.get(id)?.state)).toEqual(['used', 'refunded', 'waiting']);
  expect(byId.get(two.tickets[0]!.id)).toMatchObject({
    usedAt: Math.floor(world.clock.now().getTime() / 1000),
    usedGate: 'North',
    inside: { checkpointId: null, day: null },
    visit: 1,
  });
});

test('the key that signs codes signs exactly these bytes', async () => {
  const event = await world.event({ priceMinor: 0 });
  await buy(world, buyer, event, { quantity: 3 });
  const bytes = await bytesOf(event);
  const { keys } = (await buyer.client.get('/api/ticket-keys')).body;
  expect(await isSignedManifest(bytes, keys)).toBe(true);
  expect(await isSignedManifest(bytes, [])).toBe(false);
  for (const at of [3, 20, Math.floor(bytes.length / 2), bytes.length - 65, bytes.length - 1]) {
    const changed = bytes.slice();
    changed[at]! ^= 1;
    expect(await isSignedManifest(changed, keys)).toBe(false);
  }
  expect(await isSignedManifest(bytes.slice(0, -1), keys)).toBe(false);
  const other = await world.event({ priceMinor: 0 });
  expect(Buffer.from(await bytesOf(other)).equals(bytes)).toBe(false);
});

test('damaged bytes are refused and read nothing outside themselves', async () => {
  const event = await world.event({ priceMinor: 0 });
  await buy(world, buyer, event, { quantity: 3 });
  const bytes = await bytesOf(event);
  for (let length = 0; length < bytes.length; length += 7) {
    expect(() => readManifest(bytes.subarray(0, length))).toThrow(NoManifest);
  }
});

test('a delta has what changed, and merged it is the full manifest', async () => {
  const event = await world.event({ priceMinor: 0, capacity: 100 });
  const first = await buy(world, buyer, event, { quantity: 5 });
  let known = await take(event);
  // A transaction of another test, in another database of the same PostgreSQL, holds the version back until it ends.
  await expect
    .poll(
      async () => {
        known = await take(event);
        return (await take(event, known.head.version)).tickets;
      },
      { timeout: 60_000 },
    )
    .toEqual([]);
  const full = known;
  expect((await take(event, known.head.version)).head.version).toBe(known.head.version);

  expect((await scan(event, first.tickets[0]!.code)).status).toBe(201);
  const second = await buy(world, buyer, event, { quantity: 2 });
  expect((await buyer.client.post(`/api/orders/${second.orderId}/cancellation`, {})).status).toBe(200);
  await world.drain();
  const delta = await take(event, known.head.version);
  expect(delta.head.since).toBe(known.head.version);
  expect(delta.tickets.map(({ id, state }) => [id, state])).toEqual(
    [[first.tickets[0]!.id, 'used'], ...second.tickets.map(({ id }) => [id, 'cancelled'])].toSorted(),
  );
  known = mergeManifest(known, delta) as Manifest;
  expect(known.tickets).toEqual((await take(event)).tickets);
  // A delta of another version, and of another event, changes nothing.
  expect(mergeManifest(known, delta)).toBeNull();
  const other = await world.event({ priceMinor: 0 });
  expect(mergeManifest(await take(other), delta)).toBeNull();
  expect(mergeManifest(full, delta)?.tickets).toEqual(known.tickets);
});

test('a version of another database, or of the future, gets a full manifest', async () => {
  const event = await world.event({ priceMinor: 0 });
  await buy(world, buyer, event, { quantity: 2 });
  const { version } = (await take(event)).head;
  const [identity, number] = version.split('-');
  for (const since of [`0000000000000000-${number}`, `${identity}-99999999999999`]) {
    const answer = await take(event, since);
    expect(answer.head.since).toBeNull();
    expect(answer.tickets).toHaveLength(2);
  }
});

test('the device of a door link sees names only if its link does, and which ticket types it may admit', async () => {
  const event = await world.event({
    priceMinor: 0,
    seats: [
      { zone: 'gold', rows: 1, perRow: 5 },
      { zone: 'silver', rows: 1, perRow: 5 },
    ],
  });
  await buy(world, buyer, event, { quantity: 2, attendees: ['Ada Osei', 'Bo Xu'] });
  const [gold] = event.ticketTypes;
  const manifestOf = async (fields: object) => {
    const made = await event.organiser.client.post(`/api/events/${event.id}/door-links`, {
      label: 'North',
      expiresAt: new Date(world.clock.now().getTime() + 3_600_000).toISOString(),
      ...fields,
    });
    expect(made.status).toBe(201);
    const secret = made.body.url.split('#')[1];
    const device = await world.client().post('/api/door-devices', { secret, name: 'Phone' });
    const headers = { authorization: `Door ${device.body.token}` };
    const answer = await world.client().get(`/api/events/${event.id}/door-manifest`, headers);
    expect(answer.status).toBe(200);
    expect(answer.bytes.includes('Bo Xu')).toBe(fields === sees);
    const other = await world.event({ priceMinor: 0 });
    expect((await world.client().get(`/api/events/${other.id}/door-manifest`, headers)).status).toBe(404);
    return readManifest(answer.bytes);
  };
  const sees = { seesNames: true };
  const seeing = await manifestOf(sees);
  expect(seeing.tickets.map(({ name }) => name).toSorted()).toEqual(['Ada Osei', 'Bo Xu']);
  // It expires with the link, if that is sooner.
  expect(Date.parse(seeing.head.expiresAt) - Date.parse(seeing.head.issuedAt)).toBe(3_600_000);
  const blind = await manifestOf({ seesNames: false, ticketTypeIds: [gold!.id] });
  expect(blind.tickets.map(({ name }) => name)).toEqual([null, null]);
  expect(blind.head.ticketTypes.map(({ id, isAllowed }) => [id, isAllowed])).toEqual(
    event.ticketTypes.map(({ id }) => [id, id === gold!.id]),
  );
});

test('a gate checks codes that turn with its manifest, and knows the wallets and papers of a ticket', async () => {
  const event = await world.event({ priceMinor: 0, fields: { ticketCodes: 'rotating-or-paper' } });
  const { tickets } = await buy(world, buyer, event, { quantity: 2 });
  const [turning, paper] = tickets.map(({ id }) => id);
  let known = await take(event);
  expect(known.head).toMatchObject({ ticketCodes: 'rotating-or-paper', eventKeys: [{}] });
  const opened = await buyer.client.post(`/api/tickets/${turning}/wallet-keys`, {});
  const { now: _, ...key } = opened.body;
  const codeAt = await openWalletKey(key);
  expect((await buyer.client.post(`/api/tickets/${paper}/paper`)).status).toBeLessThan(300);
  const delta = await take(event, known.head.version);
  expect(delta.head.since).toBe(known.head.version);
  known = mergeManifest(known, delta) as Manifest;
  const ticketOf = (id?: string) => known.tickets.find((ticket) => ticket.id === id)!;
  expect(ticketOf(turning)).toMatchObject({ wallets: 1, hasPaper: false });
  expect(ticketOf(paper)).toMatchObject({ wallets: 0, hasPaper: true });
  // A ticket that changes afterwards keeps its wallets.
  await world.app.db.run(`update tickets set attendee_name = 'Bo' where id = $1`, [turning]);
  known = mergeManifest(known, await take(event, known.head.version)) as Manifest;
  expect(ticketOf(turning)).toMatchObject({ wallets: 1, name: 'Bo' });

  const nowMs = world.clock.now().getTime();
  const read = async (code: string, atMs = nowMs) => {
    const answer = await readGateCode(code, known.head);
    if ('refused' in answer) return answer.refused;
    return decideGateCopy(known.head, ticketOf(answer.code.ticketId), answer.code, [atMs]);
  };
  const claim = (ticketId: string) =>
    world.app.signer.sign({ eventId: event.id, ticketId: ticketId as TicketId, issue: 1 });
  const shown = await codeAt(nowMs);
  expect(await read(shown)).toBeNull();
  expect(await read(shown.toLowerCase(), nowMs + 60_000)).toBe('stale_code');
  expect(await read(`${shown.slice(0, -1)}${shown.endsWith('0') ? '1' : '0'}`)).toBe('bad_signature');
  // A gate without the event's key for the code's key, as after a change of keys, cannot check the time in a code.
  expect(await readGateCode(shown, { ...known.head, eventKeys: [] })).toEqual({ refused: 'bad_signature' });
  expect(await readGateCode(shown, { ...known.head, eventKeys: [], ticketCodes: 'fixed' })).toHaveProperty(
    'code',
  );
  expect(await read(claim(turning!))).toBe('paper_not_accepted');
  expect(await read(claim(paper!))).toBeNull();
  const other = await world.event({ priceMinor: 0 });
  const foreign = (await buy(world, buyer, other)).tickets[0]!.code;
  expect(await read(foreign)).toBe('wrong_event');
  expect(await read(foreign.replace(/.$/, (last) => (last === '0' ? '1' : '0')))).toBe('bad_signature');
});
