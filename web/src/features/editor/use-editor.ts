import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { EventPatch, ManagedEvent } from '../../../../contract/events.ts';
import { draftOf } from '../organise/draft.ts';
import { useEventEdit } from '../organise/use-event-edit.ts';
import { keptDrafts, takeOver, thisTab } from './kept-drafts.ts';
import { restoreDrafts } from './restore-drafts.ts';
import { createSaver, type SaveState } from './saver.ts';
import { sendableOf } from './sendable.ts';

/** The editor of an event: the form, and how its values reach the server (saver.ts). */
export function useEditor(event: ManagedEvent, userId: string) {
  const client = useQueryClient();
  const [restored] = useState(() => restore(event, userId));
  const edit = useEventEdit(event, { savesWhileTyping: true, restored });
  const savesItself = event.publishedAt === null;
  const [state, setState] = useState<SaveState>(restored ? { kind: 'typing' } : { kind: 'saved', at: null });
  const latest = useRef({ edit, savesItself });
  latest.current = { edit, savesItself };
  const [saver] = useState(() => createSaver(client, userId, () => latest.current, setState));
  const { watch } = edit.form;
  useEffect(() => {
    const { unsubscribe } = watch(() => saver.typed());
    return unsubscribe;
  }, [watch, saver]);
  // What moved onto another version, or was restored, is still to be saved. So is what a choice has decided.
  // biome-ignore lint/correctness/useExhaustiveDependencies: again for each version and each choice
  useEffect(() => saver.soon(), [saver, edit.base.version, edit.changes.length]);
  useEffect(() => {
    addEventListener('online', saver.soon);
    return () => {
      removeEventListener('online', saver.soon);
      saver.stop();
    };
  }, [saver]);
  return {
    ...edit,
    state,
    savesItself,
    save: saver.save,
    flush: saver.flush,
    isRestored: restored !== null,
    /** What `save` would send now. */
    sendable: (): EventPatch => sendableOf(edit.form.getValues(), edit.base, { refused: {}, open: [] }).body,
  };
}

/** What this person typed earlier, in this tab or another one, moved onto the present version. */
function restore(event: ManagedEvent, userId: string) {
  const place = { userId, eventId: event.id, tab: thisTab };
  const restored = restoreDrafts(keptDrafts(place), draftOf(event));
  if (restored) takeOver(place, { base: draftOf(event), mine: restored.draft });
  return restored;
}
