/* Which price a ticket type has now (docs/prices.md). Without schemas, because it travels to every buyer's page. */

/** What decides when a step is over. `left` is how many tickets it can still sell; null if their number does not end it. */
interface StepState {
  until: string | null;
  left: number | null;
}

/** Decision: whether a step still sells tickets at `nowMs`. */
export const sellsAt = ({ until, left }: StepState, nowMs: number): boolean =>
  (until === null || nowMs < Date.parse(until)) && (left === null || left > 0);

/** Decision: the index of the step whose price the next ticket has; -1 if that is the price of the type. */
export const presentStep = (
  steps: { until: string | null }[],
  left: readonly (number | null)[],
  nowMs: number,
): number => steps.findIndex(({ until }, i) => sellsAt({ until, left: left[i] ?? null }, nowMs));

/** Decision: the price of one of `quantity` tickets: that of the largest group that they are, or the type's own. */
export function groupPriceOf<Group extends { from: number }>(
  groups: readonly Group[],
  quantity: number,
): Group | null {
  let best: Group | null = null;
  for (const group of groups) if (group.from <= quantity && (!best || group.from > best.from)) best = group;
  return best;
}
