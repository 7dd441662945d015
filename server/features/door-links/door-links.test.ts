import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mostDoorDevices } from '../../../contract/door-links.ts';
import { hours, minutes } from '../../testing/clock.ts';
import { createWorld, type TestEvent, type World } from '../../testing/world.ts';
import { createGates } from './testing/gates.ts';

let world: World;
let door: Awaited<ReturnType<typeof createGates>>;
beforeAll(async () => {
  world = await createWorld();
  door = await createGates(world);
});
afterAll(() => world.close());

describe('a gate by link', () => {
  test('a phone without an account opens the link and admits a ticket', async () => {
    const link = await door.makeLink({ label: 'South, Kim', gate: 'South' });
    const device = await door.open(link.secret, 'Kim’s phone');
    expect(device).toMatchObject({
      link: { id: link.id, label: 'South, Kim', gate: 'South', ticketTypeIds: null, seesNames: false },
      events: [
        { eventId: door.event.id, checkpointId: null, title: 'Night Shift', timeZone: 'Europe/Berlin' },
      ],
    });
    const code = await door.newCode();
    const admitted = await door.scan(device.headers, code);
    expect([admitted.status, admitted.body.gate]).toEqual([201, 'South']);
    const again = await door.scan({ cookie: door.manager.client.cookie() }, code);
    expect(again.body).toMatchObject({ code: 'already_used', gate: 'South', by: 'Kim’s phone' });
    expect((await door.counts(device.headers)).status).toBe(200);
    const [row] = await world.app.db.query(
      'select admitted_by, device_id from check_ins where ticket_id = $1',
      [admitted.body.ticketId],
    );
    expect(row).toEqual({ admitted_by: null, device_id: device.id });
  });

  test('the database has neither the secret nor the token', async () => {
    const { made: link, token } = await door.gate();
    const rows = await world.app.db.query<{ all: string }>(
      `select row_to_json(door_links)::text || coalesce(row_to_json(door_devices)::text, '') as all
       from door_links left join door_devices on link_id = door_links.id`,
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const secret of [link.secret, token, token.slice(4)])
      expect(rows.some(({ all }) => all.includes(secret))).toBe(false);
  });

  test('covers the events that the manager names, and no others', async () => {
    const second = await world.event({ organiser: door.house, priceMinor: 0 });
    const third = await world.event({ organiser: door.house, priceMinor: 0 });
    const link = await door.makeLink({ moreEvents: [{ eventId: second.id }, { eventId: door.event.id }] });
    const device = await door.open(link.secret);
    expect(device.events.map(({ eventId }: { eventId: string }) => eventId).sort()).toEqual(
      [door.event.id, second.id].sort(),
    );
    const statusAt = async (at: TestEvent) =>
      (await world.client().get(`/api/events/${at.id}/check-ins/counts`, device.headers)).status;
    expect([await statusAt(door.event), await statusAt(second), await statusAt(third)]).toEqual([
      200, 200, 404,
    ]);
    // Revoking it at one event ends it for all.
    expect((await door.revoke(link.id, second)).status).toBe(204);
    expect(await statusAt(door.event)).toBe(401);
  });

  test('a manager of some events makes links for those alone', async () => {
    const own = await world.event({ organiser: door.house });
    const limited = await world.member(door.house, 'manager', [own.id]);
    const foreign = await world.event();
    const body = { label: 'x', seesNames: false, expiresAt: door.inHours(1) };
    for (const eventId of [door.event.id, foreign.id]) {
      const path = `/api/events/${own.id}/door-links`;
      const refused = await limited.client.post(path, { ...body, moreEvents: [{ eventId }] });
      expect(refused.body).toMatchObject({ code: 'unknown_event', events: [eventId] });
    }
    expect((await limited.client.post(`/api/events/${own.id}/door-links`, body)).status).toBe(201);
    const type = await door.manager.client.post(`/api/events/${door.event.id}/door-links`, {
      ...body,
      ticketTypeIds: [foreign.ticketTypeId],
    });
    expect(type.body).toMatchObject({ code: 'unknown_ticket_type', ticketTypeId: foreign.ticketTypeId });
  });

  test('stands at a checkpoint of its event, and at none of another', async () => {
    const other = await world.event({ organiser: door.house });
    const checkpoint = {
      name: 'Balcony',
      kind: 'zone',
      ticketTypeIds: null,
      perDay: false,
      days: null,
      times: 1,
      countsInside: false,
      insideLimit: null,
    };
    const path = `/api/events/${door.event.id}/door-settings`;
    const { body: before } = await door.manager.client.get(path);
    const { version, ...settings } = before;
    const { status, body } = await door.manager.client.put(
      path,
      { ...settings, checkpoints: [checkpoint] },
      { 'if-match': `"${version}"` },
    );
    expect(status, JSON.stringify(body)).toBe(200);
    const checkpointId = body.checkpoints[0].id as string;
    const link = await door.makeLink({ checkpointId });
    expect((await door.open(link.secret)).events).toMatchObject([{ eventId: door.event.id, checkpointId }]);
    const refused = await door.manager.client.post(`/api/events/${other.id}/door-links`, {
      label: 'x',
      seesNames: false,
      expiresAt: door.inHours(1),
      checkpointId,
    });
    expect(refused.body).toMatchObject({ code: 'invalid_request', issues: [{ path: 'body.checkpointId' }] });
  });

  test('ends between now and a week after the event', async () => {
    const path = `/api/events/${door.event.id}/door-links`;
    // The event begins in 30 days and lasts four hours.
    const latest = 30 * 24 + 4 + 7 * 24;
    for (const expiresAt of [door.inHours(0), door.inHours(-1), door.inHours(latest + 1)]) {
      const refused = await door.manager.client.post(path, { label: 'x', seesNames: false, expiresAt });
      expect(refused.body).toMatchObject({
        code: 'invalid_request',
        issues: [{ path: 'body.expiresAt' }],
      });
    }
    await door.makeLink({ expiresAt: door.inHours(latest - 1) });
  });

  test('is not opened with a wrong secret, nor with another link’s id', async () => {
    const link = await door.makeLink();
    const wrong = await world.client().post('/api/door-devices', {
      secret: [...link.secret].reverse().join(''),
      name: 'x',
    });
    expect(wrong.body).toMatchObject({ status: 404, code: 'door_link_unknown' });
  });

  test('takes a hundred devices, also when they open it at once', async () => {
    const link = await door.makeLink();
    await Promise.all(Array.from({ length: mostDoorDevices - 2 }, () => door.open(link.secret)));
    const last = await Promise.all(
      Array.from({ length: 6 }, () =>
        world.client().post('/api/door-devices', { secret: link.secret, name: 'x' }),
      ),
    );
    expect(last.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409, 409, 409]);
    expect(last.find(({ status }) => status === 409)?.body.code).toBe('link_full');
    // A device that was ended makes room for one other.
    const ended = last.find(({ status }) => status === 201)?.body.device.id;
    await door.manager.client.delete(`/api/events/${door.event.id}/door-devices/${ended}`);
    await door.open(link.secret);
    await expect(door.open(link.secret)).rejects.toThrow('link_full');
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
    const device = await door.gate();
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
      link: { ...device.link, events: [{ eventId: door.event.id, checkpointId: null }] },
    });
    expect((await door.devices()).find(({ id }) => id === device.id)).toMatchObject({
      ...said,
      linkId: device.made.id,
      person: null,
      state: 'valid',
      skewMs: hours(2) + 200,
      lastSeenAt: world.clock.now().toISOString(),
    });
    // What the device does not say again stays, except of the battery, which may have no meter any more.
    await note(device.headers);
    expect((await door.devices()).find(({ id }) => id === device.id)).toMatchObject({
      name: 'Tablet 4',
      batteryPercent: null,
      manifestVersion: '77.a1',
      skewMs: 0,
    });
  });

  test('a member’s device has its name in the check-in, and belongs to that member', async () => {
    const steward = await world.member(door.house, 'door');
    const path = `/api/events/${door.event.id}/door-devices`;
    const { status, body } = await steward.client.post(path, { name: 'Office tablet' });
    expect(status).toBe(201);
    const mine = { 'admit-door-device': body.device.id as string };
    expect((await note(mine, { batteryPercent: 80 }, steward.client)).body).toMatchObject({ link: null });
    expect((await note(mine, {}, door.manager.client)).status).toBe(404);
    expect((await note(mine)).body.code).toBe('unauthenticated');
    const admitted = await steward.client.post(
      `/api/events/${door.event.id}/check-ins`,
      { code: await door.newCode(), nonce: door.newNonce() },
      mine,
    );
    const foreign = await door.manager.client.post(
      `/api/events/${door.event.id}/check-ins`,
      { code: await door.newCode(), nonce: door.newNonce() },
      mine,
    );
    expect([admitted.status, foreign.status]).toEqual([201, 201]);
    const rows = await world.app.db.query(
      'select admitted_by, device_id from check_ins where ticket_id = any($1) order by device_id',
      [[admitted.body.ticketId, foreign.body.ticketId]],
    );
    expect(rows).toEqual([
      { admitted_by: steward.userId, device_id: body.device.id },
      { admitted_by: door.manager.userId, device_id: null },
    ]);
    expect((await door.devices()).find(({ id }) => id === body.device.id)).toMatchObject({
      name: 'Office tablet',
      linkId: null,
      person: expect.stringMatching(/^Person/),
      batteryPercent: 80,
    });
    await door.house.client.delete(
      `/api/organisations/${door.house.organisationId}/members/${steward.userId}`,
    );
    expect((await note(mine, {}, steward.client)).status).toBe(404);
  });

  test('the list of links says who made each, and what became of it', async () => {
    const link = await door.makeLink({ label: 'West', ticketTypeIds: [door.event.ticketTypeId] });
    await door.open(link.secret);
    await door.revoke(link.id);
    const { items } = (await door.manager.client.get(`/api/events/${door.event.id}/door-links`)).body;
    expect(items[0]).toMatchObject({
      id: link.id,
      label: 'West',
      ticketTypeIds: [door.event.ticketTypeId],
      state: 'revoked',
      createdBy: expect.stringMatching(/^Person/),
      devices: 1,
    });
    expect(JSON.stringify(items)).not.toContain(link.secret);
  });
});
