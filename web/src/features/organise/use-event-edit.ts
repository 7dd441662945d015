import { useEffect, useMemo, useRef, useState } from 'react';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { useContractForm } from '../forms/use-contract-form.ts';
import { type Draft, draftOf } from './draft.ts';
import { eventForm, fieldOf, patchOf } from './event-body.ts';
import { afterOwnSave, type Change, rebaseEvent } from './rebase.ts';
import { same } from './same.ts';

/**
 * The form of an existing event. When a newer version of the event arrives, what the person typed moves onto it, and
 * `changes` says what somebody else changed meanwhile.
 */
export function useEventEdit(newest: ManagedEvent) {
  /** The version that the form's values started from. */
  const [base, setBase] = useState(newest);
  const [changes, setChanges] = useState<Change[]>([]);
  const schema = useMemo(() => eventForm(base), [base]);
  const form = useContractForm(schema, draftOf(newest), fieldOf);
  /** What the last successful save sent, and the version that it made. */
  const sent = useRef<{ draft: Draft; version: number } | null>(null);
  const { getValues, reset } = form;
  useEffect(() => {
    if (newest.version === base.version) return;
    if (sent.current?.version === newest.version) {
      reset(afterOwnSave(sent.current.draft, getValues(), draftOf(newest)));
      setChanges([]);
    } else {
      const rebased = rebaseEvent(base, getValues(), newest);
      reset(rebased.draft);
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
