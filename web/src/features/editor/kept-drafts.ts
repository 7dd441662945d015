import type { Draft } from '../organise/draft.ts';
import { isFields } from '../organise/same.ts';

/**
 * What a person typed into the editor and the server does not have yet, on this device. It has the person's name in its key, is
 * erased at the sign-out, and goes as soon as the server has it.
 */
interface KeptDraft {
  /** The form's values that the person started from. With them, the typed ones move onto any newer version. */
  base: Draft;
  mine: Draft;
}

const prefix = 'admit.draft.';
const nameOf = (userId: string, eventId: string) => `${prefix}${userId}.${eventId}`;

/** Returns false if the device can't keep it: storage is forbidden or full, as with a plan of 100,000 seats. */
export function keepDraft(userId: string, eventId: string, kept: KeptDraft | null): boolean {
  try {
    if (kept) localStorage.setItem(nameOf(userId, eventId), JSON.stringify(kept));
    else localStorage.removeItem(nameOf(userId, eventId));
    return true;
  } catch {
    return false;
  }
}

/** What this person kept of the event. Drafts of other people on this device are erased. */
export function keptDraft(userId: string, eventId: string): KeptDraft | null {
  forgetDrafts(userId);
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(nameOf(userId, eventId)) ?? 'null');
    return isFields(kept) && isFields(kept.base) && isFields(kept.mine)
      ? (kept as unknown as KeptDraft)
      : null;
  } catch {
    return null;
  }
}

/** Erases what people typed, or what all others typed. */
export function forgetDrafts(exceptUserId?: string): void {
  try {
    const names = Object.keys(localStorage).filter(
      (name) => name.startsWith(prefix) && !(exceptUserId && name.startsWith(nameOf(exceptUserId, ''))),
    );
    for (const name of names) localStorage.removeItem(name);
  } catch {
    // If storage is forbidden, nothing was kept.
  }
}
