import { afterAll, beforeAll, expect, test } from 'vitest';
import { operations } from '../../contract/operations.ts';
import { bodyOf, type Cast, callerOf, createCast, pathOf, send } from '../testing/cast.ts';
import { createWorld, type World } from '../testing/world.ts';

let world: World;
let cast: Cast;
beforeAll(async () => {
  world = await createWorld();
  cast = await createCast(world);
});
afterAll(() => world.close());

/** Removes the session cache cookie, so that the server looks the session up and sets a new cookie. */
function forgetCaller(client: Cast['callers']['user']): void {
  for (const name of client.cookies.keys()) if (name.endsWith('caller')) client.cookies.delete(name);
}

// Reads run first, because a write may end the session.
const inOrder = operations.toSorted((a, b) => Number(b.method === 'GET') - Number(a.method === 'GET'));

test.each(inOrder.map((op) => [op.id, op] as const))(
  '%s lets nobody keep an answer that sets a cookie',
  async (_, op) => {
    const client = cast.callers[callerOf[op.access]];
    forgetCaller(client);
    const { headers } = await send(client, op, pathOf(op, cast.params), bodyOf(op, cast.params));
    const mayRenew = op.access !== 'signature' && op.access !== 'secret' && client.cookies.size > 0;
    if (op.method === 'GET' && mayRenew)
      expect(headers.getSetCookie(), 'the cookie was renewed').not.toEqual([]);
    if (headers.getSetCookie().length > 0) expect(headers.get('cache-control')).toMatch(/no-store/);
    if (headers.getSetCookie().length > 0)
      expect(headers.get('cache-control')).not.toMatch(/public|s-maxage/);
  },
);
