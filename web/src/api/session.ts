import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { getMe, getSession } from '../../../client/endpoints.generated.ts';
import { ApiProblem, isProblem } from '../../../client/problem.ts';
import type { Me } from '../../../contract/accounts.ts';
import { guestKeyHeader } from '../../../contract/guest-key.ts';
import { call } from './call.ts';
import { forgetGuestKey, guestKey } from './guest-key.ts';
import { forgetKept } from './kept.ts';
import { forgetOwnHolds } from './own-holds.ts';

/**
 * Remembers that there may be a session. The session itself is an HTTP-only cookie that no script can see. Without
 * this mark, a newcomer's first page sends no request and logs no 401.
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
    // If storage is forbidden, every page asks the server.
  }
}

/** The signed-in person; null if nobody is signed in. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }): Promise<Me | null> => {
    // The browser logs every 401 as an error. This check avoids one for newcomers.
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

/** For pages that belong to a person: throws `unauthenticated` if nobody is signed in. */
export async function requireMe(client: QueryClient): Promise<void> {
  if (maySignedIn() || (await client.ensureQueryData(meQuery))) return;
  throw new ApiProblem({ code: 'unauthenticated', status: 401, title: 'Sign in to see this.' });
}

/**
 * Sends a request that needs an owner: as the signed-in person, or else with this browser's guest key, with which the
 * request itself signs a guest in. `headers` go into the call.
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
    // Also if the places were refused, because the guest may be signed in all the same.
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

/** Removes everything that was loaded for one person, so that the next one does not see it. */
async function startOver(client: QueryClient): Promise<void> {
  const personal = [
    'recommended',
    'orders',
    'order',
    'hold',
    'waitlist',
    'queue-entry',
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

/** Called after somebody has signed in, in any way. */
export async function entered(client: QueryClient): Promise<void> {
  mark(true);
  await forgetGuestKey();
  await startOver(client);
}

/** Called when nobody is signed in any more. */
export async function left(client: QueryClient): Promise<void> {
  mark(false);
  forgetOwnHolds();
  await forgetGuestKey();
  await startOver(client);
}
