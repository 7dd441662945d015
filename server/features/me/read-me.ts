import type { Me } from '../../../contract/accounts.ts';
import type { App } from '../../app.ts';
import type { Caller } from '../accounts/accounts.ts';
import { readUser } from '../accounts/read-user.ts';
import { listMemberships } from '../organisations/team.ts';

/** Returns the signed-in person, as in the database now, and their teams. */
export async function readMe(app: App, { caller }: { caller: Caller }): Promise<Me> {
  const [user, organisations] = await Promise.all([
    readUser(app, caller.userId),
    listMemberships(app.db, caller.userId),
  ]);
  return {
    id: user.id,
    name: user.name,
    email: user.is_anonymous ? null : user.email,
    emailVerified: user.email_verified,
    isGuest: user.is_anonymous,
    twoFactor: user.two_factor_enabled,
    role: user.role,
    organisations,
  };
}
