import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { getMe, getSession } from '../../../client/endpoints.generated.ts';
import { ApiProblem, isProblem } from '../../../client/problem.ts';
import type { Me } from '../../../contract/accounts.ts';
import { guestKeyHeader } from '../../../contract/guest-key.ts';
import { call } from './call.ts';
import { forgetGuestKey, guestKey } from './guest-key.ts';
import { forgetKept } from './kept.ts';

/**
 * The session itself is an HTTP-only cookie that no script can see. This mark only says that there may be
 * one, so that a newcomer's first page asks nothing and logs no 401.
 */
const MARK = 'admit.session';

export function maySignedIn(): boolean {
  try {
    return localStorage.getItem(MARK) !== null;
  } catch {
    return true;
  }
}

function mark(signedIn: boolean): void {
  try {
    if (signedIn) localStorage.setItem(MARK, '1');
    else localStorage.removeItem(MARK);
  } catch {
    // Storage may be forbidden; then every page asks.
  }
}

/** Who is signed in; null where nobody is. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }): Promise<Me | null> => {
    // The browser writes every 401 to its log as an error; a newcomer is found out without one.
    if (!maySignedIn() && (await call(getSession, { signal })) === null) return null;
    try {
      const me = await call(getMe, { signal });
      mark(true);
      return me;
    } catch (error) {
      if (!isProblem(error, 'unauthenticated')) throw error;
      mark(false);
      await forgetKept();
      return null;
    }
  },
  staleTime: 60_000,
});

/** For pages that belong to somebody: throws `unauthenticated` where nobody is signed in. */
export async function requireMe(client: QueryClient): Promise<void> {
  if (maySignedIn() || (await client.ensureQueryData(meQuery))) return;
  throw new ApiProblem({ code: 'unauthenticated', status: 401, title: 'Sign in to see this.' });
}

/**
 * Sends a request that needs an owner: as whoever is signed in here, and otherwise with this browser's guest key, by
 * which the request itself signs a guest in. `headers` go into the call.
 */
export async function asSomebody<T>(
  client: QueryClient,
  send: (headers: Record<string, string>, isNew: boolean) => Promise<T>,
): Promise<T> {
  if (await client.fetchQuery({ ...meQuery, staleTime: 10_000 })) return send({}, false);
  try {
    const reply = await sendWithKey((key) => send({ [guestKeyHeader]: key }, true));
    mark(true);
    return reply;
  } finally {
    // Also where the places were refused: the guest may be signed in all the same.
    await client.fetchQuery({ ...meQuery, staleTime: 0 }).catch(() => null);
  }
}

async function sendWithKey<T>(send: (key: string) => Promise<T>): Promise<T> {
  const key = await guestKey();
  try {
    return await send(key);
  } catch (error) {
    if (!isProblem(error, 'guest_key_ended')) throw error;
    await forgetGuestKey(key);
    return send(await guestKey());
  }
}

/** Everything that was loaded for one person must not be shown to the next. */
async function startOver(client: QueryClient): Promise<void> {
  const personal = [
    'recommended',
    'orders',
    'order',
    'hold',
    'managed',
    'team',
    'sessions',
    'profile',
    'passkeys',
  ];
  client.removeQueries({ predicate: (query) => personal.includes(String(query.queryKey[0])) });
  const me = await client.fetchQuery({ ...meQuery, staleTime: 0 });
  await forgetKept(me?.id);
}

/** Somebody has just signed in, by whichever way. */
export async function entered(client: QueryClient): Promise<void> {
  mark(true);
  await forgetGuestKey();
  await startOver(client);
}

/** Nobody is signed in here any more. */
export async function left(client: QueryClient): Promise<void> {
  mark(false);
  await forgetGuestKey();
  await startOver(client);
}
