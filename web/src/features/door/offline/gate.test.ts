import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTicketSigner } from '../../../../../server/features/tickets/signer.ts';
import { buy } from '../../../../../server/features/tickets/testing/buy.ts';
import { hours, minutes } from '../../../../../server/testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../../../../server/testing/world.ts';
import type { Gate } from './gate.ts';
import { type Conditions, openDevice as openDeviceAt, scopeOf } from './testing/device.ts';
import { memoryDatabase } from './testing/memory-database.ts';
import { createVerifier } from './verify-signature.ts';

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

test('two gates without a network let the same ticket in, and the one that comes second learns where it came in first', async () => {
  const [code] = await codesOf(1);
  const [north, south] = await Promise.all([openDevice(), openDevice()]);
  north.goOffline();
  south.goOffline();
  expect(await scan(north, code, 'North')).toMatchObject({ kind: 'admitted', isLocal: true });
  expect(await scan(north, code, 'North')).toMatchObject({
    kind: 'refused',
    code: 'already_used',
    gate: 'North',
  });
  world.clock.advance(minutes(2));
  expect(await scan(south, code, 'South')).toMatchObject({ kind: 'admitted', isLocal: true });
  expect(south.gate.state()).toMatchObject({ contact: 'offline', waiting: 1, isKept: true });

  const cameAt = world.clock.now().getTime() - minutes(2);
  await north.goOnline();
  await south.goOnline();
  expect(north.gate.state()).toMatchObject({ waiting: 0, surprises: [] });
  expect(south.gate.state()).toMatchObject({
    waiting: 0,
    surprises: [{ code: 'already_used', gate: 'North', usedAt: new Date(cameAt).toISOString() }],
  });
});

test('a gate without a network refuses by the names that the server uses', async () => {
  const [valid, cancelled, reissued, used] = await codesOf(4);
  const other = await world.event({ organiser: event.organiser, priceMinor: 0 });
  const [foreign] = await codesOf(1, other);
  const gate = await openDevice();
  const idOf = (code: string) => world.app.signer.verify(code)?.ticketId;
  await world.app.db.query("update tickets set status = 'cancelled', cancelled_at = $2 where id = $1", [
    idOf(cancelled),
    world.clock.now(),
  ]);
  await world.app.db.query('update tickets set issue = issue + 1 where id = $1', [idOf(reissued)]);
  await admit(used);
  await gate.meet();
  gate.goOffline();
  const decided = async (code: string) => {
    const outcome = await scan(gate, code);
    return outcome.kind === 'refused' ? outcome.code : outcome.kind;
  };
  const forged = `${valid.slice(0, -1)}${valid.endsWith('0') ? '1' : '0'}`;
  expect(await decided(forged)).toBe('bad_signature');
  expect(await decided('https://example.com')).toBe('bad_signature');
  expect(await decided(foreign)).toBe('wrong_event');
  expect(await decided(cancelled)).toBe('ticket_cancelled');
  expect(await decided(reissued)).toBe('ticket_reissued');
  expect(await decided(used)).toBe('already_used');
  expect(await decided(valid)).toBe('admitted');
});

test('a gate that is opened again without a network knows the tickets and its scans, also in a browser without Ed25519', async () => {
  const [first, second, third] = await codesOf(3);
  const database = memoryDatabase();
  const before = await openDevice({ database });
  expect(await scan(before, first)).toMatchObject({ kind: 'admitted' });
  before.goOffline();
  expect(await scan(before, second)).toMatchObject({ kind: 'admitted', isLocal: true });

  const subtle = { ...globalThis.crypto.subtle, importKey: () => Promise.reject(new Error('unknown')) };
  const verify = createVerifier(subtle as unknown as SubtleCrypto);
  const after = await openDevice({ database, isOffline: true, verify });
  expect(after.gate.state()).toMatchObject({ waiting: 1, known: { event: { id: event.id } } });
  expect(await scan(after, first)).toMatchObject({ code: 'already_used' });
  expect(await scan(after, second)).toMatchObject({ code: 'already_used' });
  expect(await scan(after, third)).toMatchObject({ kind: 'admitted' });
  expect(
    await scan(
      after,
      third.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
    ),
  ).toMatchObject({
    code: 'bad_signature',
  });
  await after.goOnline();
  expect(after.gate.state()).toMatchObject({ waiting: 0, surprises: [] });
});

test('a gate hands in the code alone, however long the text around it was', async () => {
  const [first, second] = await codesOf(2);
  const around = (code: string) =>
    `https://tickets.example/?from=${'x'.repeat(1100)}&t=${code.toLowerCase()}`;
  const gate = await openDevice();
  expect(await scan(gate, around(second))).toMatchObject({ kind: 'admitted' });
  expect(await scan(gate, 'x'.repeat(1100))).toMatchObject({ code: 'bad_signature' });
  gate.goOffline();
  expect(await scan(gate, around(first))).toMatchObject({ kind: 'admitted', isLocal: true });
  await gate.goOnline();
  expect(gate.gate.state()).toMatchObject({ waiting: 0, surprises: [] });
  const refused = await steward.client.post(`/api/events/${event.id}/check-ins`, {
    code: first,
    nonce: 'long-text-1',
  });
  expect(refused.body.code).toBe('already_used');
});

test('a full disk stops nobody, the gate says so, and writes what is missing once it can', async () => {
  const [first, second] = await codesOf(2);
  const database = memoryDatabase();
  const gate = await openDevice({ database });
  gate.goOffline();
  database.isFull = true;
  expect(await scan(gate, first)).toMatchObject({ kind: 'admitted' });
  expect(gate.gate.state()).toMatchObject({ waiting: 1, isKept: false });
  database.isFull = false;
  await scan(gate, second);
  expect(gate.gate.state()).toMatchObject({ waiting: 2, isKept: true });
  expect(await database.all('scans', scopeOf(event))).toHaveLength(2);
});

test('a clock that is two hours ahead, and one that is set during the evening, do not change the time of a scan', async () => {
  const [first, second] = await codesOf(2);
  const database = memoryDatabase();
  const gate = await openDevice({ database, aheadMs: hours(2) });
  gate.goOffline();
  const times: string[] = [];
  for (const code of [first, second]) {
    world.clock.advance(minutes(1));
    await scan(gate, code);
    times.push(world.clock.now().toISOString());
    gate.set({ aheadMs: -hours(5) });
  }
  const kept = await database.all<{ body: { scannedAt: string } }>('scans', scopeOf(event));
  expect(kept.map(({ body }) => body.scannedAt).sort()).toEqual(times);
});

test('a gate stops when it has not reached the server for twelve hours, and believes no manifest with a changed bit', async () => {
  const [code] = await codesOf(1);
  const gate = await openDevice();
  const before = gate.gate.state().known?.asOfMs;
  gate.set({ damage: true });
  world.clock.advance(minutes(1));
  await gate.meet();
  expect(gate.gate.state()).toMatchObject({ contact: 'offline', known: { asOfMs: before } });
  gate.goOffline();
  world.clock.advance(hours(12));
  expect(await scan(gate, code)).toMatchObject({ kind: 'refused', code: 'knowledge_expired' });
});

test('a gate without a network knows a copy of a code that turns by its age, and a forged one by its MAC', async () => {
  const turning = await world.event({
    organiser: event.organiser,
    priceMinor: 0,
    fields: { ticketCodes: 'rotating' },
  });
  const { tickets } = await buy(world, buyer, turning, { quantity: 2 });
  const [first, second] = tickets.map(({ id }) => ({ eventId: turning.id, ticketId: id, issue: 1 }));
  if (!first || !second) throw new Error('no tickets');
  const gate = await openDevice({ at: turning });
  gate.goOffline();
  const now = world.clock.now();
  const old = world.app.signer.signAt(first, new Date(now.getTime() - minutes(1)));
  const fresh = world.app.signer.signAt(first, now);
  const forged = fresh.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
  expect(await scan(gate, old)).toMatchObject({ code: 'stale_code' });
  expect(await scan(gate, forged)).toMatchObject({ code: 'bad_signature' });
  expect(await scan(gate, world.app.signer.sign(second))).toMatchObject({ code: 'paper_not_accepted' });
  expect(await scan(gate, fresh)).toMatchObject({ kind: 'admitted' });
});

test('a gate without a network counts exits, stops at the limit of the house, and hands its scans in as it made them', async () => {
  const club = await world.event({ organiser: event.organiser, priceMinor: 0 });
  const settings = {
    reEntry: 'after-exit',
    insideLimit: 1,
    warnInsideAt: null,
    disputed: 'refuse',
    dayStartsHour: 5,
  };
  const drink = { name: 'Drink', kind: 'handout', ticketTypeIds: null, perDay: false, days: null, times: 1 };
  const set = await event.organiser.client.put(
    `/api/events/${club.id}/door-settings`,
    { ...settings, checkpoints: [{ ...drink, countsInside: false, insideLimit: null }] },
    { 'if-match': '"0"' },
  );
  expect(set.status).toBe(200);
  const bar = { direction: 'in' as const, checkpointId: set.body.checkpoints[0].id };
  const [first, second] = await codesOf(2, club);
  const gate = await openDevice({ at: club });
  gate.goOffline();
  // A scan each second, as at a door: the server orders them by their times.
  const next = (code: string, place = mainEntrance) => {
    world.clock.advance(1_000);
    return scan(gate, code, undefined, place);
  };
  expect(await next(first)).toMatchObject({ movement: 'entry', presence: { inside: 1, limit: 1 } });
  expect(await next(first)).toMatchObject({ code: 'already_inside' });
  expect(await next(second)).toMatchObject({ code: 'house_full' });
  expect(await next(first, bar)).toMatchObject({ movement: 'handout', presence: null });
  expect(await next(first, bar)).toMatchObject({ code: 'handout_used' });
  const out = { direction: 'out' as const, checkpointId: null };
  expect(await next(first, out)).toMatchObject({ movement: 'exit', presence: { inside: 0 } });
  expect(await next(second)).toMatchObject({ movement: 'entry' });
  await gate.goOnline();
  expect(gate.gate.state().surprises).toEqual([]);
  const log = await world.app.db.query<{ kind: string }>(
    'select kind from check_ins where event_id = $1 order by scanned_at, id',
    [club.id],
  );
  expect(log.map(({ kind }) => kind)).toEqual(['entry', 'handout', 'exit', 'entry']);
});

test('a gate remembers what it has handed in until a manifest has it for sure', async () => {
  const [code] = await codesOf(1);
  const gate = await openDevice();
  gate.goOffline();
  expect(await scan(gate, code)).toMatchObject({ kind: 'admitted', isLocal: true });
  // Another gate has asked in this second, so the server answers with what it read before the hand-in.
  world.app.caches.gateKnowledge.forget(event.id);
  await event.organiser.client.get(`/api/events/${event.id}/door-manifest`);
  const { admitted = 0 } = gate.gate.state().known ?? {};
  await gate.goOnline();
  gate.goOffline();
  expect(await scan(gate, code)).toMatchObject({ kind: 'refused', code: 'already_used' });
  expect(gate.gate.state().known).toMatchObject({ admitted });

  // With the manifest that has it, it still counts once.
  gate.set({ isOffline: false });
  for (const pause of [0, 3_000]) {
    world.clock.advance(pause);
    await gate.meet();
    expect(gate.gate.state().known).toMatchObject({ admitted });
  }
  gate.goOffline();
  expect(await scan(gate, code)).toMatchObject({ kind: 'refused', code: 'already_used' });
});

test('a delta that the disk refused, or lost, leaves no hole in what a gate knows after a restart', async () => {
  const [first, second, third, fourth] = await codesOf(4);
  const database = memoryDatabase();
  const gate = await openDevice({ database });
  database.isFull = true;
  await admit(first);
  await gate.meet();
  database.isFull = false;
  await admit(second);
  await gate.meet();
  const after = await openDevice({ database, isOffline: true });
  expect(await scan(after, second)).toMatchObject({ code: 'already_used' });
  expect(await scan(after, first)).toMatchObject({ code: 'already_used' });

  await admit(third);
  await gate.meet();
  await admit(fourth);
  await gate.meet();
  const numbers = database
    .keysOf('deltas')
    .map((key) => Number(key.at(-1)))
    .filter(Number.isFinite);
  await database.remove('deltas', [[scopeOf(event), numbers.at(-2) ?? 0]]);
  const holed = await openDevice({ database });
  holed.goOffline();
  for (const code of [first, second, third, fourth])
    expect(await scan(holed, code)).toMatchObject({ code: 'already_used' });
});

test('a guest whose admission got lost on its way back is not turned away because a delta has the use', async () => {
  const [code] = await codesOf(1);
  const gate = await openDevice();
  gate.set({ losesAnswer: gate.meet });
  expect(await scan(gate, code)).toMatchObject({ kind: 'admitted' });
  expect(await scan(gate, code)).toMatchObject({ code: 'already_used' });
});

test('a gate that knows a manifest goes on when the server signs with a new key', async () => {
  const [code] = await codesOf(1);
  const gate = await openDevice();
  const { signer } = world.app;
  const pems = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  const fresh = createTicketSigner(pems);
  const publicKeys = () => [...fresh.publicKeys(), ...signer.publicKeys()];
  Object.assign(world.app, { signer: { ...fresh, verify: signer.verify, publicKeys } });
  try {
    await admit(code);
    await gate.meet();
    expect(gate.gate.state()).toMatchObject({ contact: 'online', problem: null });
    gate.goOffline();
    expect(await scan(gate, code)).toMatchObject({ code: 'already_used' });
  } finally {
    Object.assign(world.app, { signer });
  }
});

const openDevice = (conditions?: Conditions) => openDeviceAt({ world, event, steward }, conditions);

async function codesOf(count: number, at = event): Promise<[string, string, string, string]> {
  const { tickets } = await buy(world, buyer, at, { quantity: count });
  return tickets.map(({ code }) => code) as [string, string, string, string];
}

const admit = (code: string) =>
  steward.client.post(`/api/events/${event.id}/check-ins`, { code, nonce: `direct-${++scans}-abcdef` });

const mainEntrance = { direction: 'in' as 'in' | 'out', checkpointId: null as `cpt_${string}` | null };

const scan = ({ gate }: { gate: Gate }, text: string, at?: string, place = mainEntrance) =>
  gate.scan({
    what: { text },
    nonce: `nonce-${++scans}-abcdef`,
    gate: at,
    place,
  });
