import type { App } from '../../app.ts';
import { systemClock } from '../../clock.ts';
import { deleteAbandonedGuests, deleteExpiredSessions, deleteExpiredVerifications } from './expired-store.ts';

/** A guest's row is a moment older than their session. */
const guestAgeMs = 24 * 3_600_000;

/**
 * Deletes sessions and links that have run out, and guests who left nothing behind. By the machine's clock,
 * which sessions live by. Runs every night; doing it again changes nothing.
 */
export async function forgetExpired(app: Pick<App, 'db'>): Promise<void> {
  const now = systemClock.now();
  await deleteExpiredSessions(app.db, now);
  await deleteExpiredVerifications(app.db, now);
  await deleteAbandonedGuests(app.db, new Date(now.getTime() - guestAgeMs));
}
