import { afterAll, beforeAll, expect, test } from 'vitest';
import { minutes } from '../../testing/clock.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';

let world: World;
let buyer: Person;
beforeAll(async () => {
  world = await createWorld();
  buyer = await world.guest();
});
afterAll(() => world?.close());

let nonces = 0;
const scan = ({ id, organiser }: TestEvent, code: string, more: object = {}, person: Person = organiser) =>
  person.client.post(`/api/events/${id}/check-ins`, {
    code,
    nonce: `timeline-${++nonces}`,
    gate: 'North',
    ...more,
  });
const readScans = async (event: TestEvent, ticketId: string) => {
  const path = `/api/events/${event.id}/door-tickets/${ticketId}/scans`;
  const answer = await event.organiser.client.get(path);
  expect(answer.status).toBe(200);
  return answer.body;
};
/** A refusal is written after its answer. */
const untilRefused = (event: TestEvent, ticketId: string, count: number) =>
  expect
    .poll(async () => {
      const { items } = await readScans(event, ticketId);
      return items.filter(({ kind }: { kind: string }) => kind === 'refused').length;
    })
    .toBe(count);

test('the timeline has each admission, refusal, exit, undo and double, with gate, device and person', async () => {
  const event = await world.event({ priceMinor: 0 });
  const steward = await world.member(event.organiser, 'door');
  const { tickets, number } = await buy(world, buyer, event, { attendees: undefined });
  const { id, code } = tickets[0]!;
  expect((await readScans(event, id)).items).toEqual([]);
  const admitted = await scan(event, code, {}, steward);
  expect(admitted.status).toBe(201);
  world.clock.advance(minutes(1));
  expect((await scan(event, code, { gate: 'South' })).body.code).toBe('already_used');
  await untilRefused(event, id, 1);
  world.clock.advance(minutes(1));
  const batch = await event.organiser.client.post(`/api/events/${event.id}/check-ins/batch`, {
    scans: [{ code, nonce: 'timeline-double', gate: 'East', offline: { admitted: true } }],
  });
  expect(batch.body.results[0].conflictId).toBeDefined();
  const read = await readScans(event, id);
  expect(read).toMatchObject({ ticketId: id, status: 'used', isInside: true, orderNumber: number });
  expect(read.items).toMatchObject([
    { kind: 'entry', gate: 'North', checkpoint: null, counts: true, refusal: null, canUndo: true },
    {
      kind: 'refused',
      gate: 'South',
      counts: false,
      refusal: 'already_used',
      checkInId: null,
      canUndo: false,
    },
    { kind: 'entry', gate: 'East', counts: false, isOffline: true, canUndo: false },
  ]);
  expect(read.items[0].person).not.toBe(read.items[1].person);
  expect(read.items[2].conflict).toEqual({ code: 'double', isOpen: true, note: null });
  world.clock.advance(minutes(1));
  const undone = await event.organiser.client.post(
    `/api/events/${event.id}/check-ins/${admitted.body.id}/undo`,
    { reason: 'Scanned by mistake' },
  );
  expect(undone.status).toBe(200);
  const after = await readScans(event, id);
  // The double counts instead, and is the one that can be taken back now.
  expect(after.items).toMatchObject([
    { counts: false, undone: { reason: 'Scanned by mistake' }, canUndo: false },
    { kind: 'refused' },
    { counts: true, canUndo: true, conflict: { code: 'double', isOpen: false } },
  ]);
});

test('what it says can be undone can be undone, and nothing else', async () => {
  const event = await world.event({ priceMinor: 0 });
  const put = await event.organiser.client.put(
    `/api/events/${event.id}/door-settings`,
    {
      reEntry: 'after-exit',
      insideLimit: null,
      warnInsideAt: null,
      disputed: 'refuse',
      dayStartsHour: 5,
      checkpoints: [],
    },
    { 'if-match': '"0"' },
  );
  expect(put.status).toBe(200);
  const { tickets } = await buy(world, buyer, event);
  const { id, code } = tickets[0]!;
  for (const direction of ['in', 'out', 'in', 'out']) {
    expect((await scan(event, code, { direction })).status).toBe(201);
    world.clock.advance(minutes(1));
  }
  for (let left = 4; left > 0; left--) {
    const { items } = await readScans(event, id);
    for (const { checkInId, canUndo, counts } of items) {
      if (canUndo) continue;
      const refused = await event.organiser.client.post(
        `/api/events/${event.id}/check-ins/${checkInId}/undo`,
        { reason: 'no' },
      );
      expect(refused.body.code).toBe(counts ? 'check_in_not_latest' : 'check_in_undone');
    }
    const latest = items.filter(({ canUndo }: { canUndo: boolean }) => canUndo);
    expect(latest).toHaveLength(1);
    const path = `/api/events/${event.id}/check-ins/${latest[0].checkInId}/undo`;
    expect((await event.organiser.client.post(path, { reason: 'back' })).status).toBe(200);
  }
  const { status, items } = await readScans(event, id);
  expect(status).toBe('valid');
  expect(
    items.every(({ canUndo, counts }: { canUndo: boolean; counts: boolean }) => !canUndo && !counts),
  ).toBe(true);
});

test('a ticket keeps only some refusals, the same scan again is one, and a gate’s own refusal has no code', async () => {
  const event = await world.event({ priceMinor: 0 });
  const { tickets } = await buy(world, buyer, event);
  const { id, code } = tickets[0]!;
  await scan(event, code);
  const again = { nonce: 'timeline-again' };
  for (let i = 0; i < 3; i++) expect((await scan(event, code, again)).status).toBe(409);
  await untilRefused(event, id, 1);
  const path = `/api/events/${event.id}/check-ins/batch`;
  const refuse = (n: number) => ({ code, nonce: `timeline-many-${n}`, offline: { admitted: false } });
  for (let i = 0; i < 3; i++) {
    const scans = Array.from({ length: 100 }, (_, n) => refuse(i * 100 + n));
    expect((await event.organiser.client.post(path, { scans })).status).toBe(200);
  }
  await untilRefused(event, id, 51);
  const { items } = await readScans(event, id);
  expect(items.filter(({ refusal, kind }: never) => kind === 'refused' && refusal === null)).toHaveLength(50);
});

test('a ticket of another event is not there', async () => {
  const [event, other] = [await world.event({ priceMinor: 0 }), await world.event({ priceMinor: 0 })];
  const { tickets } = await buy(world, buyer, other);
  const path = `/api/events/${event.id}/door-tickets/${tickets[0]!.id}/scans`;
  expect((await event.organiser.client.get(path)).status).toBe(404);
});
