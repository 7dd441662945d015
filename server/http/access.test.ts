import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../contract/operation.ts';
import { operations } from '../../contract/operations.ts';
import {
  bodyOf,
  type CallerName,
  type Cast,
  callerNames,
  createCast,
  pathOf,
  send,
} from '../testing/cast.ts';
import { createWorld, type World } from '../testing/world.ts';

/*
 * Walks every operation of the contract with every kind of caller. Nothing here names an operation: a new
 * one is walked the day it is declared, and one whose parameters are unknown fails until the cast has them.
 */
let world: World;
let cast: Cast;
beforeAll(async () => {
  world = await createWorld();
  cast = await createCast(world);
});
afterAll(() => world.close());

/** Who is let through to the operation itself; everyone else must be stopped at the door. */
const allowed: Record<Operation['access'], readonly CallerName[]> = {
  public: callerNames,
  signature: callerNames,
  secret: callerNames,
  'signed-in': callerNames.filter((name) => name !== 'nobody'),
  holder: ['holder'],
  door: ['door', 'manager', 'owner'],
  manager: ['manager', 'owner'],
  owner: ['owner'],
  admin: ['admin'],
};

/** Where the thing itself is asked for by an id in the path, strangers learn nothing: not even that it exists. */
function expectedRefusal(op: Operation, caller: CallerName): { status: number; code: string } {
  if (caller === 'nobody') return { status: 401, code: 'unauthenticated' };
  if (op.access === 'admin') return { status: 403, code: 'forbidden' };
  const lowerRole = ['door', 'manager'].includes(caller) && ['manager', 'owner'].includes(op.access);
  return lowerRole ? { status: 403, code: 'forbidden' } : { status: 404, code: 'not_found' };
}

const named = (chosen: Operation[]) => chosen.map((op) => [op.id, op] as const);
const stoppedFrom = (op: Operation) => callerNames.filter((name) => !allowed[op.access].includes(name));
const guarded = operations.filter((op) => stoppedFrom(op).length > 0);

test.each(named(guarded))('%s stops everyone it is not for', async (_, op) => {
  for (const caller of stoppedFrom(op)) {
    const answer = await send(cast.callers[caller], op, pathOf(op, cast.params), bodyOf(op, cast.params));
    const { status, code } = expectedRefusal(op, caller);
    expect({ caller, status: answer.status, code: answer.body.code }).toEqual({ caller, status, code });
  }
});

test.each(named(guarded))('%s refuses a session that was made up', async (_, op) => {
  const client = world.client();
  client.cookies.set(world.app.accounts.sessionCookie, 'made.up');
  const bearer = { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1c3JfMSIsInJvbGUiOiJhZG1pbiJ9.' };
  for (const headers of [{}, bearer]) {
    const answer = await send(client, op, pathOf(op, cast.params), bodyOf(op, cast.params), headers);
    expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
  }
});

// Last, because some of these change the house: who is meant to get in gets past the door.
test.each(named(guarded))('%s lets in whom it is for', async (_, op) => {
  const caller = op.access === 'signed-in' ? 'user' : (allowed[op.access].at(0) as CallerName);
  const answer = await send(cast.callers[caller], op, pathOf(op, cast.params), bodyOf(op, cast.params));
  expect(answer.status, `${caller}: ${JSON.stringify(answer.body)}`).not.toBe(401);
  expect(answer.status, `${caller}: ${JSON.stringify(answer.body)}`).toBeLessThan(500);
  expect(answer.body?.code).not.toBe('forbidden');
});

describe('roles', () => {
  test.each(operations.filter((op) => op.body && op.method !== 'GET').map((op) => [op.id, op] as const))(
    '%s raises nobody who slips a role into the body',
    async (_, op) => {
      const person = await world.guest();
      const body = {
        ...(bodyOf(op, cast.params) as object),
        role: 'admin',
        userRole: 'admin',
        isAnonymous: false,
        emailVerified: true,
      };
      await send(person.client, op, pathOf(op, cast.params), body);
      const rows = await world.app.db.query<{ role: string }>('select role from users where id = $1', [
        person.userId,
      ]);
      expect(rows.map((row) => row.role)).not.toContain('admin');
    },
  );

  test('only the admin that was made is one', async () => {
    const rows = await world.app.db.query('select id from users where role = $1', ['admin']);
    expect(rows).toHaveLength(1);
  });
});
