import type { App } from '../../app.ts';
import { systemClock } from '../../clock.ts';
import { forgetReplies } from '../../http/idempotency.ts';
import { forgetFullBudgets } from '../../http/kept-budgets.ts';
import { deleteAbandonedGuests, deleteExpiredSessions, deleteExpiredVerifications } from './expired-store.ts';
import { deleteGuestKeys } from './guest-store.ts';

/** A guest's row is a moment older than their session. */
const guestAgeMs = 24 * 3_600_000;
/** A key that is forgotten could make a new guest. The session that it once opened has long run out by then. */
const guestKeyAgeMs = 60 * 24 * 3_600_000;
/** A client that was cut off asks again within minutes; one that slept over the weekend too. */
const replyAgeMs = 7 * 24 * 3_600_000;

/**
 * Deletes sessions and links that have run out, guests who left nothing behind and old answers to retries. By the
 * machine's clock, which sessions live by. Runs every night; doing it again changes nothing.
 */
export async function forgetExpired(app: Pick<App, 'db' | 'clock'>): Promise<void> {
  const now = systemClock.now();
  await deleteExpiredSessions(app.db, now);
  await deleteExpiredVerifications(app.db, now);
  await deleteAbandonedGuests(app.db, new Date(now.getTime() - guestAgeMs));
  await deleteGuestKeys(app.db, new Date(now.getTime() - guestKeyAgeMs));
  // Written by the App's clock.
  await forgetFullBudgets(app.db, app.clock.now());
  await forgetReplies(app.db, new Date(app.clock.now().getTime() - replyAgeMs));
}
