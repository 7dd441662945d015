import type { Profile } from '../../../contract/accounts.ts';
import { Refused } from '../../../contract/errors.ts';
import type { UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { findProfile } from './profile-store.ts';

/** Reads a person's profile. Refuses with `unauthenticated` if the account no longer exists. */
export async function readProfile(app: Pick<App, 'db'>, userId: UserId): Promise<Profile> {
  const profile = await findProfile(app.db, userId);
  if (!profile) throw new Refused('unauthenticated');
  return profile;
}
