import type { Journal } from './journal.ts';

/** What came of a simulated on-sale, and of a real run of it. */
export interface Kept {
  name: string;
  /** How it was checked. */
  how: string;
  /** What is wrong; empty if the promise was kept. */
  broken: string[];
}

export interface Outcome {
  journal: Journal;
  promises: Kept[];
  /** Tickets that are valid at the end, by who has them. */
  tickets: { honest: number; bots: number };
  /** How it was run: name and value. */
  how: [string, string][];
  /** The same people in virtual time. */
  simulated?: Journal;
}
