import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plainRules } from '../../../contract/door-rules.ts';
import { audit } from '../../audit/audit.ts';
import { hours, minutes } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';

let world: World;
let buyer: Person;
beforeAll(async () => {
  world = await createWorld();
  buyer = await world.guest();
});
afterAll(() => world.close());

let nonces = 0;
const newNonce = () => `move-${String(++nonces).padStart(6, '0')}`;

/** An event whose door has rules, and people at its gates. */
async function openDoor(rules: Record<string, unknown> | null = null) {
  const event = await world.event({ priceMinor: 0, capacity: 200, fields: { maxPerBuyer: 200 } });
  const manager = event.organiser;
  const gate = await world.member(manager, 'door');
  const settings = rules && (await setRules(event, rules));
  const tickets = async (quantity: number) => (await buy(world, buyer, event, { quantity })).tickets;
  return { event, manager, gate, tickets, checkpoints: settings?.body.checkpoints ?? [] };
}

const setRules = async (event: TestEvent, rules: Record<string, unknown>, version = 0) => {
  const { checkpoints, ...plain } = { ...plainRules, ...rules };
  const answer = await event.organiser.client.put(
    `/api/events/${event.id}/door-settings`,
    { ...plain, checkpoints },
    { 'if-match': `"${version}"` },
  );
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer;
};

const checkpoint = (more: Record<string, unknown>) => ({
  name: 'Backstage',
  kind: 'zone',
  ticketTypeIds: null,
  perDay: false,
  days: null,
  times: 1,
  countsInside: false,
  insideLimit: null,
  ...more,
});

const scan = (person: Person, event: TestEvent, code: string, more: Record<string, unknown> = {}) =>
  person.client.post(`/api/events/${event.id}/check-ins`, { code, nonce: newNonce(), ...more });
const said = ({ status, body }: { status: number; body: Record<string, unknown> }) =>
  status === 201 ? `${body.kind} ${body.visit}` : body.code;
const handIn = (person: Person, event: TestEvent, scans: unknown[], device?: unknown) =>
  person.client.post(`/api/events/${event.id}/check-ins/batch`, { scans, ...(device ? { device } : {}) });
const conflictsOf = async ({ id, organiser }: TestEvent) =>
  (await organiser.client.get(`/api/events/${id}/door-conflicts`)).body;
const statusOf = async (ticketId: string) => (await buyer.client.get(`/api/tickets/${ticketId}`)).body.status;
const promisesOf = async (event: TestEvent) => {
  await world.drain();
  return audit(world.app.db, { acknowledged: [], now: world.clock.now(), eventIds: [event.id] });
};

describe('exits and re-entry', () => {
  test('without rules, an exit is counted and nobody comes back', async () => {
    const { event, gate, tickets } = await openDoor();
    const [ticket] = await tickets(1);
    const { code } = ticket!;
    expect(said(await scan(gate, event, code, { direction: 'out' }))).toBe('not_inside');
    expect(said(await scan(gate, event, code))).toBe('entry 1');
    expect(said(await scan(gate, event, code, { direction: 'out' }))).toBe('exit 1');
    expect(said(await scan(gate, event, code))).toBe('already_used');
    expect(await promisesOf(event)).toEqual([]);
  });

  test('with re-entry, who was scanned on the way out comes in again, by any gate, and once', async () => {
    const { event, gate, manager, tickets } = await openDoor({ reEntry: 'after-exit' });
    const [ticket] = await tickets(1);
    const { code } = ticket!;
    expect(said(await scan(gate, event, code, { gate: 'North' }))).toBe('entry 1');
    expect((await scan(manager, event, code)).body).toMatchObject({ code: 'already_inside', gate: 'North' });
    const nonce = newNonce();
    for (let i = 0; i < 2; i++)
      expect(said(await scan(gate, event, code, { direction: 'out', nonce }))).toBe('exit 1');
    const racers = await Promise.all([gate, manager, gate, manager].map((each) => scan(each, event, code)));
    expect(racers.map(said).sort()).toEqual([
      'already_inside',
      'already_inside',
      'already_inside',
      'entry 2',
    ]);
    expect(await statusOf(ticket!.id)).toBe('used');
    expect(await promisesOf(event)).toEqual([]);
  });
});

describe('undo', () => {
  test('makes a ticket valid again, once, and the next scan admits it', async () => {
    const { event, gate, manager, tickets } = await openDoor();
    const [ticket] = await tickets(1);
    const admitted = await scan(gate, event, ticket!.code);
    const path = `/api/events/${event.id}/check-ins/${admitted.body.id}/undo`;
    const reason = { reason: 'Scanned by mistake.' };
    expect((await gate.client.post(path, reason)).status).toBe(403);
    const undone = await manager.client.post(path, reason);
    expect([undone.status, undone.body.ticketStatus]).toEqual([200, 'valid']);
    expect(await statusOf(ticket!.id)).toBe('valid');
    expect((await manager.client.post(path, reason)).body.code).toBe('check_in_undone');
    expect(said(await scan(gate, event, ticket!.code))).toBe('entry 1');
    expect(said(await scan(gate, event, ticket!.code))).toBe('already_used');
    expect(await promisesOf(event)).toEqual([]);
  });

  test('takes back the latest movement only, and what was before holds again', async () => {
    const { event, gate, manager, tickets } = await openDoor({ reEntry: 'after-exit' });
    const [ticket] = await tickets(1);
    const entry = await scan(gate, event, ticket!.code);
    const exit = await scan(gate, event, ticket!.code, { direction: 'out' });
    const undo = (id: string) =>
      manager.client.post(`/api/events/${event.id}/check-ins/${id}/undo`, { reason: 'Wrong direction.' });
    expect((await undo(entry.body.id)).body.code).toBe('check_in_not_latest');
    expect((await undo(exit.body.id)).body.ticketStatus).toBe('used');
    expect(said(await scan(gate, event, ticket!.code))).toBe('already_inside');
    expect(said(await scan(gate, event, ticket!.code, { direction: 'out' }))).toBe('exit 1');
    expect(await promisesOf(event)).toEqual([]);
  });

  test('is the only way back: the database refuses it while something counts', async () => {
    const { event, gate, tickets } = await openDoor();
    const [ticket] = await tickets(1);
    await scan(gate, event, ticket!.code);
    await expect(
      world.app.db.run(`update tickets set status = 'valid' where id = $1`, [ticket!.id]),
    ).rejects.toThrow('can not go from used to valid');
  });
});

describe('two gates without a network', () => {
  const offline = (code: string, atMs: number, gate: string) => ({
    code,
    nonce: newNonce(),
    gate,
    scannedAt: new Date(atMs).toISOString(),
    offline: { admitted: true },
  });

  test.each([
    ['the earlier first', [0, 1]],
    ['the later first', [1, 0]],
  ])('name a double with both times, and the earlier one counts: %s', async (_, order) => {
    const { event, gate, manager, tickets } = await openDoor();
    const [ticket] = await tickets(1);
    const now = world.clock.now().getTime();
    const sentAt = world.clock.now().toISOString();
    // South's clock is an hour ahead, so it says that it was later.
    const south = offline(ticket!.code, now - minutes(20) + hours(1), 'South');
    const north = offline(ticket!.code, now - minutes(10), 'North');
    const batches = [
      { person: gate, scans: [south], device: { sentAt: new Date(now + hours(1)).toISOString() } },
      { person: manager, scans: [north], device: { sentAt, skewMs: 40 } },
    ];
    const results: Record<string, unknown>[] = [];
    for (const i of order) {
      const { person, scans, device } = batches[i]!;
      for (const _retry of [1, 2]) {
        const { body } = await handIn(person, event, scans, device);
        results[i] = body.results[0];
      }
    }
    const { items, open } = await conflictsOf(event);
    expect(open).toBe(1);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      code: 'double',
      counts: false,
      ticketId: ticket!.id,
      scan: {
        gate: 'North',
        scannedAt: new Date(now - minutes(10) - 40).toISOString(),
        saidAt: north.scannedAt,
      },
      admission: {
        gate: 'South',
        scannedAt: new Date(now - minutes(20)).toISOString(),
        saidAt: south.scannedAt,
        isOffline: true,
      },
    });
    expect(results[0]).toMatchObject({ outcome: 'admitted', checkIn: { gate: 'South' } });
    expect((await handIn(manager, event, [north], { sentAt })).body.results[0]).toMatchObject({
      outcome: 'refused',
      code: 'already_used',
      gate: 'South',
      conflictId: items[0].id,
    });
    expect(await promisesOf(event)).toEqual([]);
  });

  test('of three gates name two doubles of the same admission, whatever the order', async () => {
    const { event, gate, tickets } = await openDoor();
    const bought = await tickets(6);
    const now = world.clock.now().getTime();
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    for (const [i, order] of orders.entries()) {
      const scans = ['North', 'South', 'West'].map((name, n) =>
        offline(bought[i]!.code, now - hours(1) + minutes(n), name),
      );
      for (const n of order) await handIn(gate, event, [scans[n]]);
    }
    const { items } = await conflictsOf(event);
    expect(items).toHaveLength(12);
    for (const { scan: double, admission } of items) {
      expect(admission.gate).toBe('North');
      expect(['South', 'West']).toContain(double.gate);
    }
    expect(await promisesOf(event)).toEqual([]);
  });

  test('an exit that arrives late shows that a double was none', async () => {
    const { event, gate, tickets } = await openDoor({ reEntry: 'after-exit' });
    const [ticket] = await tickets(1);
    const now = world.clock.now().getTime();
    const entry = offline(ticket!.code, now - minutes(30), 'North');
    const again = offline(ticket!.code, now - minutes(10), 'North');
    const exit = { ...offline(ticket!.code, now - minutes(20), 'South'), direction: 'out' };
    await handIn(gate, event, [entry, again]);
    expect((await conflictsOf(event)).open).toBe(1);
    const { body } = await handIn(gate, event, [exit]);
    expect(body.results[0]).toMatchObject({ outcome: 'admitted', checkIn: { kind: 'exit', visit: 1 } });
    const { items, open } = await conflictsOf(event);
    expect([open, items[0].clearedAt]).toEqual([0, world.clock.now().toISOString()]);
    expect((await handIn(gate, event, [again])).body.results[0]).toMatchObject({
      outcome: 'admitted',
      checkIn: { visit: 2 },
    });
    expect(await promisesOf(event)).toEqual([]);
  });

  test('who came in with a ticket that was cancelled meanwhile is named, and the ticket stays cancelled', async () => {
    const { event, gate, manager } = await openDoor();
    const { tickets, orderId } = await buy(world, buyer, event);
    await buyer.client.post(`/api/orders/${orderId}/cancellation`);
    const { body } = await handIn(gate, event, [
      offline(tickets[0]!.code, world.clock.now().getTime() - minutes(5), 'North'),
    ]);
    expect(body.results[0]).toMatchObject({ outcome: 'refused', code: 'ticket_cancelled' });
    const { items } = await conflictsOf(event);
    expect(items[0]).toMatchObject({ code: 'ticket_cancelled', admission: null, counts: false });
    expect(await statusOf(tickets[0]!.id)).toBe('cancelled');
    const path = `/api/events/${event.id}/door-conflicts/${items[0].id}/resolution`;
    const note = { note: 'Let them stay.' };
    expect((await gate.client.post(path, note)).status).toBe(403);
    expect((await manager.client.post(path, note)).body.resolution).toMatchObject({ note: 'Let them stay.' });
    expect((await manager.client.post(path, note)).body.code).toBe('door_conflict_resolved');
    expect((await conflictsOf(event)).open).toBe(0);
    expect(await promisesOf(event)).toEqual([]);
  });

  test('what the gate itself refused changes nothing', async () => {
    const { event, gate, tickets } = await openDoor();
    const [ticket] = await tickets(1);
    const refused = { code: ticket!.code, nonce: newNonce(), offline: { admitted: false } };
    expect((await handIn(gate, event, [refused])).body.results[0]).toEqual({
      nonce: refused.nonce,
      outcome: 'noted',
    });
    expect(await statusOf(ticket!.id)).toBe('valid');
  });
});

describe('checkpoints', () => {
  test('hand out so much for each ticket, and a scan of the main entrance is apart from it', async () => {
    const door = await openDoor({
      checkpoints: [checkpoint({ name: 'Bar', kind: 'handout', times: 2 })],
    });
    const { event, gate } = door;
    const [ticket] = await door.tickets(1);
    const atBar = { checkpointId: door.checkpoints[0].id };
    const answers = await Promise.all([1, 2, 3, 4].map(() => scan(gate, event, ticket!.code, atBar)));
    expect(answers.map(said).sort()).toEqual(['handout 1', 'handout 2', 'handout_used', 'handout_used']);
    expect(said(await scan(gate, event, ticket!.code))).toBe('entry 1');
    expect(await promisesOf(event)).toEqual([]);
  });

  test('take only their ticket types and days, and count for each day anew', async () => {
    const today = world.clock.now().toISOString().slice(0, 10);
    const other = await world.event({ priceMinor: 0 });
    const door = await openDoor({ dayStartsHour: 0 });
    const { event, gate } = door;
    const rules = { dayStartsHour: 0, checkpoints: [] as unknown[] };
    rules.checkpoints = [
      checkpoint({ name: 'Daily', kind: 'entrance', perDay: true, countsInside: true }),
      checkpoint({ name: 'Long ago', days: ['2020-01-01'] }),
      checkpoint({ name: 'Regulars', ticketTypeIds: [event.ticketTypeId] }),
    ];
    const unknown = { checkpoints: [checkpoint({ ticketTypeIds: [other.ticketTypeId] })] };
    const { checkpoints: _, ...plain } = plainRules;
    const refused = await event.organiser.client.put(
      `/api/events/${event.id}/door-settings`,
      { ...plain, ...unknown },
      { 'if-match': '"1"' },
    );
    expect(refused.body.code).toBe('unknown_ticket_type');
    const { body } = await setRules(event, rules, 1);
    const [daily, past, regulars] = body.checkpoints.map(({ id }: { id: string }) => ({ checkpointId: id }));
    const [ticket] = await door.tickets(1);
    expect(said(await scan(gate, event, ticket!.code, daily))).toBe('entry 1');
    expect(said(await scan(gate, event, ticket!.code, daily))).toBe('already_used');
    expect(said(await scan(gate, event, ticket!.code, past))).toBe('not_today');
    expect(said(await scan(gate, event, ticket!.code, regulars))).toBe('entry 1');
    world.clock.advance(hours(24));
    expect(world.clock.now().toISOString().slice(0, 10)).not.toBe(today);
    expect(said(await scan(gate, event, ticket!.code, daily))).toBe('entry 1');
    expect(await promisesOf(event)).toEqual([]);
  });
});

test('a full house stops the gates, says how full it is, and lets in whoever follows somebody out', async () => {
  const door = await openDoor({ reEntry: 'after-exit', insideLimit: 3, warnInsideAt: 2 });
  const { event, gate, manager } = door;
  const bought = await door.tickets(8);
  const answers = await Promise.all(
    bought.map((ticket, i) => scan(i % 2 ? gate : manager, event, ticket.code)),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
  expect(new Set(answers.map(said))).toEqual(new Set(['entry 1', 'house_full']));
  const inside = answers.flatMap(({ body }) => (body.presence ? [body.presence] : []));
  expect(inside.map((each) => each.inside).sort()).toEqual([1, 2, 3]);
  expect(inside[0]).toMatchObject({ limit: 3, warnAt: 2 });
  const out = bought[answers.findIndex(({ status }) => status === 201)]!;
  const waits = bought[answers.findIndex(({ status }) => status === 409)]!;
  expect(said(await scan(gate, event, out.code, { direction: 'out' }))).toBe('exit 1');
  expect(said(await scan(gate, event, waits.code))).toBe('entry 1');
  // A gate without a network cannot know. The guest is inside and counts, and a manager hears of it.
  const late = bought[answers.findLastIndex(({ status }) => status === 409)]!;
  const { body } = await handIn(gate, event, [
    { code: late.code, nonce: newNonce(), offline: { admitted: true } },
  ]);
  expect(body.results[0]).toMatchObject({ outcome: 'admitted', conflictId: expect.any(String) });
  expect((await conflictsOf(event)).items[0]).toMatchObject({ code: 'house_full', counts: true });
  expect(await promisesOf(event)).toEqual([]);
});

test('settings are changed by managers, one after the other, and are in the audit log', async () => {
  const { event, gate } = await openDoor({ insideLimit: 10 });
  const path = `/api/events/${event.id}/door-settings`;
  const shown = await gate.client.get(path);
  expect(shown.body).toMatchObject({ insideLimit: 10, reEntry: 'no', version: 1 });
  const { version: _, ...body } = shown.body;
  expect((await gate.client.put(path, body, { 'if-match': '"1"' })).status).toBe(403);
  const stale = await event.organiser.client.put(path, body, { 'if-match': '"0"' });
  expect([stale.status, stale.body.code, stale.body.version]).toEqual([412, 'version_mismatch', 1]);
});

test('a disputed ticket waits for a manager, who may admit it', async () => {
  const { event, gate, manager, tickets } = await openDoor();
  const [ticket] = await tickets(1);
  await world.app.db.run(
    `insert into disputes (id, provider, ref, kind, status, event_id, order_id, organisation_id, amount_minor, currency, reason,
       opened_at, seen_at)
     select 'dsp_test', 'sandbox', 'ref', 'chargeback', 'needs_response', event_id, order_id, $2, 100, 'EUR', 'fraudulent', now(), now()
     from tickets where id = $1`,
    [ticket!.id, manager.organisationId],
  );
  const [other] = await tickets(1);
  await world.app.db.run(
    `insert into disputes (id, provider, ref, kind, status, event_id, order_id, organisation_id, amount_minor, currency, reason,
       opened_at, seen_at)
     select 'dsp_asks', 'sandbox', 'asks', 'inquiry', 'needs_response', event_id, order_id, $2, 100, 'EUR', 'fraudulent', now(), now()
     from tickets where id = $1`,
    [other!.id, manager.organisationId],
  );
  // A bank that only asks stops nobody.
  expect(said(await scan(gate, event, other!.code))).toBe('entry 1');
  const overrides = { overrides: ['ticket_disputed'] };
  expect(said(await scan(gate, event, ticket!.code))).toBe('ticket_disputed');
  expect(said(await scan(gate, event, ticket!.code, overrides))).toBe('forbidden');
  const overruled = { ...overrides, nonce: 'overruled-once' };
  expect(said(await scan(manager, event, ticket!.code, overruled))).toBe('entry 1');
  expect(said(await scan(manager, event, ticket!.code, overruled))).toBe('entry 1');
  // An override that overrules nothing is no act.
  const [plain] = await tickets(1);
  expect(said(await scan(manager, event, plain!.code, overrides))).toBe('entry 1');
  const acts = `select actor_id, subject_id from audit_log where act = 'check_in.overruled'`;
  expect(await world.app.db.query(acts)).toEqual([{ actor_id: manager.userId, subject_id: ticket!.id }]);
  await world.app.db.run(`delete from disputes where id in ('dsp_test', 'dsp_asks')`);
});
