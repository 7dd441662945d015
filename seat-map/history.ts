import type { SeatPlanDocument } from '../contract/plan-fields.ts';
import { applyCommand } from './edit-plan.ts';
import type { PlanCommand } from './plan-command.ts';

/**
 * A plan with the steps that can be undone and done again. A step is the plan before it; plans share what they do not change, so
 * a step costs what its command touched.
 */
export interface History {
  past: readonly SeatPlanDocument[];
  present: SeatPlanDocument;
  future: readonly SeatPlanDocument[];
  /** What the last step belongs to, so that a drag of a hundred moves is one step. */
  merge: string | null;
}

/** As many steps back as anybody goes. */
export const mostSteps = 200;

export const startHistory = (plan: SeatPlanDocument): History => ({
  past: [],
  present: plan,
  future: [],
  merge: null,
});

/** Does a command. Commands with the same `merge` in a row are one step. A command that changes nothing is no step. */
export function perform(history: History, command: PlanCommand, merge: string | null = null): History {
  const next = applyCommand(history.present, command);
  if (next === history.present) return history;
  const isSameStep = merge !== null && merge === history.merge && history.past.length > 0;
  return {
    past: isSameStep ? history.past : [...history.past, history.present].slice(-mostSteps),
    present: next,
    future: [],
    merge,
  };
}

/** Takes the last step back. Returns the same history if there is none. */
export function undo({ past, present, future, ...rest }: History): History {
  const before = past.at(-1);
  if (!before) return { past, present, future, ...rest };
  return { past: past.slice(0, -1), present: before, future: [present, ...future], merge: null };
}

/** Does the last undone step again. */
export function redo(history: History): History {
  const [next, ...future] = history.future;
  if (!next) return history;
  return { past: [...history.past, history.present], present: next, future, merge: null };
}
