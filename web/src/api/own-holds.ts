/**
 * Which hold this browser has for an event, in all of its tabs. Only the server knows whether the hold still exists; for
 * another person's session it answers that there is none.
 */
const PREFIX = 'admit.hold.';
/** Tells the components of this tab. The browser tells the other tabs with a storage event. */
const CHANGED = 'admit:own-hold';

export function ownHold(eventId: string): string | null {
  try {
    return localStorage.getItem(PREFIX + eventId);
  } catch {
    return null;
  }
}

export function rememberOwnHold(eventId: string, holdId: string | null): void {
  try {
    if (holdId === null) localStorage.removeItem(PREFIX + eventId);
    else localStorage.setItem(PREFIX + eventId, holdId);
  } catch {
    // If storage is forbidden, a reload does not know the hold, and nothing else is lost.
  }
  dispatchEvent(new Event(CHANGED));
}

/** For when nobody is signed in any more: the next person has other holds. */
export function forgetOwnHolds(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  } catch {
    // Nothing was stored.
  }
  dispatchEvent(new Event(CHANGED));
}

/** Calls `change` when any tab of this browser has got or lost a hold. Returns a function that stops it. */
export function watchOwnHolds(change: () => void): () => void {
  addEventListener('storage', change);
  addEventListener(CHANGED, change);
  return () => {
    removeEventListener('storage', change);
    removeEventListener(CHANGED, change);
  };
}
