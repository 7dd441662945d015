import { useEffect, useState } from 'react';
import type { ManagedEvent } from '../../../../contract/events.ts';
import { findProblems, type PlanProblem } from '../../../../seat-map/find-problems.ts';
import { isZonePool } from '../organise/draft.ts';
import { type Desk, useDesk } from './desk.ts';
import { sceneOf } from './scene.ts';

/** A problem of the plan, or of the plan with what is sold. */
export type DeskProblem = PlanProblem | (Omit<PlanProblem, 'code'> & { code: 'vanishing' });

/** How long a hand must rest before the plan is checked: a check of 100,000 seats takes as long as some frames. */
const restMs = 350;

/** What is wrong with the plan, some moments after each change. */
export function useProblems(
  desk: Desk,
  event: ManagedEvent | null,
  taken: ReadonlySet<string>,
): readonly DeskProblem[] {
  const plan = useDesk(desk, (state) => state.history.present);
  const [problems, setProblems] = useState<readonly DeskProblem[]>([]);
  useEffect(() => {
    const check = () =>
      setProblems([
        ...vanishing(plan, taken),
        ...findProblems(plan, {
          zonesSold: event && new Set(event.ticketTypes.flatMap(({ zone }) => zone ?? [])),
          pools: event && new Set(event.pools.filter((pool) => !isZonePool(pool)).map(({ key }) => key)),
        }),
      ]);
    const timer = setTimeout(check, restMs);
    return () => clearTimeout(timer);
  }, [plan, event, taken]);
  return problems;
}

/**
 * Seats that somebody has and whose keys the drawing has no longer. It warns only: where no seat has the key, the names decide, and
 * the server, which knows the names, refuses the plan by them.
 */
export function vanishing(plan: Desk['document'], taken: ReadonlySet<string>): DeskProblem[] {
  if (taken.size === 0) return [];
  const left = new Set(taken);
  for (const { placedRows } of sceneOf(plan).objects)
    for (const { stem, serials } of placedRows) for (const serial of serials) left.delete(`${stem}${serial}`);
  return left.size > 0 ? [{ code: 'vanishing', severity: 'warning', values: { count: left.size } }] : [];
}
