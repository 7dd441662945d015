import type { LoggedMovement } from './movements.ts';

type Visit = Pick<LoggedMovement, 'kind' | 'checkpointId' | 'day' | 'visit' | 'void' | 'scannedAt'>;

/**
 * Decision: whether a movement is the latest of its ticket that counts. What was scanned earlier depends on it in no way, so only
 * the latest one can be taken back.
 */
export const mayTakeBack = (movement: Visit, all: readonly Visit[]): boolean =>
  movement.void === 0 &&
  all.every((each) => each.void > 0 || each.scannedAt <= movement.scannedAt) &&
  !all.some((each) => each.void === 0 && isExitOf(each, movement));

/** At the same instant, the exit of a visit came after its entry. */
const isExitOf = (each: Visit, entry: Visit): boolean =>
  each.kind === 'exit' &&
  entry.kind === 'entry' &&
  each.visit === entry.visit &&
  each.checkpointId === entry.checkpointId &&
  each.day === entry.day;
