import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiKey } from '../../../contract/api-keys.ts';
import { hours } from '../../testing/clock.ts';
import { createWorld, type Organiser, type World } from '../../testing/world.ts';
import { isSecret, makeSecret } from './secret.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const keysOf = ({ organisationId }: Organiser) => `/api/organisations/${organisationId}/api-keys`;
const later = (ms: number) => new Date(world.clock.now().getTime() + ms).toISOString();

async function makeKey(
  by: Organiser,
  more: Record<string, unknown> = {},
): Promise<{ key: ApiKey; secret: string }> {
  const body = { name: 'Shop', scopes: ['events:read', 'orders:read'], ...more };
  const made = await by.client.post(keysOf(by), body);
  expect(made.status).toBe(201);
  return made.body;
}

const eventsWith = async (by: Organiser, secret: string, url = world.url) => {
  const answer = await fetch(`${url}/api/organisations/${by.organisationId}/events`, {
    headers: { authorization: `Bearer ${secret}` },
  });
  return { status: answer.status, code: ((await answer.json()) as { code?: string }).code };
};
const fine = { status: 200, code: undefined };
const invalid = { status: 401, code: 'invalid_api_key' };
const expired = { status: 401, code: 'api_key_expired' };

describe('a secret', () => {
  test('has a prefix and a checksum that tell it from what only looks like one', () => {
    const secret = makeSecret();
    expect(secret).toMatch(/^admit_[0-9A-Za-z]{46}$/);
    expect(isSecret(secret)).toBe(true);
    const other = secret.at(-1) === '0' ? '1' : '0';
    expect(isSecret(secret.slice(0, -1) + other)).toBe(false);
    const swapped = secret[6] === 'a' ? 'b' : 'a';
    expect(isSecret(secret.slice(0, 6) + swapped + secret.slice(7))).toBe(false);
    // As docs/api-keys.md describes it for scanners.
    const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
    const sum = [...secret.slice(-6)].reduce((all, letter) => all * 62 + letters.indexOf(letter), 0);
    expect(sum).toBe(crc32(secret.slice(6, 46)));
  });

  test('is shown once and stored as a hash', async () => {
    const house = await world.organiser();
    const { key, secret } = await makeKey(house);
    const listed = await house.client.get(keysOf(house));
    expect(listed.body.items).toEqual([key]);
    expect(key.hint).toBe(secret.slice(0, 10));
    expect(JSON.stringify(listed.body)).not.toContain(secret);
    const { rows } = await world.app.db.pool.query('select api_keys::text as text from api_keys');
    expect(rows.length).toBeGreaterThan(0);
    for (const { text } of rows) expect(text).not.toContain(secret.slice(10));
  });
});

describe('the list', () => {
  test('has the valid keys first, so that 1000 ended ones do not hide them', async () => {
    const house = await world.organiser();
    const { key } = await makeKey(house);
    for (const state of ['expired', 'revoked']) {
      world.clock.advance(1000);
      const ends = await makeKey(house, { expiresAt: later(hours(1)) });
      if (state === 'revoked') await house.client.delete(`${keysOf(house)}/${ends.key.id}`);
      else world.clock.advance(hours(2));
    }
    const listed = (await house.client.get(keysOf(house))).body.items as ApiKey[];
    expect(listed.map(({ state }) => state)).toEqual(['valid', 'revoked', 'expired']);
    expect(listed[0]?.id).toBe(key.id);
  });
});

describe('a request with a key', () => {
  test('is let in by its scopes, and the log names the key', async () => {
    const house = await world.organiser();
    const event = await world.event({ organiser: house });
    const { key, secret } = await makeKey(house, { scopes: ['events:write'] });
    world.clock.advance(1000);
    const headers = { authorization: `Bearer ${secret}`, 'if-match': `"${event.version}"` };
    const changed = await world.client().patch(`/api/events/${event.id}`, { title: 'By a key' }, headers);
    expect(changed.status).toBe(200);
    const log = await house.client.get(`/api/organisations/${house.organisationId}/audit-log`);
    expect(log.body.items[0]).toMatchObject({
      act: 'event.changed',
      actor: { kind: 'user', id: house.userId, role: 'owner', apiKey: { id: key.id, name: 'Shop' } },
    });
    expect(log.body.items.at(-1)).toMatchObject({ actor: { apiKey: null } });
  });

  test('is refused if the secret is wrong', async () => {
    const house = await world.organiser();
    const { secret } = await makeKey(house);
    expect(await eventsWith(house, secret)).toEqual(fine);
    for (const wrong of [makeSecret(), `${secret}0`, secret.slice(0, -1), 'admit_'])
      expect(await eventsWith(house, wrong)).toEqual(invalid);
  });

  test('has an idempotency key of its own', async () => {
    const house = await world.organiser();
    const event = await world.event({ organiser: house });
    const keys = [
      await makeKey(house, { scopes: ['events:write'] }),
      await makeKey(house, { scopes: ['events:write'] }),
    ];
    for (const [i, { secret }] of keys.entries()) {
      const headers = {
        authorization: `Bearer ${secret}`,
        'if-match': `"${event.version + i}"`,
        'idempotency-key': 'change-1',
      };
      const { status } = await world
        .client()
        .patch(`/api/events/${event.id}`, { title: `Number ${i}` }, headers);
      expect(status).toBe(200);
    }
  });

  test('notes once a minute when the key was used', async () => {
    const house = await world.organiser();
    const { secret } = await makeKey(house);
    const used = async () => (await house.client.get(keysOf(house))).body.items[0].lastUsedAt;
    expect(await used()).toBeNull();
    const first = world.clock.now().toISOString();
    await eventsWith(house, secret);
    await expect.poll(used).toBe(first);
    world.clock.advance(30_000);
    await eventsWith(house, secret);
    world.clock.advance(31_000);
    const second = world.clock.now().toISOString();
    await eventsWith(house, secret);
    await expect.poll(used).toBe(second);
  });

  test('gets 429 after more requests than a key may send', async () => {
    const narrow = await createWorld({ RATE_LIMIT_FACTOR: '0.01' });
    try {
      // Twelve requests in a minute.
      const person = await narrow.user();
      const { body } = await person.client.post('/api/organisations', { name: 'Narrow' });
      const house = { ...person, organisationId: body.id } as Organiser;
      const made = await house.client.post(keysOf(house), { name: 'A', scopes: ['events:read'] });
      const { secret } = made.body;
      const answers = [];
      for (let i = 0; i < 13; i++) answers.push(await eventsWith(house, secret, narrow.url));
      expect(answers.slice(0, 12).every(({ status }) => status === 200)).toBe(true);
      expect(answers[12]).toEqual({ status: 429, code: 'rate_limited' });
    } finally {
      await narrow.close();
    }
  });
});

describe('the end of a key', () => {
  test('comes at its time', async () => {
    const house = await world.organiser();
    const { secret } = await makeKey(house, { expiresAt: later(hours(1)) });
    expect(await eventsWith(house, secret)).toEqual(fine);
    world.clock.advance(hours(1));
    expect(await eventsWith(house, secret)).toEqual(expired);
    const listed = await house.client.get(keysOf(house));
    expect(listed.body.items[0]).toMatchObject({ state: 'expired' });
  });

  test('comes in every process as soon as it is revoked', async () => {
    const house = await world.organiser();
    const { key, secret } = await makeKey(house);
    const other = await world.another();
    expect(await eventsWith(house, secret, other.url)).toEqual(fine);
    const path = `${keysOf(house)}/${key.id}`;
    expect((await house.client.delete(path)).status).toBe(204);
    expect(await eventsWith(house, secret)).toEqual(invalid);
    await other.app.accounts.catchUp();
    expect(await eventsWith(house, secret, other.url)).toEqual(invalid);
    expect((await house.client.delete(path)).status).toBe(204);
    const rotated = await house.client.post(`${path}/secret`, { overlapHours: 1 });
    expect(rotated.body).toMatchObject({ code: 'api_key_ended' });
  });

  test('comes with the end of the membership, also if the person joins again', async () => {
    const house = await world.organiser();
    const member = { ...(await world.member(house, 'manager')), organisationId: house.organisationId };
    const { secret } = await makeKey(member);
    expect(await eventsWith(house, secret)).toEqual(fine);
    await house.client.delete(`/api/organisations/${house.organisationId}/members/${member.userId}`);
    expect(await eventsWith(house, secret)).toEqual(invalid);
    const { joinTeam } = await import('../organisations/join-team.ts');
    const { organisationId, userId } = member;
    await joinTeam(world.app, { organisationId, userId, role: 'owner', events: null });
    expect(await eventsWith(house, secret)).toEqual(invalid);
  });

  test('does not need the cache', async () => {
    const house = await world.organiser();
    const { key, secret } = await makeKey(house);
    expect(await eventsWith(house, secret)).toEqual(fine);
    await world.app.db.run('update api_keys set revoked_at = $2 where id = $1', [key.id, world.clock.now()]);
    await world.app.accounts.catchUp();
    expect(await eventsWith(house, secret)).toEqual(invalid);
    const again = world.app.db.run('update api_keys set revoked_at = null where id = $1', [key.id]);
    await expect(again).rejects.toThrow('for good');
  });
});

describe('another secret', () => {
  test('works beside the old one for the hours that were chosen', async () => {
    const house = await world.organiser();
    const { key, secret } = await makeKey(house);
    expect(await eventsWith(house, secret)).toEqual(fine);
    const rotated = await house.client.post(`${keysOf(house)}/${key.id}/secret`, { overlapHours: 24 });
    expect(rotated.body.key).toMatchObject({ oldSecretUntil: later(hours(24)) });
    const next = rotated.body.secret as string;
    expect(await eventsWith(house, next)).toEqual(fine);
    expect(await eventsWith(house, secret)).toEqual(fine);
    world.clock.advance(hours(24));
    expect(await eventsWith(house, secret)).toEqual(expired);
    expect(await eventsWith(house, next)).toEqual(fine);
    const last = await house.client.post(`${keysOf(house)}/${key.id}/secret`, { overlapHours: 0 });
    expect(await eventsWith(house, next)).toEqual(invalid);
    expect(await eventsWith(house, last.body.secret)).toEqual(fine);
  });

  test('is only for the person who made the key', async () => {
    const house = await world.organiser();
    const manager = await world.member(house, 'manager');
    const { key } = await makeKey(house);
    const { body } = await manager.client.post(`${keysOf(house)}/${key.id}/secret`, { overlapHours: 1 });
    expect(body).toMatchObject({ code: 'api_key_of_another' });
  });
});

describe('making a key', () => {
  test('refuses events of others and an end that has passed', async () => {
    const [house, other] = [await world.organiser(), await world.organiser()];
    const event = await world.event({ organiser: other });
    const make = (more: object) =>
      house.client.post(keysOf(house), { name: 'A', scopes: ['events:read'], ...more });
    expect((await make({ eventIds: [event.id] })).body).toMatchObject({ code: 'unknown_event' });
    expect((await make({ expiresAt: later(0) })).body).toMatchObject({ code: 'invalid_request' });
  });

  test('ends at fifty, also if many are made at once', async () => {
    const house = await world.organiser();
    const made = await Promise.all(
      Array.from({ length: 55 }, () =>
        house.client.post(keysOf(house), { name: 'A', scopes: ['events:read'] }),
      ),
    );
    expect(made.filter(({ status }) => status === 201)).toHaveLength(50);
    expect(made.find(({ status }) => status !== 201)?.body).toMatchObject({ code: 'too_many_api_keys' });
  });
});

test('the export of an account lists its keys without secrets', async () => {
  const house = await world.organiser();
  const { key, secret } = await makeKey(house);
  const { body } = await house.client.get('/api/me/export');
  expect(body.apiKeys).toMatchObject([{ id: key.id, organisationId: house.organisationId }]);
  expect(JSON.stringify(body)).not.toContain(secret);
});
