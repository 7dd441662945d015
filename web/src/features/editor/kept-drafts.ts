import type { Draft } from '../organise/draft.ts';
import { isFields } from '../organise/same.ts';

/**
 * What a person typed into the editor and the server does not have yet, on this device. It has the person's name in its key, is
 * erased at the sign-out, and goes as soon as the server has it. Each tab has a key of its own, so a tab that has saved everything
 * does not erase what another one still holds.
 */
export interface KeptDraft {
  /** The form's values that the person started from. With them, the typed ones move onto any newer version. */
  base: Draft;
  mine: Draft;
}

/** Whose draft it is, of which event, and in which tab it was typed. */
interface DraftPlace {
  userId: string;
  eventId: string;
  tab: string;
}

/** Names this page load. A reload has another name, and takes over what the earlier one kept. */
export const thisTab = crypto.randomUUID().slice(0, 8);

const prefix = 'admit.draft.';
const startOf = ({ userId, eventId }: Pick<DraftPlace, 'userId' | 'eventId'>) =>
  `${prefix}${userId}.${eventId}.`;
const nameOf = (place: DraftPlace) => `${startOf(place)}${place.tab}`;

/** Returns false if the device can't keep it: storage is forbidden or full, as with a plan of 100,000 seats. */
export function keepDraft(place: DraftPlace, kept: KeptDraft | null): boolean {
  try {
    if (kept) localStorage.setItem(nameOf(place), JSON.stringify(kept));
    else localStorage.removeItem(nameOf(place));
    return true;
  } catch {
    return false;
  }
}

/** What this person kept of the event, in this tab and in others. Drafts of other people on this device are erased. */
export function keptDrafts(place: DraftPlace): KeptDraft[] {
  forgetDrafts(place.userId);
  try {
    return namesOf(place).flatMap((name) => {
      const kept: unknown = JSON.parse(localStorage.getItem(name) ?? 'null');
      return isFields(kept) && isFields(kept.base) && isFields(kept.mine)
        ? [kept as unknown as KeptDraft]
        : [];
    });
  } catch {
    return [];
  }
}

/** Keeps in this tab's name what all tabs kept, and then erases the rest. A tab that is still open writes its own again. */
export function takeOver(place: DraftPlace, all: KeptDraft): void {
  if (!keepDraft(place, all)) return;
  try {
    for (const name of namesOf(place)) if (name !== nameOf(place)) localStorage.removeItem(name);
  } catch {
    // If storage is forbidden, nothing was kept.
  }
}

const namesOf = (place: DraftPlace): string[] =>
  Object.keys(localStorage)
    .filter((name) => name.startsWith(startOf(place)))
    .sort();

/** Erases what people typed, or what all others typed. */
export function forgetDrafts(exceptUserId?: string): void {
  try {
    const names = Object.keys(localStorage).filter(
      (name) => name.startsWith(prefix) && !(exceptUserId && name.startsWith(`${prefix}${exceptUserId}.`)),
    );
    for (const name of names) localStorage.removeItem(name);
  } catch {
    // If storage is forbidden, nothing was kept.
  }
}
