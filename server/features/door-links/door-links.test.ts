import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mostDoorDevices } from '../../../contract/door-links.ts';
import { hours, minutes } from '../../testing/clock.ts';
import { createWorld, type Organiser, type Person, type TestEvent, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';

let world: World;
let house: Organiser;
let event: TestEvent;
let manager: Person;
let buyer: Person;

beforeAll(async () => {
  world = await createWorld();
  house = await world.organiser();
  event = await world.event({
    organiser: house,
    priceMinor: 0,
    capacity: 500,
    fields: { maxPerBuyer: 500 },
  });
  manager = await world.member(house, 'manager');
  buyer = await world.guest();
});
afterAll(() => world.close());

const inHours = (count: number) => new Date(world.clock.now().getTime() + hours(count)).toISOString();

async function makeLink(more: Record<string, unknown> = {}, at = event) {
  const body = { label: 'North, Ben', gate: 'North', seesNames: false, expiresAt: inHours(12), ...more };
  const { status, body: made } = await manager.client.post(`/api/events/${at.id}/door-links`, body);
  expect(status, JSON.stringify(made)).toBe(201);
  return { id: made.link.id as string, secret: made.url.split('#')[1] as string, ...made };
}

/** Opens a link as a phone without a session does. */
async function open(secret: string, name = 'Ben’s phone') {
  const opened = await world.client().post('/api/door-devices', { secret, name });
  expect(opened.status, JSON.stringify(opened.body)).toBe(201);
  return { ...opened.body, id: opened.body.device.id as string, headers: as(opened.body.token) };
}
const as = (token: string) => ({ authorization: `Door ${token}` });
const gate = async (more: Record<string, unknown> = {}) => {
  const link = await makeLink(more);
  const { link: rights, ...device } = await open(link.secret);
  return { ...device, link, rights };
};
const revoke = (id: string, at = event) => manager.client.delete(`/api/events/${at.id}/door-links/${id}`);

let nonces = 0;
const newNonce = () => `gate-${String(++nonces).padStart(6, '0')}`;
const scan = (headers: Record<string, string>, code: string, more = {}) =>
  world.client().post(`/api/events/${event.id}/check-ins`, { code, nonce: newNonce(), ...more }, headers);
const newCode = async () => (await buy(world, buyer, event)).tickets[0]?.code as string;
const counts = (headers: Record<string, string>) =>
  world.client().get(`/api/events/${event.id}/check-ins/counts`, headers);
const devices = async (): Promise<Record<string, unknown>[]> =>
  (await manager.client.get(`/api/events/${event.id}/door-devices`)).body.items;

describe('a gate by link', () => {
  test('a phone without an account opens the link and admits a ticket', async () => {
    const link = await makeLink({ label: 'South, Kim', gate: 'South' });
    const device = await open(link.secret, 'Kim’s phone');
    expect(device).toMatchObject({
      link: { id: link.id, label: 'South, Kim', gate: 'South', ticketTypeIds: null, seesNames: false },
      events: [{ eventId: event.id, checkpointId: null, title: 'Night Shift', timeZone: 'Europe/Berlin' }],
    });
    const code = await newCode();
    const admitted = await scan(device.headers, code);
    // The gate is the link's, unless the device says another one.
    expect([admitted.status, admitted.body.gate]).toEqual([201, 'South']);
    const again = await scan({ cookie: manager.client.cookie() }, code);
    expect(again.body).toMatchObject({ code: 'already_used', gate: 'South', by: 'Kim’s phone' });
    expect((await counts(device.headers)).status).toBe(200);
    const [row] = await world.app.db.query(
      'select admitted_by, device_id from check_ins where ticket_id = $1',
      [admitted.body.ticketId],
    );
    expect(row).toEqual({ admitted_by: null, device_id: device.id });
  });

  test('the database has neither the secret nor the token', async () => {
    const { link, token } = await gate();
    const rows = await world.app.db.query<{ all: string }>(
      `select row_to_json(door_links)::text || coalesce(row_to_json(door_devices)::text, '') as all
       from door_links left join door_devices on link_id = door_links.id`,
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const secret of [link.secret, token, token.slice(4)])
      expect(rows.some(({ all }) => all.includes(secret))).toBe(false);
  });

  test('covers the events that the manager names, and no others', async () => {
    const second = await world.event({ organiser: house, priceMinor: 0 });
    const third = await world.event({ organiser: house, priceMinor: 0 });
    const link = await makeLink({ moreEvents: [{ eventId: second.id }, { eventId: event.id }] });
    const device = await open(link.secret);
    expect(device.events.map(({ eventId }: { eventId: string }) => eventId).sort()).toEqual(
      [event.id, second.id].sort(),
    );
    const statusAt = async (at: TestEvent) =>
      (await world.client().get(`/api/events/${at.id}/check-ins/counts`, device.headers)).status;
    expect([await statusAt(event), await statusAt(second), await statusAt(third)]).toEqual([200, 200, 404]);
    // Revoking it at one event ends it for all.
    expect((await revoke(link.id, second)).status).toBe(204);
    expect(await statusAt(event)).toBe(401);
  });

  test('a manager of some events makes links for those alone', async () => {
    const own = await world.event({ organiser: house });
    const limited = await world.member(house, 'manager', [own.id]);
    const foreign = await world.event();
    const body = { label: 'x', seesNames: false, expiresAt: inHours(1) };
    for (const eventId of [event.id, foreign.id]) {
      const path = `/api/events/${own.id}/door-links`;
      const refused = await limited.client.post(path, { ...body, moreEvents: [{ eventId }] });
      expect(refused.body).toMatchObject({ code: 'unknown_event', events: [eventId] });
    }
    expect((await limited.client.post(`/api/events/${own.id}/door-links`, body)).status).toBe(201);
    const type = await manager.client.post(`/api/events/${event.id}/door-links`, {
      ...body,
      ticketTypeIds: [foreign.ticketTypeId],
    });
    expect(type.body).toMatchObject({ code: 'unknown_ticket_type', ticketTypeId: foreign.ticketTypeId });
  });

  test('ends at a time between now and 60 days from now', async () => {
    const path = `/api/events/${event.id}/door-links`;
    for (const expiresAt of [inHours(0), inHours(-1), inHours(60 * 24 + 1)]) {
      const refused = await manager.client.post(path, { label: 'x', seesNames: false, expiresAt });
      expect(refused.body).toMatchObject({
        code: 'invalid_request',
        issues: [{ path: 'body.expiresAt' }],
      });
    }
  });

  test('is not opened with a wrong secret, nor with another link’s id', async () => {
    const link = await makeLink();
    const wrong = await world.client().post('/api/door-devices', {
      secret: [...link.secret].reverse().join(''),
      name: 'x',
    });
    expect(wrong.body).toMatchObject({ status: 404, code: 'door_link_unknown' });
  });

  test('takes a hundred devices, also when they open it at once', async () => {
    const link = await makeLink();
    await Promise.all(Array.from({ length: mostDoorDevices - 2 }, () => open(link.secret)));
    const last = await Promise.all(
      Array.from({ length: 6 }, () =>
        world.client().post('/api/door-devices', { secret: link.secret, name: 'x' }),
      ),
    );
    expect(last.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409, 409, 409]);
    expect(last.find(({ status }) => status === 409)?.body.code).toBe('link_full');
  });
});

describe('the end of a link', () => {
  test('a revoked link stops its devices, and cannot be opened again', async () => {
    const { link, headers } = await gate();
    const code = await newCode();
    expect((await counts(headers)).status).toBe(200);
    expect((await revoke(link.id)).status).toBe(204);
    expect((await revoke(link.id)).status).toBe(204);
    const refused = await scan(headers, code);
    expect(refused.body).toMatchObject({
      status: 401,
      code: 'door_link_ended',
      reason: 'revoked',
      endedAt: world.clock.now().toISOString(),
    });
    const opened = await world.client().post('/api/door-devices', { secret: link.secret, name: 'x' });
    expect(opened.body).toMatchObject({ code: 'door_link_ended', reason: 'revoked' });
    expect((await scan({ cookie: manager.client.cookie() }, code)).status).toBe(201);
  });

  test('an expired link stops its devices', async () => {
    const { headers } = await gate({ expiresAt: inHours(1) });
    world.clock.advance(hours(1) - 1);
    expect((await counts(headers)).status).toBe(200);
    world.clock.advance(1);
    expect((await counts(headers)).body).toMatchObject({ code: 'door_link_ended', reason: 'expired' });
  });

  test('one device is ended alone', async () => {
    const link = await makeLink();
    const [lost, kept] = [await open(link.secret), await open(link.secret)];
    const path = `/api/events/${event.id}/door-devices`;
    expect((await manager.client.delete(`${path}/${lost.id}`)).status).toBe(204);
    expect((await manager.client.delete(`${path}/${lost.id}`)).status).toBe(204);
    expect((await counts(lost.headers)).body.code).toBe('door_link_ended');
    expect((await counts(kept.headers)).status).toBe(200);
    const other = await world.event({ organiser: house });
    const elsewhere = await manager.client.delete(`/api/events/${other.id}/door-devices/${kept.id}`);
    expect(elsewhere.status).toBe(404);
  });

  test('another process refuses the device as soon as PostgreSQL has told it', async () => {
    const second = await world.another();
    const { link, headers } = await gate();
    const there = () =>
      fetch(`${second.url}/api/events/${event.id}/check-ins/counts`, { headers }).then(
        ({ status }) => status,
      );
    // From now on the second process has the device in its cache.
    expect([await there(), await there()]).toEqual([200, 200]);
    await revoke(link.id);
    await second.app.notices.catchUp();
    expect(await there()).toBe(401);
    await second.close();
    const third = await world.another();
    const answer = await fetch(`${third.url}/api/events/${event.id}/check-ins/counts`, { headers });
    expect(answer.status).toBe(401);
  });

  test('a look-up that began before the revocation is not kept after it', async () => {
    const { link, headers } = await gate();
    const { db } = world.app;
    const query = db.query.bind(db);
    let goOn = () => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    // The database has answered, and the answer has not arrived yet.
    db.query = (async (text: string, values?: unknown[]) => {
      const rows = await query(text, values);
      if (text.includes('device.token_hash')) await held;
      return rows;
    }) as typeof db.query;
    const early = counts(headers);
    await expect.poll(() => world.app.caches.doorDevices.size()).toBeGreaterThan(0);
    await revoke(link.id);
    db.query = query;
    goOn();
    // It began in time, and was looked at again before its command.
    expect((await early).status).toBe(401);
    expect((await counts(headers)).status).toBe(401);
  });

  test('a revoked link stays revoked in the database too', async () => {
    const { link } = await gate();
    await revoke(link.id);
    await expect(
      world.app.db.run('update door_links set revoked_at = null where id = $1', [link.id]),
    ).rejects.toThrow('for good');
  });
});

describe('what a device says of itself', () => {
  const note = (
    headers: Record<string, string>,
    more: Record<string, unknown> = {},
    client = world.client(),
  ) =>
    client.put(
      '/api/door-devices/mine',
      { unsynced: 0, sentAt: world.clock.now().toISOString(), ...more },
      headers,
    );

  test('is on the manager’s list, with the error of its clock', async () => {
    const device = await gate();
    world.clock.advance(minutes(3));
    const sentAt = new Date(world.clock.now().getTime() + hours(2)).toISOString();
    const said = {
      name: 'Tablet 4',
      batteryPercent: 34,
      isCharging: true,
      unsynced: 12,
      manifestVersion: '77.a1',
    };
    const answer = await note(device.headers, { ...said, sentAt, roundTripMs: 400 });
    expect(answer.body).toEqual({
      now: world.clock.now().toISOString(),
      skewMs: hours(2) + 200,
      device: { id: device.id, name: 'Tablet 4' },
      link: { ...device.rights, events: [{ eventId: event.id, checkpointId: null }] },
    });
    expect((await devices()).find(({ id }) => id === device.id)).toMatchObject({
      ...said,
      linkId: device.link.id,
      person: null,
      state: 'valid',
      skewMs: hours(2) + 200,
      lastSeenAt: world.clock.now().toISOString(),
    });
    // What the device does not say again stays, except of the battery, which may have no meter any more.
    await note(device.headers);
    expect((await devices()).find(({ id }) => id === device.id)).toMatchObject({
      name: 'Tablet 4',
      batteryPercent: null,
      manifestVersion: '77.a1',
      skewMs: 0,
    });
  });

  test('a member’s device has its name in the check-in, and belongs to that member', async () => {
    const steward = await world.member(house, 'door');
    const path = `/api/events/${event.id}/door-devices`;
    const { status, body } = await steward.client.post(path, { name: 'Office tablet' });
    expect(status).toBe(201);
    const mine = { 'admit-door-device': body.device.id as string };
    expect((await note(mine, { batteryPercent: 80 }, steward.client)).body).toMatchObject({ link: null });
    expect((await note(mine, {}, manager.client)).status).toBe(404);
    expect((await note(mine)).body.code).toBe('unauthenticated');
    const admitted = await steward.client.post(
      `/api/events/${event.id}/check-ins`,
      { code: await newCode(), nonce: newNonce() },
      mine,
    );
    const foreign = await manager.client.post(
      `/api/events/${event.id}/check-ins`,
      { code: await newCode(), nonce: newNonce() },
      mine,
    );
    expect([admitted.status, foreign.status]).toEqual([201, 201]);
    const rows = await world.app.db.query(
      'select admitted_by, device_id from check_ins where ticket_id = any($1) order by device_id',
      [[admitted.body.ticketId, foreign.body.ticketId]],
    );
    expect(rows).toEqual([
      { admitted_by: steward.userId, device_id: body.device.id },
      { admitted_by: manager.userId, device_id: null },
    ]);
    expect((await devices()).find(({ id }) => id === body.device.id)).toMatchObject({
      name: 'Office tablet',
      linkId: null,
      person: expect.stringMatching(/^Person/),
      batteryPercent: 80,
    });
    await house.client.delete(`/api/organisations/${house.organisationId}/members/${steward.userId}`);
    expect((await note(mine, {}, steward.client)).status).toBe(404);
  });

  test('the list of links says who made each, and what became of it', async () => {
    const link = await makeLink({ label: 'West', ticketTypeIds: [event.ticketTypeId] });
    await open(link.secret);
    await revoke(link.id);
    const { items } = (await manager.client.get(`/api/events/${event.id}/door-links`)).body;
    expect(items[0]).toMatchObject({
      id: link.id,
      label: 'West',
      ticketTypeIds: [event.ticketTypeId],
      state: 'revoked',
      createdBy: expect.stringMatching(/^Person/),
      devices: 1,
    });
    expect(JSON.stringify(items)).not.toContain(link.secret);
  });
});
