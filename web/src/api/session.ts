import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { getMe, getSession, signInAnonymous } from '../../../client/endpoints.generated.ts';
import { ApiProblem, isProblem } from '../../../client/problem.ts';
import type { Me } from '../../../contract/accounts.ts';
import { call } from './call.ts';
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

/** Makes sure that somebody is signed in, as a guest where nobody was: a hold needs an owner. */
export async function ensureSession(client: QueryClient): Promise<void> {
  const me = await client.fetchQuery({ ...meQuery, staleTime: 10_000 });
  if (me) return;
  try {
    await call(signInAnonymous);
  } catch (error) {
    // Another tab was faster.
    if (!isProblem(error, 'already_guest')) throw error;
  }
  mark(true);
  await client.fetchQuery({ ...meQuery, staleTime: 0 });
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
  await startOver(client);
}

/** Nobody is signed in here any more. */
export async function left(client: QueryClient): Promise<void> {
  mark(false);
  await startOver(client);
}
