import type { Changes, LedgerState } from './decide.ts';

/** What a batch has changed before its first command. */
export const noChanges = (): Changes => ({
  pools: new Map(),
  placed: new Set(),
  changed: new Set(),
  seats: new Map(),
  moved: new Map(),
  places: new Map(),
  marked: new Map(),
  clocks: [],
});

/** Puts pools and seats back to what they were before a decision that could not be written. */
export function undo({ seats }: Pick<LedgerState, 'seats'>, changes: Pick<Changes, 'pools' | 'seats'>): void {
  for (const [pool, before] of changes.pools) Object.assign(pool, before);
  if (seats) for (const [index, { before }] of changes.seats) seats[index] = before;
}
