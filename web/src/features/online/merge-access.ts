import type { OnlineAccess } from '../../../../contract/online.ts';

/** How people attend, as a form holds it. */
export interface TypedAccess {
  attendance: OnlineAccess['attendance'];
  url: string;
  note: string;
}

export type AccessField = keyof TypedAccess;

export const typedOf = ({ attendance, url, note }: Omit<OnlineAccess, 'version'>): TypedAccess => ({
  attendance,
  url: url ?? '',
  note,
});

/**
 * Decision: the form after somebody else has saved. A field that only one person changed has that person's value. A field that both
 * changed stays as typed and is named, so that the person sees the other value before it is replaced.
 */
export function mergeAccess(
  base: TypedAccess,
  mine: TypedAccess,
  theirs: TypedAccess,
): { typed: TypedAccess; clashes: AccessField[]; taken: AccessField[] } {
  const fields: AccessField[] = ['attendance', 'url', 'note'];
  const clashes = fields.filter(
    (field) => mine[field] !== theirs[field] && mine[field] !== base[field] && theirs[field] !== base[field],
  );
  const taken = fields.filter((field) => mine[field] === base[field] && theirs[field] !== base[field]);
  const typed = { ...mine, ...Object.fromEntries(taken.map((field) => [field, theirs[field]])) };
  return { typed, clashes, taken };
}

/** What the server gets of a form. People in the room need no link. */
export const bodyOf = ({ attendance, url, note }: TypedAccess): Omit<OnlineAccess, 'version'> =>
  attendance === 'in-person'
    ? { attendance, url: null, note: '' }
    : { attendance, url: url.trim() === '' ? null : url.trim(), note: note.trim() };

/**
 * Decision: the form after a save. It is as the server has it: without the link of an event that is no longer online, and without spaces
 * at the ends. If something was typed since, all stays as typed.
 */
export const typedAfterSave = (typed: TypedAccess, sent: TypedAccess, saved: TypedAccess): TypedAccess =>
  typed.attendance === sent.attendance && typed.url === sent.url && typed.note === sent.note ? saved : typed;
