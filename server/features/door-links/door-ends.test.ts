import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hours } from '../../testing/clock.ts';
import { openLive } from '../../testing/live.ts';
import { createWorld, testPassword, type World } from '../../testing/world.ts';
import { buy } from '../tickets/testing/buy.ts';
import { as, createGates } from './testing/gates.ts';

let world: World;
let door: Awaited<ReturnType<typeof createGates>>;
beforeAll(async () => {
  world = await createWorld();
  door = await createGates(world);
});
afterAll(() => world.close());

describe('the end of a link', () => {
  test('a revoked link stops its devices, and cannot be opened again', async () => {
    const { made: link, headers } = await door.gate();
    const code = await door.newCode();
    expect((await door.counts(headers)).status).toBe(200);
    expect((await door.revoke(link.id)).status).toBe(204);
    expect((await door.revoke(link.id)).status).toBe(204);
    const refused = await door.scan(headers, code);
    expect(refused.body).toMatchObject({
      status: 401,
      code: 'door_link_ended',
      reason: 'revoked',
      endedAt: world.clock.now().toISOString(),
    });
    const opened = await world.client().post('/api/door-devices', { secret: link.secret, name: 'x' });
    expect(opened.body).toMatchObject({ code: 'door_link_ended', reason: 'revoked' });
    expect((await door.scan({ cookie: door.manager.client.cookie() }, code)).status).toBe(201);
  });

  test('an expired link stops its devices', async () => {
    const { headers } = await door.gate({ expiresAt: door.inHours(1) });
    world.clock.advance(hours(1) - 1);
    expect((await door.counts(headers)).status).toBe(200);
    world.clock.advance(1);
    expect((await door.counts(headers)).body).toMatchObject({ code: 'door_link_ended', reason: 'expired' });
  });

  test('one device is ended alone', async () => {
    const link = await door.makeLink();
    const [lost, kept] = [await door.open(link.secret), await door.open(link.secret)];
    const path = `/api/events/${door.event.id}/door-devices`;
    expect((await door.manager.client.delete(`${path}/${lost.id}`)).status).toBe(204);
    expect((await door.manager.client.delete(`${path}/${lost.id}`)).status).toBe(204);
    expect((await door.counts(lost.headers)).body.code).toBe('door_link_ended');
    expect((await door.counts(kept.headers)).status).toBe(200);
    const other = await world.event({ organiser: door.house });
    const elsewhere = await door.manager.client.delete(`/api/events/${other.id}/door-devices/${kept.id}`);
    expect(elsewhere.status).toBe(404);
  });

  test('another process refuses the device as soon as PostgreSQL has told it', async () => {
    const second = await world.another();
    const { made: link, headers } = await door.gate();
    const there = () =>
      fetch(`${second.url}/api/events/${door.event.id}/check-ins/counts`, { headers }).then(
        ({ status }) => status,
      );
    // From now on the second process has the device in its cache.
    expect([await there(), await there()]).toEqual([200, 200]);
    await door.revoke(link.id);
    await second.app.notices.catchUp();
    expect(await there()).toBe(401);
    await second.close();
    const third = await world.another();
    const answer = await fetch(`${third.url}/api/events/${door.event.id}/check-ins/counts`, { headers });
    expect(answer.status).toBe(401);
  });

  test('a look-up that began before the revocation is not kept after it', async () => {
    const { made: link, headers } = await door.gate();
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
    world.app.caches.doorDevices.clear();
    const early = door.counts(headers);
    try {
      await expect.poll(() => world.app.caches.doorDevices.size()).toBeGreaterThan(0);
      await door.revoke(link.id);
    } finally {
      db.query = query;
      goOn();
    }
    // It began in time, and was looked at again before its command.
    expect((await early).status).toBe(401);
    expect((await door.counts(headers)).status).toBe(401);
  });

  test('a revoked link stays revoked in the database too', async () => {
    const { made: link } = await door.gate();
    await door.revoke(link.id);
    await expect(
      world.app.db.run('update door_links set revoked_at = null where id = $1', [link.id]),
    ).rejects.toThrow('for good');
  });
});

describe('races', () => {
  test('scans that run while the link is revoked are admitted or refused, and none is lost', async () => {
    const second = await world.another();
    const { made: link, headers } = await door.gate();
    const orders = Array.from({ length: 5 }, () => buy(world, door.buyer, door.event, { quantity: 8 }));
    const tickets = (await Promise.all(orders)).flatMap((order) => order.tickets);
    const answers = tickets.map(async ({ id, code }, i) => {
      if (i === 20) await door.revoke(link.id);
      const { status } = await fetch(
        `${i % 2 ? world.url : second.url}/api/events/${door.event.id}/check-ins`,
        {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify({ code, nonce: door.newNonce() }),
        },
      );
      return { id, status };
    });
    const seen = await Promise.all(answers);
    expect(
      [...new Set(seen.map(({ status }) => status))].every((status) => [201, 401].includes(status)),
    ).toBe(true);
    const used = await world.app.db.query<{ id: string }>(
      `select id from tickets where id = any($1) and status = 'used' order by id`,
      [tickets.map(({ id }) => id)],
    );
    const admitted = seen.flatMap(({ id, status }) => (status === 201 ? id : [])).sort();
    expect(used.map(({ id }) => id)).toEqual(admitted);
    await second.app.notices.catchUp();
    expect((await door.counts(headers)).status).toBe(401);
  });

  test('a process that cannot hear of revocations asks the database', async () => {
    const { made: link, headers } = await door.gate();
    expect((await door.counts(headers)).status).toBe(200);
    const { notices, caches } = world.app;
    const [isLive, clear] = [notices.isLive, caches.doorDevices.clear];
    // The connection is lost, and with it the notice.
    notices.isLive = () => false;
    caches.doorDevices.clear = () => {};
    await world.app.db.run('update door_links set revoked_at = now() where id = $1', [link.id]);
    await notices.catchUp();
    expect((await door.counts(headers)).status).toBe(401);
    notices.isLive = isLive;
    caches.doorDevices.clear = clear;
  });

  test('a device that registers while the link is revoked has ended too', async () => {
    const link = await door.makeLink();
    const [opened] = await Promise.all([
      world.client().post('/api/door-devices', { secret: link.secret, name: 'x' }),
      door.revoke(link.id),
    ]);
    expect([201, 401]).toContain(opened.status);
    if (opened.status === 201) expect((await door.counts(as(opened.body.token))).status).toBe(401);
  });
});

describe('the team’s pages', () => {
  test('hear at once that a device spoke, registered and was ended', async () => {
    const link = await door.makeLink();
    const device = await door.open(link.secret);
    const live = await openLive(world.url, {
      headers: { origin: world.url, cookie: door.manager.client.cookie() },
      organisation: door.house.organisationId,
    });
    const heard = () => live.told('door').length;
    // The connection joins its rooms after it has opened.
    await expect
      .poll(async () => {
        const said = { unsynced: 3, sentAt: world.clock.now().toISOString() };
        await world.client().put('/api/door-devices/mine', said, device.headers);
        return heard();
      })
      .toBeGreaterThan(0);
    expect(live.told('door')[0]).toEqual({ about: 'devices', eventIds: [door.event.id] });
    for (const change of [() => door.open(link.secret), () => door.revoke(link.id), () => door.makeLink()]) {
      await world.app.notices.catchUp();
      const before = heard();
      await change();
      await expect.poll(heard).toBeGreaterThan(before);
    }
    live.close();
  });
});

describe('what is kept', () => {
  test('the name of a device goes with the account of its member', async () => {
    const steward = await world.member(door.house, 'door');
    const path = `/api/events/${door.event.id}/door-devices`;
    const { body } = await steward.client.post(path, { name: 'Phone of Kim' });
    expect((await steward.client.post('/api/me/deletion', { password: testPassword })).status).toBe(204);
    const [row] = await world.app.db.query('select name from door_devices where id = $1', [body.device.id]);
    expect(row).toEqual({ name: '' });
  });
});
