import type { ManagedEvent } from '../../../../contract/events.ts';
import { withSavedIds } from '../extras/product-draft.ts';
import { type Draft, draftOf, isZonePool } from './draft.ts';
import { idOf, isFields, same } from './same.ts';
import { withStepIds } from './type-terms-draft.ts';

/** A value that somebody else changed while this form was open. Undefined stands for an entry that does not exist. */
export interface Change {
  /** The way to the value: `['venue', 'city']`, or `['ticketTypes', 'tty_…', 'price']` with the id of an entry. */
  path: string[];
  was: unknown;
  now: unknown;
  /** True if the person changed the same value to something else. The form keeps the person's value. */
  mineToo: boolean;
}

interface Rebased {
  /** The newest event with what the person changed on top. */
  draft: Draft;
  changes: Change[];
}

/**
 * Puts what a person typed onto a newer version of the event. `base` is what their form started from. A value that
 * only one side changed is that side's value. A value that both changed stays as typed, and is reported.
 */
export function rebase(base: Draft, mine: Draft, theirs: Draft): Rebased {
  const changes: Change[] = [];
  // A layout has no text in the form: the newest event has none here, and one that was made in the form stays.
  const draft = merge(
    { ...base, layout: null },
    { ...mine, layout: null },
    { ...theirs, layout: null },
    [],
    changes,
  );
  return { draft: { ...(draft as Draft), layout: mine.layout }, changes };
}

/** Puts what a person typed onto the newest event, and also says whether somebody else changed the seat layout. */
export function rebaseEvent(base: ManagedEvent, mine: Draft, newest: ManagedEvent): Rebased {
  const { draft, changes } = rebase(draftOf(base), mine, draftOf(newest));
  const seats = (event: ManagedEvent) =>
    event.pools.filter(isZonePool).map(({ name, capacity }) => `${name} (${capacity})`);
  if (same(seats(base), seats(newest))) return { draft, changes };
  const [was, now] = [base, newest].map((event) => seats(event).join(', '));
  return { draft, changes: [...changes, { path: ['layout'], was, now, mineToo: mine.layout !== null }] };
}

/**
 * Puts what a person typed while their own save was on its way onto the event that the save returned. New ticket types
 * and extras get their ids from it.
 */
export function afterOwnSave(sent: Draft, mine: Draft, saved: Draft): Draft {
  if (same(sent, mine)) return saved;
  const rows = new Map(sent.ticketTypes.map(({ row }, i) => [row, saved.ticketTypes[i]]));
  const steps = new Map(sent.refundSteps.map(({ row }, i) => [row, saved.refundSteps[i]]));
  const withIds = (draft: Draft): Draft => ({
    ...draft,
    // The layout that was sent is now the event's own.
    layout: draft.layout === sent.layout ? null : draft.layout,
    ticketTypes: draft.ticketTypes.map((type) => {
      const { row, id, priceSteps } = rows.get(type.row) ?? type;
      const before = sent.ticketTypes.find((each) => each.row === type.row)?.priceSteps ?? [];
      const steps = withStepIds(type.priceSteps, before, priceSteps);
      return { ...type, row, ...(id && { id }), priceSteps: steps };
    }),
    products: withSavedIds(draft.products, sent.products, saved.products),
    refundSteps: draft.refundSteps.map((step) => ({ ...step, row: steps.get(step.row)?.row ?? step.row })),
  });
  return rebase(withIds(sent), withIds(mine), saved).draft;
}

function merge(base: unknown, mine: unknown, theirs: unknown, path: string[], changes: Change[]): unknown {
  if (Array.isArray(mine) && Array.isArray(theirs))
    return mergeLists(Array.isArray(base) ? base : [], mine, theirs, path, changes);
  if (isFields(mine) && isFields(theirs)) {
    const before = isFields(base) ? base : {};
    const keys = new Set([...Object.keys(theirs), ...Object.keys(mine)]);
    return Object.fromEntries(
      [...keys].map((key) => [key, merge(before[key], mine[key], theirs[key], [...path, key], changes)]),
    );
  }
  const mineToo = !same(mine, base);
  if (!same(theirs, base) && !same(theirs, mine)) changes.push({ path, was: base, now: theirs, mineToo });
  return mineToo ? mine : theirs;
}

function mergeLists(
  base: unknown[],
  mine: unknown[],
  theirs: unknown[],
  path: string[],
  changes: Change[],
): unknown[] {
  const find = (list: unknown[], entry: unknown) => list.find((each) => idOf(each) === idOf(entry));
  const at = (entry: unknown) => [...path, idOf(entry) ?? ''];
  const merged: unknown[] = [];
  for (const their of theirs) {
    const old = find(base, their);
    const own = find(mine, their);
    if (own !== undefined) merged.push(merge(old, own, their, at(their), changes));
    else if (old === undefined) {
      merged.push(their);
      changes.push({ path: at(their), was: undefined, now: their, mineToo: false });
    } else if (!same(old, their)) changes.push({ path: at(their), was: old, now: their, mineToo: true });
  }
  for (const own of mine) {
    if (find(theirs, own) !== undefined) continue;
    const old = find(base, own);
    if (old === undefined) merged.push(own);
    else {
      const mineToo = !same(old, own);
      changes.push({ path: at(own), was: old, now: undefined, mineToo });
      // The id belongs to an entry that no longer exists, so a save adds a new one.
      if (mineToo && isFields(own)) merged.push({ ...own, id: undefined });
    }
  }
  return merged;
}
