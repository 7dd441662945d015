import type { z } from 'zod';
import type { Profile, profileChangeSchema } from '../../../contract/accounts.ts';
import { Refused } from '../../../contract/errors.ts';
import type { App } from '../../app.ts';
import type { Caller } from './accounts.ts';
import { updateProfile } from './profile-store.ts';

/** Changes only the given fields, in one statement, so that two concurrent changes both take effect. */
export async function changeProfile(
  app: App,
  { caller, body }: { caller: Caller; body: z.output<typeof profileChangeSchema> },
): Promise<Profile> {
  const profile = await updateProfile(app.db, caller.userId, body, app.clock.now());
  if (!profile) throw new Refused('unauthenticated');
  return profile;
}
