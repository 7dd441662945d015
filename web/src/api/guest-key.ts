import { newKey } from '../../../client/act.ts';

/**
 * One random key for each browser. The first hold of somebody who is not signed in sends it, and the server makes their
 * guest from it. So a double click and two tabs are one guest. The key is a secret, like a session.
 */
const KEPT = 'admit.guestKey';

/** For this page alone, where storage is forbidden. */
let ofPage: string | null = null;

/** The key of this browser. The lock makes tabs that ask at the same moment agree on one. */
export const guestKey = (): Promise<string> => locked(readOrMake);

/** Forgets a key that has ended; where another tab has a newer one already, that one stays. Without `ended`, any key. */
export const forgetGuestKey = (ended?: string): Promise<void> =>
  locked(() => {
    if (ended === undefined || ofPage === ended) ofPage = null;
    try {
      if (ended === undefined || localStorage.getItem(KEPT) === ended) localStorage.removeItem(KEPT);
    } catch {
      // Nothing was stored.
    }
  });

/** Web Locks need a secure context, which a phone on the LAN lacks; then only tabs of the same instant may differ. */
async function locked<T>(run: () => T): Promise<T> {
  const { locks } = navigator as { locks?: LockManager };
  return locks ? locks.request(KEPT, async () => run()) : run();
}

function readOrMake(): string {
  try {
    const kept = localStorage.getItem(KEPT);
    if (kept) return kept;
    const made = newKey();
    localStorage.setItem(KEPT, made);
    // Read again: without a lock another tab may have stored its own in between.
    return localStorage.getItem(KEPT) ?? made;
  } catch {
    ofPage ??= newKey();
    return ofPage;
  }
}
