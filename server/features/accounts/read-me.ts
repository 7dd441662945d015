import type { Me } from '../../../contract/accounts.ts';
import { Refused } from '../../../contract/errors.ts';
import type { App } from '../../app.ts';
import { listMemberships } from '../organisations/team.ts';
import type { Caller } from './accounts.ts';
import { findUser } from './store.ts';

/** Who is signed in, as the database has it now, and the teams they are on. */
export async function readMe(app: App, { caller }: { caller: Caller }): Promise<Me> {
  const [user, organisations] = await Promise.all([
    findUser(app.db, caller.userId),
    listMemberships(app.db, caller.userId),
  ]);
  if (!user) throw new Refused('unauthenticated');
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
