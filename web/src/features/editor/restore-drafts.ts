import type { Draft } from '../organise/draft.ts';
import { rebase } from '../organise/rebase.ts';
import type { KeptDraft } from './kept-drafts.ts';

/**
 * Decision: what several tabs kept of an event, one after the other on top of the newest version; null if none kept anything. What
 * two of them typed into the same field is asked about.
 */
export function restoreDrafts(kept: readonly KeptDraft[], newest: Draft): ReturnType<typeof rebase> | null {
  let restored = null as ReturnType<typeof rebase> | null;
  for (const { base, mine } of kept) {
    const { draft, changes } = rebase(base, mine, restored?.draft ?? newest);
    restored = {
      // A layout that was made in a form stays, whichever tab it was.
      draft: { ...draft, layout: draft.layout ?? restored?.draft.layout ?? null },
      // What an earlier tab changed alone is no news of somebody else.
      changes: restored ? [...restored.changes, ...changes.filter(({ mineToo }) => mineToo)] : changes,
    };
  }
  return restored;
}
