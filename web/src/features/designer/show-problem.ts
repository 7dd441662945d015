import type { PlanChanges } from '../../../../contract/seat-plans.ts';
import { type PlanProblemCode, planProblemCodes } from '../../../../seat-map/find-problems.ts';
import type { Desk } from './desk.ts';
import type { PlanCamera } from './plan-camera.ts';
import { sayPlanProblem } from './say-problem.ts';
import { boxOf, rowKey, sceneOf } from './scene.ts';
import type { DeskProblem } from './use-problems.ts';

/** Selects the place of a problem, moves the view to it and says what is wrong. */
export function showProblem(desk: Desk, camera: PlanCamera, problem: DeskProblem): void {
  if (problem.object && problem.row !== undefined && problem.serial !== undefined) {
    desk.chooseSeats(new Map([[rowKey(problem.object, problem.row), new Set([problem.serial])]]));
    desk.setTool('seats');
  } else if (problem.object) desk.choose([problem.object]);
  else if (problem.section)
    desk.choose(
      desk.document.objects
        .filter((each) => 'section' in each && each.section === problem.section)
        .map(({ id }) => id),
    );
  desk.say(sayPlanProblem(problem, desk.document));
  const box = problem.at
    ? {
        left: problem.at[0] - 60,
        right: problem.at[0] + 60,
        top: problem.at[1] - 60,
        bottom: problem.at[1] + 60,
      }
    : problem.object && boxOf(sceneOf(desk.document), [problem.object]);
  if (box) camera.show(box);
}

/** Decision: the problem of the drawing that an issue of the server is; null if the drawing does not show it. */
export function problemOf({
  code,
  path: _,
  message: __,
  ...place
}: PlanChanges['issues'][number]): DeskProblem | null {
  if (!code || !(planProblemCodes as readonly string[]).includes(code)) return null;
  return { ...(place as object), code: code as PlanProblemCode, severity: 'error' };
}
