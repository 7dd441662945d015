import { useEffect, useMemo, useRef, useState } from 'react';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { useContractForm } from '../forms/use-contract-form.ts';
import { type Draft, draftOf } from './draft.ts';
import { eventForm, fieldOf, patchOf } from './event-body.ts';
import { afterOwnSave, type Change, rebaseEvent } from './rebase.ts';
import { same } from './same.ts';
import { takeIds, takeValues } from './take-values.ts';

interface Options {
  /** The editor saves by itself: what is being typed stays as typed, and keeps the focus. */
  savesWhileTyping?: boolean;
  /** What the person typed earlier and the server does not have yet. */
  restored?: { draft: Draft; changes: Change[] } | null;
}

/**
 * The form of an existing event. When a newer version of the event arrives, what the person typed moves onto it, and
 * `changes` says what somebody else changed meanwhile.
 */
export function useEventEdit(
  newest: ManagedEvent,
  { savesWhileTyping = false, restored = null }: Options = {},
) {
  /** The version that the form's values started from. */
  const [base, setBase] = useState(newest);
  const [changes, setChanges] = useState<Change[]>(restored?.changes ?? []);
  const mayBeIncomplete = savesWhileTyping && newest.publishedAt === null;
  const schema = useMemo(() => eventForm(base, mayBeIncomplete), [base, mayBeIncomplete]);
  const form = useContractForm(schema, restored?.draft ?? draftOf(newest), fieldOf);
  /** What the last successful save sent, and the version that it made. */
  const sent = useRef<{ draft: Draft; version: number } | null>(null);
  const { getValues, reset } = form;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the form is a new object in each render
  useEffect(() => {
    if (newest.version === base.version) return;
    if (sent.current?.version === newest.version) {
      if (savesWhileTyping) takeIds(form, sent.current.draft, draftOf(newest));
      else reset(afterOwnSave(sent.current.draft, getValues(), draftOf(newest)));
      // While a person chooses between two values of a field, the other fields are saved.
      if (!savesWhileTyping) setChanges([]);
    } else {
      const rebased = rebaseEvent(base, getValues(), newest);
      if (savesWhileTyping) takeValues(form, rebased.draft);
      else reset(rebased.draft);
      setChanges((earlier) => [
        ...earlier.filter(({ path }) => !isIn(rebased.changes, path)),
        ...rebased.changes,
      ]);
    }
    setBase(newest);
  }, [newest, base, getValues, reset]);
  return {
    form,
    /** The event that a save refers to. */
    base,
    changes,
    isDirty: () => !same(patchOf(getValues(), base), {}),
    saved(draft: Draft, { version }: ManagedEvent): void {
      sent.current = { draft, version };
    },
    dropChange(path: string[]): void {
      setChanges((all) => all.filter((each) => !same(each.path, path)));
    },
  };
}

const isIn = (changes: Change[], path: string[]): boolean => changes.some((each) => same(each.path, path));
