/*
 * What a gate must know about a ticket, beside its name and its place. It is read at arm's length. This file imports no schema,
 * because gates use it.
 */

export const noteKinds = ['ticket_type', 'wheelchair_place', 'companion_place', 'answer'] as const;

export interface DoorNote {
  kind: (typeof noteKinds)[number];
  /** The question of an answer; null otherwise. */
  label: string | null;
  /** Null for a kind of place: the gate says it in its own language. */
  text: string | null;
}

/** What is special about a seat. */
export const placeKinds = ['wheelchair', 'companion'] as const;
export type PlaceKind = (typeof placeKinds)[number];

/** An answer to a question that is marked for the door. */
export interface DoorAnswer {
  label: string;
  text: string;
}

/** All notes to a ticket, in the order in which a gate shows them. `typeNote` is the organiser's note to its ticket type. */
export function notesOf(ticket: {
  typeNote: string;
  placeKind: PlaceKind | null;
  answers: readonly DoorAnswer[];
}): DoorNote[] {
  const notes: DoorNote[] = [];
  const { typeNote, placeKind, answers } = ticket;
  if (typeNote !== '') notes.push({ kind: 'ticket_type', label: null, text: typeNote });
  if (placeKind) notes.push({ kind: `${placeKind}_place`, label: null, text: null });
  for (const { label, text } of answers) notes.push({ kind: 'answer', label, text });
  return notes;
}
