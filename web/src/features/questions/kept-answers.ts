import type { TypedAnswers } from './typed.ts';

/** What is kept in the tab, so that neither a reload nor other seats lose an answer. */
export interface KeptAnswers extends TypedAnswers {
  /** The version of the form that the person saw when they answered first, or that they were told of since. */
  version?: number;
  /** The terms that were accepted: key and version. */
  accepted: string[];
}

/* Not in buy/held.ts, because the page of an event loads that file. */
const name = (eventId: string) => `admit.answers.${eventId}`;

export function rememberAnswers(eventId: string, answers: KeptAnswers | null): void {
  try {
    if (answers) sessionStorage.setItem(name(eventId), JSON.stringify(answers));
    else sessionStorage.removeItem(name(eventId));
  } catch {
    // If storage is forbidden, a reload starts over, and nothing else is lost.
  }
}

export function knownAnswers(eventId: string): KeptAnswers | null {
  try {
    return JSON.parse(sessionStorage.getItem(name(eventId)) ?? 'null') as KeptAnswers | null;
  } catch {
    return null;
  }
}
