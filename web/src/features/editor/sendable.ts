import type { EventPatch, ManagedEvent } from '../../../../contract/events.ts';
import { type Draft, draftOf } from '../organise/draft.ts';
import { eventForm, patchOf, storedBody } from '../organise/event-body.ts';
import { same } from '../organise/same.ts';

/** What of the typed values can be saved now. */
interface Sendable {
  body: EventPatch;
  /** The values with which `body` was made. Where something is held back, they are those of `base`. */
  draft: Draft;
  /** True if something that was typed is not in `body`: it is incomplete, was refused, or waits for a choice. */
  holds: boolean;
  /** The fields of the form that are held back. */
  held: (keyof Draft)[];
}

/**
 * Decision: takes from the typed values what the server will accept, so that one incomplete field does not keep the others from being
 * saved. `refused`: values of fields of the event that the server did not accept. `open`: fields of the form for which the person must
 * choose between two values.
 */
export function sendableOf(
  typed: Draft,
  base: ManagedEvent,
  { refused, open }: { refused: Record<string, unknown>; open: Iterable<keyof Draft> },
): Sendable {
  const shown = draftOf(base);
  let draft: Draft = typed;
  for (const name of open) draft = { ...draft, [name]: shown[name] };
  let patch: Record<string, unknown> = patchOf(draft, base);
  const bad = Object.keys(patch).filter(
    (key) => isInvalid(key, draft, base) || (key in refused && same(patch[key], refused[key])),
  );
  if (bad.length > 0) {
    draft = withoutParts(draft, shown, base, bad);
    patch = patchOf(draft, base);
    for (const key of bad) delete patch[key];
  }
  const body = changed(draft, base, patch);
  const held = (Object.keys(typed) as (keyof Draft)[]).filter((name) => !same(draft[name], typed[name]));
  const holds = bad.length > 0 || held.length > 0;
  return { body, draft, holds, held };
}

/** Whether the contract refuses the value of this field of the event. */
function isInvalid(key: string, draft: Draft, base: ManagedEvent): boolean {
  const checked = eventForm(base, base.publishedAt === null).safeParse(draft);
  return !checked.success && checked.error.issues.some(({ path }) => path[0] === key);
}

/** The draft with the values of `shown` in every field of the form that makes a bad part of the body. */
function withoutParts(draft: Draft, shown: Draft, base: ManagedEvent, bad: string[]): Draft {
  const typed: Record<string, unknown> = patchOf(draft, base);
  let without = draft;
  for (const name of Object.keys(draft) as (keyof Draft)[]) {
    if (same(draft[name], shown[name])) continue;
    const tried: Record<string, unknown> = patchOf({ ...draft, [name]: shown[name] }, base);
    if (bad.some((key) => !same(tried[key], typed[key]))) without = { ...without, [name]: shown[name] };
  }
  return without;
}

/** The fields whose values differ also after the server has cut the space around a text. */
function changed(draft: Draft, base: ManagedEvent, patch: Record<string, unknown>): EventPatch {
  const checked = eventForm(base, base.publishedAt === null).safeParse(draft);
  const parsed: Record<string, unknown> = checked.success ? checked.data : patch;
  const stored: Record<string, unknown> = storedBody(base);
  return Object.fromEntries(
    Object.entries(parsed).filter(([key, value]) => key in patch && !same(value, stored[key])),
  );
}
