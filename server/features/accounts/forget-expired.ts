import type { App } from '../../app.ts';
import { systemClock } from '../../clock.ts';
import { forgetReplies } from '../../http/idempotency.ts';
import { forgetFullBudgets } from '../../http/kept-budgets.ts';
import { deleteAbandonedGuests, deleteExpiredSessions, deleteExpiredVerifications } from './expired-store.ts';
import { deleteGuestKeys } from './guest-store.ts';

/** A guest's row is slightly older than the guest's session. */
const guestAgeMs = 24 * 3_600_000;
/** A key that is forgotten could make a new guest. The session that it once opened has long run out by then. */
const guestKeyAgeMs = 60 * 24 * 3_600_000;
/** A client that lost its connection retries within minutes, or after a weekend if it was asleep. */
const replyAgeMs = 7 * 24 * 3_600_000;

/**
 * Deletes expired sessions and links, guests without orders, and old answers to retries. It uses the machine's clock,
 * as sessions do. Runs every night and is safe to repeat.
 */
export async function forgetExpired(app: Pick<App, 'db' | 'clock'>): Promise<void> {
  const now = systemClock.now();
  await deleteExpiredSessions(app.db, now);
  await deleteExpiredVerifications(app.db, now);
  await deleteAbandonedGuests(app.db, new Date(now.getTime() - guestAgeMs));
  await deleteGuestKeys(app.db, new Date(now.getTime() - guestKeyAgeMs));
  // Budgets use the App's clock.
  await forgetFullBudgets(app.db, app.clock.now());
  await forgetReplies(app.db, new Date(app.clock.now().getTime() - replyAgeMs));
}
