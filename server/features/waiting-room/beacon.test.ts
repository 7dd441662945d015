import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  announcedRound,
  beaconPatienceMs,
  listHashMs,
  quicknet,
  roundAfter,
  roundAtMs,
} from '../../../contract/beacon.ts';
import { verifyRound } from '../../../contract/beacon-signature.ts';
import { listHashOf } from '../../../contract/draw.ts';
import type { QueueBeacon } from '../../../contract/queue-beacon.ts';
import type { Draw, Queue } from '../../../contract/waiting-room.ts';
import { readDraw, verdictOn } from '../../../tools/verify-draw/verdict.ts';
import { readConfig } from '../../config.ts';
import { hours } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { keepRooms } from './keep-rooms.ts';
import { startTestBeacon, type TestBeacon } from './testing/beacon.ts';
import { join, keep, leave, mine, queueOf, withOpening } from './testing/queue.ts';

/* The draw with a public beacon: a local server signs the rounds with a key that this test made. */

let beacon: TestBeacon;
let world: World;
let usual: TestBeacon['answer'];
beforeAll(async () => {
  beacon = await startTestBeacon();
  usual = beacon.answer;
  world = await createWorld(beacon.env);
});
afterEach(() => {
  beacon.answer = usual;
  beacon.asked.length = 0;
});
afterAll(async () => {
  await world?.close();
  await beacon?.close();
});

async function joined(count = 8): Promise<{ event: TestEvent; people: Person[] }> {
  const event = await withOpening(world);
  const people = await Promise.all(Array.from({ length: count }, () => world.guest()));
  await Promise.all(people.map((person) => join(person, event)));
  await keep(world, 0);
  return { event, people };
}

const beaconOf = async (event: TestEvent): Promise<QueueBeacon> =>
  (await queueOf(world, event)).beacon as QueueBeacon;
const drawOf = (event: TestEvent): Promise<Draw> => readDraw(`${world.url}/api/events/${event.id}/queue`);

/** Closes the list, and moves the clock to the round that the draw waits for, or so much later. */
async function untilRound(event: TestEvent, laterMs = 0): Promise<void> {
  await keep(world, hours(1));
  const { roundAt } = await beaconOf(event);
  await keep(world, Date.parse(roundAt) - world.clock.now().getTime() + laterMs);
}

const stateOf = async (event: TestEvent): Promise<Queue['state']> => (await queueOf(world, event)).state;
const drop = (event: TestEvent) => event.organiser.client.delete(`/api/events/${event.id}/queue/beacon`);

test('the draw mixes the round that was announced, and the hash of the list is published before the round comes', async () => {
  const { event, people } = await joined();
  const announced = await beaconOf(event);
  const opensAtMs = Date.parse((await queueOf(world, event)).opensAt ?? '');
  expect(announced).toMatchObject({ ...beacon.chain, listHash: null, droppedAt: null });
  expect(announced.round).toBe(announcedRound(beacon.chain, opensAtMs));
  expect(Date.parse(announced.roundAt) - opensAtMs).toBeGreaterThan(listHashMs);
  expect(Date.parse(announced.roundAt) - opensAtMs).toBeLessThanOrEqual(listHashMs + 3000);
  await keep(world, hours(1));
  const closed = await beaconOf(event);
  expect(closed).toMatchObject({ round: announced.round, listHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  await keep(world, 5000);
  expect([await stateOf(event), beacon.asked]).toEqual(['drawing', []]);
  expect(await mine(people[0]!, event)).toMatchObject({ status: 'before_draw', position: null });
  await keep(world, Date.parse(announced.roundAt) - world.clock.now().getTime());
  expect([await stateOf(event), beacon.asked]).toEqual(['open', [announced.round]]);
  const draw = await drawOf(event);
  expect(draw).toMatchObject({ beacon: beacon.sign(announced.round), beaconTerms: closed, count: 8 });
  expect(await listHashOf(draw.entries.map(([id, salt]) => ({ id, salt })))).toBe(closed.listHash);
  const { holds, lines } = await verdictOn(draw, { chain: announced.hash, round: String(announced.round) });
  expect([holds, lines.join()]).toEqual([true, expect.stringContaining(`round ${announced.round}`)]);
  expect((await verdictOn(draw, { round: String(announced.round + 1) })).holds).toBe(false);
  expect((await verdictOn(draw, { chain: quicknet.hash })).holds).toBe(false);
  const places = await Promise.all(people.map((person) => mine(person, event)));
  for (const { id, position } of places) expect(draw.entries[(position ?? 0) - 1]?.[0]).toBe(id);
});

test('another signature of the beacon gives another order', async () => {
  const { event } = await joined(12);
  await untilRound(event);
  const draw = await drawOf(event);
  const other = { ...draw, beacon: beacon.sign((draw.beaconTerms?.round ?? 0) + 1) };
  expect((await verdictOn(other)).lines.join()).toContain('The order is not the one');
});

test.each<[string, (beacon: TestBeacon, round: number) => ReturnType<TestBeacon['answer']>]>([
  ['a signature under another key', (_, round) => ({ body: { round, signature: otherKey(round) } })],
  ['the signature of another round', (of, round) => ({ body: { round, signature: of.sign(round - 1) } })],
  ['another round', (of, round) => ({ body: { round: round - 1, signature: of.sign(round - 1) } })],
  ['digits that are no point', (_, round) => ({ body: { round, signature: 'a'.repeat(96) } })],
  ['a round that is late', () => ({ status: 404, body: { error: 'not yet' } })],
  ['a body that is no round', () => ({ body: ['x'.repeat(100_000)] })],
  ['no answer', () => 'silence'],
])('%s: the draw waits and says so, and the right signature lets it go on', async (_what, answer) => {
  const { event, people } = await joined();
  beacon.answer = (round) => answer(beacon, round);
  await untilRound(event);
  for (let i = 0; i < 3; i++) await keep(world, 3000);
  const { round } = await beaconOf(event);
  expect([await stateOf(event), new Set(beacon.asked)]).toEqual(['drawing', new Set([round])]);
  expect(await mine(people[0]!, event)).toMatchObject({ position: null });
  beacon.answer = usual;
  await keep(world, 3000);
  expect(await stateOf(event)).toBe('open');
  const draw = await drawOf(event);
  expect(draw.beacon).toBe(beacon.sign(round));
  expect((await verdictOn(draw)).holds).toBe(true);
});

let stranger: TestBeacon;
beforeAll(async () => {
  stranger = await startTestBeacon();
});
afterAll(() => stranger?.close());
const otherKey = (round: number) => stranger.sign(round);

test('a process that starts between the closing of the list and the round draws the same list', async () => {
  const { event, people } = await joined();
  await keep(world, hours(1));
  const closed = await beaconOf(event);
  // Whoever comes or leaves now changes nothing of the list.
  const late = await join(await world.guest(), event);
  await leave(people[3]!, event);
  const next = await world.another();
  world.clock.set(new Date(closed.roundAt));
  await keepRooms(next.app);
  await world.app.notices.catchUp();
  expect(await stateOf(event)).toBe('open');
  const draw = await drawOf(event);
  expect(draw.beaconTerms).toEqual(closed);
  expect((await verdictOn(draw)).holds).toBe(true);
  expect([draw.count, late.position]).toEqual([8, 9]);
});

test('a list that was changed after its hash was published is not drawn', async () => {
  const { event } = await joined();
  await keep(world, hours(1));
  await world.app.db.run(
    `update queue_entries set salt = repeat('0', 32) where id = (select min(id) from queue_entries where event_id = $1)`,
    [event.id],
  );
  const { roundAt } = await beaconOf(event);
  world.clock.set(new Date(roundAt));
  await expect(keepRooms(world.app)).rejects.toThrow('not the one whose hash was published');
  expect(await stateOf(event)).toBe('drawing');
  await world.app.db.run("update waiting_rooms set mode = 'off', version = version + 1 where event_id = $1", [
    event.id,
  ]);
  await world.app.notices.catchUp();
});

test('a list that is closed late mixes a round that comes after its hash, and an opening that moves announces another one', async () => {
  const { event } = await joined();
  const first = await beaconOf(event);
  const opensAt = new Date(world.clock.now().getTime() + hours(2)).toISOString();
  const { client } = event.organiser;
  const moved = await client.patch(
    `/api/events/${event.id}`,
    { waitingRoom: { mode: 'scheduled', opensAt } },
    { 'if-match': `"${event.version}"` },
  );
  expect(moved.status).toBe(200);
  await world.app.notices.catchUp();
  await keep(world, 0);
  const second = await beaconOf(event);
  expect(second.round).toBe(announcedRound(beacon.chain, Date.parse(opensAt)));
  expect(second.round).toBeGreaterThan(first.round);
  // Nobody looked for a minute after the opening, and the announced round is known by now.
  await keep(world, hours(2) + 60_000);
  const closed = await beaconOf(event);
  expect(closed.round).toBeGreaterThan(second.round);
  expect(Date.parse(closed.roundAt)).toBeGreaterThan(world.clock.now().getTime() + 2000);
  await keep(world, Date.parse(closed.roundAt) - world.clock.now().getTime());
  expect((await verdictOn(await drawOf(event))).holds).toBe(true);
});

test('the organiser may draw without a beacon that is overdue, and everybody sees it', async () => {
  const { event } = await joined();
  beacon.answer = () => 'silence';
  const early = await drop(event);
  expect([early.status, early.body.code]).toEqual([409, 'beacon_not_overdue']);
  await untilRound(event, beaconPatienceMs - 1000);
  expect((await drop(event)).body.code).toBe('beacon_not_overdue');
  await keep(world, 1000);
  expect((await world.client().delete(`/api/events/${event.id}/queue/beacon`)).status).toBe(401);
  const dropped = await drop(event);
  expect([dropped.status, dropped.body.beacon.droppedAt]).toEqual([200, world.clock.now().toISOString()]);
  // The round that comes after all is not mixed: the order may no longer be chosen.
  beacon.answer = usual;
  await keep(world, 0);
  expect(await stateOf(event)).toBe('open');
  expect((await drop(event)).body.code).toBe('beacon_not_overdue');
  const draw = await drawOf(event);
  expect(draw).toMatchObject({ beacon: null, beaconTerms: { droppedAt: dropped.body.beacon.droppedAt } });
  const { holds, lines } = await verdictOn(draw);
  expect([holds, lines.join()]).toEqual([true, expect.stringContaining('WAS LEFT OUT')]);
  const log = await event.organiser.client.get(
    `/api/organisations/${event.organiser.organisationId}/audit-log?act=queue.beacon_dropped`,
  );
  expect(log.body.items).toMatchObject([{ act: 'queue.beacon_dropped', subject: { id: event.id } }]);
});

test('a queue whose sale ends while it waits for a beacon ends, and asks the beacon no more', async () => {
  const { event, people } = await joined(3);
  beacon.answer = () => 'silence';
  await untilRound(event, beaconPatienceMs);
  await world.app.db.run(
    'update waiting_rooms set closes_at = $2, version = version + 1 where event_id = $1',
    [event.id, world.clock.now()],
  );
  await world.app.notices.catchUp();
  await keep(world, 60_000);
  await keep(world, 1000);
  expect(await stateOf(event)).toBe('ended');
  expect(await mine(people[0]!, event)).toMatchObject({ status: 'ended', endReason: 'queue_over' });
  beacon.asked.length = 0;
  await keep(world, 60_000);
  expect(beacon.asked).toEqual([]);
});

test.each<[string, (draw: Draw) => Draw]>([
  ['the signature of another round', (of) => ({ ...of, beacon: beacon.sign(termsOf(of).round - 1) })],
  [
    'another round and its signature',
    (of) => ({ ...of, beacon: beacon.sign(5), beaconTerms: { ...termsOf(of), round: 5 } }),
  ],
  ['no signature', (of) => ({ ...of, beacon: null })],
  ['nothing was announced', (of) => ({ ...of, beaconTerms: null })],
  ['another key', (of) => ({ ...of, beaconTerms: { ...termsOf(of), publicKey: stranger.chain.publicKey } })],
  [
    'the name of a chain that is well known',
    (of) => ({ ...of, beaconTerms: { ...termsOf(of), hash: quicknet.hash } }),
  ],
  [
    'the hash of another list',
    (of) => ({ ...of, beaconTerms: { ...termsOf(of), listHash: 'f'.repeat(64) } }),
  ],
  [
    'a round after the draw',
    (of) => ({ ...of, drawnAt: new Date(roundAtMs(beacon.chain, termsOf(of).round) - 1).toISOString() }),
  ],
  ['left out afterwards', (of) => ({ ...of, beaconTerms: { ...termsOf(of), droppedAt: of.drawnAt } })],
])('a tampered draw does not hold: %s', async (_what, change) => {
  tampered ??= await drawnWithBeacon();
  expect((await verdictOn(tampered)).holds).toBe(true);
  expect((await verdictOn(change(tampered))).holds).toBe(false);
});
let tampered: Draw | undefined;
const termsOf = ({ beaconTerms }: Draw) => beaconTerms as QueueBeacon;
async function drawnWithBeacon(): Promise<Draw> {
  const { event } = await joined();
  await untilRound(event);
  return drawOf(event);
}

test('a chain that runs in the world verifies with this code', () => {
  const rounds = {
    123: 'b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92',
    1000: 'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39',
  };
  for (const [round, signature] of Object.entries(rounds)) {
    expect(verifyRound(quicknet, Number(round), signature)).toBe(true);
    expect(verifyRound(quicknet, Number(round) + 1, signature)).toBe(false);
  }
});

test('a round comes when the chain says, and the next one is after it', () => {
  const { genesisSeconds } = quicknet;
  expect(roundAtMs(quicknet, 1)).toBe(genesisSeconds * 1000);
  for (const [afterMs, round] of [
    [-1, 1],
    [0, 2],
    [2999, 2],
    [3000, 3],
    [-100_000, 1],
  ] as const)
    expect(roundAfter(quicknet, genesisSeconds * 1000 + afterMs)).toBe(round);
});

test('the settings of a beacon are quicknet’s by default, and whole otherwise', () => {
  const read = (env: Record<string, string>) => readConfig({ NODE_ENV: 'test', ...env }).beacon;
  expect(read({})).toBeNull();
  expect(read({ DRAND_URL: 'https://api.drand.sh, https://drand.example/' })).toEqual({
    urls: ['https://api.drand.sh', 'https://drand.example'],
    chain: quicknet,
  });
  expect(read(beacon.env)?.chain).toEqual(beacon.chain);
  const { DRAND_PERIOD_SECONDS: _, ...partial } = beacon.env;
  expect(() => read(partial)).toThrow('DRAND_PERIOD_SECONDS');
  expect(() => read({ DRAND_CHAIN_HASH: quicknet.hash })).toThrow('DRAND_URL');
  expect(() => read({ DRAND_URL: 'ftp://drand.example' })).toThrow('DRAND_URL');
});
