import { newKey } from '../../../client/act.ts';

/**
 * A random key per browser. The first hold of a visitor who is not signed in sends it, and the server creates their
 * guest from it. So a double click and two tabs make one guest. The key is a secret, like a session.
 */
const KEPT = 'admit.guestKey';

/** For this page only, if storage is forbidden. */
let ofPage: string | null = null;

/** Returns this browser's key. The lock makes concurrent tabs agree on one key. */
export const guestKey = (): Promise<string> => locked(readOrMake);

/** Deletes a key that has ended, unless another tab has stored a newer one. Without `ended` it deletes any key. */
export const forgetGuestKey = (ended?: string): Promise<void> =>
  locked(() => {
    if (ended === undefined || ofPage === ended) ofPage = null;
    try {
      if (ended === undefined || localStorage.getItem(KEPT) === ended) localStorage.removeItem(KEPT);
    } catch {
      // Nothing was stored.
    }
  });

/**
 * Web Locks need a secure context, which a phone on the LAN lacks. Without them, concurrent tabs may get different
 * keys.
 */
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
    // Read again, because without a lock another tab may have stored its own key meanwhile.
    return localStorage.getItem(KEPT) ?? made;
  } catch {
    ofPage ??= newKey();
    return ofPage;
  }
}
