import type { Profile } from '../../../contract/accounts.ts';
import { Refused } from '../../../contract/errors.ts';
import type { UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { findProfile } from './profile-store.ts';

/** What a person says of themself. Refused as `unauthenticated` where there is no such account any more. */
export async function readProfile(app: Pick<App, 'db'>, userId: UserId): Promise<Profile> {
  const profile = await findProfile(app.db, userId);
  if (!profile) throw new Refused('unauthenticated');
  return profile;
}
