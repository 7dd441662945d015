import type { QueryClient } from '@tanstack/react-query';
import { signInEmail, signOut, signUpEmail } from '../../../../client/endpoints.generated.ts';
import { isProblem } from '../../../../client/problem.ts';
import { call } from '../../api/call.ts';
import { entered, left } from '../../api/session.ts';
import { forgetPlans } from '../designer/kept-plan.ts';
import { forgetDrafts } from '../editor/kept-drafts.ts';

/** Signs in with the password. Returns `secondStep` if a code must follow. */
export async function enter(
  client: QueryClient,
  body: { email: string; password: string },
): Promise<'entered' | 'secondStep'> {
  if ('twoFactorRedirect' in (await call(signInEmail, { body }))) return 'secondStep';
  await entered(client);
  return 'entered';
}

/** True if the server says that the chosen password is too easy to guess. The error is shown at its field. */
export const isWeakPassword = (error: unknown): boolean =>
  isProblem(error, 'password_too_common', 'password_too_personal');

/**
 * Opens an account and signs in to it. The link of the mail that confirms the address leads to /verify, or to the
 * invitation for which the account was opened.
 */
export async function openAccount(
  client: QueryClient,
  body: { name: string; email: string; password: string },
  next: string | undefined,
): Promise<void> {
  const callbackURL = next?.startsWith('/invitations/') ? next : '/verify';
  await call(signUpEmail, { body: { ...body, callbackURL } });
  await entered(client);
}

export async function leave(client: QueryClient): Promise<void> {
  await call(signOut);
  await forgetHere(client);
}

/** Removes from this device what belongs to the person who was signed in. */
export async function forgetHere(client: QueryClient): Promise<void> {
  // The database of the door has names of guests. Few people have one, so its program is loaded only now.
  const { forgetMembers } = await import('../door/offline/forget-members.ts');
  await forgetMembers().catch(() => {});
  forgetDrafts();
  forgetPlans();
  await left(client);
}
