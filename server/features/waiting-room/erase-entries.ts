import type { UserId } from '../../../contract/ids.ts';
import type { App } from '../../app.ts';
import { eraseOwner, selectOpenEvents } from './people-store.ts';
import { endEntryOf } from './store.ts';

/** Takes a person out of every queue before their account is deleted. A draw can still be checked: its entries name nobody. */
export async function eraseEntries(app: App, userId: UserId): Promise<void> {
  const now = app.clock.now();
  for (const eventId of await selectOpenEvents(app.db, userId))
    await endEntryOf(app.db, eventId, userId, now);
  await eraseOwner(app.db, userId);
}
