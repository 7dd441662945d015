import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { App } from '../../app.ts';
import { someoneIsBlocked } from '../../testing/blocked.ts';
import { createClient } from '../../testing/client.ts';
import { createWorld, type Organiser, type Person, type TestEvent, type World } from '../../testing/world.ts';
import type { Caller } from '../accounts/accounts.ts';
import { requireEventCapability } from '../sale/event-team.ts';
import { joinTeam } from './join-team.ts';

let world: World;
let second: Awaited<ReturnType<World['another']>>;
let house: Organiser;
let event: TestEvent;
beforeAll(async () => {
  world = await createWorld();
  second = await world.another();
  house = await world.organiser();
  event = await world.event({ organiser: house });
});
afterAll(async () => {
  await second?.close();
  await world?.close();
});

const members = () => `/api/organisations/${house.organisationId}/members`;
const put = (person: Person, role: string) => house.client.put(`${members()}/${person.userId}`, { role });
const join = (person: Person, { organisationId }: Organiser) =>
  joinTeam(world.app, { organisationId, userId: person.userId, role: 'door' });
const remove = (person: Person) => house.client.delete(`${members()}/${person.userId}`);

/** The credentials of one person, each sent unchanged many times. */
async function credentialsOf(person: Person, url: string): Promise<Record<string, string>[]> {
  await person.client.get('/api/me');
  const cookie = person.client.cookie();
  const { token } = (await createClient(url).get('/api/auth/token', { cookie })).body;
  const session = decodeURIComponent(person.client.cookies.get('admit.session_token') ?? '').split('.')[0];
  return [{ cookie }, { authorization: `Bearer ${session}` }, { authorization: `Bearer ${token}` }];
}
/** The door's answers: 409 for an invalid code to a member, 404 to others. */
const doorAt = (url: string, credentials: Record<string, string>[]) =>
  Promise.all(
    credentials.map(async (headers) => {
      const scan = { code: 'ADMIT1.NONE', nonce: 'scan-000001' };
      return (await createClient(url).post(`/api/events/${event.id}/check-ins`, scan, headers)).status;
    }),
  );
const editAt = async (url: string, credentials: Record<string, string>[]) =>
  Promise.all(
    credentials.map(async (headers) => {
      const path = `/api/events/${event.id}`;
      return (await createClient(url).patch(path, { title: 'Night' }, { ...headers, 'if-match': '999' }))
        .status;
    }),
  );
const callerOf = async (app: App, headers: Record<string, string>): Promise<Caller> =>
  (await app.accounts.identify(headers))!.caller;

test('a role is asked for once, and not again before something changes', async () => {
  const person = await world.member(house, 'door');
  const [headers] = (await credentialsOf(person, world.url)) as [Record<string, string>];
  const caller = await callerOf(world.app, headers);
  await requireEventCapability(world.app, caller, event.id, 'door.admit');
  let asked = 0;
  const count = () => asked++;
  world.app.db.pool.on('acquire', count);
  try {
    await requireEventCapability(world.app, caller, event.id, 'door.admit');
  } finally {
    world.app.db.pool.off('acquire', count);
  }
  expect(asked).toBe(0);
});

test('someone taken off the team is refused from the answer on, elsewhere as soon as it is told', async () => {
  for (let round = 0; round < 5; round++) {
    const person = await world.member(house, 'door');
    const here = await credentialsOf(person, world.url);
    const there = await credentialsOf(person, second.url);
    expect(await doorAt(world.url, here)).toEqual([409, 409, 409]);
    expect(await doorAt(second.url, there)).toEqual([409, 409, 409]);

    const heard = vi.spyOn(world.app.accounts, 'catchUp');
    expect((await remove(person)).status).toBe(204);
    expect(await doorAt(world.url, here)).toEqual([404, 404, 404]);
    expect(heard).toHaveBeenCalledTimes(1);
    await vi.waitFor(async () => expect(await doorAt(second.url, there)).toEqual([404, 404, 404]), 10_000);

    await join(person, house);
    expect(await doorAt(world.url, here)).toEqual([409, 409, 409]);
    expect(heard).toHaveBeenCalledTimes(2);
    heard.mockRestore();
    await vi.waitFor(async () => expect(await doorAt(second.url, there)).toEqual([409, 409, 409]), 10_000);
  }
});

test('a role that is lowered or raised counts from the answer on', async () => {
  const person = await world.member(house, 'manager');
  const here = await credentialsOf(person, world.url);
  expect(await editAt(world.url, here)).toEqual([412, 412, 412]);
  await put(person, 'door');
  expect(await editAt(world.url, here)).toEqual([403, 403, 403]);
  expect(await doorAt(world.url, here)).toEqual([409, 409, 409]);
  await put(person, 'manager');
  expect(await editAt(world.url, here)).toEqual([412, 412, 412]);
});

test('a role put as it is leaves what is remembered', async () => {
  const person = await world.member(house, 'door');
  const [headers] = (await credentialsOf(person, world.url)) as [Record<string, string>];
  const { accessVersion } = await callerOf(world.app, headers);
  expect((await put(person, 'door')).status).toBe(200);
  expect(await world.app.accounts.identify(headers)).toEqual({
    caller: expect.objectContaining({ accessVersion }),
  });
});

test('a process that can not hear of changes asks each time', async () => {
  const third = await world.another();
  try {
    const person = await world.member(house, 'door');
    const there = await credentialsOf(person, third.url);
    expect(await doorAt(third.url, there)).toEqual([409, 409, 409]);
    // Both in one transaction, so that no listener hears the notice.
    await world.app.db.transaction(async (trx) => {
      await trx.query(`select pg_terminate_backend(pid, 5000) from pg_stat_activity
        where application_name = 'admit notices' and datname = current_database()`);
      await trx.run('delete from members where user_id = $1', [person.userId]);
    });
    expect(await doorAt(third.url, there)).toEqual([404, 404, 404]);
    const isHeard = async () => expect(third.app.accounts.isCurrent(await adminOf(third))).toBe(true);
    await vi.waitFor(isHeard, 5000);
    expect(await doorAt(third.url, there)).toEqual([404, 404, 404]);
  } finally {
    await third.close();
  }
});
const adminOf = async ({ app }: { app: App }) => callerOf(app, { cookie: house.client.cookie() });

test('a request that began before the end of a role and was sent on after it is refused', async () => {
  const person = await world.member(house, 'door');
  const [{ cookie }] = (await credentialsOf(person, world.url)) as [{ cookie: string }];
  const body = JSON.stringify({ code: 'ADMIT1.NONE', nonce: 'scan-000001' });
  expect(await doorAt(world.url, [{ cookie }])).toEqual([409]);
  const answered = Promise.withResolvers<number | undefined>();
  const slow = request(`${world.url}/api/events/${event.id}/check-ins`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', 'content-length': body.length },
  });
  slow.on('response', (response) => answered.resolve(response.resume().statusCode));
  slow.on('error', answered.reject);
  slow.write(body.slice(0, 5));
  await wait(200);
  await remove(person);
  slow.end(body.slice(5));
  expect(await answered.promise).toBe(404);
});

test('leaving every team waits for nobody who waits for the account', async () => {
  const other = await world.organiser();
  const person = await world.member(house, 'door');
  await join(person, other);
  const left = await world.app.db.transaction(async (trx) => {
    await trx.query('select from organisations where id = $1 for no key update', [other.organisationId]);
    const leaving = person.client.post('/api/me/deletion', { ticketsLeaveMe: false });
    await someoneIsBlocked(world.app.db);
    await trx.run(`update members set role = 'manager' where organisation_id = $1 and user_id = $2`, [
      other.organisationId,
      person.userId,
    ]);
    return { leaving };
  });
  expect((await left.leaving).status).toBe(204);
});
