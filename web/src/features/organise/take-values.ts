import type { FieldPath, PathValue } from 'react-hook-form';
import type { Draft } from './draft.ts';
import type { DraftForm } from './EventForm.tsx';
import { idOf, isFields, same } from './same.ts';

type Name = FieldPath<Draft>;

/**
 * Gives the new entries of lists the ids that a save made for them. All else stays as typed: the server cuts the space at the end
 * of a text, and the person may be about to type the next word.
 */
export function takeIds(form: Pick<DraftForm, 'getValues' | 'setValue'>, sent: Draft, saved: Draft): void {
  const put = (name: string, value: unknown) => form.setValue(name as Name, value as PathValue<Draft, Name>);
  const mine = form.getValues();
  const types = new Map(sent.ticketTypes.map(({ row }, i) => [row, saved.ticketTypes[i]]));
  for (const [i, { row }] of mine.ticketTypes.entries()) {
    const made = types.get(row);
    if (!made || made.row === row) continue;
    put(`ticketTypes.${i}.id`, made.id);
    put(`ticketTypes.${i}.row`, made.row);
  }
  const steps = new Map(sent.refundSteps.map(({ row }, i) => [row, saved.refundSteps[i]]));
  for (const [i, { row }] of mine.refundSteps.entries()) {
    const made = steps.get(row);
    if (made && made.row !== row) put(`refundSteps.${i}.row`, made.row);
  }
  // The layout that was sent is now the event's own.
  if (mine.layout !== null && same(mine.layout, sent.layout)) put('layout', null);
}

/** Puts values into the form, and only where they differ, so that the field that has the focus keeps it. */
export function takeValues(form: Pick<DraftForm, 'getValues' | 'setValue'>, next: Draft): void {
  const put = (name: string, value: unknown) => form.setValue(name as Name, value as PathValue<Draft, Name>);
  const walk = (name: string, mine: unknown, value: unknown): void => {
    if (same(mine, value)) return;
    const members = name === 'layout' ? null : membersOf(mine, value);
    if (!members) {
      put(name, value);
      return;
    }
    for (const key of members)
      walk(`${name}.${key}`, (mine as Record<string, unknown>)[key], (value as Record<string, unknown>)[key]);
  };
  const mine = form.getValues();
  for (const key of Object.keys(next) as (keyof Draft)[]) walk(key, mine[key], next[key]);
}

/** The keys of two values with the same parts; null if they must be replaced as a whole. */
function membersOf(mine: unknown, value: unknown): string[] | null {
  if (Array.isArray(mine) && Array.isArray(value)) {
    const isSame = mine.length === value.length && mine.every((each, i) => idOf(each) === idOf(value[i]));
    return isSame ? Object.keys(mine) : null;
  }
  return isFields(mine) && isFields(value)
    ? [...new Set([...Object.keys(mine), ...Object.keys(value)])]
    : null;
}
