import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import type { Desk } from './desk.ts';
import { fitPlan } from './plan-acts.ts';
import type { PlanCamera } from './plan-camera.ts';
import { sayPlanProblem } from './say-problem.ts';
import { boxOf, rowKey, sceneOf } from './scene.ts';
import type { DeskProblem } from './use-problems.ts';
import { t } from './words.ts';

interface Props {
  desk: Desk;
  camera: PlanCamera;
  problems: readonly DeskProblem[];
  onZones: () => void;
}

/** What is wrong with the plan. A press on an entry selects the place and moves the view to it. */
export function ProblemPanel({ desk, camera, problems, onZones }: Props) {
  if (problems.length === 0) return <p className="text-muted">{t('noProblems')}</p>;
  const show = (problem: DeskProblem) => {
    const scene = sceneOf(desk.document);
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
    else if (problem.zone) onZones();
    desk.say(sayPlanProblem(problem, desk.document));
    const box = problem.at
      ? {
          left: problem.at[0] - 60,
          right: problem.at[0] + 60,
          top: problem.at[1] - 60,
          bottom: problem.at[1] + 60,
        }
      : problem.object && boxOf(scene, [problem.object]);
    if (box) camera.show(box);
  };
  const isOutside = problems.some(({ code }) => code === 'outside');
  return (
    <ul className="grid gap-1">
      {isOutside && (
        <li>
          <Button look="quiet" size="small" onClick={() => fitPlan(desk)}>
            {t('fit')}
          </Button>
        </li>
      )}
      {problems.map((problem, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is computed anew as a whole
        <li key={index}>
          <button
            type="button"
            className="flex min-h-11 w-full items-start gap-2 rounded-field px-2 py-2 text-start hover:bg-sunken"
            onClick={() => show(problem)}
          >
            <Icon
              name={problem.severity === 'error' ? 'warning' : 'info'}
              size={18}
              className={`mt-0.5 ${problem.severity === 'error' ? 'text-bad' : 'text-warn'}`}
            />
            <span className="min-w-0 wrap-anywhere">
              <span className="sr-only">
                {t(problem.severity === 'error' ? 'severityError' : 'severityWarning')}:{' '}
              </span>
              {sayPlanProblem(problem, desk.document)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
