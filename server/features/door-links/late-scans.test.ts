import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../../audit/audit.ts';
import { hours, minutes } from '../../testing/clock.ts';
import { createWorld, type World } from '../../testing/world.ts';
import { createGates } from './testing/gates.ts';

/* What a device hands in after its link has ended. A thief has its token, its clock and the codes that it has read. */

let world: World;
let door: Awaited<ReturnType<typeof createGates>>;
beforeAll(async () => {
  world = await createWorld();
  door = await createGates(world);
});
afterAll(() => world.close());

const iso = (ms = 0) => new Date(world.clock.now().getTime() + ms).toISOString();
type Headers = Record<string, string>;
const claim = (code: string, scannedAt = iso(), more = {}) => ({
  code,
  nonce: door.newNonce(),
  scannedAt,
  offline: { admitted: true },
  ...more,
});
const send = (headers: Headers, scans: object[]) =>
  world.client().post(`/api/events/${door.event.id}/check-ins/batch`, { scans }, headers);
const handIn = async (headers: Headers, scans: object[]): Promise<string[]> => {
  const { status, body } = await send(headers, scans);
  expect(status, JSON.stringify(body)).toBe(200);
  return body.results.map((each: { outcome: string; code?: string }) => each.code ?? each.outcome);
};
const beat = async (headers: Headers, unsynced: number) => {
  const said = { unsynced, sentAt: iso() };
  expect((await world.client().put('/api/door-devices/mine', said, headers)).status).toBe(200);
};
const codes = (count: number) => Promise.all(Array.from({ length: count }, () => door.newCode()));
const statusesOf = async (...of: string[]) => {
  const statuses: string[] = [];
  for (const code of of) {
    const claimed = world.app.signer.verify(code);
    const [row] = await world.app.db.query<{ status: string }>('select status from tickets where id = $1', [
      claimed?.ticketId,
    ]);
    statuses.push(row?.status ?? '');
  }
  return statuses;
};
const conflictsOf = async () =>
  (await door.manager.client.get(`/api/events/${door.event.id}/door-conflicts`)).body.items as {
    code: string;
    counts: boolean;
    ticketId: string;
  }[];
const promises = async () => {
  await world.drain();
  return audit(world.app.db, { acknowledged: [], now: world.clock.now(), eventIds: [door.event.id] });
};

describe('a revoked device', () => {
  test('uses no ticket up with scans that it dates back: each is a conflict for the manager', async () => {
    const { made, headers } = await door.gate();
    const [one, two] = (await codes(2)) as [string, string];
    await beat(headers, 0);
    world.clock.advance(minutes(10));
    await door.revoke(made.id);
    world.clock.advance(minutes(10));
    const batch = [claim(one, iso(-minutes(30))), claim(two, iso(-minutes(15)))];
    const before = (await conflictsOf()).length;
    expect(await handIn(headers, batch)).toEqual(['door_link_ended', 'door_link_ended']);
    expect(await handIn(headers, batch)).toEqual(['door_link_ended', 'door_link_ended']);
    // What asks the server to decide is refused without a trace.
    expect(await handIn(headers, [claim(one, iso(-minutes(30)), { offline: undefined })])).toEqual([
      'door_link_ended',
    ]);
    expect(await statusesOf(one, two)).toEqual(['valid', 'valid']);
    const conflicts = await conflictsOf();
    expect(conflicts.length - before).toBe(2);
    expect(conflicts[0]).toMatchObject({ code: 'link_ended', counts: false });
    // The guest comes in at another gate.
    expect((await door.scan({ cookie: door.manager.client.cookie() }, one)).status).toBe(201);
    expect(await promises()).toEqual([]);
  });

  test('hands in what its last heartbeat announced, once, and no more', async () => {
    const { made, headers } = await door.gate();
    const all = (await codes(4)) as [string, string, string, string];
    const scans = all.map((code, i) => claim(code, iso(-minutes(4 - i))));
    await beat(headers, 2);
    world.clock.advance(minutes(1));
    const later = claim(all[0], iso());
    await door.revoke(made.id);
    world.clock.advance(minutes(1));
    // Scanned before the end, but after the device had said how many it had.
    expect(await handIn(headers, [later])).toEqual(['door_link_ended']);
    expect(await handIn(headers, scans.slice(1))).toEqual(['admitted', 'admitted', 'door_link_ended']);
    expect(await handIn(headers, scans)).toEqual([
      'door_link_ended',
      'admitted',
      'admitted',
      'door_link_ended',
    ]);
    expect(await statusesOf(...all)).toEqual(['valid', 'used', 'used', 'valid']);
    expect(await promises()).toEqual([]);
  });

  test('has used up its announcement with what it handed in before, whose answers it gets again', async () => {
    const { made, headers } = await door.gate();
    const [one, two, three] = (await codes(3)) as [string, string, string];
    const scans = [claim(one), claim(two)];
    await beat(headers, 2);
    expect(await handIn(headers, scans)).toEqual(['admitted', 'admitted']);
    world.clock.advance(minutes(1));
    await door.revoke(made.id);
    expect(await handIn(headers, [...scans, claim(three, iso(-minutes(5)))])).toEqual([
      'admitted',
      'admitted',
      'door_link_ended',
    ]);
    expect(await promises()).toEqual([]);
  });

  test('two of its batches at once share one announcement', async () => {
    const { made, headers } = await door.gate();
    const all = await codes(6);
    await beat(headers, 2);
    await door.revoke(made.id);
    const answers = await Promise.all(
      [0, 3].map((from) =>
        handIn(
          headers,
          all.slice(from, from + 3).map((code) => claim(code)),
        ),
      ),
    );
    expect(answers.flat().filter((said) => said === 'admitted')).toHaveLength(2);
    expect((await statusesOf(...all)).filter((status) => status === 'used')).toHaveLength(2);
  });
});

test('a device that has ended may hand in twelve batches a minute', async () => {
  const strict = await createWorld({ RATE_LIMIT_FACTOR: '1' });
  try {
    const house = await createGates(strict);
    const { made, headers } = await house.gate();
    const path = `/api/events/${house.event.id}/check-ins/batch`;
    const handInOne = async () =>
      (await strict.client().post(path, { scans: [claim('ADMIT1.X')] }, headers)).status;
    for (let i = 0; i < 13; i++) expect(await handInOne()).toBe(200);
    await house.revoke(made.id);
    const statuses: number[] = [];
    for (let i = 0; i < 13; i++) statuses.push(await handInOne());
    expect(statuses).toEqual([...Array(12).fill(200), 429]);
  } finally {
    await strict.close();
  }
});

test('a link that expires was taken from nobody: its devices have twelve hours to hand in', async () => {
  const { headers } = await door.gate({ expiresAt: door.inHours(1) });
  const [one, two, three] = (await codes(3)) as [string, string, string];
  await beat(headers, 0);
  world.clock.advance(minutes(30));
  const [inTime, late] = [claim(one), claim(two)];
  world.clock.advance(hours(2));
  expect(await handIn(headers, [inTime, claim(three)])).toEqual(['admitted', 'door_link_ended']);
  world.clock.advance(hours(12));
  expect(await handIn(headers, [inTime, late])).toEqual(['admitted', 'door_link_ended']);
  expect(await statusesOf(one, two, three)).toEqual(['used', 'valid', 'valid']);
  // Whoever revokes the link after that takes the hours away.
  const other = await door.gate({ expiresAt: door.inHours(1) });
  await beat(other.headers, 0);
  const early = claim(two, iso(minutes(1)));
  world.clock.advance(hours(2));
  await door.revoke(other.made.id);
  expect(await handIn(other.headers, [early])).toEqual(['door_link_ended']);
  expect(await promises()).toEqual([]);
});

test('a ticket that a gate found without its code counts in those hours, and not once its link is revoked', async () => {
  const { made, headers } = await door.gate({ expiresAt: door.inHours(1) });
  const [one, two, three, four] = (await codes(4)) as [string, string, string, string];
  const found = (code: string) => {
    const { ticketId } = world.app.signer.verify(code) ?? {};
    return claim('', iso(), { code: undefined, ticketId, issue: 1 });
  };
  world.clock.advance(minutes(30));
  await beat(headers, 4);
  const [first, second] = [found(one), found(two)];
  world.clock.advance(hours(1));
  expect(await handIn(headers, [first, found(four)])).toEqual(['admitted', 'door_link_ended']);
  expect((await door.scan({ cookie: door.manager.client.cookie() }, one)).body.code).toBe('already_used');
  await door.revoke(made.id);
  // It gets the same answer again, and a ticket that nobody showed to it stays valid, although a heartbeat announced scans.
  expect(await handIn(headers, [first, second])).toEqual(['admitted', 'door_link_ended']);
  const other = await door.gate({ expiresAt: door.inHours(1) });
  await beat(other.headers, 1);
  const kept = found(three);
  world.clock.advance(hours(14));
  expect(await handIn(other.headers, [kept])).toEqual(['door_link_ended']);
  expect(await statusesOf(one, two, three, four)).toEqual(['used', 'valid', 'valid', 'valid']);
  expect(await promises()).toEqual([]);
});

test('one device makes no more than twenty conflicts of one ticket, and is told the last of them', async () => {
  const { headers } = await door.gate();
  const code = await door.newCode();
  const results = (
    await send(
      headers,
      Array.from({ length: 100 }, (_, i) => claim(code, iso(i))),
    )
  ).body.results as { outcome: string; code?: string; conflictId?: string }[];
  expect(results.filter(({ outcome }) => outcome === 'admitted')).toHaveLength(1);
  const refused = results.filter(({ code: said, conflictId }) => said === 'already_used' && conflictId);
  expect(refused).toHaveLength(99);
  expect(new Set(refused.map(({ conflictId }) => conflictId)).size).toBe(20);
  // Another device is heard all the same.
  const other = await door.gate();
  expect(await handIn(other.headers, [claim(code, iso(minutes(-1)))])).toEqual(['admitted']);
  expect(await promises()).toEqual([]);
});

test('a link names no checkpoint of another event or that was removed, and none is removed that a valid link names', async () => {
  const event = await world.event({ organiser: door.house, priceMinor: 0 });
  const path = `/api/events/${event.id}/door-settings`;
  const bar = {
    name: 'Bar',
    kind: 'handout',
    ticketTypeIds: null,
    perDay: false,
    days: null,
    times: 1,
    countsInside: false,
    insideLimit: null,
  };
  const rules = {
    reEntry: 'no',
    insideLimit: null,
    warnInsideAt: null,
    disputed: 'refuse',
    dayStartsHour: 5,
  };
  const put = (checkpoints: object[], version: number) =>
    door.manager.client.put(path, { ...rules, checkpoints }, { 'if-match': `"${version}"` });
  const { body } = await put([bar, { ...bar, name: 'Shop' }], 0);
  const [known, shop] = body.checkpoints as { id: string }[];
  const made = await door.makeLink({ checkpointId: known?.id }, event);
  await expect(door.makeLink({ checkpointId: known?.id })).rejects.toThrow('has no checkpoint');
  const refused = await put([shop as object], 1);
  expect(refused.body).toMatchObject({ status: 409, code: 'checkpoint_in_use', links: [made.id] });
  expect((await door.manager.client.get(path)).body.checkpoints).toHaveLength(2);
  // A checkpoint that no link names is free.
  expect((await put([known as object], 1)).status).toBe(200);
  await expect(door.makeLink({ checkpointId: shop?.id }, event)).rejects.toThrow('has no checkpoint');
  await door.revoke(made.id, event);
  expect((await put([], 2)).status).toBe(200);
  const foreign = `update door_link_events set checkpoint_id = 'cpt_none' where link_id = $1`;
  await expect(world.app.db.run(foreign, [made.id])).rejects.toThrow('door_link_events_at_checkpoint');
});

test('of a link that is made and a checkpoint that is removed at once, one is refused', async () => {
  const event = await world.event({ organiser: door.house, priceMinor: 0 });
  const path = `/api/events/${event.id}/door-settings`;
  const rules = {
    reEntry: 'no',
    insideLimit: null,
    warnInsideAt: null,
    disputed: 'refuse',
    dayStartsHour: 5,
  };
  const zone = { name: 'Bar', kind: 'zone', ticketTypeIds: null, perDay: false, days: null, times: 1 };
  for (let round = 0, version = 0; round < 8; round++) {
    const put = (checkpoints: object[]) =>
      door.manager.client.put(path, { ...rules, checkpoints }, { 'if-match': `"${version++}"` });
    const { body } = await put([{ ...zone, countsInside: false, insideLimit: null }]);
    const [{ id: checkpointId }] = body.checkpoints;
    const [made, removed] = await Promise.all([
      door.makeLink({ checkpointId }, event).catch(() => null),
      put([]),
    ]);
    expect({ isMade: made !== null, removed: removed.status }).toEqual(
      made ? { isMade: true, removed: 409 } : { isMade: false, removed: 200 },
    );
    if (made) {
      version--;
      await door.revoke(made.id, event);
      expect((await put([])).status).toBe(200);
    }
  }
});
