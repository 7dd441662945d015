import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Checkpoint, plainRules } from '../../../contract/door-rules.ts';
import { audit } from '../../audit/audit.ts';
import { hours, minutes } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';

/* Scans that arrive after the days, the rules or the tickets that they were made with have changed. */

let world: World;
let buyer: Person;
beforeAll(async () => {
  world = await createWorld({ RATE_LIMIT_FACTOR: '100' });
  buyer = await world.guest();
});
afterAll(() => world.close());

let nonces = 0;
const newNonce = () => `past-${String(++nonces).padStart(6, '0')}`;
const iso = (ms = 0) => new Date(world.clock.now().getTime() + ms).toISOString();
const offline = { offline: { admitted: true } };

async function openDoor(checkpoints: Record<string, unknown>[], rules: Record<string, unknown> = {}) {
  const event = await world.event({ priceMinor: 0, capacity: 200, fields: { maxPerBuyer: 200 } });
  const isPlain = checkpoints.length === 0 && Object.keys(rules).length === 0;
  const settings = isPlain ? null : await setRules(event, { ...rules, checkpoints });
  const { tickets, orderId } = await buy(world, buyer, event, { quantity: 2 });
  const [at, other] = (settings?.body.checkpoints ?? []).map(({ id }: Checkpoint) => ({ checkpointId: id }));
  return { event, first: tickets[0]!, second: tickets[1]!, orderId, at, other, settings: settings?.body };
}

const setRules = async (event: TestEvent, rules: Record<string, unknown>, version = 0) => {
  const answer = await event.organiser.client.put(
    `/api/events/${event.id}/door-settings`,
    { ...plainRules, ...rules },
    { 'if-match': `"${version}"` },
  );
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer;
};

const checkpoint = (more: Record<string, unknown>) => ({
  name: 'East',
  kind: 'entrance',
  ticketTypeIds: null,
  perDay: false,
  days: null,
  times: 1,
  countsInside: true,
  insideLimit: null,
  ...more,
});

const scan = async (event: TestEvent, { code }: { code: string }, more: Record<string, unknown> = {}) => {
  const { status, body } = await event.organiser.client.post(`/api/events/${event.id}/check-ins`, {
    code,
    nonce: newNonce(),
    ...more,
  });
  return { said: status === 201 ? `${body.kind} ${body.visit}` : body.code, id: body.id };
};
const handIn = async (event: TestEvent, scans: Record<string, unknown>[]) => {
  const { status, body } = await event.organiser.client.post(`/api/events/${event.id}/check-ins/batch`, {
    scans: scans.map((each) => ({ nonce: newNonce(), scannedAt: iso(), ...each })),
  });
  expect(status, JSON.stringify(body)).toBe(200);
  return body.results.map((each: { outcome: string; code?: string; checkIn?: { id: string } }) => ({
    said: each.code ?? each.outcome,
    id: each.checkIn?.id,
  }));
};
const conflictsOf = async ({ id, organiser }: TestEvent) =>
  (await organiser.client.get(`/api/events/${id}/door-conflicts`)).body.items.map(
    (each: {
      code: string;
      clearedAt: string | null;
      scan: { gate: string };
      admission: { gate: string } | null;
    }) =>
      `${each.scan.gate}: ${each.code} of ${each.admission?.gate ?? 'none'}${each.clearedAt ? ', cleared' : ''}`,
  );
const statusOf = async ({ id }: { id: string }) => (await buyer.client.get(`/api/tickets/${id}`)).body.status;
const promisesOf = async (event: TestEvent) => {
  await world.drain();
  return audit(world.app.db, { acknowledged: [], now: world.clock.now(), eventIds: [event.id] });
};

test('a scan of an earlier day is decided by what was used on that day, and its batch is answered', async () => {
  const { event, first, second, at } = await openDoor([checkpoint({ perDay: true })]);
  const friday = iso();
  expect((await scan(event, first, at)).said).toBe('entry 1');
  world.clock.advance(hours(24));
  expect((await scan(event, first, at)).said).toBe('entry 1');
  const results = await handIn(event, [
    { code: second.code, ...at },
    { code: first.code, scannedAt: friday, ...at },
    { code: second.code, scannedAt: friday, ...at },
  ]);
  expect(results.map(({ said }: { said: string }) => said)).toEqual(['admitted', 'already_used', 'admitted']);
  // The scan of Friday does not open Saturday again.
  expect((await scan(event, second, at)).said).toBe('already_used');
  expect((await scan(event, second, { ...at, direction: 'out' })).said).toBe('exit 1');
  expect(await promisesOf(event)).toEqual([]);
});

test('a checkpoint that counts by day again goes on with the visits of the day', async () => {
  const daily = checkpoint({ perDay: true, times: 3 });
  const { event, first, at, settings } = await openDoor([daily]);
  const [known] = settings.checkpoints;
  expect((await scan(event, first, at)).said).toBe('entry 1');
  await setRules(event, { checkpoints: [{ ...known, perDay: false }] }, 1);
  expect((await scan(event, first, at)).said).toBe('entry 1');
  await setRules(event, { checkpoints: [known] }, 2);
  const [late] = await handIn(event, [{ code: first.code, ...at, ...offline }]);
  expect(late.said).toBe('admitted');
  expect((await scan(event, first, at)).said).toBe('entry 3');
  expect(await promisesOf(event)).toEqual([]);
});

test('the main entrance takes the right of the day on which it was used, also from an entrance for each day', async () => {
  const { event, first, second, at } = await openDoor([checkpoint({ perDay: true })]);
  expect((await scan(event, first)).said).toBe('entry 1');
  expect((await scan(event, first, at)).said).toBe('already_used');
  const friday = iso();
  world.clock.advance(hours(24));
  expect((await scan(event, first, at)).said).toBe('entry 1');
  // Two gates without a network on one day, in any order: one of them is the double.
  const claim = { code: second.code, ...offline };
  await handIn(event, [{ ...claim, ...at, gate: 'East', scannedAt: friday }]);
  await handIn(event, [
    { ...claim, gate: 'Main', scannedAt: new Date(Date.parse(friday) - minutes(1)).toISOString() },
  ]);
  expect(await conflictsOf(event)).toEqual(['East: double of Main']);
  expect(await promisesOf(event)).toEqual([]);
});

test('doubles of one day leave the other days alone', async () => {
  const { event, first, at } = await openDoor([checkpoint({ perDay: true })]);
  const claim = (gate: string) => ({ code: first.code, ...at, ...offline, gate });
  await handIn(event, [claim('Friday 1')]);
  world.clock.advance(minutes(2));
  await handIn(event, [claim('Friday 2')]);
  world.clock.advance(hours(24));
  expect((await scan(event, first, { ...at, gate: 'Saturday 1' })).said).toBe('entry 1');
  world.clock.advance(minutes(2));
  await handIn(event, [claim('Saturday 2')]);
  expect((await conflictsOf(event)).sort()).toEqual([
    'Friday 2: double of Friday 1',
    'Saturday 2: double of Saturday 1',
  ]);
  expect(await promisesOf(event)).toEqual([]);
});

test('a cancelled ticket stays cancelled while a batch decides again about its scans', async () => {
  const { event, first, orderId } = await openDoor([], { reEntry: 'after-exit' });
  await buyer.client.post(`/api/orders/${orderId}/cancellation`);
  const claim = { code: first.code, ...offline };
  const results = await handIn(event, [
    { ...claim, direction: 'out' },
    { ...claim, scannedAt: iso(1) },
  ]);
  expect(results.map(({ said }: { said: string }) => said)).toEqual(['not_inside', 'ticket_cancelled']);
  expect((await scan(event, first)).said).toBe('ticket_cancelled');
  expect(await promisesOf(event)).toEqual([]);
});

test('the limit of a zone that counts for the house holds, also for who came in by another gate', async () => {
  const balcony = checkpoint({ name: 'Balcony', kind: 'zone', insideLimit: 1 });
  const { event, first, second, at } = await openDoor([balcony]);
  const [race, lost] = await Promise.all([scan(event, first, at), scan(event, second, at)]);
  expect([race.said, lost.said].sort()).toEqual(['entry 1', 'house_full']);
  const [inside, outside] = race.said === 'entry 1' ? [first, second] : [second, first];
  expect((await scan(event, outside)).said).toBe('entry 1');
  expect((await scan(event, outside, at)).said).toBe('house_full');
  expect((await scan(event, inside, { ...at, direction: 'out' })).said).toBe('exit 1');
  expect((await scan(event, outside, at)).said).toBe('entry 1');
  expect(await promisesOf(event)).toEqual([]);
});

test('what came in by a checkpoint stays counted when the checkpoint is removed', async () => {
  const { event, first, second, at } = await openDoor([checkpoint({})]);
  expect((await scan(event, first, { ...at, gate: 'East' })).said).toBe('entry 1');
  await setRules(event, { checkpoints: [] }, 1);
  world.clock.advance(minutes(1));
  const late = { code: first.code, ...offline, direction: 'out', scannedAt: iso(-minutes(30)), gate: 'Late' };
  expect((await handIn(event, [late]))[0].said).toBe('not_inside');
  expect(await conflictsOf(event)).toEqual(['Late: not_inside of none']);
  expect(await statusOf(first)).toBe('used');
  expect((await scan(event, first)).said).toBe('already_used');
  // A gate that has not heard of it yet has let somebody in: a person looks at it, and the ticket is used up.
  expect((await handIn(event, [{ code: second.code, ...at, ...offline, gate: 'East' }]))[0].said).toBe(
    'admitted',
  );
  expect(await statusOf(second)).toBe('used');
  expect((await conflictsOf(event)).sort()).toEqual(['East: wrong_gate of none', 'Late: not_inside of none']);
  expect(await promisesOf(event)).toEqual([]);
});

test('a double counts when the admission that it lost to is taken back', async () => {
  const { event, first } = await openDoor([]);
  const claim = { code: first.code, ...offline };
  const [winner] = await handIn(event, [{ ...claim, gate: 'North' }]);
  world.clock.advance(minutes(1));
  await handIn(event, [{ ...claim, gate: 'South' }]);
  const undo = (id: string) =>
    event.organiser.client.post(`/api/events/${event.id}/check-ins/${id}/undo`, { reason: 'Wrong ticket.' });
  expect((await undo(winner.id)).body.ticketStatus).toBe('used');
  expect(await conflictsOf(event)).toEqual(['South: double of North, cleared']);
  expect(await statusOf(first)).toBe('used');
  expect((await scan(event, first, { gate: 'West' })).said).toBe('already_used');
  expect((await undo(winner.id)).body.code).toBe('check_in_undone');
  expect(await promisesOf(event)).toEqual([]);
});

test('all entrances of the house share the right of a ticket, whatever gate has no network', async () => {
  const { event, first, second, at } = await openDoor([checkpoint({})]);
  const answers = await Promise.all([scan(event, first), scan(event, first, at)]);
  expect(answers.map(({ said }) => said).sort()).toEqual(['already_used', 'entry 1']);
  const claim = { code: second.code, ...offline };
  await handIn(event, [{ ...claim, gate: 'Main' }]);
  await handIn(event, [{ ...claim, ...at, gate: 'East', scannedAt: iso(-minutes(1)) }]);
  expect(await conflictsOf(event)).toEqual(['Main: double of East']);
  expect(await promisesOf(event)).toEqual([]);
});

test('a scan that fails takes no other scan of its batch with it, and those of one ticket keep their order', async () => {
  const { event, first, second } = await openDoor([], { reEntry: 'after-exit' });
  const bad = newNonce();
  await world.app.db.run(`
    create function fail_scan() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`);
  await world.app.db.run(`
    create trigger fail_scan before insert on check_ins for each row when (new.nonce = '${bad}') execute function fail_scan()`);
  const scans = (['in', 'out', 'in'] as const).map((direction) => ({
    code: first.code,
    nonce: newNonce(),
    scannedAt: iso(),
    direction,
  }));
  const batch = [{ code: second.code, nonce: bad, scannedAt: iso() }, ...scans];
  const path = `/api/events/${event.id}/check-ins/batch`;
  const saidOf = async () =>
    (await event.organiser.client.post(path, { scans: batch })).body.results.map(
      (each: { outcome: string; code?: string }) => each.code ?? each.outcome,
    );
  expect(await saidOf()).toEqual(['internal', 'admitted', 'admitted', 'admitted']);
  // Also alone, and as long as it fails, it is answered by name.
  const alone = await event.organiser.client.post(path, { scans: [batch[0]] });
  expect(alone.body.results).toMatchObject([{ nonce: bad, outcome: 'refused', code: 'internal' }]);
  const kinds = 'select kind, visit from check_ins where ticket_id = $1 order by visit, kind';
  expect(await world.app.db.query(kinds, [first.id])).toEqual([
    { kind: 'entry', visit: 1 },
    { kind: 'exit', visit: 1 },
    { kind: 'entry', visit: 2 },
  ]);
  await world.app.db.run('drop trigger fail_scan on check_ins');
  expect(await saidOf()).toEqual(Array(4).fill('admitted'));
  expect(await promisesOf(event)).toEqual([]);
});
