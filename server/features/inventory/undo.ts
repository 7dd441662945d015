import type { Changes, LedgerState } from './decide.ts';

/** Puts pools and seats back to what they were before a decision that could not be written. */
export function undo({ seats }: Pick<LedgerState, 'seats'>, changes: Pick<Changes, 'pools' | 'seats'>): void {
  for (const [pool, before] of changes.pools) Object.assign(pool, before);
  if (seats) for (const [index, { before }] of changes.seats) seats[index] = before;
}
